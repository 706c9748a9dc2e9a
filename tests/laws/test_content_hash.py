"""What a card shows moves its note's hash, and nothing else does.

The fields of a question are not listed here: whatever a question consists of is
changed in turn, so a new field falls under the law on the day that it is added.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from enum import Enum
from pathlib import PurePosixPath
from typing import Any

import pytest

from triptych.deck.strings import built_in
from triptych.notes.content import content_hash, tags
from triptych.notes.fields import fields as card_fields
from triptych.notes.strings import card_strings
from triptych.notes.which import Note, notes_of
from triptych.values.meta import Difficulty, Kind, Level, Meta, Reference
from triptych.values.question import (
    Checked,
    Cloze,
    Code,
    LevelAnswer,
    Part,
    Prose,
    Question,
)

WORDS = card_strings(built_in(), "en")


def prose(text: str) -> Prose:
    digest = f"digest of {text}"
    return Prose(
        site=text,
        card=text,
        blocks=(("p", text),),
        plain=text,
        digest=digest,
        digest_v1=digest,
    )


def cloze(text: str) -> Cloze:
    return Cloze(f"It is {{{{c1::{text}}}}}.", (1,), f"digest of {text}")


QUESTION = Question(
    Meta(
        "a",
        PurePosixPath("topic/a.md"),
        kind=Kind.CODING,
        difficulty=Difficulty.HARD,
        tags=("tag", "other"),
        asked_at=("company", "firm"),
        minutes=7,
        references=(
            Reference("A book", "https://a.example", "Ada", "1843"),
            Reference("B book", "https://b.example", "Bob", "1844"),
        ),
        related=("b", "c"),
        requires=("d", "e"),
        aliases=("f", "g"),
        renamed={"h": "more"},
        retired_slugs=("i",),
        reviewed="2026-11-22",
        as_of="2026-11",
    ),
    prose("prompt"),
    prose("summary"),
    cloze("summary"),
    prose("answer"),
    prose("depth"),
    (
        Part("more", prose("more?"), prose("more."), 1),
        Part("less", prose("less?"), prose("less."), 2),
    ),
    (
        Part("trap", prose("a trap"), prose("no"), 3),
        Part("snare", prose("a snare"), prose("nay"), 4),
    ),
    cloze("fill in"),
    (Code("solution", "python", "x = 1", ("numpy", "scipy"), 5),),
    (prose("point"), prose("other point")),
    (
        LevelAnswer(Level.SENIOR, prose("more")),
        LevelAnswer(Level.STAFF, prose("most")),
    ),
    (prose("hint"), prose("other hint")),
    Checked({"python": "3.11"}, "2026-11-22", ("131 GB", "3 GB")),
)


def variants(value: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - any field
    """Yield each way to change `value` in one place, with a name of the place."""
    match value:
        case Prose() | Cloze():
            # What is written goes with its digest.
            new = {"digest": "new digest", "digest_v1": "new digest"}
            yield "", replace(value, card=f"new {value.card}", **new)
        case tuple():
            yield from items(value)
        case Mapping():
            yield "longer", {**value, "new": "entry"}
        case Enum():
            yield "", next(member for member in type(value) if member is not value)
        case bool():
            yield "", not value
        case int():
            yield "", value + 1
        case PurePosixPath():
            yield "topic", "elsewhere" / PurePosixPath(value.name)
            yield "name", value.with_name("elsewhere.md")
        case str():
            yield "", f"{value}-new"
        case _:
            yield from parts(value)


def parts(value: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - any dataclass
    for field in fields(value):
        for place, changed in variants(getattr(value, field.name)):
            yield (
                f"{field.name} {place}".strip(),
                replace(value, **{field.name: changed}),
            )


def items(value: tuple[Any, ...]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    for number, item in enumerate(value):
        for place, changed in variants(item):
            rest = value[number + 1 :]
            yield f"{number} {place}".strip(), (*value[:number], changed, *rest)
    yield "shorter", value[:-1]
    yield "turned", value[::-1]


VARIANTS = dict(variants(QUESTION))


def shown(note: Note, formula: int) -> object:
    """Return what the hash is of: by formula 2 tags and the label wait for words."""
    made = card_fields(note, WORDS)
    if formula == 1:
        return made, tags(note)
    return {name: html for name, html in made.items() if name != "Label"}


def by_id(question: Question) -> dict[str, Note]:
    return {note.id: note for note in notes_of(question)}


@pytest.mark.parametrize("formula", [1, 2])
@pytest.mark.parametrize("place", VARIANTS)
def test_a_hash_moves_exactly_with_what_its_card_shows(
    place: str, formula: int
) -> None:
    before, after = by_id(QUESTION), by_id(VARIANTS[place])
    for name in before.keys() & after.keys():
        old, new = before[name], after[name]
        moved = content_hash(old, formula) != content_hash(new, formula)
        assert moved is (shown(old, formula) != shown(new, formula)), name


def test_every_field_is_changed_and_every_role_is_looked_at() -> None:
    for of in (Question, Meta):
        for field in fields(of):
            assert any(
                place.startswith((field.name, f"meta {field.name}"))
                for place in VARIANTS
            ), f"give the question of this test a value for {field.name}"
    assert len({note.role for note in notes_of(QUESTION)}) == 5


def test_what_no_card_shows_is_known() -> None:
    """Name here what cards leave out, so that a new field is a decision."""
    before = by_id(QUESTION)
    seen, unseen = set(), set()
    for place, question in VARIANTS.items():
        field = place.removeprefix("meta ").partition(" ")[0]
        after = by_id(question)
        alike = before.keys() == after.keys() and all(
            shown(before[name], 1) == shown(after[name], 1) for name in before
        )
        (unseen if alike else seen).add(field)
    assert unseen - seen == {
        *("aliases", "allowed", "checked", "code", "depth", "draft", "moved"),
        "related",
        *("as_of", "renamed", "requires", "retired_slugs", "reviewed"),
    }
