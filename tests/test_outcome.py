"""What is made of the code of a question; no program runs here."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path, PurePosixPath
from threading import Event
from typing import Any

import pytest
from click.testing import CliRunner
from tests.cases import write_deck

from triptych.cli.main import cli
from triptych.deck.edits import edited
from triptych.deck.project import open_project
from triptych.parse.document import parse
from triptych.runner.findings import finding_of
from triptych.runner.outcome import CodeOutcome, outcome_of
from triptych.runner.plan import CodeTask, plan_programs
from triptych.runner.run import run_all
from triptych.runner.sandbox import Processes, ProgramResult, _End, _end_finding
from triptych.runner.session import TestRequest as Request
from triptych.runner.session import run_session
from triptych.runner.statements import Statement
from triptych.runner.versions import versions
from triptych.validate.code import CodeFinding
from triptych.values.deck import TestSettings as Limits
from triptych.values.document import Document
from triptych.values.source import Source

HEAD = "---\nid: q\nquestion: What?\n---\nA.\n\n"


def document(body: str) -> Document:
    return parse(Source(PurePosixPath("t/q.md"), HEAD + body))


def blocks(*roles: str, language: str = "python") -> Document:
    fences = (f"```{language} {role}\nx = {n}\n```\n" for n, role in enumerate(roles))
    return document("\n".join(fences))


@pytest.mark.parametrize(
    ("roles", "programs"),
    [
        ("solution", ["solution"]),
        # What is shown runs the solution, too.
        ("solution run", ["solution run"]),
        ("solution test", ["solution test"]),
        ("test solution run", ["solution test", "solution run"]),
        ("test test", ["test test"]),
        ("run solution run", ["solution run", "solution run"]),
    ],
)
def test_blocks_are_as_few_programs_as_run_them_all(
    roles: str, programs: list[str]
) -> None:
    plan = plan_programs(blocks(*roles.split()).code)
    made = [" ".join(block.role for block in one.blocks) for one in plan.programs]
    assert (made, plan.skips) == (programs, ())


@pytest.mark.parametrize(
    ("language", "runs"),
    [("python", True), ("Python", True), ("py", True), ("PY", True), ("sql", False)],
)
def test_python_is_run_by_any_of_its_names(language: str, *, runs: bool) -> None:
    plan = plan_programs(blocks("test", language=language).code)
    assert (len(plan.programs), len(plan.skips)) == (int(runs), int(not runs))


def test_what_a_language_without_a_runner_needs_is_not_missing() -> None:
    plan = plan_programs(document("```sql test needs=no_such\nx\n```").code)
    assert [skip.package for skip in plan.skips] == [""]


def outcome(asked: Document, *results: ProgramResult, **more: Any) -> CodeOutcome:  # noqa: ANN401
    plan = plan_programs(asked.code)
    task = CodeTask("q", asked, plan)
    return outcome_of(task, ((plan.programs[0], results),), {}, **more)


def findings(*rules: str) -> tuple[CodeFinding, ...]:
    return tuple(CodeFinding(rule, 8, detail="x") for rule in rules)


@pytest.mark.parametrize(
    ("runs", "reported", "shown"),
    [
        ([((), "a"), ((), "a")], "", True),
        ([((), "a"), ((), "b")], "unsteady-output", False),
        ([((), "\x1b"), ((), "\x1b")], "bad-output", False),
        # Without a network a program breaks down somewhere: that is no news.
        ([(("networked-code", "unexpected-exception"), "")], "networked-code", False),
        (
            [(("networked-code", "greedy-code"), "")],
            "greedy-code networked-code",
            False,
        ),
        ([(("unexpected-exception",), "")], "unexpected-exception", False),
        # What a program printed before it failed is nothing to show.
        ([(("failed-assertion",), "\x1b")], "failed-assertion", False),
        # The second time alone.
        ([((), "a"), (("failed-assertion",), "")], "failed-assertion", False),
    ],
)
def test_each_cause_is_reported_and_no_consequence(
    runs: list[tuple[tuple[str, ...], str]], reported: str, *, shown: bool
) -> None:
    results = (ProgramResult(findings(*rules), text) for rules, text in runs)
    found = outcome(blocks("run"), *results)
    assert " ".join(sorted(d.rule for d in found.diagnostics)) == reported
    assert bool(found.verdict.outputs) == shown
    assert found.verdict.verdict == ("failed" if reported else "passed")


def test_what_is_wrong_in_a_solution_is_reported_once() -> None:
    asked = blocks("solution", "test", "run")
    plan = plan_programs(asked.code)
    result = ProgramResult(findings("unexpected-exception"), "")
    runs = tuple((program, (result,)) for program in plan.programs)
    found = outcome_of(CodeTask("q", asked, plan), runs, {})
    assert len(runs) == 2
    assert [d.rule for d in found.diagnostics] == ["unexpected-exception"]


def test_an_output_that_differs_names_the_line_and_both() -> None:
    results = (ProgramResult((), text) for text in ("a\nb\nc", "a\nd\nc"))
    (found,) = outcome(blocks("run"), *results).diagnostics
    assert "line 2 was `b`, then `d`" in found.message


@pytest.mark.parametrize(
    ("body", "line", "column", "place"),
    [
        ("```python test\nx = (\n```", 8, 5, (8, 5, 1)),
        ("- ```python test\n  x = (\n  ```", 8, 5, (8, 7, 1)),
        ("```python test\n  x = 1\n```", 8, 0, (8, 3, 5)),
        ("> ```python test\n>   x = 1\n> ```", 8, 0, (8, 5, 5)),
        # A finding at no line is at the first fence.
        ("```python test\nx = 1\n```", 0, 0, (7, 1, 14)),
    ],
)
def test_a_finding_is_placed_where_the_code_stands(
    body: str, line: int, column: int, place: tuple[int, int, int]
) -> None:
    finding = CodeFinding("invalid-code", line, column, "x")
    (found,) = outcome(document(body), ProgramResult((finding,), "")).diagnostics
    assert (found.span.line, found.span.column, found.span.length) == place


@pytest.mark.parametrize("name", ["topic/a.md", "topic/größe.md", "topic/大.md"])
def test_the_line_of_a_crash_is_found_in_a_file_of_any_name(name: str) -> None:
    written = name.encode("ascii", "backslashreplace")
    frames = b'File "/lib/x.py", line 3 in f\n  File "%s", line 8 in g' % written
    end = _End(-11, b"", b"Fatal Python error: Segmentation fault\n\n  " + frames)
    found = _end_finding(end, name, Limits())
    assert (found.rule, found.line) == ("crashed-code", 8)


TRACE = b"""Fatal Python error: Segmentation fault

