"""Check ids that an author chooses, and derive one from a question."""

import hashlib
import re
from collections.abc import Container

from triptych.dialect.characters import composed
from triptych.dialect.ids import free_name, id_words, is_id
from triptych.errors import TriptychError

_MARKUP = re.compile(r"[$`*\\{}]")
_TARGET = re.compile(r"!?\[([^\]]*)\]\([^)\n]*\)|`?\[sound:[^\]\n]*\]`?")
"""A link or a picture, of which the words count, or a sound."""
_SUFFIX = re.compile("['\N{RIGHT SINGLE QUOTATION MARK}](?:s|re|ve|ll|d|m)?\\b")
_STOP_WORDS = """
a about an and are as at be by can could describe did do does explain for from give
had has have how i if in is it its me my of on or please should tell than that the
their them then there they this to us was we were what when where which who why will
with would you your
"""
_MAX_WORDS = 5
_HASH_BYTES = 4


def refuse_malformed(name: str) -> None:
    """Raise unless `name` has the form of an id."""
    if not is_id(name):
        raise TriptychError(f"`{name}` is no id: use a-z, 0-9 and single hyphens")


def slug(text: str) -> str:
    """Return an id made from `text`; empty if it has no letters or digits."""
    return "-".join(_words(text))


def id_for(question: str, taken: Container[str]) -> str:
    """Return a free id from the words of `question` without stop words."""
    text = _without_tags(question) if "<" in question else question
    said = _TARGET.sub(r" \1 ", text)
    words = _words(_MARKUP.sub("", said)) or _words(_MARKUP.sub("", text))
    stop_words = frozenset(_STOP_WORDS.split())
    content_words = [word for word in words if word not in stop_words] or words
    base = "-".join(content_words[:_MAX_WORDS]) or _hashed(question)
    return free_name(base, taken)


def _without_tags(question: str) -> str:
    # Not at the top: `init` reads no Markdown.
    from triptych.parse.markdown import inline  # noqa: PLC0415
    from triptych.typeset.plain import plain  # noqa: PLC0415

    # Markdown alone says what is a tag of HTML, and what is code or a comparison.
    return plain(inline(question))


def _hashed(question: str) -> str:
    """Return an id for a question in which there is no letter and no digit."""
    text = composed(question).encode()
    return f"q-{hashlib.blake2b(text, digest_size=_HASH_BYTES).hexdigest()}"


def _words(text: str) -> list[str]:
    return id_words(_SUFFIX.sub("", text.casefold()))
