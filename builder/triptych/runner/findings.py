"""Turn an exception of a program into a finding: a rule, a line, and the details."""

import ast
import re
from collections.abc import Mapping
from importlib.util import find_spec
from traceback import walk_tb
from types import FrameType
from typing import Any

MAX_FINDINGS = 100
"""How many findings of one program are reported."""
_MAX_CHARS = 300
_OUT_OF_MEMORY = re.compile(r"can't allocate memory|not enough memory|bad_alloc")

Fields = dict[str, Any]
"""The fields of a `CodeFinding`, which one process sends to another as JSON."""


def finding_of(error: BaseException, name: str, line: int) -> Fields:
    """Return the finding for `error`, which the program raised at `line`."""
    if isinstance(error, SyntaxError) and error.filename == name:
        return syntax_finding(error, line)
    lines = [number for _, number in _places(error, name)] or [line]
    fields: Fields = {"rule": "unexpected-exception", "line": lines[-1]}
    if lines[0] != lines[-1]:
        fields["caller_line"] = lines[0]
    text = one_line(str(error))
    if isinstance(error, MemoryError) or _OUT_OF_MEMORY.search(text):
        return fields | {"rule": "greedy-code"}
    if isinstance(error, ModuleNotFoundError) and _is_missing(error.name or ""):
        package = (error.name or "").partition(".")[0]
        return fields | {"rule": "missing-package", "detail": package}
    if isinstance(error, AssertionError):
        return fields | {"rule": "failed-assertion", "detail": text}
    detail = ": ".join(filter(None, [type(error).__name__, text]))
    return fields | {"detail": detail}


def syntax_finding(error: SyntaxError, line: int) -> Fields:
    """Return the finding for a program that is not valid Python."""
    return {
        "rule": "invalid-code",
        "line": error.lineno or line,
        "column": error.offset or 0,
        "detail": one_line(error.msg),
    }


def failed_assertion(
    error: BaseException, name: str, program: ast.Module
) -> tuple[ast.Assert, Mapping[str, Any]] | None:
    """Return the `assert` statement that raised `error`, and the variables there."""
    places = list(walk_tb(error.__traceback__))
    if not isinstance(error, AssertionError) or not places:
        return None
    frame, line = places[-1]
    if frame.f_code.co_filename != name:
        return None
    for node in ast.walk(program):
        if isinstance(node, ast.Assert) and _spans(node, line):
            return node, {**frame.f_globals, **frame.f_locals}
    return None


def one_line(text: str, max_chars: int = _MAX_CHARS) -> str:
    """Return `text` on one line and cut to `max_chars` characters."""
    text = re.sub(r"\s+", " ", text).strip()
    return text if len(text) <= max_chars else f"{text[: max_chars - 1]}…"


def _places(error: BaseException, name: str) -> list[tuple[FrameType, int]]:
    """Return the frames and lines of the program in the traceback, outermost first."""
    return [
        (frame, line)
        for frame, line in walk_tb(error.__traceback__)
        if frame.f_code.co_filename == name
    ]


def _spans(node: ast.stmt, line: int) -> bool:
    return node.lineno <= line <= (node.end_lineno or line)


def _is_missing(module: str) -> bool:
    return bool(module) and find_spec(module.partition(".")[0]) is None
