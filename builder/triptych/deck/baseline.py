"""The baseline: known warnings, which are not reported.

Each line of the file has a path and a rule. It covers all warnings of the rule in that
file, also later ones.
"""

from collections.abc import Iterable

from triptych.values.diagnostics import Diagnostic, Severity

_MISSING = "missing-baseline"
"""The rule that finds nothing any more once the file is written."""
Known = frozenset[tuple[str, str]]


def load(text: str) -> Known:
    """Return the paths and rules in a baseline file."""
    lines = (line.rpartition(" ") for line in text.splitlines() if line.strip())
    return frozenset((path.strip(), rule) for path, _, rule in lines)


def dump(diagnostics: Iterable[Diagnostic]) -> str:
    """Return the text of a baseline with all warnings and hints of `diagnostics`."""
    rows = {
        f"{diagnostic.span.path} {diagnostic.rule}\n"
        for diagnostic in diagnostics
        if diagnostic.severity is not Severity.ERROR and diagnostic.rule != _MISSING
    }
    return "".join(sorted(rows))


def is_known(diagnostic: Diagnostic, known: Known) -> bool:
    """Return whether `diagnostic` is a warning or a hint in the baseline."""
    place = (str(diagnostic.span.path), diagnostic.rule)
    return diagnostic.severity is not Severity.ERROR and place in known
