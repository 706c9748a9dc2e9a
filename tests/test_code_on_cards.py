"""Code on cards: what is around a gap, and what a coding question gives."""

import re
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases import write_deck

from triptych.build.build import check_and_typeset
from triptych.deck.project import open_project
from triptych.notes.history import History
from triptych.notes.plan import plan
from triptych.releases.installed import plain_texts
from triptych.typeset.excerpt import excerpt
from triptych.typeset.task import task
from triptych.values.question import Code

LONG = "".join(f"    step_{n} = {n}\n" for n in range(30))
PROGRAM = f"""\
import math


class Box:
    \"\"\"A box.\"\"\"

    def __init__(self, size: int) -> None:
        self.size = size

    @property
    def area(
        self,
    ) -> int:
        if not self.size:  # card: hide
            raise ValueError  # card: hide
        return self.size ** 2  # cloze c1: squared


def far(x):
    \"\"\"Go far.\"\"\"
{LONG}    return x  # cloze c2


def short():
    return 1  # cloze c3
"""
FIRST = """\
class Box:
    …
    @property
    def area(
        self,
    ) -> int:
        …
        {{c1::return self.size ** 2::squared}}"""
THIRD = """\
def short():
    {{c3::return 1}}"""


def fields_of(folder: Path, program: str, tests: str = "assert True") -> dict[str, str]:
    text = (
        "=== t/a.md\n---\nquestion: Q?\nkind: coding\nsummary: S.\nrubric: [a]\n---\n"
        f"An answer.\n\n```python solution\n{program}```\n\n"
        f"```python test\n{tests}\n```\n"
    )
    report = check_and_typeset(open_project(write_deck(folder, text)))
    assert report.catalog is not None, report.diagnostics
    made = {note.id: note for note in plan(report.catalog, History()).notes}
    return {**made["a"].fields, "Text": made["a/fill-in"].fields["Text"]}


def pieces(text: str) -> dict[str, str]:
    found = re.findall(
        r'<section class="piece piece(\d)">(.*?)</section>', text, re.DOTALL
    )
    return {number: unescape(re.sub(r"<[^>]*>", "", html)) for number, html in found}


def test_each_card_shows_the_function_around_its_gap(tmp_path: Path) -> None:
    text = fields_of(tmp_path, PROGRAM)["Text"]
    shown = pieces(text)
    assert shown["1"] == FIRST
    assert shown["3"] == THIRD
    lines = shown["2"].split("\n")
    assert lines[:2] == ["def far(x):", '    """Go far."""']
    assert "…" in shown["2"]
    assert lines[-1] == "    {{c2::return x}}"
    assert len(lines) <= 16


def test_the_whole_program_is_folded_below_and_has_every_line(tmp_path: Path) -> None:
    text = fields_of(tmp_path, PROGRAM)["Text"]
    _, _, whole = text.partition('<details class="whole">')
    plain = unescape(re.sub(r"<summary.*?</summary>|<[^>]*>", "", whole))
    without = re.sub(r"\{\{c\d::(.*?)(?:::\w+)?\}\}", r"\1", plain)
    bare = re.sub(r"  # (?:cloze|card).*", "", PROGRAM)
    assert without.strip() == bare.strip()


def test_a_short_program_is_shown_as_it_is(tmp_path: Path) -> None:
    text = fields_of(tmp_path, "def f():\n    return 1  # cloze c1\n")["Text"]
    assert "piece" not in text
    assert "details" not in text


def test_what_is_shown_twice_or_folded_is_no_other_text(tmp_path: Path) -> None:
    fields = fields_of(tmp_path, PROGRAM, "assert short() == 1")
    texts = plain_texts(fields)
    assert texts["Text"].count("return 1") == 1
    assert "whole" not in "".join(texts.values())
    assert "Hints" not in texts
    assert texts["Answer"].startswith("An answer.")


def test_a_hidden_line_is_part_of_the_hash(tmp_path: Path) -> None:
    def hash_of(folder: Path, program: str) -> str:
        write = (
            f"=== t/a.md\n---\nquestion: Q?\n---\n```python solution\n{program}```\n"
        )
        report = check_and_typeset(open_project(write_deck(folder, write)))
        assert report.catalog is not None
        notes = plan(report.catalog, History()).notes
        return next(note.hash for note in notes if note.id == "a/fill-in")

    plain = PROGRAM.replace("  # card: hide", "")
    assert hash_of(tmp_path / "a", PROGRAM) != hash_of(tmp_path / "b", plain)
    # What nobody sees at the end of a line makes no other note.
    blank = PROGRAM.replace("# card: hide", "# card: hide \t")
    assert hash_of(tmp_path / "c", blank) == hash_of(tmp_path / "a", PROGRAM)


