"""Ids that an author chooses, and one for a question that has none yet."""

import re
import unicodedata
from collections.abc import Container

from triptych.dialect.keys import ID_PATTERN
from triptych.errors import TriptychError

_ID = re.compile(ID_PATTERN)
_NOT_IN_ID = re.compile(r"[^a-z0-9]+")
_MARKUP = re.compile(r"[$`*\\{}]")
_SUFFIX = re.compile("['\N{RIGHT SINGLE QUOTATION MARK}](?:s|re|ve|ll|d|m)?\\b")
_FILLERS = """
a about an and are as at be by can could describe did do does explain for from give
had has have how i if in is it its me my of on or please should tell than that the
their them then there they this to us was we were what when where which who why will
with would you your
"""
_WORDS = 5


def refuse_malformed(name: str) -> None:
    """Raise unless `name` has the form of an id."""
    if not _ID.fullmatch(name):
        raise TriptychError(f"`{name}` is no id: use a-z, 0-9 and single hyphens")


def slug(text: str) -> str:
    """Return `text` in the form of an id; empty if nothing in it can be of one."""
    return "-".join(_words(text))


def id_for(question: str, taken: Container[str]) -> str:
    """Return a free id made of the telling words of `question`, or nothing."""
    words = _words(_MARKUP.sub("", question))
    fillers = frozenset(_FILLERS.split())
    telling = [word for word in words if word not in fillers] or words
    base = "-".join(telling[:_WORDS])
    name, number = base, 2
    while base and name in taken:
        name, number = f"{base}-{number}", number + 1
    return name


def _words(text: str) -> list[str]:
    text = unicodedata.normalize("NFKD", _SUFFIX.sub("", text.casefold()))
    plain = text.encode("ascii", "ignore").decode()
    return [word for word in _NOT_IN_ID.split(plain) if word]
