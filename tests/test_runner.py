"""``triptych test``: what runs, what is reported of it, what is recorded."""

import ast
import json
import os
import signal
import subprocess
import sys
import time
import warnings
from contextlib import suppress
from math import tau
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner
from tests.cases import write_deck

from triptych.build.build import check
from triptych.build.compile import compile_source
from triptych.cli.main import cli
from triptych.cli.manuals import manual
from triptych.deck.project import open_project
from triptych.errors import TriptychError
from triptych.ledger.verdicts import Verdict, load
from triptych.runner import guards
from triptych.runner.assertions import compared_values
from triptych.runner.findings import Fields, failed_assertion
from triptych.validate.rules import RULES_OF_CODE
from triptych.values.form import Form
from triptych.values.question import Question

PASSING = """
```python solution
def add(a, b):
    return a + b  # cloze c1: plus
```

```python test
assert add(2, 2) == 4
```
"""
SHOWING = "```python run\nprint('shown', 6 * 7)\n```"
OLD_LIBRARY = """
import pathlib
import sys

sys.path.insert(0, ".")
old = "import warnings\\ndef f():\\n    warnings.warn('use g', FutureWarning)\\n"
pathlib.Path("oldlib.py").write_text(old)
pathlib.Path("user.py").write_text("import oldlib\\ndef f():\\n    oldlib.f()\\n")
pathlib.Path("atimport.py").write_text(old + "f()\\n")
"""

FAILURES = {
    "failed-assertion": """
```python solution
def add(a, b):
    return a - b  # cloze c1: plus
```

```python test
total = add(2, 2)
assert total == 4, "sums"  # here
```
""",
    "unexpected-exception": """
1. In a list:

   ```python solution
   def half(x):
       return x / 0  # here
   ```

> ```python test
> half(3)
> ```
""",
    "invalid-code": (
        "```python solution\nx = 1\ny = (1,  # here\n```\n\n"
        "```python test\nassert x == 1\n```"
    ),
    "missing-package": "```python test\nimport no_such_package  # here\n```",
    "greedy-code": """
```python test
data = []
while True:
    data.append(bytearray(1 << 20))  # here
```
""",
    "crashed-code": """
```python test
import ctypes

ctypes.string_at(0)  # here
```
""",
    "networked-code": """
```python test
import urllib.request

try:
    urllib.request.urlopen("http://localhost:9")  # here
except OSError:
    pass
```
""",
    "deprecated-code": f"""
```python test
{OLD_LIBRARY}
import oldlib, user, atimport

user.f()
oldlib.f()  # here
```
""",
    "wrong-number": "Of 2 GB.\n```python test\nstated('2 GB', 3)  # here\n```",
    "unfound-words": "```python test\nstated('2 GB', 2)  # here\n```",
    "bad-statement": "```python test\nstated('GB', 2)  # here\n```",
    "unsteady-output": "```python run # here\nprint(set('hello'))\n```",
    "bad-output": "```python run # here\nprint('\\x1b[31mred')\n```",
}


class Result(NamedTuple):
    """What the command did."""

    code: int
    out: str
    err: str

    @property
    def found(self) -> list[dict[str, Any]]:
        diagnostics: list[dict[str, Any]] = json.loads(self.out)["diagnostics"]
        return diagnostics


