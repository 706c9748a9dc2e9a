"""The process that runs one program, with the standard library and nothing else.

Blocks are parsed at their lines of the Markdown file, so that the messages of Python
name places in that file. Nothing is added to the program: it sees the names that a new
file would see.
"""

import ast
import json
import linecache
import sys
import threading
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from triptych.runner.assertions import compared_values
from triptych.runner.findings import (
    Fields,
    failed_assertion,
    finding_of,
    syntax_finding,
)
from triptych.runner.guards import (
    block_network,
    lift_memory_limit,
    record_deprecations,
    set_limits,
)

Block = Mapping[str, Any]
Note = Callable[[BaseException, int], None]


def main(scratch: str) -> None:
    """Run the program that `job.json` in the folder `scratch` describes."""
    folder = Path(scratch)
    job: dict[str, Any] = json.loads((folder / "job.json").read_text("utf-8"))
    name: str = job["name"]
    found: list[Fields] = []
    asserted: list[tuple[Fields, ast.Assert, Mapping[str, Any]]] = []
    report = partial(_report, folder, found)
    sys.argv = [name]
    linecache.cache[name] = _listing(name, job["blocks"])
    set_limits(job, folder / "trace.txt")
    block_network(name, found)
    record_deprecations(name, found)
    program, tests = _parsed(name, job["blocks"], found)

    def note(error: BaseException, line: int) -> None:
        lift_memory_limit()
        finding = finding_of(error, name, line)
        found.append(finding)
        failed = failed_assertion(error, name, program)
        if failed:
            finding["line"] = failed[0].lineno
            asserted.append((finding, *failed))

    if not any(finding["rule"] == "invalid-code" for finding in found):
        _run(name, program, tests, note)
    sys.stdout.flush()
    report()
    for finding, assertion, names in asserted:
        # Evaluated last: what this runs can hide no finding any more.
        finding["values"] = compared_values(assertion, names)
        report()


def _run(name: str, program: ast.Module, tests: Mapping[str, int], note: Note) -> None:
    """Run the program, then its test functions."""
    module = ModuleType("__main__")
    sys.modules["__main__"] = module
    threading.excepthook = lambda crash: note(crash.exc_value or SystemExit(), 0)
    if _attempt(lambda: _execute(name, program, module), 0, note):
        for test, line in tests.items():
            _attempt(module.__dict__[test], line, note)


def _attempt(work: Callable[[], object], line: int, note: Note) -> bool:
    try:
        work()
    except BaseException as error:  # noqa: BLE001 - also a program that exits
        note(error, line)
        return False
    return True


def _execute(name: str, program: ast.Module, module: ModuleType) -> None:
    code = compile(program, name, "exec", dont_inherit=True)
    exec(code, module.__dict__)  # noqa: S102 - what this process is for


def _parsed(
    name: str, blocks: Iterable[Block], found: list[Fields]
) -> tuple[ast.Module, Mapping[str, int]]:
    """Return the program, and its test functions with their lines."""
    program = ast.Module([], [])
    tests: dict[str, int] = {}
    for block in blocks:
        try:
            tree = ast.parse("\n" * (block["line"] - 1) + block["text"], name)
        except SyntaxError as error:
            found.append(syntax_finding(error, block["line"]))
            continue
        program.body += tree.body
        if block["role"] == "test":
            for node in tree.body:
                if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                    tests[node.name] = node.lineno
    return program, tests


def _listing(name: str, blocks: Iterable[Block]) -> Any:  # noqa: ANN401 - linecache's
    """Return the program's lines at their numbers, for tools that read its source."""
    lines: list[str] = []
    for block in blocks:
        text = block["text"].splitlines(keepends=True)
        end = block["line"] - 1 + len(text)
        lines += ["\n"] * (end - len(lines))
        lines[block["line"] - 1 : end] = text
    return (sum(map(len, lines)), None, lines, name)


def _report(folder: Path, found: list[Fields]) -> None:
    """Write what was found, whole or not at all."""
    part = folder / "report.part"
    part.write_text(json.dumps(found), encoding="utf-8")
    part.replace(folder / "report.json")
