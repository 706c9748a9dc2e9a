"""What `diff` and the changelog say of the changes of a release."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from triptych.deck.strings import built_in, strings
from triptych.releases.difference import Change, Difference
from triptych.releases.report import (
    as_data,
    as_markdown,
    as_text,
    changelog_words,
)

MEAN = Change("mean", "What is *the* mean?", "D::Basics", 1)
PART = replace(MEAN, note="mean/why", prompt="Why?")
EMPTY = Difference("1.0.0", "1.1.0", "d", titles={"mean": "What is *the* mean?"})


def in_english(found: Difference) -> str:
    return as_markdown(found, changelog_words(built_in(), "en"))


def changed(before: str, after: str) -> Difference:
    change = replace(MEAN, before=before, after=after, parts=("Answer",))
    return replace(EMPTY, changed=(change,))


def test_only_another_deck_is_a_move_to_learners() -> None:
    renamed = replace(MEAN, was_note="average", was_deck=MEAN.deck)
    moved = replace(PART, was_note=PART.note, was_deck="D::Old")
    found = replace(EMPTY, moved=(renamed, moved))
    assert in_english(found).startswith("### Moved\n\n- Why?\n\nCards that you have")
    text = as_text(found)
    assert "moved    mean (was average): What is *the* mean?\n" in text
    assert "moved    mean/why: Why?\n" in text
    assert text.count("from D::Old to D::Basics;") == 1


def test_prompts_are_escaped_and_do_not_turn_text_around() -> None:
    news = replace(MEAN, prompt="a * b_c <d> \\ `e` \u202e f")
    assert in_english(replace(EMPTY, new=(news,))).split("\n")[2] == (
        "- a \\* b\\_c \\<d\\> \\\\ \\`e\\`  f"
    )


@pytest.mark.parametrize(("ticks", "fence"), [(0, 3), (2, 3), (3, 4), (5, 6)])
def test_the_fence_of_a_change_is_longer_than_any_in_it(ticks: int, fence: int) -> None:
    lines = in_english(changed("same\nold", f"same\nnew {'`' * ticks}")).split("\n")
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
    assert rows in in_english(replace(EMPTY, new=(MEAN, *parts, other)))
    assert in_english(replace(EMPTY, new=(MEAN, *parts))).count("\n- Why?") == 11


def test_the_report_says_how_learners_find_what_was_retired() -> None:
    found = replace(EMPTY, retired=(MEAN, replace(PART, note="lost/why")))
    search = '"note:Triptych * (d)" ("Id:lost/why" OR "Id:mean" OR "Id:mean/*")'
    assert f"search for what was retired: {search}\n" in as_text(found)
    assert f"To find them, search for `{search}`." in in_english(found)
    assert as_data(found)["search"] == search
    assert "search for" not in as_text(EMPTY)
    found = replace(EMPTY, retired=(MEAN, PART))  # the question finds its notes
    assert found.search == '"note:Triptych * (d)" ("Id:mean" OR "Id:mean/*")'


def test_no_search_is_named_that_finds_none_of_what_was_retired() -> None:
    part = replace(PART, note="lost/why")
    found = replace(EMPTY, retired=(MEAN, part), unsearchable=frozenset({"mean"}))
    assert found.search == '"note:Triptych * (d)" ("Id:lost/why")'
    found = replace(found, unsearchable=frozenset({"mean", "lost/why"}))
    assert found.search == ""
    assert "search for" not in as_text(found)
    assert "They stay in your collection.\n" in in_english(found)
    assert "unsearchable" not in as_data(found)


def test_what_a_change_was_is_asked_for_where_nothing_says_it() -> None:
    hint = "(name the old .apkg to see what they said)"
    assert hint in as_text(changed("", "new"))
    assert hint not in as_text(changed("old", "new"))
    assert hint not in as_text(EMPTY)


def test_without_a_change_no_update_is_offered() -> None:
    assert in_english(EMPTY) == "No note changed.\n"
    assert as_text(EMPTY) == (
        "1.0.0 -> 1.1.0: no note changed\nimporting: Anki's default options suffice\n"
    )
    assert "update files" in in_english(replace(EMPTY, new=(MEAN,)))
    first = replace(EMPTY, since="", new=(MEAN,))
    assert "update files" not in in_english(first)
    assert as_text(first).startswith("nothing released -> 1.1.0: 1 new\n")


@pytest.mark.parametrize("kind", ["new", "back", "changed", "anew", "retired", "fewer"])
def test_each_kind_of_change_is_in_both_reports(kind: str) -> None:
    changes: dict[str, Any] = {kind: (MEAN,)}
    found = replace(EMPTY, **changes)
    assert not found.is_empty
    assert in_english(found).count("What is \\*the\\* mean?") == 1
    assert as_text(found).count("What is *the* mean?") == 1


@pytest.mark.parametrize("kind", ["restyled", "reshaped"])
def test_another_note_type_is_a_change_and_is_named(kind: str) -> None:
    changed_types: dict[str, Any] = {kind: ("A type",)}
    found = replace(EMPTY, **changed_types)
    assert not found.is_empty
    assert "A type" in as_text(found)
    assert "No note changed" not in in_english(found)


def test_one_card_is_no_plural() -> None:
    fewer = replace(MEAN, was_cards=2)
    assert "fewer    mean: What is *the* mean?: 1 card, not 2;" in as_text(
        replace(EMPTY, fewer=(fewer,))
    )


@pytest.mark.parametrize("language", sorted({*built_in().tables} - {"en"}))
def test_learners_read_of_a_release_in_the_language_of_the_deck(language: str) -> None:
    one = (replace(MEAN, prompt="1"),)
    long = tuple(replace(MEAN, note=f"n{n}", prompt="2") for n in range(13))
    kinds = ("new", "back", "changed", "anew", "retired", "fewer")
    changes: dict[str, Any] = dict.fromkeys(kinds, one) | {
        "new": long,
        "moved": (replace(one[0], was_deck="Old"),),
        "restyled": ("A type",),
    }
    for found in (EMPTY, replace(EMPTY, **changes)):
        words = changelog_words(built_in(), language)
        english, said = in_english(found), as_markdown(found, words)
        assert english.count("\n") == said.count("\n")
        same = {*english.split("\n")} & {*said.split("\n")}
        # A note is a note in French, too.
        assert [line for line in same if line and not line.startswith("- ")] == []
        assert "{" not in said
    assert found.search in said


def test_a_language_without_words_has_those_in_english() -> None:
    found = replace(EMPTY, new=(MEAN,))
    words = changelog_words(built_in(), "fi")
    assert as_markdown(found, words) == in_english(found)


def test_the_changelog_names_pages_as_the_deck_does(tmp_path: Path) -> None:
    (tmp_path / "strings.toml").write_text(
        '[en.site]\ndownloads = "My *files*"\n[en.changelog]\nnew = "Fresh"\n'
    )
    words = changelog_words(strings(tmp_path), "en")
    said = as_markdown(replace(EMPTY, new=(MEAN,)), words)
    assert said.startswith("### Fresh\n")
    assert "on the page *My \\*files\\** keep" in said