def run(deck: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(
        cli, ["test", "--content", str(deck), *arguments], standalone_mode=False
    )
    if result.exception:
        raise result.exception
    return Result(result.return_value, result.stdout, result.stderr)


def deck_of(folder: Path, settings: str = "", **questions: str) -> Path:
    """Write a deck whose questions have these bodies."""
    parts = [f'=== deck.toml\nid = "test"\ntitle = "Test"\n[test]\n{settings}']
    parts += [
        f"=== topic/{name.replace('_', '-')}.md\n"
        f"---\nquestion: What is {name}?\n---\nAn answer.\n\n{body}"
        for name, body in questions.items()
    ]
    return write_deck(folder / "content", "\n".join(parts))


def lock(deck: Path) -> dict[str, Verdict]:
    return dict(load((deck / "code.lock").read_text("utf-8")))


def line_of(deck: Path, name: str, text: str) -> int:
    lines = (deck / "topic" / f"{name}.md").read_text("utf-8").split("\n")
    return next(n for n, line in enumerate(lines, 1) if text in line)


@pytest.fixture(scope="module")
def failing(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    folder = tmp_path_factory.mktemp("failing")
    deck = deck_of(folder, "memory = 200", **FAILURES)
    return deck, run(deck, "--format", "json")


@pytest.mark.parametrize("rule", FAILURES)
def test_each_failure_is_reported_once_at_its_line(
    failing: tuple[Path, Result], rule: str
) -> None:
    deck, result = failing
    found = [d for d in result.found if d["path"].endswith(f"/{rule}.md")]
    assert [(d["rule"], d["line"]) for d in found] == [
        (rule, line_of(deck, rule, "# here"))
    ]
    assert found[0]["severity"] == "error"
    assert result.code == 1
    assert lock(deck)[rule].verdict == "failed"


def test_a_finding_says_what_python_said(failing: tuple[Path, Result]) -> None:
    said = {d["rule"]: (d["message"], d["hint"], d["column"]) for d in failing[1].found}
    assert said["failed-assertion"][0] == "the assertion fails: sums (`total` is 0)"
    assert said["unexpected-exception"] == (
        "the code raises ZeroDivisionError: division by zero",
        f"called from line {line_of(failing[0], 'unexpected-exception', '> half(3)')}",
        8,
    )
    assert said["invalid-code"][::2] == ("this is not Python: '(' was never closed", 5)
    assert "`no_such_package`" in said["missing-package"][0]
    assert "more than 200 MiB" in said["greedy-code"][0]
    assert "SIGSEGV" in said["crashed-code"][0]
    assert "FutureWarning: use g" in said["deprecated-code"][0]
    assert "U+001B" in said["bad-output"][0]


def test_every_failure_has_a_manual_and_a_case() -> None:
    names = {rule.name for rule in RULES_OF_CODE}
    assert names == {*FAILURES, "slow-code", "skipped-code"}
    assert all(manual(name).startswith("Flag ") for name in names)


class VisibleDeprecationWarning(UserWarning):
    """As NumPy has it, which is no deprecation to Python."""


def test_deprecations_of_numpy_count_and_other_warnings_are_shown() -> None:
    findings: list[Fields] = []
    with warnings.catch_warnings(record=True) as shown:
        warnings.simplefilter("always")
        guards.record_deprecations(__file__, findings)
        for _ in range(2):
            warnings.warn("use g", VisibleDeprecationWarning, stacklevel=1)
        warnings.warn("hot", UserWarning, stacklevel=1)
    assert [finding["detail"] for finding in findings] == [
        "VisibleDeprecationWarning: use g"
    ]
    assert [str(warning.message) for warning in shown] == ["hot"]


def test_no_limit_is_above_what_the_system_allows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    resource = pytest.importorskip("resource")
    limits: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda _: (5, 100))
    monkeypatch.setattr(resource, "setrlimit", lambda _, both: limits.append(both))
    for soft in (50, 200, resource.RLIM_INFINITY):
        guards._set(resource.RLIMIT_CPU, soft)  # noqa: SLF001 - all limits are set by it
    assert limits == [(50, 100), (100, 100), (100, 100)]


def test_slow_code_is_ended_at_the_line_where_it_is(tmp_path: Path) -> None:
    deck = deck_of(
        tmp_path,
        "timeout = 0.5",
        busy="```python test\nn = 0\nwhile True:\n    n += 1\n```",
        asleep="```python test\nimport time\n\ntime.sleep(60)  # here\n```",
        hung="""
```python test
import threading, time
threading.Thread(target=time.sleep, args=[60]).start()
```
""",
    )
    start = time.monotonic()
    found = run(deck, "--format", "json").found
    assert time.monotonic() - start < 60  # no end of what sleeps was waited for
    assert {d["rule"] for d in found} == {"slow-code"}
    places = {Path(d["path"]).stem: (d["line"], d["message"]) for d in found}
    line = line_of(deck, "busy", "while True")
    assert places["busy"][0] in {line, line + 1}
    assert places["asleep"] == (
        line_of(deck, "asleep", "# here"),
        "the code takes more than 2 s by the clock, and was here then",
    )
    assert len(places) == 3


@pytest.mark.parametrize(
    ("code", "values"),
    [
        ("a, b = 3, [4]\nassert a in b", "`a` is 3, `b` is [4]"),
        ("a = 3\nassert 1 < a < 3", "`a` is 3"),
        ("s = 'hello'\nassert not s.startswith('he')", "`s` is 'hello'"),
        ("s = 'hello'\nassert s and len(s) == 4", "`len(s)` is 5"),
        ("a = b = 0\nassert a or b", "`a` is 0, `b` is 0"),
        (
            "xs = [1, -1]\nassert all(x > 0 for x in xs)",
            "`[x > 0 for x in xs]` is [True, False]",
        ),
        ("def f(x):\n    assert x == (\n        2)\nf(1)", "`x` is 1"),
        ("import math\nassert math.isclose(math.tau, b=3)", f"`math.tau` is {tau}"),
        ("n = 10**6\nassert 'x' * n == ''", f"`'x' * n` is '{'x' * 77}...{'x' * 78}'"),
        # The values now are not the values then.
        ("it = iter([1, 2, 3, 4, 5, 6])\nassert next(it) == 9", ""),
        (
            (
                "seen = []\ndef ok(n):\n    seen.append(n)\n    return len(seen) > n\n"
                "most = 1\nassert ok(most)"
            ),
            "",
        ),
        (
            "def f(*a, b): return a == b\nn, m = [1], 2\nassert f(*n, b=m)",
            "`n` is [1], `m` is 2",
        ),
        ("def f(g, n): return g(n)\nn = 0\nassert f(abs, n)", "`n` is 0"),
        (
            "a, b, c, d, e = range(5)\nassert not max(a, b, c, d, e)",
            "`a` is 0, `b` is 1, `c` is 2, `d` is 3",
        ),
        ("assert False", ""),
    ],
)
def test_a_failed_assertion_shows_what_it_compared(code: str, values: str) -> None:
    tree = ast.parse(code)
    with pytest.raises(AssertionError) as caught:
        exec(compile(tree, "x.md", "exec"), {})  # noqa: S102 - what the runner does
    failed = failed_assertion(caught.value, "x.md", tree)
    assert failed
    assert compared_values(*failed) == values


def test_an_assertion_that_is_raised_or_elsewhere_has_no_parts() -> None:
    tree = ast.parse("assert True\nraise AssertionError('must raise')")
    with pytest.raises(AssertionError) as caught:
        exec(compile(tree, "x.md", "exec"), {})  # noqa: S102 - what the runner does
    assert failed_assertion(caught.value, "x.md", tree) is None
    assert failed_assertion(caught.value, "y.md", tree) is None


def test_what_runs_is_what_ships_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deck = deck_of(
        tmp_path,
        alone="""
```python solution
def twice(x):
    return 2 * x  # cloze c1: twice
```

```python run
import inspect, os, sys

print(sorted(name for name in globals() if name[0] != "_"), __name__)
print(inspect.getsource(twice), end="")
print(os.listdir(), sys.argv, "" in sys.path, sys.path[0].endswith(".zip"))
print(sorted(name for name in os.environ if "SECRET" in name or "TORCH" in name))
print(os.environ["OMP_NUM_THREADS"], os.environ["TZ"])
```
""",
    )
    monkeypatch.setenv("TRIPTYCH_SECRET", "x")
    assert run(deck).code == 0
    (printed,) = lock(deck)["alone"].outputs.values()
    assert printed.split("\n") == [
        "['inspect', 'os', 'sys', 'twice'] __main__",
        "def twice(x):",
        "    return 2 * x",
        "[] ['topic/alone.md'] False True",
        "[]",
        "1 UTC",
    ]


def test_test_functions_are_called_in_order_after_the_program(tmp_path: Path) -> None:
    body = """
```python solution
def test_statistic(x):
    return x
```

```python test
seen = []


def test_second():
    seen.append("second")
    assert seen == ["second"]  # one


def test_first():
    assert seen != ["top", "second"]  # two


seen.append("top")
```
"""
    deck = deck_of(tmp_path, functions=body)
    result = run(deck, "--format", "json")
    assert [(d["rule"], d["line"]) for d in result.found] == [
        ("failed-assertion", line_of(deck, "functions", sign))
        for sign in ("# one", "# two")
    ]


def test_a_build_takes_outputs_from_the_lock_and_runs_nothing(tmp_path: Path) -> None:
    body = f"{SHOWING}\n\n```python test\nassert open('x')\n```"
    deck = deck_of(tmp_path, shown=body)
    assert run(deck).code == 1
    project = open_project(deck)
    (source,) = project.folder.sources
    assert [d.rule for d in check(project).diagnostics] == ["failed-code"]
    body = body.replace("assert open('x')", "assert 1")
    deck = deck_of(tmp_path, shown=body)
    assert [d.rule for d in check(open_project(deck)).diagnostics] == ["stale-code"]
    assert run(deck).code == 0
    project = open_project(deck)
    assert check(project).diagnostics == ()
    (source,) = project.folder.sources
    question = compile_source(source, project, frozenset(Form)).result
    assert isinstance(question, Question)
    for output in (question.answer.site, question.answer.card):
        assert "shown 42" in output
    assert any("shown 42" in str(block) for block in question.answer.blocks)


def test_unchanged_code_is_not_run_again_unless_asked(tmp_path: Path) -> None:
    deck = deck_of(tmp_path, adding=PASSING, shown=SHOWING)
    assert "2 passed in" in run(deck).err
    before = (deck / "code.lock").read_bytes()
    assert "2 unchanged in" in run(deck).err
    assert "1 passed in" in run(deck, "--all", "adding", "adding").err
    assert "1 passed in" in run(deck, "--force", "-k", "SHO").err
    assert (deck / "code.lock").read_bytes() == before
    changed = PASSING.replace("2, 2) == 4", "2, 3) == 5")
    deck_of(tmp_path, adding=changed, shown=SHOWING)
    assert "1 passed, 1 unchanged in" in run(deck).err


def test_failed_code_is_run_again(tmp_path: Path) -> None:
    deck = deck_of(tmp_path, adding=PASSING.replace("== 4", "== 5"))
    for _ in range(2):
        result = run(deck)
        assert "1 failed in" in result.err
        assert "error[failed-assertion]" in result.out
        assert result.code == 1


def test_a_date_changes_with_its_verdict_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deck = deck_of(tmp_path, adding=PASSING, shown=SHOWING)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    run(deck)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(86_400 * 365))
    deck_of(tmp_path, adding=PASSING + "\n", shown=SHOWING.replace("6", "7"))
    run(deck, "--all")
    dates = {name: verdict.date for name, verdict in lock(deck).items()}
    assert dates == {"adding": "1970-01-01", "shown": "1971-01-01"}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "today")
    with pytest.raises(TriptychError, match="SOURCE_DATE_EPOCH"):
        run(deck)


