"""Names that must not change between releases: GUIDs, numeric ids, tags, decks."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from triptych.values.deck import Deck

TASKS = "/tasks"
"""The key of the subdeck of long tasks, beside those of topics; no folder has it."""
_FIRST_ID_MILLISECONDS = 1_600_000_000_000
_ID_RANGE = 1 << 36
_NUMBER = re.compile(r"::(\d+) ")
"""The number before the title of a topic."""


def note_id(question: str, slug: str = "") -> str:
    """Return the id of a note: of the question's main note, or of one with a slug."""
    return f"{question}/{slug}" if slug else question


def guid(deck: str, note: str) -> str:
    """Return the GUID for a new note `note` of the deck `deck`."""
    # Letters and digits only: a line that starts with `#` is a comment to Anki's
    # text import, and spreadsheets read a leading `-` or `=` as a formula.
    return hashlib.sha256(f"{deck}\0{note}".encode()).hexdigest()[:20]


def number(*parts: str | int) -> int:
    """Return an integer id for what `parts` name, such as a note type's field.

    Anki's ids are times in milliseconds; these look like times from 2020 to 2022.
    """
    text = "\0".join(map(str, parts))
    digest = hashlib.sha256(text.encode()).digest()
    return _FIRST_ID_MILLISECONDS + int.from_bytes(digest[:8], "big") % _ID_RANGE


def tag(name: str) -> str:
    """Return `name` as a tag that Anki does not change; empty if nothing is left.

    Anki ends a tag at a space, drops quotes and control characters, and calls an empty
    level `blank`. A slash separates levels, as `::` does.
    """
    return flat_tag(name.replace("/", "::"), "::")


@lru_cache(maxsize=65536)
def flat_tag(name: str, level: str = "-") -> str:
    """Return a tag with its levels joined by `level`; a slash separates none."""
    text = name.replace(",", " ").split("::")
    levels = ("-".join(_plain(part).split()).strip(":-") for part in text)
    return level.join(part for part in levels if part)


def deck_names(
    deck: Deck, released: Mapping[str, str], tasks: str = ""
) -> Mapping[str, str]:
    """Return the names in Anki of the deck (key ``""``) and of each topic's subdeck.

    Anki matches decks by name, so `released` names stay the same. A new topic gets the
    next free number, at any position in `deck.toml`. `tasks` is the title of a subdeck
    for what takes long; a deck that was released without one never gets it, since its
    learners have these cards in the subdecks of their topics. It has no number, so that
    Anki shows it last.
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
    if tasks and not released:
        names[TASKS] = f"{title}::{as_level(tasks)}"
    return {**names, **released}


def is_numbered(name: str) -> bool:
    """Return whether `name` is that of a subdeck to which we gave a number."""
    return _NUMBER.search(name) is not None


def topic_title(name: str) -> str:
    """Return the title of a topic in the name of its subdeck."""
    found = _NUMBER.search(name)
    # Decks that were imported have no numbers in their names.
    return name[found.end() :] if found else name.rpartition("::")[2]


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
