"""The work for a file grows with its size, not with the square of it; some is refused.

Work is counted in calls of functions, which no other load of the machine changes. What
takes long within one call is tried at the largest size that is read, in a process that
is given far more time than it needs.
"""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from tests.cases import write_deck
from tests.growing_texts import PASSAGES, TEXTS

from triptych.build.build import check
from triptych.cli.report import concise
from triptych.deck.project import open_project
from triptych.dialect.sizes import MAX_FILE_BYTES, MAX_FILE_LINES, MAX_PASSAGE_CHARS
from triptych.parse.document import parse
from triptych.parse.settings import setting_spans
from triptych.typeset.context import Context
from triptych.typeset.question import question
from triptych.validate.diagnose import diagnose_document
from triptych.validate.entry import entry
from triptych.validate.rule import FileScope
from triptych.values.deck import FileSettings
from triptych.values.diagnostics import Severity
from triptych.values.source import Media, Source

ROOT = Path(__file__).parents[1]
PATH = PurePosixPath("t/q.md")
FEW = 120
"""How many parts are tried first, and then twice as many."""
MOST = 2.6
"""How much more work twice as many parts may be; that of a square is 4."""
_SECONDS = 120
_AT_ONCE = """\
import sys
from tests.growing_texts import PASSAGES, TEXTS
from tests.test_growth import largest, work
name = sys.argv[1]
work(largest((TEXTS | PASSAGES)[name], int(sys.argv[2]), int(sys.argv[3])))
"""


def work(text: str) -> None:
    """Do all that is done for a file, as far as it is sound."""
    source = Source(PATH, text)
    document = parse(source)
    settings = FileSettings("en", ("t",), ())

    def load(path: PurePosixPath) -> Media:
        return Media(path, "", b"")

    found = list(
        diagnose_document(
            document, FileScope(settings, Path("/nowhere"), frozenset(), load)
        )
    )
    entry(document)
    if not any(finding.severity is Severity.ERROR for finding in found):
        question(document, Context(PATH, frozenset(), load))


def calls(run: Callable[[], object]) -> int:
    """Return how many functions are called while `run` runs."""
    count = 0

    def counted(_frame: Any, event: str, _argument: Any) -> None:  # noqa: ANN401
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(counted)
    try:
        run()
    finally:
        sys.setprofile(None)
    return count


def largest(text_of: Callable[[int], str], chars: int, lines: int) -> str:
    """Return the largest text that is within these limits."""
    number = 1
    while True:
        text = text_of(number + number // 4 + 1)
        if len(text) > chars or text.count("\n") > lines:
            return text_of(number)
        number += number // 4 + 1


def grown(text_of: Callable[[int], str], few: int) -> float:
    work(text_of(few - 1))  # What is loaded once is no growth.
    before = calls(lambda: work(text_of(few)))
    return calls(lambda: work(text_of(2 * few))) / before


@pytest.mark.parametrize("name", [*TEXTS, *PASSAGES])
def test_twice_as_much_text_is_twice_as_much_work(name: str) -> None:
    assert grown({**TEXTS, **PASSAGES}[name], FEW) < MOST


def run(name: str, chars: int, lines: int) -> None:
    command = [sys.executable, "-c", _AT_ONCE, name, str(chars), str(lines)]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={"PYTHONPATH": f"{ROOT}:{ROOT / 'builder'}", "PATH": ""},
        timeout=_SECONDS,
        capture_output=True,
        text=True,
        check=False,
    )
    # Also not -11: the stack of a parser in another language may be overrun.
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", PASSAGES)
def test_a_passage_of_the_largest_size_is_read_quickly(name: str) -> None:
    run(name, MAX_PASSAGE_CHARS, MAX_FILE_LINES)


@pytest.mark.parametrize(
    "name",
    [
        *("headings", "equal headings", "footnotes", "spaces before a marker"),
        *("brackets in YAML", "items in items", "a long row"),
    ],
)
def test_a_file_of_the_largest_size_is_read_quickly(name: str) -> None:
    run(name, MAX_FILE_BYTES - 100, MAX_FILE_LINES - 10)


