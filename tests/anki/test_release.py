"""What `release` puts into the deck folder, and what `diff` says before."""

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.anki.conftest import sample
from tests.questions import changed

from triptych.deck.strings import built_in
from triptych.errors import TriptychError
from triptych.ledger.lock import Ledger, Released
from triptych.ledger.lock_file import dump, load
from triptych.notes.history import REFRESH_ALL, History, Refresh, history_of
from triptych.notes.plan import plan
from triptych.releases.diff import diff
from triptych.releases.difference import Change, Difference
from triptych.releases.release import Release, release
from triptych.releases.report import (
    as_data,
    as_markdown,
    as_text,
    changelog_words,
)
from triptych.render.anki.render import render
from triptych.render.settings import RenderSettings
from triptych.values.catalog import Catalog
from triptych.values.note import Role
from triptych.values.prose import Prose


def released(
    catalog: Catalog, ledger: Ledger, moment: int, version: str = "", **more: Refresh
) -> Release:
    settings = RenderSettings(history=History(ledger))
    return release(catalog, settings, version=version, time_seconds=moment, **more)


def in_english(found: Difference) -> str:
    return as_markdown(found, changelog_words(built_in(), "en"))


def preview(ledger: Ledger) -> RenderSettings:
    return RenderSettings(history=history_of(ledger, "", 0))


@pytest.fixture(scope="module")
def first(catalog: Catalog) -> Ledger:
    return load(released(catalog, Ledger(), 1000).lock)


@pytest.fixture(scope="module")
def edited(catalog: Catalog) -> Catalog:
    """Return the deck with an answer changed, a note gone, one renamed, one moved."""
    k_means, overfitting = catalog.questions
    answer = Prose(card="<p>Much too close.</p>", plain="-", digest="new")
    parts = (replace(overfitting.follow_ups[0], slug="bigger-data"),)
    return replace(
        catalog,
        questions=(
            changed(k_means, topic="fundamentals"),
            changed(
                overfitting,
                answer=answer,
                follow_ups=(*parts, *overfitting.follow_ups[1:]),
                renamed={"more-data": "bigger-data"},
                retired_slugs=("zero",),
            ),
        ),
    )


def test_a_ledger_is_the_same_after_writing_and_reading(first: Ledger) -> None:
    assert load(dump(first)) == first
    assert dump(load(dump(first))) == dump(first)


def test_a_ledger_has_a_line_a_note_in_order(first: Ledger) -> None:
    lines = [json.loads(line) for line in dump(first).splitlines()]
    names = [line["note"] for line in lines if "note" in line]
    assert names == sorted(names)
    assert len(names) == 7
    assert {line["mod"] for line in lines if "note" in line} == {1000}
    assert {"release": "1.0.0", "time": 1000} in lines


@pytest.mark.parametrize("text", ["<<<<<<< HEAD", "[1]", '{"note": "a"}', "{}"])
def test_a_damaged_ledger_stops_everything(text: str) -> None:
    with pytest.raises(
        TriptychError, match=r"deck\.lock:1 (is damaged|holds a merge conflict)"
    ):
        load(text)


def test_a_release_without_changes_updates_no_note(
    catalog: Catalog, first: Ledger
) -> None:
    second = load(released(catalog, first, 2000).lock)
    assert second.latest == Released("1.0.1", 2000)
    for name, line in second.notes.items():
        assert line == replace(first.notes[name], last="1.0.1")
    assert second.types == first.types
    assert second.decks == first.decks


def test_only_what_changed_gets_the_new_time(edited: Catalog, first: Ledger) -> None:
    second = load(released(edited, first, 2000).lock)
    moved = {name for name, line in second.notes.items() if line.mod == 2000}
    assert moved == {
        "overfitting",
        "overfitting/bigger-data",
    }
    assert second.notes["overfitting/zero"].last == "1.0.0"
    assert "overfitting/more-data" not in second.notes
    renamed = second.notes["overfitting/bigger-data"]
    assert renamed.guid == first.notes["overfitting/more-data"].guid
    assert renamed.first == "1.0.0"


