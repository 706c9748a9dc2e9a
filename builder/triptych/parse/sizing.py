"""Read a `sizing` block: a line a row, `requests = users * 12 / 86400  # a second`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from graphlib import TopologicalSorter

from triptych.parse.formula import (
    FUNCTIONS,
    MAX_FORMULA_CHARS,
    FormulaError,
    evaluate,
    names_in,
)
from triptych.values.sizing import SizingError, SizingRow

LANGUAGE = "sizing"
MAX_ROWS = 100
_ROW = re.compile(r"[ \t]*([A-Za-z][A-Za-z0-9_]*)[ \t]*=([^#]*)(?:#(.*))?", re.ASCII)
_INPUT = re.compile(r"[0-9][0-9_.]*(?:[eE][-+]?[0-9]+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a block that has the form of a row."""

    number: int
    name: str
    name_column: int
    formula: str
    formula_column: int
    comment: str


def sizing(text: str) -> tuple[tuple[SizingRow, ...], tuple[SizingError, ...]]:
    """Return the rows of a block with their values, and what is wrong with it."""
    lines, errors = _lines(text)
    if not lines and not errors:
        hint = "write `name = formula  # what it counts`"
        return (), (SizingError(0, 1, 3, "the block has no row", hint),)
    by_name = {line.name: line for line in lines}
    values: dict[str, Fraction] = {}
    failed: set[str] = {error_name for _, error_name in errors if error_name}
    found = [error for error, _ in errors]
    circular = _circular(by_name)
    for name in _order(by_name, circular):
        line = by_name[name]
        used = set(names_in(line.formula))
        if name in circular:
            failed.add(name)
            others = sorted(circular & used - {name})
            through = ", through " + ", ".join(f"`{other}`" for other in others)
            message = f"`{name}` depends on itself{through if others else ''}"
            found.append(
                _error_at_name(line, message, "begin with a number that is known")
            )
            continue
        if used & failed:
            # That row has an error of its own.
            failed.add(name)
            continue
        try:
            values[name] = evaluate(line.formula, values.get, tuple(by_name))
        except FormulaError as error:
            failed.add(name)
            column = line.formula_column + error.start
            length = max(1, error.end - error.start)
            found.append(
                SizingError(line.number, column, length, error.message, error.hint)
            )
    rows = tuple(
        SizingRow(
            line.name,
            line.formula,
            line.comment,
            values[line.name],
            bool(_INPUT.fullmatch(line.formula)),
        )
        for line in lines
        if line.name in values
    )
    return rows, tuple(sorted(found, key=lambda error: (error.line, error.column)))


def _lines(text: str) -> tuple[list[_Line], list[tuple[SizingError, str]]]:
    """Return the rows in order, and each error with the name that lacks a value."""
    lines: list[_Line] = []
    errors: list[tuple[SizingError, str]] = []
    seen: dict[str, int] = {}
    hint = "a row is `name = formula  # what it counts`"
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        start = len(line) - len(line.lstrip()) + 1
        match = _ROW.fullmatch(line)
        if match is None:
            message = "this is no row of a table of estimates"
            length = len(line.strip())
            errors.append((SizingError(number, start, length, message, hint), ""))
            continue
        name, formula = match[1], match[2]
        row = _Line(
            number,
            name,
            match.start(1) + 1,
            formula.strip(),
            match.start(2) + 1 + len(formula) - len(formula.lstrip()),
            (match[3] or "").strip(),
        )
        problem = _name_problem(name, seen)
        if not problem and len(lines) >= MAX_ROWS:
            problem = f"the block has more than {MAX_ROWS} rows", "make two blocks"
        if problem:
            errors.append((_error_at_name(row, *problem), "" if name in seen else name))
            continue
        seen[name] = number
        lines.append(row)
    return lines, errors


def _name_problem(name: str, seen: dict[str, int]) -> tuple[str, str] | None:
    if name in FUNCTIONS:
        return f"`{name}` is a function", "choose another name"
    if name in seen:
        message = f"the name `{name}` is given a second time"
        return message, f"it is {seen[name]} lines below the fence"
    if len(name) > MAX_FORMULA_CHARS:
        return "the name is too long", "choose another"
    return None


def _error_at_name(line: _Line, message: str, hint: str) -> SizingError:
    return SizingError(line.number, line.name_column, len(line.name), message, hint)


def _order(by_name: dict[str, _Line], circular: set[str]) -> Iterator[str]:
    """Yield the names so that each comes after those that its formula needs."""
    graph = {
        name: set() if name in circular else _needs(line, by_name)
        for name, line in by_name.items()
    }
    yield from TopologicalSorter(graph).static_order()


def _circular(by_name: dict[str, _Line]) -> set[str]:
    """Return the names of all rows that depend on themselves."""
    graph = {name: _needs(line, by_name) for name, line in by_name.items()}
    circular = set()
    for name, needs in graph.items():
        reached, waiting = set(needs), list(needs)
        while waiting:
            further = graph[waiting.pop()] - reached
            reached |= further
            waiting += further
        if name in reached:
            circular.add(name)
    return circular


def _needs(line: _Line, by_name: dict[str, _Line]) -> set[str]:
    return set(names_in(line.formula)) & by_name.keys()
