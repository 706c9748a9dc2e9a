"""``triptych rename`` across questions: words, links and the ids of notes stay."""

from pathlib import Path, PurePosixPath

import pytest
from tests.cases import write_deck

from triptych.author.comparison import note_content, refuse_other_changes
from triptych.author.link_targets import redirected
from triptych.author.rename import rename
from triptych.build.build import check
from triptych.deck.project import open_project
from triptych.errors import TriptychError
from triptych.notes.history import former_ids
from triptych.parse.document import parse
from triptych.values.document import Document
from triptych.values.source import Source

DECK = """\
=== topic/a.md
---
question: What is a?
difficulty: easy
tags: [one, "#two"]
---
An answer; [more](#b), [here too](a.md#b).

## Follow-ups
### Does *b* follow: "b"? {#b}
Yes, see [the trap](#trap), [itself](#b) and [c](c.md).

#### In detail

- One

### And then? {#then}
Then [b](#b).

## Pitfalls
### "It is b." {#trap}
No.
=== topic/c.md
---
question: What is c?
---
An answer, unlike [b](a.md#b "a.md#b") and [then](a.md#then).

## Pitfalls
### "It is c." {#wrong}
No.

## In depth
More.
=== other/d.md
---
question: What is d?
---
See [b][ref] and the text a.md#b.

[ref]: <../topic/a.md#b>
=== guides/g.md
---
title: G
---
Read [b](../topic/a.md#b).
"""


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    return write_deck(tmp_path / "content", DECK)


def apply(root: Path, old: str, new: str) -> list[str]:
    """Rename on disk as the command does; return the files in the order written."""
    renamed = rename(open_project(root), old, new)
    for path, data in renamed.files.items():
        (root / path).write_bytes(data)
    for path, home in renamed.moved.items():
        (root / path).rename(root / home)
    return list(map(str, renamed.files))


def refusal(root: Path, old: str, new: str) -> str:
    before = files(root)
    with pytest.raises(TriptychError) as refused:
        apply(root, old, new)
    assert files(root) == before
    return str(refused.value)


def files(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes().decode()
        for path in root.rglob("*")
        if path.is_file()
    }


def document(root: Path, name: str) -> Document:
    return next(
        document
        for document in map(parse, open_project(root).folder.sources)
        if document.meta.id == name
    )


def messages(root: Path) -> list[str]:
    return [d.message for d in check(open_project(root)).diagnostics]


def test_a_follow_up_becomes_a_question(deck: Path) -> None:
    written = apply(deck, "a/b", "e")
    assert (deck / "topic/e.md").read_text() == (
        "---\nid: e\nquestion: 'Does *b* follow: \"b\"?'\ndifficulty: easy\n"
        'tags: ["one", "#two"]\naliases: [a/b]\n---\n'
        "Yes, see [the trap](a.md#trap), [itself](e.md) and [c](c.md).\n\n"
        "#### In detail\n\n- One\n"
    )
    assert (deck / "topic/a.md").read_text() == (
        '---\nquestion: What is a?\ndifficulty: easy\ntags: [one, "#two"]\n---\n'
        "An answer; [more](e.md), [here too](e.md).\n\n"
        "## Follow-ups\n### And then? {#then}\nThen [b](e.md).\n\n"
        '## Pitfalls\n### "It is b." {#trap}\nNo.\n'
    )
    assert written[-2:] == ["topic/e.md", "topic/a.md"]
    assert messages(deck) == []


def test_links_of_others_follow_and_nothing_else_does(deck: Path) -> None:
    apply(deck, "a/b", "e")
    now = files(deck)
    assert '[b](e.md "a.md#b") and [then](a.md#then)' in now["topic/c.md"]
    assert now["other/d.md"].endswith("text a.md#b.\n\n[ref]: <../topic/e.md>\n")
    assert "[b](../topic/e.md)" in now["guides/g.md"]


NAMED = """\
=== my été/a.md
---
question: A?
---
Yes.

## Follow-ups
### B? {#b}
No.
=== o/d.md
---
question: D?
---
[one](../my%20été/a.md#b)
[two](../my%20%c3%A9t%C3%A9/a.md#b)
[three](<../my été/a.md#b>)
"""