def test_the_lock_is_sorted_and_names_versions(tmp_path: Path) -> None:
    body = "```python test\nimport click.testing, json\nfrom yaml import safe_load\n```"
    deck = deck_of(tmp_path, zebra=PASSING, ant=body)
    run(deck)
    assert list(lock(deck)) == ["ant", "zebra"]
    assert list(lock(deck)["ant"].versions) == ["python", "PyYAML", "click"]
    assert lock(deck)["zebra"].versions == {
        "python": f"{sys.version_info.major}.{sys.version_info.minor}"
    }


def test_code_that_was_removed_leaves_the_lock(tmp_path: Path) -> None:
    deck = deck_of(tmp_path, adding=PASSING, shown=SHOWING)
    run(deck)
    deck_of(tmp_path, adding="No more.", shown=SHOWING)
    run(deck, "shown")
    assert list(lock(deck)) == ["shown"]


NEEDY = f"{PASSING}\n```python test needs=no_such_package\nimport no_such_package\n```"


def test_a_block_is_skipped_where_its_package_is_absent(tmp_path: Path) -> None:
    deck = deck_of(tmp_path, needy=NEEDY)
    result = run(deck)
    assert result.code == 0
    assert "skipped: `no_such_package` is not installed (needy)" in result.err
    assert "1 skipped in" in result.err
    assert lock(deck)["needy"].verdict == "skipped"
    assert check(open_project(deck)).diagnostics == ()
    assert "1 unchanged in" in run(deck).err
    result = run(deck, "--no-skip", "--format", "json")
    (found,) = result.found
    assert result.code == 1
    assert found["line"] == line_of(deck, "needy", "needs=")
    assert (found["rule"], lock(deck)["needy"].verdict) == ("skipped-code", "skipped")


