"""``triptych rename``: everything that names the old id is mended, all else stays."""

from pathlib import Path, PurePosixPath

import pytest
from tests.cases import write_deck

from triptych.author.rename import rename
from triptych.build.build import check
from triptych.deck.edits import edited
from triptych.deck.project import open_project
from triptych.errors import TriptychError
from triptych.ledger.verdicts import Verdict, dump, load
from triptych.values.diagnostics import Edit

DECK = """\
=== topic/old.md
---
id: old   # permanent
question: What is old?
---
An answer with a [link to itself](old.md#more) and to [here](#more).

```text
[no link](old.md)
```

## Follow-ups
### Is there more? {#more}
Yes, see [below](#more "again").
=== topic/other.md
---
question: What else?
related: [ "old", bold ]
requires:
  - old
---
Inline [a](old.md), spaced [b](<old.md> "old.md"), [c](../topic/old.md#more), [d][ref],
[another file](../away/old.md) and the word old.md.

[ref]: ./old.md
=== topic/bold.md
---
question: What is bold?
---
Nothing old.
=== away/old.md
---
id: far-old
question: What is far?
---
A file with the same name.
=== guides/old-times.md
---
title: Old times
---
Read [it](../topic/old.md#more).
"""


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    return write_deck(tmp_path / "content", DECK)


def apply(root: Path, old: str, new: str) -> set[str]:
    """Rename on disk as the command does; return the names of the files touched."""
    renamed = rename(open_project(root), old, new)
    for path, data in renamed.files.items():
        (root / path).write_bytes(data)
    for path, home in renamed.moved.items():
        (root / path).rename(root / home)
    return set(map(str, renamed.files))


def refusal(root: Path, old: str, new: str) -> str:
    before = {p: p.read_bytes() for p in root.rglob("*") if p.is_file()}
    with pytest.raises(TriptychError) as refused:
        apply(root, old, new)
    assert before == {p: p.read_bytes() for p in root.rglob("*") if p.is_file()}
    return str(refused.value)


def messages(root: Path) -> list[str]:
    return [d.message for d in check(open_project(root)).diagnostics]


def test_an_id_that_only_the_name_of_a_file_gives_is_renamed(tmp_path: Path) -> None:
    deck = write_deck(tmp_path, "=== t/what-is-it.md\n---\nquestion: What?\n---\nThis.")
    assert apply(deck, "what-is-it", "it") == {"t/what-is-it.md"}
    assert (deck / "t/it.md").read_text() == (
        "---\nid: it\naliases: [what-is-it]\nquestion: What?\n---\nThis.\n"
    )


def test_a_question_gets_an_id_an_alias_and_a_file_name(deck: Path) -> None:
    apply(deck, "old", "new")
    assert not (deck / "topic/old.md").exists()
    text = (deck / "topic/new.md").read_text()
    assert text.startswith("---\nid: new   # permanent\naliases: [old]\nquestion:")
    assert "[link to itself](new.md#more)" in text
    assert "[no link](old.md)" in text


def test_references_and_links_of_others_follow(deck: Path) -> None:
    touched = apply(deck, "old", "new")
    other = (deck / "topic/other.md").read_text()
    assert other == (
        "---\nquestion: What else?\nrelated: [ new, bold ]\nrequires:\n  - new\n---\n"
        'Inline [a](new.md), spaced [b](<new.md> "old.md"), [c](../topic/new.md#more),'
        " [d][ref],\n[another file](../away/old.md) and the word old.md.\n\n"
        "[ref]: ./new.md\n"
    )
    assert "(../topic/new.md#more)" in (deck / "guides/old-times.md").read_text()
    assert touched == {"topic/old.md", "topic/other.md", "guides/old-times.md"}
    assert messages(deck) == []


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        ("old", "new", "[old.md]\n\n[old.md]: old.md", "[old.md]\n\n[old.md]: new.md"),
        (
            "old/more",
            "old/rest",
            "[x][#more]\n\n[#more]: old.md#more",
            "[x][#more]\n\n[#more]: old.md#rest",
        ),
    ],
)
def test_a_link_whose_label_is_its_target_is_not_lost(
    deck: Path, old: str, new: str, before: str, after: str
) -> None:
    (deck / "topic/bold.md").write_text(f"---\nquestion: Q?\n---\n{before}\n")
    apply(deck, old, new)
    assert (deck / "topic/bold.md").read_text() == f"---\nquestion: Q?\n---\n{after}\n"


