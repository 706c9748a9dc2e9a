"""Two ledgers become one: it matters neither which is first nor how often."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triptych.errors import TriptychError
from triptych.ledger.lock import Ledger, NoteLine, Released, TypeLine
from triptych.ledger.lock_file import dump, load
from triptych.ledger.merge import merge

NAMES = tuple("abcdef")


def first_ledger() -> Ledger:
    """Return the ledger after the one release that both branches know."""
    return released(Ledger(deck="d"), "1.0.0", 100, dict.fromkeys("abc", 0))


def released(
    before: Ledger,
    version: str,
    time: int,
    words: Mapping[str, int],
    renamed: Mapping[str, str] | None = None,
) -> Ledger:
    """Return the ledger after a release of notes, by id, with `words` as their hash.

    A note keeps the GUID of the id that it is `renamed` from.
    """
    old = {new: name for name, new in (renamed or {}).items()}
    lines = {}
    for note, word in words.items():
        was = before.notes.get(old.get(note, note))
        same = was is not None and was.hash == f"h{word}"
        lines[note] = NoteLine(
            note=note,
            guid=was.guid if was else f"g{note}",
            type="question",
            topic=f"t{word % 2}",
            cards=1,
            hash=f"h{word}",
            mod=was.mod if was and same else time,
            first=was.first if was else version,
            last=version,
            prompt=f"What is {note}?",
            formula=2,
        )
    held = {line.guid for line in lines.values()}
    gone = {n: line for n, line in before.notes.items() if line.guid not in held}
    decks = {line.topic: f"D::{line.topic}" for line in lines.values()}
    media = {f"{note}.svg": version for note in words}
    # Some releases change no card's look.
    is_styled = not before.types or 3 in words.values()
    styled = time if is_styled else before.types["question"].mod
    return Ledger(
        deck="d",
        releases=(*before.releases, Released(version, time)),
        decks={"": "D", **before.decks, **decks},
        types={
            "question": TypeLine("question", 7, "Q", {"I": 8}, {"C": 9}, "h", styled)
        },
        media={**media, **before.media},
        notes={**gone, **lines},
    )


@st.composite
def branches(draw: st.DrawFn, offset: int = 0) -> Ledger:
    """Draw the ledger of a branch: what it released after the common release.

    Those of different offsets, 0 or 1, release in different seconds: two releases of
    the same number and second are taken for one.
    """
    ledger, time = first_ledger(), 100 + offset
    for number in range(draw(st.integers(0, 3))):
        time += 2 * draw(st.integers(1, 9))
        notes = draw(st.sets(st.sampled_from(NAMES), min_size=1))
        words = {note: draw(st.integers(0, 3)) for note in sorted(notes)}
        version = draw(st.sampled_from([f"1.{number}.1", f"1.0.{number + 1}"]))
        if version not in {item.version for item in ledger.releases}:
            ledger = released(ledger, version, time, words)
    return ledger


def merged(one: Ledger, two: Ledger) -> Ledger | str:
    """Return the ledger of both, or why there is none."""
    try:
        return merge(one, two).ledger
    except TriptychError:
        pass
    try:
        return merge(one, two, "3.0.0").ledger
    except TriptychError as error:
        return str(error)


@given(branches(), branches())
def test_it_does_not_matter_which_is_ours(one: Ledger, two: Ledger) -> None:
    assert merged(one, two) == merged(two, one)


@given(branches())
def test_a_ledger_with_itself_is_the_same(ledger: Ledger) -> None:
    assert merge(ledger, ledger).ledger == ledger
    assert merge(ledger, Ledger()).ledger == merge(Ledger(), ledger).ledger == ledger


@given(branches(), branches(1))
def test_merging_a_ledger_again_changes_nothing(one: Ledger, two: Ledger) -> None:
    try:
        both = merge(one, two).ledger
    except TriptychError:
        return
    assert merge(both, one).ledger == merge(both, two).ledger == both


@given(branches(), branches())
def test_the_merged_ledger_is_valid_and_complete(one: Ledger, two: Ledger) -> None:
    both = merged(one, two)
    if isinstance(both, str):
        assert "of the same second" in both
        return
    assert load(dump(both)) == both
    times = {item.time for side in (one, two) for item in side.releases}
    assert {item.time for item in both.releases} == times
    assert both.media.keys() == one.media.keys() | two.media.keys()
    for name, first in both.media.items():
        held = [
            side.time_of(side.media[name]) for side in (one, two) if name in side.media
        ]
        assert both.time_of(first) == min(held)
    styled = [side.types["question"].mod for side in (one, two)]
    assert both.types["question"].mod == max(styled)
    for name in one.notes.keys() | two.notes.keys():
        lines = [(s, s.notes[name]) for s in (one, two) if name in s.notes]
        line = both.notes[name]
        assert line.guid == f"g{name}"
        # The later wins.
        assert line.mod == max(held.mod for _, held in lines)
        assert line.hash in {held.hash for _, held in lines if held.mod == line.mod}
        is_current = any(held.last == side.latest.version for side, held in lines)
        assert not is_current or line.last == both.latest.version
        firsts = [side.time_of(held.first) for side, held in lines]
        assert both.time_of(line.first) == min(firsts)


FIRST = first_ledger()
ONE = released(FIRST, "1.1.0", 200, {"a": 1, "b": 0, "c": 0, "d": 0})
TWO = released(FIRST, "1.1.0", 300, {"a": 0, "b": 2, "c": 0, "e": 0})


def refusal(one: Ledger, two: Ledger, version: str = "") -> str:
    with pytest.raises(TriptychError) as refused:
        merge(one, two, version)
    with pytest.raises(TriptychError) as again:
        merge(two, one, version)
    assert str(refused.value) == str(again.value)
    return str(refused.value)


def test_one_version_for_two_releases_needs_another() -> None:
    assert refusal(ONE, TWO) == (
        "the two ledgers disagree: both have a release 1.1.0, of different times: say"
        " with --version X.Y.Z which number the later one gets"
    )
    made = merge(ONE, TWO, "1.1.1")
    assert made.decisions == (
        "the later of the two releases 1.1.0 is called 1.1.1 here",
    )
    assert made.ledger.releases == (
        *FIRST.releases,
        Released("1.1.0", 200),
        Released("1.1.1", 300),
    )
    assert made.ledger.notes["d"].first == "1.1.0"
    assert made.ledger.notes["e"].first == "1.1.1"
    assert made.ledger.media["d.svg"] == "1.1.0"
    assert {line.last for line in made.ledger.notes.values()} == {"1.1.1"}


def test_several_numbers_are_counted_on() -> None:
    one = released(ONE, "1.1.1", 400, {"a": 1})
    two = released(TWO, "1.1.1", 500, {"a": 0})
    assert "a release 1.1.0, 1.1.1, of different times" in refusal(one, two)
    versions = [item.version for item in merge(one, two, "1.2.0").ledger.releases]
    assert versions == ["1.0.0", "1.1.0", "1.2.0", "1.1.1", "1.2.1"]


def test_the_earlier_of_two_releases_gets_the_lower_number() -> None:
    one = released(released(FIRST, "1.2.0", 250, {"a": 0}), "1.1.0", 450, {"a": 0})
    two = released(released(FIRST, "1.1.0", 300, {"a": 0}), "1.2.0", 400, {"a": 0})
    two = released(two, "1.3.0", 500, {"a": 0})
    assert "a release 1.2.0, 1.1.0, of different times" in refusal(one, two)
    assert merge(one, two, "2.0.0").ledger.releases[1:] == (
        *(Released("1.2.0", 250), Released("1.1.0", 300)),
        *(Released("2.0.0", 400), Released("2.0.1", 450), Released("1.3.0", 500)),
    )


@pytest.mark.parametrize(
    ("version", "why"),
    [
        ("1.0.0", "there is a release 1.0.0 already"),
        ("x", "`x` is no version: write three numbers, as 1.2.3"),
    ],
)
def test_a_number_that_cannot_be_is_refused(version: str, why: str) -> None:
    assert refusal(ONE, TWO, version) == f"the two ledgers disagree: {why}"


def test_an_unneeded_version_number_is_refused() -> None:
    two = released(FIRST, "1.0.1", 300, {"a": 0})
    assert "leave out --version" in refusal(ONE, two, "1.2.0")


def test_a_note_that_one_branch_renamed_has_one_line() -> None:
    two = released(FIRST, "1.0.1", 300, {"a2": 1, "b": 0, "c": 0}, {"a": "a2"})
    made = merge(ONE, two)
    assert "a" not in made.ledger.notes
    assert made.ledger.notes["a2"].guid == "ga"
    assert made.decisions == ("`a` and `a2` are one note: it is called `a2`",)
    assert merge(two, ONE) == made


def test_a_note_that_the_later_branch_retired_has_its_name_of_the_earlier_one() -> None:
    one = released(FIRST, "1.1.0", 200, {"a2": 0, "b": 0, "c": 0}, {"a": "a2"})
    two = released(FIRST, "1.2.0", 300, {"b": 0, "c": 0})
    made = merge(one, two)
    assert made.ledger.notes["a2"].last == "1.2.0"
    assert made.ledger.notes.keys() == {"a2", "b", "c"}
    assert merge(two, one) == made


def test_the_note_types_of_both_are_kept() -> None:
    line = replace(FIRST.types["question"], type="basic", id=10)
    two = released(FIRST, "1.0.1", 300, {"a": 0})
    for side in (ONE, two):
        more = replace(side, types={**side.types, "basic": line})
        made = merge(more, two if side is ONE else ONE)
        assert made.ledger.types["basic"] == line


def test_two_notes_with_one_id_are_refused() -> None:
    one = released(FIRST, "1.0.1", 200, {"a": 0, "b": 0, "d": 1}, {"c": "d"})
    two = released(FIRST, "1.0.2", 300, {"a": 0, "b": 0, "c": 0, "d": 0})
    assert refusal(one, two).startswith(
        "the two ledgers disagree: `d` is one note in one and another in the other"
        " (“What is d?” and “What is d?”): give one of them another id in its branch"
    )


def test_other_decks_times_and_note_types_are_refused() -> None:
    assert "one is of the deck `d`, the other of `e`" in refusal(
        ONE, replace(TWO, deck="e")
    ) or "one is of the deck `e`" in refusal(ONE, replace(TWO, deck="e"))
    two = released(FIRST, "1.0.1", 200, {"a": 0})
    assert "1.0.1 and 1.1.0 are of the same second" in refusal(ONE, two) or (
        "1.1.0 and 1.0.1 are of the same second" in refusal(ONE, two)
    )
    line = replace(TWO.types["question"], fields={"I": 10})
    two = replace(released(FIRST, "1.0.1", 300, {"a": 0}), types={"question": line})
    assert "the fields or templates of the note type `question`" in refusal(ONE, two)


def test_the_later_name_of_a_deck_is_kept_and_reported() -> None:
    two = released(FIRST, "1.0.1", 300, {"a": 0})
    topics = [f"t{number}" for number in range(2, 6)]
    two = replace(two, decks={**two.decks, **{t: f"D::other {t}" for t in topics}})
    one = replace(ONE, decks={**ONE.decks, **{t: f"D::mine {t}" for t in topics}})
    made = merge(one, two)
    assert made.ledger.decks["t2"] == "D::other t2"
    assert made.decisions == tuple(
        f"the deck `D::mine {topic}` is called `D::other {topic}`" for topic in topics
    )
