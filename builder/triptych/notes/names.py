"""Names that outlive every release: GUIDs, numeric ids, tags, decks."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from triptych.values.deck import Deck

_MILLISECONDS = 1_600_000_000_000
_SPREAD = 1 << 36
_NUMBER = re.compile(r"::(\d+) ")
"""Before the title of a topic."""


def note_id(question: str, slug: str = "") -> str:
    """Return the id of a note: of the question itself, or of a small one of its."""
    return f"{question}/{slug}" if slug else question


def guid(deck: str, note: str) -> str:
    """Return the GUID that the note `note` of the deck `deck` is born with."""
    # Letters and digits only: a line that starts with `#` is a comment to Anki's
    # text import, and spreadsheets read a leading `-` or `=` as a formula.
    return hashlib.sha256(f"{deck}\0{note}".encode()).hexdigest()[:20]


def number(*parts: str | int) -> int:
    """Return the integer id of what `parts` name, such as a field of a note type.

    Anki's own ids are moments in milliseconds; these look like moments of 2020 to 2022.
    """
    text = "\0".join(map(str, parts))
    digest = hashlib.sha256(text.encode()).digest()
    return _MILLISECONDS + int.from_bytes(digest[:8], "big") % _SPREAD


def tag(name: str) -> str:
    """Return `name` as a tag that Anki keeps as it is; empty if nothing is left of it.

    Anki ends a tag at a space, drops quotes and control characters, and calls an empty
    level `blank`. A slash parts levels, as `::` does.
    """
    return flat_tag(name.replace("/", "::"), "::")


@lru_cache(maxsize=65536)
def flat_tag(name: str, level: str = "-") -> str:
    """Return the same with its levels joined by `level`; a slash parts none."""
    text = name.replace(",", " ").split("::")
    levels = ("-".join(_plain(part).split()).strip(":-") for part in text)
    return level.join(part for part in levels if part)


def deck_names(deck: Deck, released: Mapping[str, str]) -> Mapping[str, str]:
    """Return what Anki calls the deck (key ``""``) and the subdeck of each topic.

    Anki matches decks by name, so names that are `released` stay as they are. A new
    topic gets the next free number, wherever it stands in `deck.toml`.
    """
    title = released.get("") or as_level(deck.title) or deck.id
    numbers = [
        found[1] for name in released.values() if (found := _NUMBER.search(name))
    ]
    count = max(map(int, numbers), default=0)
    width = max(2, len(str(count + len(deck.topics) - len(numbers))))
    names = {"": title}
    for topic in deck.topics:
        if topic.id in released:
            names[topic.id] = released[topic.id]
        else:
            count += 1
            name = as_level(topic.title) or topic.id
            names[topic.id] = f"{title}::{count:0{width}} {name}"
    return {**names, **released}


def topic_title(name: str) -> str:
    """Return the title of a topic within the name that Anki has for its subdeck."""
    found = _NUMBER.search(name)
    return name[found.end() :] if found else name


def as_level(title: str) -> str:
    """Return `title` as one level of a deck's name."""
    return " ".join(_plain(title).replace("::", ": ").split()).strip(":")


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFC", text).replace('"', "")
    return "".join(
        character
        for character in text
        if character.isspace() or unicodedata.category(character) != "Cc"
    )