def test_a_skip_does_not_undo_a_complete_run(tmp_path: Path) -> None:
    deck = deck_of(tmp_path, needy=NEEDY)
    run(deck)
    place = deck / "code.lock"
    text = place.read_text("utf-8").replace('"skipped"', '"passed"')
    place.write_text(text, "utf-8")
    assert "1 skipped in" in run(deck, "--all").err
    assert lock(deck)["needy"].verdict == "passed"


def test_nothing_runs_without_its_solution(tmp_path: Path) -> None:
    body = NEEDY.replace("python solution", "python solution needs=no_such_package")
    deck = deck_of(tmp_path, needy=body)
    assert run(deck).code == 0
    assert lock(deck)["needy"].verdict == "skipped"
    assert lock(deck)["needy"].versions == {}


def test_another_language_is_skipped_and_never_stale(tmp_path: Path) -> None:
    sql = "```sql solution\nselect 1\n```\n\n```sql test\nselect 2\n```"
    deck = deck_of(tmp_path, query=sql, other=sql)
    result = run(deck, "--no-skip")
    assert result.code == 0
    assert result.err.count("no runner for `sql` (other, query)") == 1
    assert check(open_project(deck)).diagnostics == ()
    assert "2 unchanged in" in run(deck, "--no-skip").err


