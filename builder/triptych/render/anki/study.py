"""How to study only a part of a deck: searches for a filtered deck, as Markdown."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from triptych.notes.strings import CardStrings
from triptych.notes.which import notes
from triptych.values.catalog import Catalog
from triptych.values.note import Role

_SEARCHES: Mapping[str, str] = MappingProxyType(
    {
        "study_quick": "-tag:part::question -tag:part::code",
        "study_questions": "tag:part::question",
        "study_tasks": "(tag:kind::coding OR tag:kind::system-design)",
    }
)
"""What is searched for, by the key of the string that names it."""
_LONG = "study_tasks"
_PARTS = (Role.FOLLOW_UP, Role.PITFALL)
"""The parts of questions that can be studied alone, where the deck has them."""
_SIGNS = re.compile(r"[\\*_:]")
_IN_CODE = {ord("`"): "_", ord('"'): "_"}
"""A search takes `_` for any character."""


def study_searches(catalog: Catalog, title: str, strings: CardStrings) -> Iterator[str]:
    """Yield the lines of a list of searches in the deck `title`.

    A deck of plain cards alone has but one kind of cards, and needs none.
    """
    if not catalog.asked:
        return
    yield f"{strings['study'].text}\n"
    has_long = any(question.is_long for question in catalog.asked)
    for key, search in _SEARCHES.items():
        if key != _LONG or has_long:
            name = strings[key].text
            yield f'- {name}: `deck:"{_escaped(title)}" {search}`'
    parts = {note.role for note in notes(catalog)}
    for role in _PARTS:
        if role in parts:
            name = strings[role].text
            name = name[:1].upper() + name[1:]
            yield f'- {name}: `deck:"{_escaped(title)}" tag:part::{role}`'


def _escaped(title: str) -> str:
    """Return a title without what a search or code in Markdown would interpret."""
    return _SIGNS.sub(r"\\\g<0>", title).translate(_IN_CODE)
