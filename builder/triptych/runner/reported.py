"""Read the report of a program's process, in which the author's code may have written.

What no working process reports makes the whole report invalid.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from triptych.ledger.verdicts import UNPRINTABLE
from triptych.runner.findings import MAX_FINDINGS
from triptych.runner.statements import Statement, statements
from triptych.validate.code import CodeFinding

_RULES = frozenset(
    {
        "deprecated-code",
        "failed-assertion",
        "greedy-code",
        "invalid-code",
        "missing-package",
        "networked-code",
        "unexpected-exception",
    }
)
"""What a process may report; the parent process finds the rest."""
_MAX_CHARS = 1000
_MAX_NUMBER = 1 << 31
_TYPES: Mapping[str, type] = MappingProxyType(
    {
        "rule": str,
        "line": int,
        "column": int,
        "detail": str,
        "values": str,
        "caller_line": int,
    }
)


@dataclass(frozen=True, slots=True)
class ProgramReport:
    """What the process of a program reported at its end."""

    findings: tuple[CodeFinding, ...]
    stated: tuple[Statement, ...]


def read_report(data: bytes) -> ProgramReport | None:
    """Return the report on the first line of `data`; None if that is none."""
    try:
        report = json.loads(data.partition(b"\n")[0])
        findings = tuple(_findings(report["findings"]))
        return ProgramReport(findings, statements(report["stated"]))
    except (AttributeError, LookupError, TypeError, ValueError, RecursionError):
        return None


def visible(text: str) -> str:
    """Return `text` with escapes for characters that `code.lock` cannot contain."""
    return UNPRINTABLE.sub(
        lambda found: found[0].encode("unicode_escape").decode(), text
    )


def _findings(entries: list[Mapping[str, object]]) -> Iterator[CodeFinding]:
    if len(entries) > MAX_FINDINGS:
        raise ValueError("there are too many findings")
    for entry in entries:
        values = {key: _value(key, value) for key, value in entry.items()}
        if values["rule"] not in _RULES:
            raise ValueError("no process reports this")
        yield CodeFinding(**values)  # type: ignore[arg-type]


def _value(key: str, value: object) -> str | int:
    if type(value) is not _TYPES[key]:
        raise TypeError("this is another type")
    if isinstance(value, str):
        return visible(value)[:_MAX_CHARS]
    if not (isinstance(value, int) and 0 <= value < _MAX_NUMBER):
        raise ValueError("no file has that many lines")
    return value