def test_links_into_a_folder_of_any_name_follow_however_written(tmp_path: Path) -> None:
    deck = write_deck(tmp_path, NAMED)
    apply(deck, "a/b", "b")
    now, link = (deck / "o/d.md").read_text(), "../my%20%C3%A9t%C3%A9/b.md"
    assert f"[one]({link})\n[two]({link})\n[three](<{link}>)\n" in now
    assert messages(deck) == []


def test_a_link_that_is_mended_takes_no_other_along() -> None:
    """The label of the first definition may be an address, and hide the second one."""
    text = "[p][#b] [q][c.md]\n\n[#b]: #b\n\n[#b]: c.md\n\n[c.md]: d.md\n"
    path = PurePosixPath("a.md")
    wanted = (("c.md", ""), ("d.md", ""))
    mended = redirected(text, path, lambda document: document.tokens, wanted)
    assert mended == text.replace("[#b]: #b", "[#b]: c.md")


def test_a_follow_up_becomes_one_of_another_question(deck: Path) -> None:
    written = apply(deck, "a/b", "d/b2")
    assert (deck / "other/d.md").read_text() == (
        "---\nrenamed: {a/b: b2}\nquestion: What is d?\n---\n"
        "See [b][ref] and the text a.md#b.\n\n[ref]: <#b2>\n\n"
        '## Follow-ups\n\n### Does *b* follow: "b"? {#b2}\n'
        "Yes, see [the trap](../topic/a.md#trap), [itself](#b2) and"
        " [c](../topic/c.md).\n\n#### In detail\n\n- One\n"
    )
    assert "An answer; [more](../other/d.md#b2)" in (deck / "topic/a.md").read_text()
    assert written[-2:] == ["other/d.md", "topic/a.md"]
    assert messages(deck) == []


def test_a_pitfall_joins_the_list_of_its_kind(deck: Path) -> None:
    apply(deck, "a/trap", "c/trap")
    text = (deck / "topic/c.md").read_text()
    assert text.endswith(
        '## Pitfalls\n### "It is c." {#wrong}\nNo.\n\n### "It is b." {#trap}\nNo.\n\n'
        "## In depth\nMore.\n"
    )
    # The list that it leaves is empty, and goes with it.
    left = (deck / "topic/a.md").read_text()
    assert "Pitfalls" not in left
    assert left.endswith("Then [b](#b).\n")
    apply(deck, "c/trap", "d/trap")
    assert '\n\n## Pitfalls\n\n### "It is b."' in (deck / "other/d.md").read_text()
    assert messages(deck) == []


def test_words_above_the_first_of_a_list_stay(tmp_path: Path) -> None:
    text = DECK.replace('### "It is b."', 'Beware.\n\n### "It is b."')
    deck = write_deck(tmp_path, text)
    apply(deck, "a/trap", "c/trap")
    assert (deck / "topic/a.md").read_text().endswith("## Pitfalls\nBeware.\n")


def test_a_heading_in_a_quotation_goes_along(tmp_path: Path) -> None:
    text = DECK.replace("- One", "> ### Said\n> ## Pitfalls\n> So.")
    deck = write_deck(tmp_path, text)
    apply(deck, "a/b", "d/b")
    assert "Said" not in (deck / "topic/a.md").read_text()
    assert (
        (deck / "other/d.md").read_text().endswith("> ### Said\n> ## Pitfalls\n> So.\n")
    )


@pytest.mark.parametrize("target", ["e", "d/b2", "c/b"])
@pytest.mark.parametrize("done", range(6))
def test_a_move_that_was_cut_short_is_finished_by_a_second_run(
    deck: Path, target: str, done: int
) -> None:
    whole = write_deck(deck.parent / "whole", DECK)
    apply(whole, "a/b", target)
    renamed = rename(open_project(deck), "a/b", target)
    for path, data in list(renamed.files.items())[:done]:
        (deck / path).write_bytes(data)
    apply(deck, "a/b", target)
    assert files(deck) == files(whole)
    assert apply(deck, "a/b", target) == []


def test_a_second_run_loses_no_word_that_was_written_in_between(deck: Path) -> None:
    renamed = rename(open_project(deck), "a/b", "e")
    for path, data in list(renamed.files.items())[:-1]:
        (deck / path).write_bytes(data)
    source = deck / "topic/a.md"
    source.write_text(source.read_text().replace("- One", "- One more"))
    assert refusal(deck, "a/b", "e") == (
        "topic/e.md and topic/a.md both have `a/b`, with different texts: delete one"
        " of them"
    )


