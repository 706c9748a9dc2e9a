"""Ids that an author chooses, and one for a question that has none yet."""

import re
from collections.abc import Container

from triptych.dialect.ids import free_name, id_words, is_id
from triptych.errors import TriptychError

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
    if not is_id(name):
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
    return free_name(base, taken) if base else ""


def _words(text: str) -> list[str]:
    return id_words(_SUFFIX.sub("", text.casefold()))