Current thread 0x1 (most recent call first):
  File "/lib/x.py", line 3 in f
  File "t/q.md", line 8 in g
  File "t/q.md", line 9 in <module>
"""


@pytest.mark.parametrize(
    ("code", "stderr", "finding"),
    [
        # The system kills what takes the memory of all.
        (-9, b"", ("greedy-code", 0, "512 MiB")),
        (-6, b"what():  std::bad_alloc", ("greedy-code", 0, "512 MiB")),
        (-24, b"", ("slow-code", 0, "10 s")),
        (None, b"", ("slow-code", 0, "40 s by the clock")),
        (
            1,
            b"Timeout (0:00:40)!\n" + TRACE.partition(b"\n\n")[2],
            ("slow-code", 8, "40 s by the clock"),
        ),
        # What the program itself wrote is no place, and its last line says why.
        (
            -11,
            b'File "t/q.md", line 3\nsaid \x1b\n' + TRACE,
            ("crashed-code", 8, "SIGSEGV: said \\x1b"),
        ),
        (3, b"first\nlast\n", ("crashed-code", 0, "exit code 3: last")),
        (-11, TRACE, ("crashed-code", 8, "SIGSEGV")),
    ],
)
def test_how_a_program_ended_is_reported(
    code: int | None, stderr: bytes, finding: tuple[str, int, str]
) -> None:
    limits = Limits(timeout=10, memory=512)
    found = _end_finding(_End(code, b"", stderr), "t/q.md", limits)
    assert (found.rule, found.line, found.detail) == finding


@pytest.mark.parametrize(
    ("error", "finding"),
    [
        (
            RuntimeError("[enforce fail] can't allocate memory: you tried 9 bytes"),
            {"rule": "greedy-code", "line": 1},
        ),
        (
            ModuleNotFoundError("No module", name="no_such.part"),
            {"rule": "missing-package", "line": 1, "detail": "no_such"},
        ),
        # The package is there, and has no such part.
        (
            ModuleNotFoundError("No module", name="click.no_such"),
            {
                "rule": "unexpected-exception",
                "line": 1,
                "detail": "ModuleNotFoundError: No module",
            },
        ),
        # Not the program itself is no Python.
        (
            SyntaxError("bad", ("<string>", 5, 2, "x = (")),
            {
                "rule": "unexpected-exception",
                "line": 1,
                "detail": "SyntaxError: bad (<string>, line 5)",
            },
        ),
    ],
)
def test_an_exception_is_reported_by_its_kind(
    error: Exception, finding: dict[str, object]
) -> None:
    assert finding_of(error, "t/q.md", 1) == finding


def test_an_exception_names_the_line_that_called() -> None:
    try:
        exec(compile("def f():\n    1 / 0\n\nf()", "q.md", "exec"), {})  # noqa: S102
    except ZeroDivisionError as error:
        found = finding_of(error, "q.md", 1)
    assert (found["line"], found["caller_line"]) == (2, 4)


def test_an_import_of_a_folder_beside_is_no_package() -> None:
    asked = document("```python test\nfrom .click import x\nfrom . import yaml\n```")
    assert list(versions(plan_programs(asked.code).programs)) == ["python"]


def test_a_version_says_nothing_of_how_a_package_was_built(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = document("```python test\nimport click\n```")
    monkeypatch.setattr("triptych.runner.versions.version", lambda _: "2.1+cpu")
    assert versions(plan_programs(asked.code).programs)["click"] == "2.1"


def test_an_interruption_starts_no_more_programs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started, stopped = [], Event()

    def run_program(*program: object, seed: int) -> ProgramResult:
        started.append((program, seed))
        if len(started) > 1:
            stopped.wait(30)
        return ProgramResult((), "")

    monkeypatch.setattr("triptych.runner.run.run_program", run_program)
    monkeypatch.setattr(Processes, "stop", lambda _: stopped.set())
    asked = document("```python test\n1\n```")
    task = CodeTask("q", asked, plan_programs(asked.code))
    running = run_all([task] * 9, Limits(), jobs=1)
    assert next(running).verdict.verdict == "passed"
    running.close()
    # The second may have begun before.
    assert len(started) <= 2


DECK = """\
=== topic/adding.md
---
question: What is adding?
---
```c solution
1
```
=== topic/draft.md
---
id: adding
question: What will be adding?
draft: true
---
```sql solution
1
```
"""


@pytest.mark.parametrize("part", ["add", "ADD"])
def test_a_question_is_found_by_a_part_and_before_a_draft_of_its_id(
    tmp_path: Path, part: str
) -> None:
    command = ["test", "--content", str(write_deck(tmp_path, DECK)), "-k", part]
    done = CliRunner().invoke(cli, command, standalone_mode=False)
    assert done.exception is None
    assert "skipped: no runner for `c` (adding)" in done.stderr
    assert "sql" not in done.stderr


def reported(
    text: str, code: str, words: str, *values: str | None, language: str = "en"
) -> tuple[str, str]:
    """Return what is said of numbers in a text, and the file once they are accepted."""
    asked = document(f"{text}\n\n```python test\n{code}\n```\n")
    said = [value if value is None else Decimal(value) for value in values]
    result = ProgramResult((), "", (Statement(1, words, tuple(said)),))
    plan = plan_programs(asked.code)
    task = CodeTask("q", asked, plan, language)
    (found,) = outcome_of(task, ((plan.programs[0], (result,)),), {}).diagnostics
    source = asked.source.text
    return found.message, edited(source, found.edits).removeprefix(HEAD)


@pytest.mark.parametrize(
    ("text", "code", "words", "value", "after"),
    [
        # Characters of several bytes stand before the words.
        (
            "Of 2 GB.",
            'größe = "größe"; stated("2 GB", x)',
            "2 GB",
            "3",
            'Of 3 GB.\n\n```python test\ngröße = "größe"; stated("3 GB", x)\n```\n',
        ),
        (
            "- Of 2 GB.",
            'f("2 TB"); stated("2 GB", x)',
            "2 GB",
            "3",
            '- Of 3 GB.\n\n```python test\nf("2 TB"); stated("3 GB", x)\n```\n',
        ),
        # Words on two lines of the test, or at two places with other numbers.
        ("Of 2 GB.", 'stated("""2\nGB""", x)', "2\nGB", "3", ""),
        (
            "It is with 2 GB or with 3 GB.",
            'stated("with 4 GB", x)',
            "with 4 GB",
            "5",
            "",
        ),
        # A power has no digits to write another value with.
        ("It is $2^{30}$.", 'stated("2^{30}", x)', "2^{30}", "7", ""),
        ("Of 2 or $2^{30}$.", 'stated("2 or 2^{30}", x)', "2 or 2^{30}", "3 7", ""),
    ],
)
def test_a_value_is_accepted_in_the_text_and_in_the_test(
    text: str, code: str, words: str, value: str, after: str
) -> None:
    _, written = reported(text, code, words, *value.split())
    assert written == (after or f"{text}\n\n```python test\n{code}\n```\n")


def test_a_value_is_accepted_in_the_marks_of_the_language() -> None:
    _, written = reported(
        "Von 2,51 GB.", 'stated("2,51 GB", x)', "2,51 GB", "3.5", language="de"
    )
    assert written.startswith("Von 3,50 GB.\n")
    assert 'stated("3,50 GB", x)' in written


@pytest.mark.parametrize(
    ("text", "words", "values", "message"),
    [
        (
            "About 13% of it.",
            "13% of it",
            ["0.2"],
            "says `13`, and the code computes `20`",
        ),
        ("Of 2 GB.", "2 GB", ["1e500"], "no finite number"),
        ("Of 2 GB.", "2 GB", ["NaN"], "no finite number"),
        ("Of 2 GB.", "2 GB", [None], "no value is given"),
        ("Of 2 GB.", "2 GB", ["1", "2"], "has 1 number, and there are 2 values"),
        ("Of 2 or 3.", "2 or 3", ["1"], "has 2 numbers, and there are 1 value"),
    ],
)
def test_what_is_wrong_with_a_number_is_reported(
    text: str, words: str, values: list[str | None], message: str
) -> None:
    said, _ = reported(text, f'stated("{words}", x)', words, *values)
    assert message in said


def test_the_number_of_questions_that_run_is_printed_before(tmp_path: Path) -> None:
    folder = write_deck(tmp_path, DECK)
    totals = []

    def watch(running: Iterable[CodeOutcome], total: int) -> Iterator[CodeOutcome]:
        totals.append(total)
        yield from running

    for _ in range(2):
        session = run_session(open_project(folder), Request(), watch)
    assert totals == [1, 0]
    assert (session.unchanged, session.recorded) == (1, False)