def test_other_html_with_the_same_text_changes_no_hash(
    catalog: Catalog, first: Ledger
) -> None:
    def redrawn(prose: Prose) -> Prose:
        return replace(prose, card=f'<div class="new">{prose.card}</div>', site="other")

    questions = tuple(
        changed(
            question,
            prompt=redrawn(question.prompt),
            summary=redrawn(question.summary),
            answer=redrawn(question.answer),
            follow_ups=tuple(
                replace(part, text=redrawn(part.text)) for part in question.follow_ups
            ),
        )
        for question in catalog.questions
    )
    other = replace(catalog, questions=questions)
    assert all(note.is_released for note in plan(other, History(first)).notes)
    assert diff(other, preview(first)).is_empty


ROLES = st.frozensets(
    st.sampled_from([role for role in Role if role is not Role.CARD]), min_size=1
)


@settings(deadline=None, max_examples=10)
@given(ROLES)
def test_a_refresh_moves_the_notes_of_its_parts_and_nothing_else(
    roles: frozenset[Role],
) -> None:
    deck = sample()
    first = load(released(deck, Ledger(), 1000).lock)
    planned = {note.id: note.role for note in plan(deck, History(first)).notes}
    asked = {name for name, role in planned.items() if role in roles}
    second = load(released(deck, first, 2000, refresh=Refresh(roles)).lock)
    for name, line in second.notes.items():
        before = replace(first.notes[name], last="1.0.1")
        moved = replace(before, mod=2000, text_mod=1000)
        assert line == (moved if name in asked else before)
    assert second.types == first.types
    # It is not repeated, neither by a release nor by a build.
    third = load(released(deck, second, 3000).lock)
    assert third.notes == {
        name: replace(line, last="1.0.2") for name, line in second.notes.items()
    }
    assert not plan(deck, History(second, 9999)).is_preview


def test_a_note_type_that_changed_makes_a_preview(
    catalog: Catalog, first: Ledger
) -> None:
    types = {key: replace(line, hash="older") for key, line in first.types.items()}
    assert not plan(catalog, History(first)).is_preview
    assert plan(catalog, History(replace(first, types=types))).is_preview


def test_what_is_refreshed_twice_still_has_the_time_of_its_text(
    catalog: Catalog, first: Ledger
) -> None:
    refresh = Refresh(frozenset({Role.CODE}))
    second = load(released(catalog, first, 2000, refresh=refresh).lock)
    third = load(released(catalog, second, 3000, refresh=refresh).lock)
    line = third.notes["code-k-means/fill-in"]
    assert (line.mod, line.text_time) == (3000, 1000)


def test_a_note_that_changes_when_it_is_refreshed_is_changed(
    edited: Catalog, first: Ledger
) -> None:
    refresh = Refresh(frozenset({Role.QUESTION}))
    made = released(edited, first, 2000, refresh=refresh)
    assert [change.note for change in made.difference.anew] == ["code-k-means"]
    assert "overfitting" in {change.note for change in made.difference.changed}
    assert load(made.lock).notes["overfitting"].text_time == 2000


def test_refresh_all_moves_everything(catalog: Catalog, first: Ledger) -> None:
    second = load(released(catalog, first, 2000, refresh=REFRESH_ALL).lock)
    assert {line.mod for line in second.notes.values()} == {2000}
    assert {line.mod for line in second.types.values()} == {2000}
    assert [line.guid for line in second.notes.values()] == [
        line.guid for line in first.notes.values()
    ]


