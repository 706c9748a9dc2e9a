"""Ids and slugs: their syntax, and how to make one from text."""

import re
import unicodedata
from collections.abc import Container, Iterable

ID_PATTERN = "[a-z0-9]+(-[a-z0-9]+)*"
MAX_ID_CHARS = 200
"""File systems allow names of 255 bytes, and ids are parts of the names of files."""
CLOZE_SLUG = "cloze"
FILL_IN_SLUG = "fill-in"
RESERVED_SLUGS = (CLOZE_SLUG, FILL_IN_SLUG)
"""The slugs of the notes that every question may have."""

_ID = re.compile(ID_PATTERN)
_GUID = re.compile(r"[!-~]{1,64}")
_NOT_IN_ID = re.compile(r"[^a-z0-9]+")
_SYLLABLE = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MARKS = re.compile("[\u0300-\u036f]")
"""Accents, which NFKD parts from their letters."""


def is_id(text: str) -> bool:
    """Return whether `text` can be an id."""
    return len(text) <= MAX_ID_CHARS and bool(_ID.fullmatch(text))


def is_guid(text: str) -> bool:
    """Return whether `text` can be the GUID of a note in Anki."""
    return bool(_GUID.fullmatch(text))


def is_note_name(text: str) -> bool:
    """Return whether `text` names a note of another question: it holds a slash."""
    return "/" in text


def is_note_id(text: str) -> bool:
    """Return whether `text` can be the id of a small note: `question/slug`."""
    question, slash, slug = text.partition("/")
    return bool(slash) and is_id(question) and is_id(slug)


def note_named(text: str) -> str:
    """Return the id of the note that `text` names.

    A slash at its end says that it is a question's own: an id without one would be a
    slug.
    """
    return text.removesuffix("/")


def id_words(text: str) -> list[str]:
    """Return the words of `text` for an id: ASCII, in lower case."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    if not plain.isascii():
        from anyascii import anyascii  # noqa: PLC0415 - most text needs it not

        # A script without cases, such as Chinese, has a capital at each syllable.
        bare = unicodedata.normalize("NFC", _MARKS.sub("", plain))
        plain = _SYLLABLE.sub("-", anyascii(bare)).lower()
    return [word for word in _NOT_IN_ID.split(plain) if word]


def id_from(text: str) -> str:
    """Return an id made from `text`; empty if it has no letters or digits."""
    return "-".join(id_words(text))[:MAX_ID_CHARS].rstrip("-")


class FreeNames:
    """A generator of distinct names."""

    def __init__(self, taken: Iterable[str]) -> None:
        """Start with the names that are `taken`."""
        self._taken = set(taken)
        self._next: dict[str, int] = {}
        """The next number to try, for each name."""

    def take(self, name: str) -> str:
        """Return and reserve the first free of `name`, `name-2` and so on."""
        free, number = name, self._next.get(name, 2)
        while free in self._taken:
            free, number = f"{name}-{number}", number + 1
        self._next[name] = number
        self._taken.add(free)
        return free


def free_name(name: str, taken: Container[str]) -> str:
    """Return the first of `name`, `name-2`, `name-3` and so on that is free."""
    free, number = name, 2
    while free in taken:
        free, number = f"{name}-{number}", number + 1
    return free