def test_formats_stand_alone_on_standard_output(tmp_path: Path) -> None:
    deck = deck_of(tmp_path, adding=PASSING.replace("== 4", "== 5"))
    result = run(deck, "--format", "json")
    assert (len(result.found), result.err) == (1, "")
    assert run(deck, "--format", "github").out.startswith("::error file=")
    assert "error[failed-assertion]" in run(deck, "--format", "concise").out
    full = run(deck_of(tmp_path, adding=PASSING))
    assert full.out == ""
    assert "recorded in" in full.err


@pytest.mark.parametrize("arguments", [["nothing"], ["-k", "nothing"], ["--jobs", "x"]])
def test_a_wrong_word_is_a_usage_error(tmp_path: Path, arguments: list[str]) -> None:
    deck = deck_of(tmp_path, adding=PASSING)
    result = CliRunner().invoke(cli, ["test", "--content", str(deck), *arguments])
    assert result.exit_code == 2 or isinstance(result.exception, TriptychError)
    assert not (deck / "code.lock").exists()


def test_a_deck_without_code_gets_no_lock(tmp_path: Path) -> None:
    deck = deck_of(tmp_path, plain="No code.")
    assert "no code answers in" in run(deck).err
    assert not (deck / "code.lock").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_an_interruption_ends_what_runs_and_keeps_what_is_known(tmp_path: Path) -> None:
    name = f"long-{os.getpid()}"
    body = f"""
```python test
import ctypes, os, time
ctypes.CDLL(None).prctl(15, {name.encode()!r})  # the name of the process
os.fork()
time.sleep(60)
```
"""
    deck = deck_of(tmp_path, adding=PASSING, long=body)
    started = subprocess.Popen(
        [sys.executable, "-m", "triptych", "test", "--content", deck, "--jobs", "1"],
        stderr=subprocess.PIPE,
    )
    deadline = time.monotonic() + 30
    while len(running := _processes(name)) < 2:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    started.send_signal(signal.SIGINT)
    assert started.wait(10) == 130
    assert started.stderr
    started.stderr.close()
    # What was killed may still be about to end.
    deadline = time.monotonic() + 20
    while _processes(name):
        assert time.monotonic() < deadline, running
        time.sleep(0.05)
    assert list(lock(deck)) == ["adding"]


def _processes(name: str) -> list[str]:
    """Return the ids of the processes that are called `name` and have not ended."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        with suppress(OSError):
            text = status.read_text(encoding="utf-8", errors="replace")
            if text.startswith(f"Name:\t{name}\n") and "State:\tZ" not in text:
                found.append(status.parent.name)
    return found