def test_a_refresh_is_reported_for_every_release_since(
    catalog: Catalog, first: Ledger
) -> None:
    refresh = Refresh(frozenset({Role.CODE}))
    asked = diff(catalog, preview(first), refresh=refresh)
    second = load(released(catalog, first, 2000, refresh=refresh).lock)
    for found in (asked, diff(catalog, preview(second), "1.0.0")):
        assert [change.note for change in found.anew] == ["code-k-means/fill-in"]
        assert (found.changed, found.restyled, found.is_empty) == ((), (), False)
        text = as_text(found)
        assert "shown anew code-k-means/fill-in: Implement k-means." in text
        assert "replaces\n         My notes, own tags and edits" in text
        assert "### Shown anew\n\n- Implement k-means." in in_english(found)
    assert diff(catalog, preview(second)).is_empty
    assert diff(catalog, preview(first)).is_empty


def test_a_refresh_of_a_part_that_no_note_has_is_refused(
    catalog: Catalog, first: Ledger
) -> None:
    less = replace(catalog, questions=(catalog.questions[1],))
    refresh = Refresh(frozenset({Role.CODE, Role.QUESTION}))
    with pytest.raises(TriptychError, match="no notes of these parts: fill-in"):
        released(less, first, 2000, refresh=refresh)


def test_after_a_release_every_build_gives_the_same_bytes(
    catalog: Catalog, first: Ledger
) -> None:
    plain = RenderSettings(history=history_of(first, "", 0))
    dated = RenderSettings(history=history_of(first, "1500", 9999))
    assert list(render(catalog, plain)) == list(render(catalog, dated))


@pytest.mark.parametrize(
    ("epoch", "now", "expected"), [("", 0, 1001), ("1500", 2000, 1500)]
)
def test_an_unreleased_note_is_dated_after_the_last_release(
    edited: Catalog, first: Ledger, epoch: str, now: int, expected: int
) -> None:
    history = history_of(first, epoch, now)
    mods = {note.id: note.mod for note in plan(edited, history).notes}
    assert mods["overfitting"] == expected
    assert mods["overfitting/l1-or-l2"] == 1000


@pytest.mark.parametrize("epoch", ["1000", "999", "2001", "-1", "soon", "0"])
def test_a_source_date_out_of_range_stops_a_preview_but_no_released_deck(
    catalog: Catalog, edited: Catalog, first: Ledger, epoch: str
) -> None:
    settings = RenderSettings(history=history_of(first, epoch, 2000))
    with pytest.raises(TriptychError, match="SOURCE_DATE_EPOCH"):
        list(render(edited, settings))
    assert list(render(catalog, settings)) == list(render(catalog, preview(first)))


@pytest.mark.parametrize("moment", [1000, 999])
def test_a_release_is_always_later_than_the_one_before(
    catalog: Catalog, first: Ledger, moment: int
) -> None:
    with pytest.raises(ValueError, match=r"not after release 1\.0\.0"):
        released(catalog, first, moment)


@pytest.mark.parametrize("version", ["1.0.0", "0.9.9", "2", "1.1.0-beta"])
def test_a_version_that_does_not_come_next_is_refused(
    catalog: Catalog, first: Ledger, version: str
) -> None:
    with pytest.raises(TriptychError, match=version):
        released(catalog, first, 2000, version)


def test_versions_show_what_a_release_brings(
    catalog: Catalog, edited: Catalog, first: Ledger
) -> None:
    overfitting = catalog.questions[1]
    less = load(released(replace(catalog, questions=(overfitting,)), Ledger(), 9).lock)
    assert released(catalog, less, 20).version == "1.1.0"
    assert released(edited, first, 2000).version == "1.0.1"
    assert released(edited, first, 2000, "2.0.0").version == "2.0.0"


def test_another_shape_of_note_types_is_not_released(
    catalog: Catalog, first: Ledger
) -> None:
    line = first.types["question"]
    other = replace(line, fields={**line.fields, "Extra": 77})
    with pytest.raises(TriptychError, match="never get an update again"):
        released(
            catalog, replace(first, types={**first.types, "question": other}), 2000
        )


