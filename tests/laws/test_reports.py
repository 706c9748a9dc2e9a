"""Whatever a code answer prints, raises or leaves behind, `code.lock` can be read."""

import json
import sys
from pathlib import Path, PurePosixPath

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from tests.cases import write_deck

from triptych.cli.main import cli
from triptych.ledger.verdicts import UNPRINTABLE, dump, load
from triptych.parse.document import parse
from triptych.runner.findings import MAX_FINDINGS
from triptych.runner.outcome import outcome_of
from triptych.runner.plan import CodeTask, Program, plan_programs
from triptych.runner.reported import ProgramReport, read_report
from triptych.runner.sandbox import Processes, ProgramResult, run_program
from triptych.values.deck import TestSettings as Limits
from triptych.values.source import Source

QUESTION = "---\nid: q\nquestion: What?\n---\nA.\n\n```python {}\n{}\n```\n"
HARMFUL = {
    "an escape sequence": 'raise ValueError("\\x1b[31mred")',
    "half a character": 'raise ValueError("\\ud800")',
    "a noncharacter": 'raise ValueError("\\ufdd0")',
    "a line separator": 'raise ValueError("a\\u2028b\\x85c")',
    "a name with escapes": 'raise type("\\x1b]0;x\\x07", (Exception,), {})("x")',
    "a very long message": 'raise ValueError("x" * 10**6)',
    "bytes that are no text": 'import os; os.write(1, b"\\xff\\x1b\\0"); assert False',
    "bytes on standard error": 'import os; os.write(2, b"\\xff\\x1b"); os._exit(3)',
    "values with escapes": 's = "\\x1b"; assert s == ""',
    "very much output": 'print("x" * 30_000_000); assert False',
    "a warning with escapes": (
        'import warnings; warnings.warn("\\x1b", DeprecationWarning); assert False'
    ),
}


def run(code: str, role: str = "test") -> ProgramResult:
    answers = parse(Source(PurePosixPath("t/q.md"), QUESTION.format(role, code))).code
    return run_program(Program(answers), "t/q.md", Limits(timeout=10), Processes())


@pytest.mark.parametrize("role", ["solution", "run"])
@pytest.mark.parametrize("code", HARMFUL.values(), ids=HARMFUL)
def test_the_lock_can_be_read_after_any_failure(
    tmp_path: Path, code: str, role: str
) -> None:
    write_deck(tmp_path, QUESTION.format(role, code))
    command = ["test", "--content", str(tmp_path)]
    for _ in range(2):
        result = CliRunner().invoke(cli, command, standalone_mode=False)
        assert result.exception is None
        assert "\x1b" not in result.output
    (verdict,) = load((tmp_path / "code.lock").read_text("utf-8")).values()
    assert verdict.verdict == "failed"


# Each ends without a failure, before the test that comes after it.
EARLY_ENDS = {
    "it exits": "import os; os._exit(0)",
    "it writes files of reports": (
        "import os, pathlib\n"
        "for name in ('report.json', '../report.json', 'stdout.txt'):\n"
        "    try:\n"
        '        pathlib.Path(name).write_text(\'{"findings": [], "stated": []}\')\n'
        "    except OSError:\n"
        "        pass\n"
        "os._exit(0)"
    ),
    "it prints a report": (
        'import os; os.write(1, b\'{"findings": [], "stated": []}\\n\'); os._exit(0)'
    ),
    "it prints a report after zeros": (
        "import os\n"
        "os.write(1, b'\\0' * 34 + b'{\"findings\": [], \"stated\": []}\\n')\n"
        "os._exit(0)"
    ),
    "it replaces itself": "import os; os.execv('/bin/true', ['true'])",
    "it closes what it has": "import os; os.closerange(0, 99); os._exit(0)",
}


@pytest.mark.skipif(sys.platform == "win32", reason="calls what Windows lacks")
@pytest.mark.parametrize("code", EARLY_ENDS.values(), ids=EARLY_ENDS)
def test_who_ends_before_the_tests_has_not_passed(code: str) -> None:
    (finding,) = run(f"{code}\nraise AssertionError").findings
    assert finding.rule == "crashed-code"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither")
@pytest.mark.parametrize(
    "replaced",
    [
        "os.mkfifo(name)",
        "os.symlink('/dev/zero', name)",
    ],
)
def test_nothing_that_is_left_behind_is_waited_for(replaced: str) -> None:
    names = ["report.json", "stdout.txt", "stderr.txt", "trace.txt", "job.json"]
    code = f"import os\nfor name in {names}:\n    {replaced}\nos._exit(0)"
    (finding,) = run(code).findings
    assert finding.rule == "crashed-code"


