"""`check --fix` changes what it names and no other byte, whatever the file's bytes."""

from pathlib import Path, PurePosixPath

import pytest
from click.testing import CliRunner
from tests.cases import write_deck

from triptych.author.fix import apply_fixes
from triptych.cli.main import cli
from triptych.deck.edits import edited
from triptych.values.diagnostics import Diagnostic, Edit, Span

MATTER = ("---", "question: What?", "---", "An answer, \u2028 and \x0c and \x85.", "")
PARTS = ("## Follow-ups", "### Why is that? ", "So.", "### And why not?", "Therefore.")
ADDED = (" {#why-is-that}", " {#and-why-not}")


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "marked"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("last", [True, False])
@pytest.mark.parametrize("lines", [(*MATTER, *PARTS), PARTS], ids=["matter", "none"])
def test_a_fix_keeps_the_bytes_around_it(
    tmp_path: Path, mark: str, ending: str, lines: tuple[str, ...], *, last: bool
) -> None:
    (tmp_path / "deck.toml").write_text('id = "d"\ntitle = "D"\n')
    (tmp_path / "t").mkdir()
    place = tmp_path / "t/q.md"
    text = mark + ending.join(lines) + (ending if last else "")
    place.write_bytes(text.encode())
    fixed = text
    for _ in range(2):
        CliRunner().invoke(cli, ["check", "--fix", "--content", str(tmp_path)])
        fixed = place.read_bytes().decode()
        assert fixed.count("{#") == len(ADDED)
    # A fix drops the space at the end of its own line.
    before = text.replace("that? ", "that?")
    assert fixed.replace(ADDED[0], "").replace(ADDED[1], "") == before


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_that_an_edit_adds_end_as_those_of_the_file(
    mark: str, ending: str
) -> None:
    text = mark + ending.join(["one two", "three", ""])
    edits = [Edit(1, 5, 3, "2\nb"), Edit(2, 1, 0, "c\n"), Edit(2, 1, 0, "d\n")]
    lines = ["one 2", "b", "c", "d", "three", ""]
    assert edited(text, edits) == mark + ending.join(lines)


def test_a_missing_id_goes_before_the_class(tmp_path: Path) -> None:
    (tmp_path / "deck.toml").write_text('id = "d"\ntitle = "D"\n')
    (tmp_path / "t").mkdir()
    place = tmp_path / "t/q.md"
    text = "---\nquestion: Q?\n---\nA.\n\n## Pitfalls\n### No {.no-card}\nYes.\n"
    place.write_text(text)
    CliRunner().invoke(cli, ["check", "--fix", "--content", str(tmp_path)])
    assert place.read_text() == text.replace("{.no", "{#no .no")


def test_what_was_meant_for_an_id_keeps_its_class(tmp_path: Path) -> None:
    text = "---\nquestion: Q?\n---\nA.\n\n## Pitfalls\n### No {}\nYes.\n"
    deck = write_deck(tmp_path, text.format("[#a .no-card]"))
    CliRunner().invoke(cli, ["check", "--fix", "--content", str(deck)])
    fixed = (deck / "topic/question.md").read_text()
    assert fixed.rstrip("\n") + "\n" == text.format("{#a .no-card}")


def test_what_may_be_a_part_of_the_question_is_no_id(tmp_path: Path) -> None:
    text = "---\nquestion: Q?\n---\nA.\n\n## Pitfalls\n### It is issue #12\nNo.\n"
    deck = write_deck(tmp_path, text)
    run = CliRunner().invoke(cli, ["check", "--fix", "--content", str(deck)])
    assert "`#12` at the end of this heading is no id" in run.output
    assert (deck / "topic/question.md").read_text().rstrip("\n") + "\n" == text


@pytest.mark.parametrize(("second", "fixed"), [(1, 1), (2, 2), (3, 2)])
def test_fixes_that_touch_are_both_made(
    second: int, fixed: int, tmp_path: Path
) -> None:
    (tmp_path / "a.md").write_text("1234")
    found = [
        Diagnostic("a", Span(PurePosixPath("a.md")), "", edits=(edit,))
        for edit in (Edit(1, 1, 1, "a"), Edit(1, second, 1, "b"))
    ]
    assert apply_fixes(tmp_path, found) == fixed
    text = "a234" if fixed == 1 else "a" + "234".replace(str(second), "b")
    assert (tmp_path / "a.md").read_text() == text