def test_before_the_first_release_everything_is_new(catalog: Catalog) -> None:
    found = diff(catalog, RenderSettings())
    assert len(found.new) == 7
    assert found.restyled == found.reshaped == ()
    assert as_text(found).startswith("nothing released -> preview: 7 new\n")


def test_diff_shows_what_a_release_would_do(edited: Catalog, first: Ledger) -> None:
    found = diff(edited, preview(first))
    assert [change.note for change in found.new] == []
    assert [change.note for change in found.changed] == [
        "overfitting",
        "overfitting/bigger-data",
    ]
    # The task itself is in the subdeck of long tasks, and stays there.
    assert {change.note for change in found.moved} == {
        "code-k-means/fill-in",
        "overfitting/bigger-data",
    }
    assert [change.note for change in found.retired] == ["overfitting/zero"]
    assert found.default_options_suffice
    assert found.restyled == ()


def test_diff_with_a_package_shows_old_and_new_text(
    catalog: Catalog, edited: Catalog, first: Ledger, tmp_path: Path
) -> None:
    path = tmp_path / "old.apkg"
    package, *_ = render(catalog, preview(first))
    path.write_bytes(package.data)
    found = diff(edited, preview(first), old=path)
    by_ledger = diff(edited, preview(first))
    for kind in ("new", "moved", "retired", "fewer"):
        ours = [change.note for change in getattr(found, kind)]
        assert ours == [change.note for change in getattr(by_ledger, kind)]
    # A slug that changed moves a note's time, and none of its words.
    assert [(c.note, c.parts) for c in found.changed] == [("overfitting", ("Answer",))]
    assert [change.note for change in by_ledger.changed] == [
        "overfitting",
        "overfitting/bigger-data",
    ]
    text = as_text(found)
    assert "       - Too close a fit." in text
    assert "       + Much too close." in text
    assert "overfitting/bigger-data (was overfitting/more-data)" in text
    assert "name the old .apkg" not in text
    assert "  ```diff\n  - Too close a fit." in in_english(found)
    assert "name the old .apkg" in as_text(by_ledger)


def test_changed_tags_alone_are_counted_and_not_updated(
    catalog: Catalog, first: Ledger, tmp_path: Path
) -> None:
    path = tmp_path / "old.apkg"
    package, *_ = render(catalog, preview(first))
    path.write_bytes(package.data)
    k_means, overfitting = catalog.questions
    tagged = replace(catalog, questions=(k_means, changed(overfitting, tags=("new",))))
    for found in (diff(tagged, preview(first)), diff(tagged, preview(first), old=path)):
        assert found.is_empty
        assert len(found.relabelled) == 5
        assert "only its tags or minutes are other" in as_text(found)
    second = load(released(tagged, first, 2000).lock)
    assert {line.mod for line in second.notes.values()} == {1000}
    # Learners still have the former tags.
    assert {name: line.labels for name, line in second.notes.items()} == {
        name: line.labels for name, line in first.notes.items()
    }
    assert len(diff(tagged, preview(second)).relabelled) == 5
    reworded = changed(overfitting, tags=("new",), answer=Prose(digest="other"))
    third = load(
        released(replace(tagged, questions=(k_means, reworded)), second, 3000).lock
    )
    assert third.notes["overfitting"].mod == 3000
    assert third.notes["overfitting"].labels != first.notes["overfitting"].labels


def test_diff_since_an_older_release_gathers_what_came_in_between(
    edited: Catalog, first: Ledger
) -> None:
    second = load(released(edited, first, 2000).lock)
    assert diff(edited, preview(second)).is_empty
    found = diff(edited, preview(second), since="1.0.0")
    assert [change.note for change in found.changed][:1] == ["overfitting"]
    assert [change.note for change in found.retired] == ["overfitting/zero"]
    with pytest.raises(TriptychError, match=r"there are 1\.0\.0, 1\.0\.1"):
        diff(edited, preview(second), since="3.0.0")


