"""What a card shows moves its note's hash, and nothing else does.

The fields of a question are not listed here: whatever a question consists of is
changed in turn, so a new field falls under the law on the day that it is added.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from enum import Enum
from pathlib import PurePosixPath
from typing import Any

import pytest

from triptych.deck.strings import built_in
from triptych.notes import kept, kept_fields
from triptych.notes.content import content_hash, labels_hash, tags
from triptych.notes.fields import fields as card_fields
from triptych.notes.strings import card_strings
from triptych.notes.types import Field, NoteType, Template
from triptych.notes.which import Note, notes_of
from triptych.values.meta import Difficulty, Kind, Level, Meta, Origin, Reference
from triptych.values.note import Role
from triptych.values.prose import Prose
from triptych.values.question import (
    Checked,
    Cloze,
    Code,
    LevelAnswer,
    Part,
    PlainCard,
    Question,
)

KEPT = kept.KeptType(
    NoteType(
        "imported",
        1,
        "Imported",
        cloze=False,
        sort_field="Front",
        fields=(Field(2, "Front"), Field(3, "Back")),
        templates=(Template(4, "Card", None, "{{Front}}", "{{Back}}"),),
        css="",
        right_to_left=False,
    ),
    prompt="Front",
    answer="Back",
)
WORDS = card_strings(built_in(), "en")


NOT_BEFORE_3 = re.compile(
    r'new task|task|<summary class="fold">.*?</summary>|</?details[^>]*>|</?span[^>]*>'
)
FIGURE = re.compile("new figure|figure")


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
    digest = f"digest of {text}"
    return Cloze(f"It is {{{{c1::{text}}}}}.", (1,), digest, digest)


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
        allowed=("long-list", "poor-gap"),
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
    task=prose("task"),
    figure=prose("figure"),
)


CARDS = Question(
    Meta(
        "a",
        PurePosixPath("topic/a.md"),
        kind=Kind.CARDS,
        difficulty=Difficulty.HARD,
        tags=("tag", "other"),
        is_reversed=True,
    ),
    prose("title"),
    answer=prose("above the cards"),
    cards=(
        Part("plain", prose("p"), prose("q"), 1, plain=PlainCard()),
        Part(
            "rich",
            prose("r"),
            prose("s"),
            2,
            plain=PlainCard(
                prose("hint"), ("own", "tags"), is_reversed=True, typed="s"
            ),
        ),
        Part("gap", prose("g"), prose("h"), 3, plain=PlainCard(cloze=cloze("g"))),
    ),
)


def variants(value: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - any field
    """Yield each way to change `value` in one place, with a name of the place."""
    match value:
        case Prose() | Cloze():
            # What is written goes with its digest.
            new, digest = f"new {value.card}", "new digest"
            yield "", replace(value, card=new, digest=digest, digest_v1=digest)
        case None:
            return
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
    if value:
        yield "shorter", value[:-1]
        yield "turned", value[::-1]


VARIANTS = dict(variants(QUESTION))
VARIANTS_OF_CARDS = dict(variants(CARDS))


def shown(note: Note, formula: int) -> object:
    """Return what the hash is of: by formula 2 tags and the label wait for words.

    By formula 3 what is given, what is folded and the first figure count, too; a figure
    that the author named counts by all.
    """
    written = (
        kept_fields.fields(note, KEPT) if note.is_kept else card_fields(note, WORDS)
    )
    if formula < 3 and not note.question.meta.figure:
        written = {name: FIGURE.sub("", html) for name, html in written.items()}
    made = {
        name: html if formula > 2 else NOT_BEFORE_3.sub("", html)
        for name, html in written.items()
    }
    if formula == 1:
        return made, tags(note)
    return {name: html for name, html in made.items() if name != "Label"}


def by_id(question: Question) -> dict[str, Note]:
    return {note.id: note for note in notes_of(question)}


@pytest.mark.parametrize("formula", [1, 2, 3])
@pytest.mark.parametrize("place", VARIANTS)
def test_a_hash_moves_exactly_with_what_its_card_shows(
    place: str, formula: int
) -> None:
    compare(by_id(QUESTION), by_id(VARIANTS[place]), formula)


@pytest.mark.parametrize("formula", [1, 2, 3])
@pytest.mark.parametrize("place", VARIANTS_OF_CARDS)
def test_so_does_the_hash_of_a_plain_card(place: str, formula: int) -> None:
    compare(by_id(CARDS), by_id(VARIANTS_OF_CARDS[place]), formula)


def compare(
    before: Mapping[str, Note], after: Mapping[str, Note], formula: int
) -> None:
    for name in before.keys() & after.keys():
        old, new = before[name], after[name]
        moved = content_hash(old, formula) != content_hash(new, formula)
        assert moved is (shown(old, formula) != shown(new, formula)), name


def test_every_field_is_changed_and_every_role_is_looked_at() -> None:
    for of in (Question, Meta):
        for field in fields(of):
            assert any(
                place.startswith((field.name, f"meta {field.name}"))
                for place in (*VARIANTS, *VARIANTS_OF_CARDS)
            ), f"give the question of this test a value for {field.name}"
    notes = (*notes_of(QUESTION), *notes_of(CARDS))
    assert {note.role for note in notes} == set(Role)


def test_what_no_card_shows_is_known() -> None:
    """Name here what cards leave out, so that a new field is a decision."""
    before = by_id(QUESTION)
    seen: set[str] = set()
    unseen: set[str] = set()
    for place, question in VARIANTS.items():
        field = place.removeprefix("meta ").partition(" ")[0]
        after = by_id(question)
        alike = before.keys() == after.keys() and all(
            shown(before[name], formula) == shown(after[name], formula)
            for name in before
            for formula in (1, 3)
        )
        (unseen if alike else seen).add(field)
    assert unseen - seen == {
        *("aliases", "allowed", "checked", "code", "depth", "draft", "is_reversed"),
        *("is_typed", "moved", "on_sheet", "related"),
        *("as_of", "renamed", "requires", "retired_slugs", "reviewed"),
    }


@pytest.mark.parametrize(
    "change",
    [{"note_type": "other"}, {"fields": {"Front": "x"}}, {"fields": {"Back": "y"}}],
)
def test_the_hash_of_an_imported_note_moves_with_its_own_fields(
    change: dict[str, Any],
) -> None:
    origin = Origin(note_type="imported")
    question = replace(QUESTION, meta=replace(QUESTION.meta, origin=origin))
    changed = replace(
        question, meta=replace(question.meta, origin=replace(origin, **change))
    )
    before, after = by_id(question)["a"], by_id(changed)["a"]
    assert content_hash(before) != content_hash(after)


def test_the_hash_of_an_imported_note_moves_with_its_gaps() -> None:
    meta = replace(QUESTION.meta, origin=Origin(note_type="imported"))
    notes = [
        by_id(replace(QUESTION, meta=meta, summary_cloze=gaps))["a"]
        for gaps in (None, cloze("one"), cloze("two"))
    ]
    assert len(set(map(content_hash, notes))) == len(notes)
    # A card for each gap, and no other note for the gaps.
    gaps = replace(cloze("one"), numbers=(1, 3))
    question = replace(QUESTION, meta=meta, summary_cloze=gaps)
    assert by_id(question)["a"].spec.cards == (1, 3)
    assert not [name for name in by_id(question) if "cloze" in name]


@pytest.mark.parametrize("change", [{"minutes": 8}, {"tags": ("tag",)}])
def test_the_hash_of_labels_moves_with_each_of_them(change: dict[str, Any]) -> None:
    changed = replace(QUESTION, meta=replace(QUESTION.meta, **change))
    before, after = by_id(QUESTION)["a"], by_id(changed)["a"]
    assert labels_hash(before) != labels_hash(after)
    assert content_hash(before) == content_hash(after)


def test_an_imported_note_has_no_field_that_its_note_type_lacks() -> None:
    origin = Origin(note_type="imported", fields={"Back": "x", "Gone": "y"})
    question = replace(QUESTION, meta=replace(QUESTION.meta, origin=origin))
    found = kept_fields.fields(by_id(question)["a"], KEPT)
    assert found == {"Front": "prompt", "Back": "x"}


def changed_type(where: str, name: str, value: object) -> NoteType:
    change: Any = {name: value}
    if where:
        first, *others = getattr(KEPT.type, where)
        change = {where: (replace(first, **change), *others)}
    return replace(KEPT.type, **change)


@pytest.mark.parametrize(
    ("where", "name", "value"),
    [
        *(("", name, f"{name}+") for name in ("name", "css")),
        ("", "right_to_left", not KEPT.type.right_to_left),
        *((where, "id", -1) for where in ("", "fields", "templates")),
        *(("fields", name, f"{name}+") for name in ("name", "description")),
        *(("templates", name, f"{name}+") for name in ("name", "front", "back")),
    ],
)
def test_the_hash_of_a_note_type_moves_with_all_that_learners_get(
    where: str, name: str, value: object
) -> None:
    changed = changed_type(where, name, value)
    assert changed.content_hash != KEPT.type.content_hash
