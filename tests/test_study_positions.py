"""A gap in a summary never follows the card that has just shown its answer."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases import write_deck

from triptych.build.build import check_and_typeset
from triptych.deck.project import open_project
from triptych.notes.history import History
from triptych.notes.plan import PlannedNote, plan
from triptych.notes.positions import MIN_CARDS_BETWEEN, study_positions
from triptych.notes.which import notes
from triptych.values.catalog import Catalog


def deck_of(shape: list[tuple[str, bool, int]]) -> str:
    """Return a deck with a question for each topic, gap and number of follow-ups."""
    files = []
    for number, (topic, has_gap, parts) in enumerate(shape):
        gap = "{{c1::this}}, {{c2::that}}" if has_gap else "this"
        small = "".join(f"### Why {n}? {{#w{n}}}\nSo.\n\n" for n in range(parts))
        files.append(
            f"=== {topic}/q{number:03}.md\n---\nquestion: Q{number}?\nsummary: It is"
            f" {gap}.\n---\nAn answer.\n\n## Follow-ups\n\n{small}"
        )
    return "".join(f"{file}\n" for file in files)


def catalog_of(folder: Path, shape: list[tuple[str, bool, int]]) -> Catalog:
    report = check_and_typeset(open_project(write_deck(folder, deck_of(shape))))
    assert report.catalog is not None, report.diagnostics
    return report.catalog


SHAPES = st.lists(
    st.tuples(st.sampled_from("ab"), st.booleans(), st.integers(0, 9)),
    min_size=1,
    max_size=14,
)


@given(shape=SHAPES)
def test_a_gap_is_far_from_its_question_or_at_the_end_of_its_topic(
    tmp_path_factory: pytest.TempPathFactory, shape: list[tuple[str, bool, int]]
) -> None:
    catalog = catalog_of(tmp_path_factory.mktemp("deck"), shape)
    every = {note.id: note for note in notes(catalog)}
    places = study_positions(tuple(every.values()))
    assert sorted(places.values()) == list(range(1, len(every) + 1))
    for topic in {note.question.meta.topic for note in every.values()}:
        own = [n for n in every.values() if n.question.meta.topic == topic]
        row = sorted(own, key=lambda note: places[note.id])
        asked = [note.id for note in row if note.role != "cloze"]
        assert asked == [note.id for note in own if note.role != "cloze"]
        before = 0
        seen: dict[str, int] = {}
        gaps_only = [note.role == "cloze" for note in row]
        for at, note in enumerate(row):
            if note.role == "cloze":
                is_far = before - seen[note.question.id] >= MIN_CARDS_BETWEEN
                assert is_far or all(gaps_only[at:])
            before += len(note.spec.cards)
            seen.setdefault(note.question.id, before)


def test_the_cards_of_gaps_and_of_both_directions_count(tmp_path: Path) -> None:
    shape = [("a", number < 2, 0) for number in range(30)]
    catalog = catalog_of(tmp_path / "gaps", shape)
    places = study_positions(tuple(notes(catalog)))
    # The two cards of the first gap come between, too, so the next one is right after.
    assert places["q000/cloze"] == MIN_CARDS_BETWEEN + 2
    assert places["q001/cloze"] == MIN_CARDS_BETWEEN + 3
    rows = "".join(f"c{n},Which {n}?,{n},yes\n" for n in range(15))
    text = "=== a/a.md\n---\nquestion: Q?\nsummary: It is {{c1::this}}.\n---\nSo.\n"
    text += f"=== a/cards.csv\n# id: cards\nid,prompt,answer,reverse\n{rows}"
    report = check_and_typeset(open_project(write_deck(tmp_path / "cards", text)))
    assert report.catalog is not None
    places = study_positions(tuple(notes(report.catalog)))
    assert places["a/cloze"] == 1 + MIN_CARDS_BETWEEN // 2 + 1


def test_the_positions_are_those_of_the_package(tmp_path: Path) -> None:
    shape = [("a", True, 9), ("a", True, 9), ("a", False, 9), ("b", True, 0)]
    catalog = catalog_of(tmp_path, shape)
    planned: dict[str, PlannedNote] = {n.id: n for n in plan(catalog, History()).notes}
    assert planned["q000/cloze"].due - planned["q000"].due > MIN_CARDS_BETWEEN
    assert planned["q003/cloze"].due > planned["q003"].due
