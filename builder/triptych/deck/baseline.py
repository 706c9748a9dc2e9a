"""The warnings that a deck lives with, so that an old one can adopt new rules.

A line of the file names a path and a rule: later ones of the same kind are known too.
"""

from collections.abc import Iterable

from triptych.values.diagnostics import Diagnostic, Severity

Known = frozenset[tuple[str, str]]


def load(text: str) -> Known:
    """Return the paths and rules that a baseline file names."""
    lines = (line.rpartition(" ") for line in text.splitlines() if line.strip())
    return frozenset((path.strip(), rule) for path, _, rule in lines)


def dump(found: Iterable[Diagnostic]) -> str:
    """Return the file that makes all warnings among `found` known."""
    rows = {
        f"{diagnostic.span.path} {diagnostic.rule}\n"
        for diagnostic in found
        if diagnostic.severity is Severity.WARNING
    }
    return "".join(sorted(rows))


def is_known(diagnostic: Diagnostic, known: Known) -> bool:
    """Return whether a warning is one that the deck lives with."""
    place = (str(diagnostic.span.path), diagnostic.rule)
    return diagnostic.severity is Severity.WARNING and place in known