def test_a_file_that_is_no_package_is_refused(
    catalog: Catalog, first: Ledger, tmp_path: Path
) -> None:
    path = tmp_path / "page.apkg"
    path.write_text("<html>not the deck</html>", encoding="utf-8")
    with pytest.raises(TriptychError, match=r"page\.apkg cannot be read"):
        diff(catalog, preview(first), old=path)


def test_the_search_finds_just_what_was_retired(
    anki: Callable[..., list[object]], catalog: Catalog, edited: Catalog, first: Ledger
) -> None:
    package, *_ = render(catalog, preview(first))
    search = diff(edited, preview(first)).search
    _, found = anki(package.data, {"do": "search", "text": search})
    assert found == ["overfitting/zero"]


def test_a_whole_question_is_searched_for_in_two_words(
    anki: Callable[..., list[object]], catalog: Catalog, first: Ledger
) -> None:
    k_means, overfitting = catalog.questions
    questions = (
        changed(k_means, retired_slugs=("fill-in",)),
        changed(overfitting, retired=True),
    )
    retired = replace(catalog, questions=questions)
    package, *_ = render(catalog, preview(first))
    search = diff(retired, preview(first)).search
    assert search == (
        '"note:Triptych * (sample)" ("Id:code-k-means/fill-in" OR "Id:overfitting"'
        ' OR "Id:overfitting/*")'
    )
    _, found = anki(package.data, {"do": "search", "text": search})
    assert found == sorted(set(first.notes) - {"code-k-means"})


def test_reports_say_the_same_in_three_forms(edited: Catalog, first: Ledger) -> None:
    found = diff(edited, preview(first))
    data = json.loads(json.dumps(as_data(found)))
    assert [change["note"] for change in data["retired"]] == ["overfitting/zero"]
    assert data["default_options_suffice"] is True
    markdown = in_english(found)
    assert "### Changed\n\n- What is overfitting?" in markdown
    assert "### Retired\n\n- Zero error is bad." in markdown
    assert data["search"] in markdown
    assert "retired  overfitting/zero: Zero error is bad." in as_text(found)


def test_a_long_list_has_a_row_for_each_question_by_its_title() -> None:
    notes = [Change(f"q/{n}", f"Why {n}?", "D", 1) for n in range(13)]
    retired = (*notes, Change("gone/part", "And then?", "D", 1))
    titles = {"q": "What is *q*?"}
    found = Difference("1.0.0", "1.1.0", "d", retired=retired, titles=titles)
    rows = "- What is \\*q\\*? (13 notes)\n- gone (1 note)\n"
    assert rows in in_english(found)
    assert "titles" not in as_data(found)


def test_titles_are_those_of_questions_whose_notes_are_not_listed(
    edited: Catalog, first: Ledger
) -> None:
    titles = diff(edited, preview(first)).titles
    assert titles["overfitting"].startswith("What is overfitting")
    assert "overfitting/zero" not in titles


def test_the_changelog_grows_from_the_top(
    catalog: Catalog, edited: Catalog, first: Ledger
) -> None:
    one = released(catalog, Ledger(), 1000)
    two = released(edited, first, 90_000)
    text = two.changelog(one.changelog(""))
    assert text.startswith("# Changes\n\n")
    assert text.index("## 1.0.1 - 1970-01-02") < text.index("## 1.0.0 - 1970-01-01")
    assert "The first release: 7 notes, 9 cards." in text
    assert two.changelog(text) == text
    # A run that was cut short may have given this release another version.
    assert two.changelog(text.replace("## 1.0.1", "## 1.1.0"), "1.1.0") == text
    lines = text.replace("\n", "\r\n")
    assert two.changelog(lines) == lines


def test_the_description_lists_the_changes_of_the_newest_release(
    edited: Catalog, first: Ledger
) -> None:
    second = load(released(edited, first, 2000).lock)
    package, *_ = render(edited, preview(second))
    assert b"Release 1.0.1: 2 changed, 1 retired" in _database(package.data)


def _database(package: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return archive.read("collection.anki2")