def test_what_comes_after_much_output_is_read() -> None:
    assert run("print('x' * 30_000_000)").findings == ()
    (finding,) = run("print('x' * 30_000_000)\nassert False").findings
    assert finding.rule == "failed-assertion"


def test_of_very_many_findings_the_first_are_reported() -> None:
    tests = (f"def test_{n}(): assert False" for n in range(MAX_FINDINGS + 1))
    found = run("\n".join(tests)).findings
    assert len(found) == MAX_FINDINGS
    assert {finding.rule for finding in found} == {"failed-assertion"}


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        # The values of an assertion are computed again after all else.
        (
            (
                "import os\nseen = []\ndef f():\n    seen.append(1)\n"
                "    return len(seen) == 1 or os._exit(0)\nassert not f()"
            ),
            "failed-assertion",
        ),
        # What a program does at its end may fail, too.
        ("import atexit, os; atexit.register(os._exit, 3)", "crashed-code"),
        (
            (
                "import threading\nthread = threading.Thread(target=lambda: 1 / 0)\n"
                "thread.start()\nthread.join()"
            ),
            "unexpected-exception",
        ),
    ],
)
def test_a_failure_besides_the_program_is_reported(code: str, rule: str) -> None:
    (finding,) = run(code).findings
    assert finding.rule == rule


def test_a_report_has_only_what_a_process_can_know() -> None:
    def read(**more: object) -> object:
        finding = {"rule": "failed-assertion", "line": 3, "detail": "\x1b[31m", **more}
        report = {"findings": [finding], "stated": []}
        return read_report(json.dumps(report).encode())

    found = read()
    assert isinstance(found, ProgramReport)
    assert found.findings[0].detail == "\\x1b[31m"
    for wrong in ({"rule": "slow-code"}, {"line": -1}, {"line": True}, {"more": ""}):
        assert read(**wrong) is None


FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "rule": st.sampled_from(["failed-assertion", "slow-code", "x"]) | st.integers(),
        "line": st.integers() | st.booleans() | st.text(),
        "column": st.integers(-1, 1 << 40),
        "detail": st.text(st.characters()) | st.none(),
        "values": st.text(st.characters()),
        "more": st.text(),
    },
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
REPORTS = JSON | st.fixed_dictionaries(
    {"findings": st.lists(FIELDS | JSON) | JSON, "stated": st.lists(JSON) | JSON}
)
TASK = parse(Source(PurePosixPath("t/q.md"), QUESTION.format("test", "assert True")))


@given(REPORTS | st.binary())
def test_every_report_gives_a_verdict_that_can_be_recorded(report: object) -> None:
    data = report if isinstance(report, bytes) else json.dumps(report).encode()
    read = read_report(data)
    if read is None:
        return
    for finding in read.findings:
        assert not UNPRINTABLE.search(finding.detail + finding.values)
    plan = plan_programs(TASK.code)
    task = CodeTask("q", TASK, plan, "en")
    result = ProgramResult(read.findings, "", read.stated)
    outcome = outcome_of(task, ((plan.programs[0], (result,)),), {})
    assert load(dump({"q": outcome.verdict}))["q"] == outcome.verdict


@pytest.mark.skipif(sys.platform != "linux", reason="namespaces are of Linux")
@pytest.mark.parametrize("isolated", [True, False])
def test_a_program_writes_into_its_folder_and_nowhere_else(
    tmp_path: Path, *, isolated: bool
) -> None:
    outside = tmp_path / "outside"
    code = (
        "import multiprocessing, pathlib, subprocess, sys\n"
        "pathlib.Path('mine').write_text('x')\n"
        "multiprocessing.Lock()\n"
        f"subprocess.run(['touch', {str(outside)!r}], stderr=subprocess.DEVNULL)\n"
        "lines = pathlib.Path('/proc/net/dev').read_text().splitlines()[2:]\n"
        "names = {line.split(':')[0].strip() for line in lines}\n"
        f"assert names == {{'lo'}} or not {isolated}, names\n"
    )
    processes = Processes()
    processes.can_isolate = isolated
    answers = parse(Source(PurePosixPath("t/q.md"), QUESTION.format("test", code))).code
    result = run_program(Program(answers), "t/q.md", Limits(), processes)
    if isolated and not processes.can_isolate:
        pytest.skip("the kernel allows no namespaces")
    assert result.findings == ()
    assert outside.exists() == (not isolated)