SCRIPT = """\
struct A {
  x: i32,
}

impl A {
  // Told of x.
  fn x(&self) -> i32 {
    self.x
  }

  fn twice(&self) -> i32 {
    2 * self.x()
  }
}

def alone(x):
    return x


class B:
    \"\"\"Words.\"\"\"

    @staticmethod
    def y(
        z,
    ):
        return z

    def after(self):
        pass
"""


@pytest.mark.parametrize(
    ("gap", "hidden", "shown"),
    [
        # With the sign that closes it, and what it is in.
        ("self.x", "", ["impl A {", "  fn x(&self) -> i32 {", "    self.x", "  }"]),
        ("self.x", "impl A {", ["  fn x(&self) -> i32 {", "    self.x", "  }"]),
        ("x: i32,", "", ["struct A {", "  x: i32,", "}"]),
        # No empty lines after it.
        ("return x", "", ["def alone(x):", "    return x"]),
        (
            "return z",
            "",
            [
                *(
                    "class B:",
                    "    @staticmethod",
                    "    def y(",
                    "        z,",
                    "    ):",
                ),
                "        return z",
            ],
        ),
        ("pass", "", ["class B:", "    def after(self):", "        pass"]),
    ],
)
def test_an_excerpt_is_the_function_within_its_classes(
    gap: str, hidden: str, shown: list[str]
) -> None:
    lines = SCRIPT.split("\n")
    at = next(n for n, line in enumerate(lines) if line.strip() == gap)
    left_out = [n for n, line in enumerate(lines) if line == hidden and hidden]
    assert [lines[n] for n in excerpt(lines, [at], left_out)] == shown


LINES = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from(["def f():", "class C:", "x = 1", "", ") -> int:", "}", "@a"]),
    ),
    min_size=1,
    max_size=60,
)


@given(lines=LINES, data=st.data())
def test_an_excerpt_has_its_gap_near_the_top(
    lines: list[tuple[int, str]], data: st.DataObject
) -> None:
    source = ["    " * indent + text for indent, text in lines]
    gap = data.draw(st.integers(0, len(source) - 1))
    hidden = data.draw(st.sets(st.integers(0, len(source) - 1))) - {gap}
    shown = excerpt(source, [gap], hidden)
    assert gap in shown
    assert shown == sorted(set(shown))
    assert not hidden.intersection(shown)
    assert shown.index(gap) <= 13 + 4


@pytest.mark.parametrize(
    ("solution", "tests", "expected"),
    [
        (
            "def _help():\n    pass\n\ndef add(a, b):\n    return a + b\n",
            "import x\nassert add(unknown, 1) == 2\nassert add(1, 2) == 3",
            "def add(a, b):\n\nadd(1, 2) == 3",
        ),
        (
            "def f(\n    a,\n) -> int:\n    return 1\ndef g():\n    pass\n",
            "for _ in range(3):\n    assert f(1) == 1",
            "def f(\n    a,\n) -> int:",
        ),
        (
            "class A:\n  def __init__(self):\n    1\n  def _x(self): 1\n  def y(self):",
            'assert A().y() is None, "words"',
            "class A:\n  def __init__(self):\n  def y(self):\n\nA().y() is None",
        ),
        (
            "class B:\n" + "".join(f"  def m{n}(self):\n    {n}\n" for n in range(6)),
            "b = B()",
            "class B:\n" + "\n".join(f"  def m{n}(self):" for n in range(5)),
        ),
        ("x = 1\n", "assert x == 1", ""),
    ],
)
def test_a_coding_question_gives_a_signature_and_an_example(
    solution: str, tests: str, expected: str
) -> None:
    code = [
        Code("solution", "python", solution, (), 1),
        Code("test", "python", tests, (), 9),
    ]
    assert unescape(re.sub(r"<[^>]*>", "", task(code).card)) == expected


def test_what_takes_long_has_its_answer_folded(tmp_path: Path) -> None:
    fields = fields_of(tmp_path, "def f():\n    return 1  # cloze c1\n")
    assert fields["Answer"].startswith('<details class="whole"><summary class="fold">')
    assert fields["Label"].startswith('<span class="long">')
    assert 'class="given"' in fields["Hints"]