@pytest.mark.slow
@pytest.mark.parametrize("name", [*TEXTS, *PASSAGES])
def test_any_file_of_the_largest_size_is_read_quickly(name: str) -> None:
    run(name, MAX_FILE_BYTES - 100, MAX_FILE_LINES - 10)


@pytest.mark.parametrize(
    "part",
    ['x{} = "a"\n', "[a{}]\nb = 1\n", "[[a]]\nb = {}\n", '"x{}" = [\n"]",\n]\n'],
)
def test_settings_are_found_in_linear_time(part: str) -> None:
    def source(n: int) -> Source:
        return Source(PATH, "".join(part.replace("{}", str(i)) for i in range(n)))

    setting_spans(source(FEW))
    assert len(setting_spans(source(FEW))) >= FEW
    before = calls(lambda: setting_spans(source(FEW)))
    assert calls(lambda: setting_spans(source(2 * FEW))) < MOST * before


def test_a_list_of_many_lines_is_one_setting() -> None:
    def source(n: int) -> Source:
        return Source(PATH, "a = [\n" + '"x]", # [\n' * n + "]\nb = 1\n")

    assert {k: s.line for k, s in setting_spans(source(3)).items() if len(k) == 1} == {
        ("a",): 1,
        ("b",): 6,
    }
    before = calls(lambda: setting_spans(source(FEW)))
    assert calls(lambda: setting_spans(source(2 * FEW))) < MOST * before


def found(deck: Path) -> str:
    return concise(check(open_project(deck)).diagnostics, "", colour=False)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("x\n" * (MAX_FILE_LINES + 1), "20,000 lines"),
        ("x" * (MAX_FILE_BYTES + 1), "2 MB"),
        ("é\n" + "é" * (MAX_FILE_BYTES // 2), "2 MB"),
        (("x" * 999 + "\n") * 3000, "2 MB"),
    ],
)
def test_a_file_that_is_too_large_is_one_error_that_says_so(
    tmp_path: Path, text: str, what: str
) -> None:
    deck = write_deck(tmp_path, f"---\nquestion: What?\nsumary: x\n---\n{text}")
    assert found(deck) == (
        f"topic/question.md:1:1: error[too-large]: the file has more than {what},"
        " and is not read further\n"
    )


def test_a_file_just_within_the_limits_is_read(tmp_path: Path) -> None:
    head = "---\nquestion: What?\nsumary: x\n---\n"
    size = MAX_FILE_BYTES // MAX_FILE_LINES
    lines = ("x" * (size - 1) + "\n") * (MAX_FILE_LINES - 5)
    # An empty line every tenth line, or all would be one paragraph that is too long.
    empty = re.sub(r"((?:x+\n){9})x+\n", r"\1\n", lines)
    deck = write_deck(tmp_path, head + empty)
    assert "error[unknown-key]" in found(deck)
    assert "too-large" not in found(deck)


def test_settings_that_are_too_large_are_an_error(tmp_path: Path) -> None:
    deck = write_deck(tmp_path, "---\nquestion: What?\n---\nx")
    (deck / "deck.toml").write_text('id = "x"\ntitle = "X"\n' + "# x\n" * 20_001)
    expected = "deck.toml:1:1: error[bad-toml]: the file is not TOML: it has more than"
    assert expected in found(deck)


LONG = "a " * (MAX_PASSAGE_CHARS // 2 + 1)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"---\nquestion: What?\n---\nx\n\n{LONG}b\n", "6:1"),
        (f"---\nquestion: What?\n---\nx\n\n<div>{LONG}</div>\n", "6:1"),
        (f"---\nquestion: What?\n---\nx\n\n$$\n{LONG}\n$$\n", "6:1"),
        (f"---\nquestion: What?\n---\nx\n\n# {LONG}b\n", "6:1"),
        (f"---\nquestion: What?\nsummary: '{LONG}b'\n---\nx\n", "3:10"),
        (f"---\nquestion: What?\nhints: ['{LONG}b']\n---\nx\n", "3:9"),
    ],
)
def test_a_passage_that_is_too_long_is_an_error_at_its_place(
    tmp_path: Path, text: str, place: str
) -> None:
    said = found(write_deck(tmp_path, text))
    assert f"topic/question.md:{place}: error[too-large]: this passage is 20,0" in said