def test_a_rename_that_was_interrupted_before_the_move_is_finished(deck: Path) -> None:
    apply(deck, "old", "new")
    whole = {p: p.read_bytes() for p in deck.rglob("*.md")}
    (deck / "topic/new.md").rename(deck / "topic/old.md")
    apply(deck, "old", "new")
    assert {p: p.read_bytes() for p in deck.rglob("*.md")} == whole


def test_an_id_that_stood_only_in_the_file_name_is_written_down(deck: Path) -> None:
    apply(deck, "bold", "brave")
    text = (deck / "topic/brave.md").read_text()
    assert text.startswith("---\nid: brave\naliases: [bold]\nquestion: What is bold?")
    assert "brave" in (deck / "topic/other.md").read_text()


def test_a_file_with_a_name_of_its_own_keeps_it(deck: Path) -> None:
    apply(deck, "far-old", "far-new")
    assert "id: far-new\naliases: [far-old]" in (deck / "away/old.md").read_text()


def test_renaming_back_swaps_id_and_alias(deck: Path) -> None:
    apply(deck, "old", "new")
    apply(deck, "new", "old")
    text = (deck / "topic/old.md").read_text()
    assert text.startswith("---\nid: old   # permanent\naliases: [new]\n")
    assert messages(deck) == []


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("aliases:", "aliases: [old]"),
        ("aliases: []", "aliases: [old]"),
        ("aliases: [a, b]", "aliases: [a, b, old]"),
        ("aliases: [a,\n  'b' ]", "aliases: [a,\n  'b', old ]"),
        (
            "aliases:\n- a # first\n- b # last",
            "aliases:\n- a # first\n- b # last\n- old",
        ),
        ("aliases:\n    -  a\ntags: [x]", "aliases:\n    -  a\n    -  old\ntags: [x]"),
    ],
)
def test_an_alias_joins_a_list_in_its_own_style(
    tmp_path: Path, written: str, expected: str
) -> None:
    deck = write_deck(tmp_path, f"---\nid: old\nquestion: Q?\n{written}\n---\nA.")
    apply(deck, "old", "new")
    text = (deck / "topic/question.md").read_text()
    assert text == f"---\nid: new\nquestion: Q?\n{expected}\n---\nA.\n"
    assert messages(deck) == []


def test_line_ends_byte_order_marks_and_odd_characters_stay(tmp_path: Path) -> None:
    deck = write_deck(tmp_path, "---\nquestion: Q?\n---\nA.")
    odd = "Form\x0cfeed, line\u2028separator, \x85.\r\n\r\nLast [x](a.md) line"
    text = f"\ufeff---\r\nid: a\r\nquestion: Q?\r\n---\r\n{odd}"
    (deck / "topic/a.md").write_bytes(text.encode())
    apply(deck, "a", "b")
    expected = text.replace("id: a\r\n", "id: b\r\naliases: [a]\r\n")
    expected = expected.replace("(a.md)", "(b.md)")
    assert (deck / "topic/b.md").read_bytes().decode() == expected


def test_the_verdict_on_its_code_follows(deck: Path) -> None:
    lock = dump({"old": Verdict("old", "hash", "passed"), "z": Verdict("z", "h", "ok")})
    (deck / "code.lock").write_text(lock)
    apply(deck, "old", "new")
    verdicts = load((deck / "code.lock").read_text())
    assert set(verdicts) == {"new", "z"}
    assert verdicts["new"].code == "hash"


def test_a_small_note_gets_a_slug_and_its_old_one_is_kept(deck: Path) -> None:
    touched = apply(deck, "old/more", "old/rest")
    text = (deck / "topic/old.md").read_text()
    assert "\nid: old   # permanent\nrenamed: {more: rest}\n" in text
    assert "### Is there more? {#rest}" in text
    assert "(old.md#rest)" in text
    assert '[below](#rest "again")' in text
    assert "(../topic/old.md#rest)" in (deck / "guides/old-times.md").read_text()
    assert "more" not in (deck / "topic/other.md").read_text()
    assert touched == {"topic/old.md", "topic/other.md", "guides/old-times.md"}
    assert messages(deck) == []


def test_a_second_rename_of_a_small_note_keeps_both_former_slugs(deck: Path) -> None:
    apply(deck, "old/more", "old/rest")
    apply(deck, "old/rest", "old/remainder")
    text = (deck / "topic/old.md").read_text()
    assert "renamed: {more: remainder, rest: remainder}" in text
    apply(deck, "old/remainder", "old/more")
    text = (deck / "topic/old.md").read_text()
    assert "renamed: {remainder: more, rest: more}" in text
    assert messages(deck) == []