def test_former_ids_go_along(deck: Path) -> None:
    apply(deck, "a", "a2")
    apply(deck, "a2/b", "a2/b2")
    apply(deck, "a2/b2", "d/b3")
    assert "renamed" not in (deck / "topic/a2.md").read_text()
    meta = document(deck, "d").meta
    assert set(former_ids(meta, "b3")) == {"d/b3", "a2/b2", "a2/b", "a/b2", "a/b"}
    apply(deck, "d/b3", "e")
    assert "renamed" not in (deck / "other/d.md").read_text()
    names = set(former_ids(document(deck, "e").meta, ""))
    assert names == {"e", "d/b3", "a2/b2", "a2/b", "a/b2", "a/b"}
    assert messages(deck) == []


def test_a_note_that_returns_has_its_own_id_again(deck: Path) -> None:
    before = document(deck, "a").meta
    apply(deck, "a/b", "d/b")
    apply(deck, "d/b", "a/b")
    assert document(deck, "a").meta.moved == {"d/b": "b"}
    assert document(deck, "d").meta.moved == {}
    assert document(deck, "a").meta.renamed == before.renamed
    assert messages(deck) == []


@pytest.mark.parametrize(
    ("matter", "left"),
    [
        ("renamed: {old: b, x: then}", "renamed: {x: then}"),
        ("renamed: {x: then, old: b, older: old}", "renamed: {x: then}"),
        ("renamed:\n  old: b\n  x: then # why", "renamed:\n  x: then # why"),
    ],
)
def test_the_old_file_loses_the_names_of_what_left(
    tmp_path: Path, matter: str, left: str
) -> None:
    text = DECK.replace("difficulty: easy", matter, 1)
    deck = write_deck(tmp_path, text)
    apply(deck, "a/b", "e")
    assert f"?\n{left}\ntags" in (deck / "topic/a.md").read_text()
    assert "a/old" in former_ids(document(deck, "e").meta, "")
    assert messages(deck) == []


@pytest.mark.parametrize("matter", ["renamed:\n  old: b", "renamed: {old: b}"])
def test_what_is_left_empty_goes(tmp_path: Path, matter: str) -> None:
    deck = write_deck(tmp_path, DECK.replace("difficulty: easy", matter, 1))
    apply(deck, "a/b", "e")
    assert "What is a?\ntags" in (deck / "topic/a.md").read_text()


def test_a_note_that_was_a_question_keeps_that_id(tmp_path: Path) -> None:
    matter = "renamed: {x/: b, y/z: b}"
    deck = write_deck(tmp_path, DECK.replace("difficulty: easy", matter, 1))
    apply(deck, "a/b", "d/b2")
    assert document(deck, "d").meta.moved == {"a/b": "b2", "x": "b2", "y/z": "b2"}
    assert document(deck, "a").meta.moved == {}


def test_a_guide_is_not_the_question_that_a_note_became(deck: Path) -> None:
    guide = deck / "guides/e.md"
    guide.write_text("---\ntitle: E\naliases: [a/b]\n---\nA guide.\n")
    apply(deck, "a/b", "e")
    assert "Yes, see" in (deck / "topic/e.md").read_text()


@pytest.mark.parametrize(
    ("question", "matter", "file"),
    [
        # An entry in the middle of a value, and one before the quotation marks.
        ("What is d?", 'renamed:\n  x: "th\n    en"', "other/d.md"),
        ("What is d?", 'renamed: ""', "other/d.md"),
        # What is left of an entry goes on with the line above it.
        ("What is a?", "difficulty: easy\nrenamed:\n  old:\n    b", "topic/a.md"),
        ("What is a?", 'renamed: {old: b, "x, y": then}', "topic/a.md"),
    ],
)
def test_front_matter_that_would_mean_something_else_is_left_alone(
    tmp_path: Path, question: str, matter: str, file: str
) -> None:
    text = DECK.replace("difficulty: easy\n", "", 1)
    text = text.replace(f"question: {question}", f"question: {question}\n{matter}")
    deck = write_deck(tmp_path, text)
    assert refusal(deck, "a/b", "d/b") == (
        f"cannot edit the front matter of {file}: do it by hand"
    )


