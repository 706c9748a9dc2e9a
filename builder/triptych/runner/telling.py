"""An exception becomes what is told of it: a rule, a line of the Markdown, words."""

import ast
import re
from collections.abc import Mapping
from importlib.util import find_spec
from traceback import walk_tb
from types import FrameType
from typing import Any

_WIDEST = 300
_OUT_OF_MEMORY = re.compile(r"can't allocate memory|not enough memory|bad_alloc")

Told = dict[str, Any]
"""The fields of a `Mishap`."""


def tell(error: BaseException, name: str, line: int) -> Told:
    """Return what to tell of `error`, which was raised by the program at `line`."""
    if isinstance(error, SyntaxError) and error.filename == name:
        return tell_syntax(error, line)
    lines = [number for _, number in _places(error, name)] or [line]
    told: Told = {"rule": "unexpected-exception", "line": lines[-1]}
    if lines[0] != lines[-1]:
        told["called"] = lines[0]
    text = one_line(str(error))
    if isinstance(error, MemoryError) or _OUT_OF_MEMORY.search(text):
        return told | {"rule": "greedy-code"}
    if isinstance(error, ModuleNotFoundError) and _is_absent(error.name or ""):
        package = (error.name or "").partition(".")[0]
        return told | {"rule": "missing-package", "said": package}
    if isinstance(error, AssertionError):
        return told | {"rule": "failed-assertion", "said": text}
    said = ": ".join(filter(None, [type(error).__name__, text]))
    return told | {"said": said}


def tell_syntax(error: SyntaxError, line: int) -> Told:
    """Return what to tell of a program that is not Python."""
    return {
        "rule": "invalid-code",
        "line": error.lineno or line,
        "column": error.offset or 0,
        "said": one_line(error.msg),
    }


def failed_assertion(
    error: BaseException, name: str, program: ast.Module
) -> tuple[ast.Assert, Mapping[str, Any]] | None:
    """Return the `assert` of the program that raised `error`, and the names it saw."""
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


def one_line(text: str, widest: int = _WIDEST) -> str:
    """Return `text` on one line and cut to `widest` characters."""
    text = re.sub(r"\s+", " ", text).strip()
    return text if len(text) <= widest else f"{text[: widest - 1]}…"


def _places(error: BaseException, name: str) -> list[tuple[FrameType, int]]:
    """Return where the program was, outermost first."""
    return [
        (frame, line)
        for frame, line in walk_tb(error.__traceback__)
        if frame.f_code.co_filename == name
    ]


def _spans(node: ast.stmt, line: int) -> bool:
    return node.lineno <= line <= (node.end_lineno or line)


def _is_absent(module: str) -> bool:
    return bool(module) and find_spec(module.partition(".")[0]) is None