FIXES = {
    r"Is \(x^2\) it, or \[ E = m \]?": "Is $x^2$ it, or $$E = m$$?",
    "Is $ x^2 $ or $a_i $ it?": "Is $x^2$ or $a_i$ it?",
    "`[a] (https://a.b)`, [a] (https://a.b)": "`[a] (https://a.b)`, [a](https://a.b)",
    "![a](media/b c.png)": "![a](<media/b c.png>)",
    '![a](media/b c.png "a d")': '![a](media/b c.png "a d")',
    "![a](media/b c.png 'a d')": "![a](media/b c.png 'a d')",
    "(a b)[https://a.org]": "[a b](https://a.org)",
    "It is ** bold **.": "It is **bold**.",
    "**a**, **so ** and ** so**": "**a**, **so ** and ** so**",
    "1&nbsp km": "1&nbsp; km",
    "It is `</br>` or</br>it.": "It is `</br>` or<br>it.",
    "> ##Title": "> ## Title",
    "- a\n  ##Title": "- a\n  ## Title",
    "|a|b|\n|-|-|\n| `c|d` | $|x|$ |": "|a|b|\n|-|-|\n| `c\\|d` | $\\|x\\|$ |",
    "|a|b|\n|-|-|\n| c|d | $|x|$ |": "|a|b|\n|-|-|\n| c|d | $|x|$ |",
    "> |a|b|\n> |-|": "> |a|b|\n> |-|---|",
    "|a|b|\n|:-:+--+-|": "|a|b|\n|:-:|--|",
    "1. |a|b|\n   |-|-|\n   |`|`|c|": "1. |a|b|\n   |-|-|\n   |`\\|`|c|",
}


@pytest.mark.parametrize("wrong", FIXES)
def test_what_is_shown_as_typed_is_mended_where_that_is_sure(
    wrong: str, tmp_path: Path
) -> None:
    text = "---\nquestion: What?\n---\nA *word*.\n\n{}\n"
    deck = write_deck(tmp_path, text.format(wrong))
    CliRunner().invoke(cli, ["check", "--fix", "--content", str(deck)])
    fixed = (deck / "topic/question.md").read_text()
    assert fixed.rstrip("\n") + "\n" == text.format(FIXES[wrong])


def test_fixes_of_one_place_are_made_one_after_the_other(tmp_path: Path) -> None:
    row = r"| \(x^2\) and `a|b` | $ c^2 $ |"
    deck = write_deck(
        tmp_path, f"---\nquestion: What?\n---\n| a | b |\n|---|---|\n{row}\n|c|d|"
    )
    CliRunner().invoke(cli, ["check", "--fix", "--content", str(deck)])
    fixed = (deck / "topic/question.md").read_text().splitlines()
    assert fixed[-2:] == [r"| $x^2$ and `a\|b` | $c^2$ |", "|c|d|"]


def test_only_what_is_selected_is_fixed(tmp_path: Path) -> None:
    files = "=== t/{0}.md\n---\nquestion: What is {0}?\n---\n##Title\n\n$ x^2 $"
    deck = write_deck(tmp_path, f"{files.format('a')}\n{files.format('b')}")
    select = ["--select", "glued-heading", str(deck / "t/a.md")]
    CliRunner().invoke(cli, ["check", "--fix", *select, "--content", str(deck)])
    assert "\n## Title\n\n$ x^2 $" in (deck / "t/a.md").read_text()
    assert "\n##Title\n\n$ x^2 $" in (deck / "t/b.md").read_text()


@pytest.mark.parametrize(
    ("heading", "slug"),
    [
        ("Which <b>word</b><br>is it?", "which-word-is-it"),
        ("Is [it](https://example.org/a)?", "is-it"),
        ("What does `<b>` do?", "what-does-b-do"),
        ('<img src="x.svg">', "note"),
        ("Cloze?", "cloze-2"),
        ("Fill in!", "fill-in-2"),
    ],
)
def test_the_id_of_a_heading_is_made_of_its_words(
    heading: str, slug: str, tmp_path: Path
) -> None:
    text = "---\nquestion: What?\n---\nSo.\n\n## Follow-ups\n### {}\nYes.\n"
    deck = write_deck(tmp_path, text.format(heading))
    CliRunner().invoke(cli, ["check", "--fix", "--content", str(deck)])
    fixed = (deck / "topic/question.md").read_text()
    assert fixed.rstrip("\n") + "\n" == text.format(f"{heading} {{#{slug}}}")


def test_a_cloze_gets_its_second_braces_in_the_summary_alone(tmp_path: Path) -> None:
    text = "---\nquestion: What?\nsummary: Is {}c1::x{} it?\n---\nA {{c1::y}}.\n"
    deck = write_deck(tmp_path, text.format("{", "}"))
    CliRunner().invoke(cli, ["check", "--fix", "--content", str(deck)])
    fixed = (deck / "topic/question.md").read_text()
    assert fixed.rstrip("\n") + "\n" == text.format("{{", "}}")


def test_a_file_that_is_not_utf8_is_left_as_it_is(tmp_path: Path) -> None:
    files = "=== t/{0}.md\n---\nquestion: What is {0}?\n---\n##Title\n"
    deck = write_deck(tmp_path, f"{files.format('a')}\n{files.format('b')}")
    place = deck / "t/a.md"
    data = place.read_bytes() + b"caf\xe9\n"
    place.write_bytes(data)
    run = CliRunner().invoke(cli, ["check", "--fix", "--content", str(deck)])
    assert run.exception is None
    assert place.read_bytes() == data
    assert "\n## Title" in (deck / "t/b.md").read_text()
