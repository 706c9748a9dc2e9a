"""What `diff` and the changelog say of the changes of a release."""

from dataclasses import replace
from typing import Any

import pytest

from triptych.releases.difference import Change, Difference
from triptych.releases.report import as_data, as_markdown, as_text

MEAN = Change("mean", "What is *the* mean?", "D::Basics", 1)
PART = replace(MEAN, note="mean/why", prompt="Why?")
EMPTY = Difference("1.0.0", "1.1.0", "d", titles={"mean": "What is *the* mean?"})


def changed(before: str, after: str) -> Difference:
    change = replace(MEAN, before=before, after=after, parts=("Answer",))
    return replace(EMPTY, changed=(change,))


def test_only_another_deck_is_a_move_to_learners() -> None:
    renamed = replace(MEAN, was_note="average", was_deck=MEAN.deck)
    moved = replace(PART, was_note=PART.note, was_deck="D::Old")
    found = replace(EMPTY, moved=(renamed, moved))
    assert as_markdown(found).startswith("### Moved\n\n- Why?\n\nCards that you have")
    text = as_text(found)
    assert "moved    mean (was average): What is *the* mean?\n" in text
    assert "moved    mean/why: Why?\n" in text
    assert text.count("from D::Old to D::Basics;") == 1


def test_prompts_are_escaped_and_do_not_turn_text_around() -> None:
    news = replace(MEAN, prompt="a * b_c <d> \\ `e` \u202e f")
    assert as_markdown(replace(EMPTY, new=(news,))).split("\n")[2] == (
        "- a \\* b\\_c \\<d\\> \\\\ \\`e\\`  f"
    )


@pytest.mark.parametrize(("ticks", "fence"), [(0, 3), (2, 3), (3, 4), (5, 6)])
def test_the_fence_of_a_change_is_longer_than_any_in_it(ticks: int, fence: int) -> None:
    lines = as_markdown(changed("same\nold", f"same\nnew {'`' * ticks}")).split("\n")
    assert lines[4:8] == [
        f"  {'`' * fence}diff",
        "  - old",
        f"  + new {'`' * ticks}",
        f"  {'`' * fence}",
    ]


def test_a_long_list_has_a_row_for_each_question() -> None:
    parts = tuple(replace(PART, note=f"mean/{n}") for n in range(11))
    other = replace(PART, note="lost/why")
    rows = "- What is \\*the\\* mean? (12 notes)\n- lost (1 note)\n"
    assert rows in as_markdown(replace(EMPTY, new=(MEAN, *parts, other)))
    assert as_markdown(replace(EMPTY, new=(MEAN, *parts))).count("\n- Why?") == 11


def test_learners_are_told_how_to_find_what_was_retired() -> None:
    found = replace(EMPTY, retired=(MEAN, replace(PART, note="lost/why")))
    search = '"note:Triptych * (d)" ("Id:lost/why" OR "Id:mean" OR "Id:mean/*")'
    assert f"search for what was retired: {search}\n" in as_text(found)
    assert f"To find them, search for `{search}`." in as_markdown(found)
    assert as_data(found)["search"] == search
    assert "search for" not in as_text(EMPTY)


def test_no_search_is_named_that_finds_none_of_what_was_retired() -> None:
    part = replace(PART, note="lost/why")
    found = replace(EMPTY, retired=(MEAN, part), unsearchable=frozenset({"mean"}))
    assert found.search == '"note:Triptych * (d)" ("Id:lost/why")'
    found = replace(found, unsearchable=frozenset({"mean", "lost/why"}))
    assert found.search == ""
    assert "search for" not in as_text(found)
    assert "They stay in your collection.\n" in as_markdown(found)
    assert "unsearchable" not in as_data(found)


def test_what_a_change_was_is_asked_for_where_nothing_says_it() -> None:
    hint = "(name the old .apkg to see what they said)"
    assert hint in as_text(changed("", "new"))
    assert hint not in as_text(changed("old", "new"))
    assert hint not in as_text(EMPTY)


def test_without_a_change_no_update_is_offered() -> None:
    assert as_markdown(EMPTY) == "No note changed.\n"
    assert as_text(EMPTY) == (
        "1.0.0 -> 1.1.0: no note changed\nimporting: Anki's default options suffice\n"
    )
    assert "update files" in as_markdown(replace(EMPTY, new=(MEAN,)))
    first = replace(EMPTY, since="", new=(MEAN,))
    assert "update files" not in as_markdown(first)
    assert as_text(first).startswith("nothing released -> 1.1.0: 1 new\n")


@pytest.mark.parametrize("kind", ["new", "back", "changed", "anew", "retired", "fewer"])
def test_each_kind_of_change_is_in_both_reports(kind: str) -> None:
    changes: dict[str, Any] = {kind: (MEAN,)}
    found = replace(EMPTY, **changes)
    assert not found.is_empty
    assert as_markdown(found).count("What is \\*the\\* mean?") == 1
    assert as_text(found).count("What is *the* mean?") == 1
