"""The ledger: what is written comes back, and no edit of one goes unnoticed."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ledgers import LEDGER, sealed

from triptych.errors import TriptychError
from triptych.ledger.lock import Ledger, NoteLine, Released
from triptych.ledger.lock_file import dump, line_of, load
from triptych.notes.history import History, history_of
from triptych.releases.release import release
from triptych.render.settings import RenderSettings
from triptych.values.catalog import Catalog
from triptych.values.deck import Deck, Topic
from triptych.values.meta import Meta
from triptych.values.prose import Prose
from triptych.values.question import Question
from triptych.values.source import Media

ROWS = [json.loads(line) for line in dump(LEDGER).splitlines()[:-1]]


def with_row(number: int, row: Any) -> str:  # noqa: ANN401 - any JSON
    return sealed([*ROWS[:number], row, *ROWS[number + 1 :]])


def test_rows_that_are_sealed_are_read() -> None:
    # Without this, the laws below might only see that the end is wrong.
    assert load(sealed(ROWS)) == LEDGER


PLACES = [(number, key) for number, row in enumerate(ROWS) for key in row]
OPTIONAL = {"prompt", "formula", "labels"}


@pytest.mark.parametrize(("number", "key"), PLACES)
@pytest.mark.parametrize("wrong", [None, True, -1, 1.5, [], [1], {"a": "b"}, "a\nb"])
def test_a_value_of_another_kind_is_refused(number: int, key: str, wrong: Any) -> None:  # noqa: ANN401
    with pytest.raises(TriptychError, match=rf"deck\.lock:{number + 1} "):
        load(with_row(number, {**ROWS[number], key: wrong}))


@pytest.mark.parametrize(("number", "key"), PLACES)
def test_a_key_that_is_missing_or_new_is_refused(number: int, key: str) -> None:
    rest = {name: value for name, value in ROWS[number].items() if name != key}
    if key not in OPTIONAL:
        with pytest.raises(TriptychError):
            load(with_row(number, rest))
    with pytest.raises(TriptychError):
        load(with_row(number, {**ROWS[number], f"{key}s": ROWS[number][key]}))


@pytest.mark.parametrize("number", range(len(ROWS)))
def test_a_line_twice_is_refused(number: int) -> None:
    with pytest.raises(TriptychError):
        load(sealed([*ROWS[: number + 1], *ROWS[number:]]))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("guid", "ga"),
        ("note", "a"),
        ("last", "9.9.9"),
        ("first", "0.1.0"),
        ("topic", "x"),
    ],
)
def test_a_note_line_that_contradicts_another_is_refused(key: str, value: str) -> None:
    number = next(n for n, row in enumerate(ROWS) if row.get("note") == "c")
    with pytest.raises(TriptychError):
        load(with_row(number, {**ROWS[number], key: value}))


@given(st.data())
def test_an_edit_of_the_text_is_refused(data: st.DataObject) -> None:
    text = dump(LEDGER)
    place = data.draw(st.integers(0, len(text) - 2))
    character = data.draw(st.sampled_from('"a1{}[],:\n '))
    for edited in (
        text[:place] + text[place + 1 :],
        text[:place] + character + text[place:],
    ):
        try:
            found = load(edited)
        except TriptychError:
            continue
        assert found == LEDGER  # what was edited is nothing to JSON


@pytest.mark.parametrize("mark", ["<<<<<<< HEAD", "=======", ">>>>>>> b", "||||||| c"])
def test_a_merge_conflict_is_reported_as_such(mark: str) -> None:
    with pytest.raises(TriptychError, match="merge conflict"):
        load(f"{sealed(ROWS)}{mark}\n")


VERSIONS = st.tuples(*(st.integers(0, 12) for _ in range(3)))
PICTURE = Media(PurePosixPath("media/x.svg"), "x.svg", b"<svg/>")


def deck(*names: str) -> Catalog:
    """Return a deck of these questions; each shows the picture."""
    shown = Prose("a", "a", plain="a", digest="a", media=(PICTURE.name,))
    return Catalog(
        Deck("d", "D", topics=(Topic("t", "T"),)),
        tuple(Question(Meta(name, PurePosixPath("t/x.md")), shown) for name in names),
        media={PICTURE.name: PICTURE},
        study_order=names,
    )


def released(catalog: Catalog, ledger: Ledger, version: str, moment: int) -> Ledger:
    settings = RenderSettings(history=History(ledger))
    return load(release(catalog, settings, version=version, time_seconds=moment).lock)


def dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))


@given(VERSIONS, VERSIONS)
def test_a_version_comes_after_the_one_before(
    first: tuple[int, ...], second: tuple[int, ...]
) -> None:
    before = released(deck("a"), Ledger(), dotted(first), 1000)
    if second > first:
        after = released(deck("a"), before, dotted(second), 2000)
        assert after.latest.version == dotted(second)
    else:
        with pytest.raises(TriptychError, match="does not come after"):
            released(deck("a"), before, dotted(second), 2000)


@given(st.lists(st.sets(st.sampled_from("abc"), min_size=1), min_size=2, max_size=5))
def test_what_a_release_brought_stays_what_it_brought(held: list[set[str]]) -> None:
    ledger = Ledger()
    first: dict[str, str] = {}
    last: dict[str, str] = {}
    guids: dict[str, str] = {}
    for number, names in enumerate(held, 1):
        version = f"{number}.0.0"
        ledger = released(deck(*sorted(names)), ledger, version, 1000 * number)
        first |= {name: first.get(name, version) for name in names}
        last |= dict.fromkeys(names, version)
        lines = ledger.notes
        assert {name: line.first for name, line in lines.items()} == first
        assert {name: line.last for name, line in lines.items()} == last
        guids |= {name: guids.get(name, line.guid) for name, line in lines.items()}
        assert {name: line.guid for name, line in lines.items()} == guids
        assert ledger.media == {PICTURE.name: "1.0.0"}
        assert [item.version for item in ledger.releases][-1] == version


Edit = Callable[[Ledger], Ledger]


@pytest.mark.parametrize(
    "edit",
    [
        lambda ledger: replace(ledger, releases=ledger.releases[::-1]),
        lambda ledger: replace(ledger, releases=ledger.releases[:1]),
        lambda ledger: replace(ledger, decks={"": "D"}),
    ],
)
def test_a_ledger_that_cannot_be_is_refused(edit: Edit) -> None:
    with pytest.raises(TriptychError):
        load(dump(edit(LEDGER)))


@pytest.mark.parametrize("name", ["plain", "größe", "数/学"])
def test_the_line_of_a_name_is_found_in_any_letters(name: str) -> None:
    line = NoteLine(name, "g", "question", "t", 1, "h", 1, "1.0.0", "1.0.0")
    others = {f"a{n}": replace(line, note=f"a{n}", guid=f"g{n}") for n in range(3)}
    ledger = Ledger(
        "d", (Released("1.0.0", 1),), {"": "D"}, notes={**others, name: line}
    )
    lines = dump(ledger).split("\n")
    assert json.dumps(name, ensure_ascii=False) in lines[line_of(ledger, name) - 1]


@pytest.mark.parametrize(
    ("epoch", "is_refused"),
    [
        ("", False),
        ("2001", False),
        ("3000", False),
        ("2000", True),
        ("3001", True),
        ("0", True),
        ("2001.5", True),
        ("\u00b2\u2070\u2070\u00b9", True),
    ],
)
def test_a_given_time_is_after_the_last_release_and_not_in_the_future(
    epoch: str, *, is_refused: bool
) -> None:
    history = history_of(LEDGER, epoch, 3000)
    assert bool(history.refusal) is is_refused
    assert is_refused or history.new_mod == int(epoch or 2001)
