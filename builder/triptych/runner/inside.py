"""The process that runs one program, with the standard library and nothing else.

Blocks are parsed at the lines where they stand in the Markdown file, so that all that
Python says speaks of that file. Nothing is added to the program: it finds the names
that a fresh file would find.
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

from triptych.runner.guards import close_network, limit, raise_memory, watch_warnings
from triptych.runner.telling import Told, failed_assertion, tell, tell_syntax
from triptych.runner.values import compared

Block = Mapping[str, Any]
Note = Callable[[BaseException, int], None]


def main(scratch: str) -> None:
    """Run the program that `job.json` in the folder `scratch` describes."""
    folder = Path(scratch)
    job: dict[str, Any] = json.loads((folder / "job.json").read_text("utf-8"))
    name: str = job["name"]
    found: list[Told] = []
    asserted: list[tuple[Told, ast.Assert, Mapping[str, Any]]] = []
    report = partial(_report, folder, found)
    sys.argv = [name]
    linecache.cache[name] = _listing(name, job["blocks"])
    limit(job, folder / "trace.txt")
    close_network(name, found)
    watch_warnings(name, found)
    program, tests = _parsed(name, job["blocks"], found)

    def note(error: BaseException, line: int) -> None:
        raise_memory()
        told = tell(error, name, line)
        found.append(told)
        failed = failed_assertion(error, name, program)
        if failed:
            told["line"] = failed[0].lineno
            asserted.append((told, *failed))

    if not any(told["rule"] == "invalid-code" for told in found):
        _run(name, program, tests, note)
    sys.stdout.flush()
    report()
    for told, assertion, names in asserted:
        # Asked last, when nothing that the answer does can hide a finding.
        told["values"] = compared(assertion, names)
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
    name: str, blocks: Iterable[Block], found: list[Told]
) -> tuple[ast.Module, Mapping[str, int]]:
    """Return the program, and its test functions with their lines."""
    program = ast.Module([], [])
    tests: dict[str, int] = {}
    for block in blocks:
        try:
            tree = ast.parse("\n" * (block["line"] - 1) + block["text"], name)
        except SyntaxError as error:
            found.append(tell_syntax(error, block["line"]))
            continue
        program.body += tree.body
        if block["role"] == "test":
            for node in tree.body:
                if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                    tests[node.name] = node.lineno
    return program, tests


def _listing(name: str, blocks: Iterable[Block]) -> Any:  # noqa: ANN401 - linecache's
    """Return the program's lines where they stand, for whoever asks for its source."""
    lines: list[str] = []
    for block in blocks:
        text = block["text"].splitlines(keepends=True)
        end = block["line"] - 1 + len(text)
        lines += ["\n"] * (end - len(lines))
        lines[block["line"] - 1 : end] = text
    return (sum(map(len, lines)), None, lines, name)


def _report(folder: Path, found: list[Told]) -> None:
    """Write what was found, whole or not at all."""
    part = folder / "report.part"
    part.write_text(json.dumps(found), encoding="utf-8")
    part.replace(folder / "report.json")
