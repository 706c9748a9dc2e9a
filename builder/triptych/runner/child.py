"""The process that runs one program; it imports only the standard library.

Blocks are parsed at their lines of the Markdown file, so that the messages of Python
give places in that file. Nothing is added to the program but the function `stated`, for
its tests: else it has the names that the main module of a new process has.
"""

import ast
import json
import linecache
import os
import sys
import threading
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from triptych.runner.assertions import compared_values
from triptych.runner.findings import (
    MAX_FINDINGS,
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
from triptych.runner.isolation import NOT_ISOLATED, isolate
from triptych.runner.stated import recorder

_STDOUT = 1

Block = Mapping[str, Any]
RecordError = Callable[[BaseException, int], None]


def main() -> None:
    """Run the program that the job on standard input describes."""
    job: dict[str, Any] = json.loads(sys.stdin.buffer.read())
    name: str = job["name"]
    findings: list[Fields] = []
    statements: list[Fields] = []
    failed_assertions: list[tuple[Fields, ast.Assert, Mapping[str, Any]]] = []
    output, mark = os.dup(_STDOUT), job.pop("mark").encode()
    if job["isolate"] and not isolate(Path(job["folder"])):
        os.write(output, mark + NOT_ISOLATED)
        return
    report = partial(_report, output, mark, findings, statements)
    sys.argv = [name]
    linecache.cache[name] = _listing(name, job["blocks"])
    set_limits(job)
    block_network(name, findings)
    record_deprecations(name, findings)
    program, tests = _parse(name, job["blocks"], findings)
    lines = _test_lines(job["blocks"])
    # A program whose output readers see gets no additional names.
    added = {"stated": recorder(name, lines, statements)} if lines else {}

    def record_error(error: BaseException, line: int) -> None:
        lift_memory_limit()
        finding = finding_of(error, name, line)
        findings.append(finding)
        failed = failed_assertion(error, name, program)
        if failed:
            finding["line"] = failed[0].lineno
            failed_assertions.append((finding, *failed))

    if not any(finding["rule"] == "invalid-code" for finding in findings):
        _run(name, program, tests, record_error, added)
    sys.stdout.flush()
    report()
    for finding, assertion, names in failed_assertions:
        # Evaluated last: if this ends the process, all findings are reported already.
        finding["values"] = compared_values(assertion, names)
        report()


def _run(
    name: str,
    program: ast.Module,
    tests: Mapping[str, int],
    record_error: RecordError,
    added: Mapping[str, object],
) -> None:
    """Run the program, which has the names `added`, then its test functions."""
    module = ModuleType("__main__")
    module.__dict__.update(added)
    sys.modules["__main__"] = module
    threading.excepthook = lambda crash: record_error(
        crash.exc_value or SystemExit(), 0
    )
    if _attempt(lambda: _execute(name, program, module), 0, record_error):
        for test, line in tests.items():
            _attempt(module.__dict__[test], line, record_error)


def _attempt(work: Callable[[], object], line: int, record_error: RecordError) -> bool:
    """Do `work` and return whether it raised nothing; record what it raised."""
    try:
        work()
    except BaseException as error:  # noqa: BLE001 - also a program that exits
        record_error(error, line)
        return False
    return True


def _execute(name: str, program: ast.Module, module: ModuleType) -> None:
    code = compile(program, name, "exec", dont_inherit=True)
    exec(code, module.__dict__)  # noqa: S102 - the purpose of this process


def _parse(
    name: str, blocks: Iterable[Block], findings: list[Fields]
) -> tuple[ast.Module, Mapping[str, int]]:
    """Return the program, and its test functions with their lines."""
    program = ast.Module([], [])
    tests: dict[str, int] = {}
    for block in blocks:
        try:
            tree = ast.parse("\n" * (block["line"] - 1) + block["text"], name)
        except SyntaxError as error:
            findings.append(syntax_finding(error, block["line"]))
            continue
        program.body += tree.body
        if block["role"] == "test":
            for node in tree.body:
                if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                    tests[node.name] = node.lineno
    return program, tests


def _test_lines(blocks: Iterable[Block]) -> frozenset[int]:
    """Return the lines of the file that are code of tests."""
    return frozenset(
        number
        for block in blocks
        if block["role"] == "test"
        for number in range(block["line"], block["line"] + block["text"].count("\n"))
    )


def _listing(name: str, blocks: Iterable[Block]) -> Any:  # noqa: ANN401 - linecache's
    """Return an entry for `linecache` with the program's lines at their numbers."""
    lines: list[str] = []
    for block in blocks:
        text = block["text"].splitlines(keepends=True)
        end = block["line"] - 1 + len(text)
        lines += ["\n"] * (end - len(lines))
        lines[block["line"] - 1 : end] = text
    return (sum(map(len, lines)), None, lines, name)


def _report(
    output: int, mark: bytes, findings: list[Fields], statements: list[Fields]
) -> None:
    """Write the findings and statements on a line, after a mark that no program has."""
    report = {"findings": findings[:MAX_FINDINGS], "stated": statements}
    line = mark + json.dumps(report).encode() + b"\n"
    while line:
        line = line[os.write(output, line) :]