def test_line_ends_and_byte_order_marks_stay(tmp_path: Path) -> None:
    deck = write_deck(tmp_path, DECK)
    source, target = deck / "topic/a.md", deck / "topic/c.md"
    source.write_bytes(("\ufeff" + source.read_text().replace("\n", "\r\n")).encode())
    apply(deck, "a/b", "c/b")
    assert "\r" not in target.read_bytes().decode()
    text = source.read_bytes().decode()
    assert text.startswith("\ufeff---\r\n")
    assert text.count("\n") == text.count("\r\n")
    apply(deck, "a/then", "e")
    made = (deck / "topic/e.md").read_bytes().decode()
    assert made.startswith("---\r\nid: e\r\n")
    target.write_bytes(target.read_text().replace("\n", "\r\n").encode())
    apply(deck, "a/trap", "c/trap")
    moved = target.read_bytes().decode()
    assert moved.count("\n") == moved.count("\r\n")
    assert messages(deck) == []


@pytest.mark.parametrize(
    "used", ["Yes[^1], see", "Yes [x][x], see", "Yes [x][ref], see"]
)
def test_what_is_defined_elsewhere_in_the_file_is_not_lost(
    tmp_path: Path, used: str
) -> None:
    # The file `d.md` defines `ref`, too, as another address.
    defined = "[^1]: A note.\n\n[x]: https://x.example\n[ref]: https://y.example"
    defined += "\n\nAn answer;"
    text = DECK.replace("Yes, see", used, 1).replace("An answer;", defined, 1)
    deck = write_deck(tmp_path, text)
    for target in ("e", "d/b"):
        assert "`a/b` would change in" in refusal(deck, "a/b", target)


def test_what_others_use_of_it_is_not_lost(tmp_path: Path) -> None:
    text = DECK.replace("An answer; ", "An answer [x]; ", 1)
    text = text.replace("- One", "- One [x]\n\n[x]: https://x.example", 1)
    deck = write_deck(tmp_path, text)
    assert refusal(deck, "a/b", "e").startswith(
        "the rest of topic/a.md would change: it shares with `b` a link or a footnote"
    )


def test_what_it_defines_gives_other_words_no_new_meaning(tmp_path: Path) -> None:
    text = DECK.replace("- One", "- One [x]\n\n[x]: https://x.example", 1)
    text = text.replace("See [b][ref]", "See [x], [b][ref]", 1)
    deck = write_deck(tmp_path, text)
    assert refusal(deck, "a/b", "d/b").startswith(
        "the rest of other/d.md would change: it shares with `b` a link or a footnote"
    )


def test_a_footnote_within_goes_along(tmp_path: Path) -> None:
    text = DECK.replace("- One", "- One[^1]\n\n[^1]: A note.", 1)
    deck = write_deck(tmp_path, text)
    apply(deck, "a/b", "e")
    assert (deck / "topic/e.md").read_text().endswith("- One[^1]\n\n[^1]: A note.\n")
    assert messages(deck) == []