def test_a_block_of_former_slugs_grows_in_its_own_style(tmp_path: Path) -> None:
    deck = write_deck(
        tmp_path,
        "---\nquestion: Q?\nrenamed:\n  a: b # why\nretired: [b]\n---\nA.\n"
        "## Pitfalls\n### P {#b}\nT.",
    )
    apply(deck, "question/b", "question/c")
    text = (deck / "topic/question.md").read_text()
    assert "renamed:\n  a: c # why\n  b: c\nretired: [c]\n" in text
    assert "### P {#c}" in text


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("odl", "new", "no question has the id `odl`: did you mean `old`?"),
        ("old", "bold", "the id `bold` is taken by topic/bold.md"),
        ("old", "New One", "`New One` is no id: use a-z, 0-9 and single hyphens"),
        ("old", "", "`` is no id: use a-z, 0-9 and single hyphens"),
        (
            "old",
            "../x",
            "`old` cannot become `../x` by itself: write it as a follow-up of",
        ),
        (
            "old/mor",
            "old/x",
            "nothing in topic/old.md has the id `mor`: did you mean `more`?",
        ),
        ("old/more", "old/cloze", "the id `cloze` is reserved: choose another"),
        ("old/more", "bold", "the id `bold` is taken by topic/bold.md"),
        ("old/more", "bold/cloze", "the id `cloze` is reserved: choose another"),
        ("old/more", "blod/x", "no question has the id `blod`: did you mean `bold`?"),
        ("old/more", "bold/x/y", "`x/y` is no id"),
        ("old/more", "Bold", "`Bold` is no id"),
        # A guide is no question.
        ("old-times", "x", "no question has the id `old-times`: `triptych list`"),
    ],
)
def test_a_rename_that_cannot_be_is_refused(
    deck: Path, old: str, new: str, why: str
) -> None:
    assert refusal(deck, old, new).startswith(why)


@pytest.mark.parametrize(
    "matter", ["", "---\nquestion: What?\n", "---\nquestion: [What?\n---\n"]
)
def test_front_matter_that_cannot_be_read_is_left_alone(
    matter: str, tmp_path: Path
) -> None:
    deck = write_deck(tmp_path, f"=== t/q.md\n{matter}This.\n")
    assert refusal(deck, "q", "new") == "fix the front matter of t/q.md first"


TAKEN = """\
=== t/q.md
---
question: Q?
renamed: { former: b }
---
One.

# A heading {#heading}
Two.

## Follow-ups
### A? {#a}
Yes.

### B? {#b}
No.
"""


@pytest.mark.parametrize("taken", ["b", "heading", "former"])
def test_a_note_gets_no_id_that_something_in_its_file_has_or_had(
    taken: str, tmp_path: Path
) -> None:
    deck = write_deck(tmp_path, TAKEN)
    assert f"`{taken}`" in refusal(deck, "q/a", f"q/{taken}")
    assert messages(deck) == []


def test_a_former_id_is_not_given_away(deck: Path) -> None:
    apply(deck, "old", "new")
    assert refusal(deck, "bold", "old") == "the id `old` is taken by topic/new.md"
    assert refusal(deck, "old", "older") == "`old` is called `new` now"


def test_a_file_in_the_way_is_not_overwritten(deck: Path) -> None:
    (deck / "topic/new.md").write_text("---\nid: x\nquestion: Q?\n---\nA.\n")
    assert refusal(deck, "old", "new") == "there is a file topic/new.md already"


def test_edits_are_made_from_the_end_and_keep_their_order() -> None:
    edits = [Edit(1, 2, 0, "1"), Edit(1, 2, 0, "2"), Edit(2, 1, 1, "\nx")]
    assert edited("ab\r\ncd", edits) == "a12b\r\n\r\nxd"


def test_paths_of_a_rename_are_those_of_the_deck(deck: Path) -> None:
    renamed = rename(open_project(deck), "old", "new")
    assert renamed.moved == {
        PurePosixPath("topic/old.md"): PurePosixPath("topic/new.md")
    }


def test_a_list_over_several_lines_of_a_table_is_refused(tmp_path: Path) -> None:
    deck = write_deck(
        tmp_path,
        "=== t/cards.csv\n# id: words\n# aliases:\n#   - old\n"
        "id,prompt,answer\na,A?,B\n",
    )
    with pytest.raises(TriptychError, match=r"t/cards.csv on one line, in brackets"):
        apply(deck, "words", "terms")