def test_a_picture_beside_the_file_stays_where_it_is(tmp_path: Path) -> None:
    text = DECK.replace("- One", "![One](one.svg)", 1)
    deck = write_deck(tmp_path, text)
    (deck / "topic/one.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    assert "the card `a/b` would change in other/d.md" in refusal(deck, "a/b", "d/b")
    apply(deck, "a/b", "c/b")
    assert messages(deck) == []


def test_code_that_runs_and_what_is_retired_stay(tmp_path: Path) -> None:
    code = "```python solution\nx = 1\n```"
    deck = write_deck(tmp_path / "code", DECK.replace("- One", code, 1))
    assert refusal(deck, "a/b", "e").startswith("`a/b` holds code that runs")
    text = DECK.replace("difficulty: easy", "retired: [b]", 1)
    deck = write_deck(tmp_path / "gone", text)
    assert refusal(deck, "a/b", "c/b") == "`a/b` is retired: it stays where it is"


def test_links_in_html_are_not_broken(tmp_path: Path) -> None:
    deck = write_deck(tmp_path, DECK.replace("- One", '<a href="#trap">x</a>', 1))
    assert refusal(deck, "a/b", "e").startswith("`a/b` holds a link in HTML")


def test_a_file_or_an_id_in_the_way_is_left_alone(deck: Path) -> None:
    assert refusal(deck, "a/b", "c") == "the id `c` is taken by topic/c.md"
    assert refusal(deck, "a/b", "c/wrong") == "the id `wrong` is taken in topic/c.md"
    apply(deck, "c/wrong", "c/right")
    assert refusal(deck, "a/b", "c/wrong") == "the id `wrong` is taken in topic/c.md"
    (deck / "topic/e.md").write_text("---\nid: x\nquestion: Q?\n---\nA.\n")
    assert refusal(deck, "a/b", "e") == "there is a file topic/e.md already"


@pytest.mark.parametrize(
    ("old", "new"),
    [("b/first", "b/second"), ("c/first", "b/second"), ("c/first", "a")],
)
def test_a_former_id_is_given_to_no_other_note(
    old: str, new: str, tmp_path: Path
) -> None:
    root = write_deck(
        tmp_path / "content",
        "=== deck.toml\nid = 'd'\ntitle = 'D'\n"
        + "".join(
            f"=== topic/{name}.md\n---\nquestion: What is {name}?\n{matter}---\nText.\n"
            f"\n## Follow-ups\n### What of {name}? {{#first}}\nText.\n"
            for name, matter in (
                ("b", ""),
                ("c", ""),
                ("home", "renamed: {b/second: first, a/: first}\n"),
            )
        ),
    )
    assert "is the former one of a note in topic/home.md" in refusal(root, old, new)


def test_an_id_that_learners_have_is_given_to_no_other_note(tmp_path: Path) -> None:
    line = (
        '"guid": "{}", "type": "question", "topic": "topic", "cards": 1, "hash": "h",'
        ' "mod": 1, "first": "1.0.0", "last": "1.0.0", "prompt": "Why?"'
    )
    lines = [
        f'{{"note": "{note}", {line.format(f"g{n}")}}}'
        for n, note in enumerate(("b/second", "old"))
    ]
    root = write_deck(
        tmp_path / "content",
        "=== deck.toml\nid = 'd'\ntitle = 'D'\n=== deck.lock\n"
        '{"deck": "d"}\n{"release": "1.0.0", "time": 1}\n'
        '{"subdeck": "topic", "name": "D::01 Topic"}\n'
        + "\n".join(lines)
        + "\n=== topic/b.md\n---\nquestion: What is b?\n---\nText.\n"
        "\n## Follow-ups\n### What of b? {#first}\nText.\n",
    )
    for old, new in (("b/first", "b/second"), ("b/first", "old"), ("b", "old")):
        assert "learners have another note under the id" in refusal(root, old, new)


def test_the_content_of_a_note_is_all_but_the_ids_of_its_headings() -> None:
    def content(body: str) -> object:
        text = f"---\nquestion: Q\n---\n{body}\n"
        document = parse(Source(PurePosixPath("t/a.md"), text))
        return note_content(document, "", pictures, {})

    pictures = {PurePosixPath("t", name) for name in ("b.svg", "c.svg")}
    assert content("#### A {#x}") == content("#### A {#y}")
    # Items of a list whose lines are apart are paragraphs.
    for one, other in (
        ("- a\n- b", "- a\n\n- b"),
        ("#### A", "##### A"),
        ("```python run\nx\n```", "```python test\nx\n```"),
        ("[a](b.md)", "[a](c.md)"),
        ("![a](b.svg)", "![a](c.svg)"),
    ):
        assert content(one) != content(other)


@pytest.mark.parametrize(
    "changed",
    ["question: Why", "An answer.", "More.", "### Then?", "So it goes.", "Beside."],
)
def test_a_move_changes_nothing_else_in_its_file(changed: str) -> None:
    text = (
        "---\nquestion: Why?\n---\nAn answer.\n\n## In depth\nMore.\n\n"
        "## Follow-ups\nBeside.\n\n### Then? {#then}\nSo it goes.\n\n"
        "### And this? {#this}\nMoved.\n"
    )
    path = PurePosixPath("t/a.md")

    def document(text: str) -> Document:
        return parse(Source(path, text))

    before = document(text)
    refuse_other_changes(before, document(text.replace("Moved", "Gone")), "this", {})
    after = document(text.replace(changed, f"{changed} x"))
    with pytest.raises(TriptychError, match="would change"):
        refuse_other_changes(before, after, "this", {})
