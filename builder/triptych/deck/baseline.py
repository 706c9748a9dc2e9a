"""The baseline: known warnings, which are not reported.

Each line of the file has a path and a rule. It covers all warnings of the rule in that
file, also later ones. A key that the deck requires and a file lacks is an error, unless
the baseline has it: so files that others wrote can join a deck.
"""

from collections.abc import Iterable

from triptych.values.diagnostics import Diagnostic, Severity

MISSING = "missing-baseline"
"""The rule that finds nothing any more once the file is written."""
REQUIRED = "missing-key"
"""The rule whose errors the baseline makes warnings, where the deck requires a key."""
NAME = "known-warnings"
"""The name of the file where deck.toml has none."""
Known = frozenset[tuple[str, str]]


def load(text: str) -> Known:
    """Return the paths and rules in a baseline file."""
    lines = (line.rpartition(" ") for line in text.splitlines() if line.strip())
    return frozenset((path.strip(), rule) for path, _, rule in lines)


def dump(diagnostics: Iterable[Diagnostic]) -> str:
    """Return the text of a baseline with all warnings and hints of `diagnostics`."""
    return text_of(known_of(diagnostics))


def known_of(diagnostics: Iterable[Diagnostic]) -> Known:
    """Return where warnings and hints of `diagnostics` are, and of which rules."""
    return frozenset(
        (str(diagnostic.span.path), diagnostic.rule)
        for diagnostic in diagnostics
        if diagnostic.severity is not Severity.ERROR and diagnostic.rule != MISSING
    )


def text_of(known: Known) -> str:
    """Return the text of a baseline file."""
    return "".join(sorted(f"{path} {rule}\n" for path, rule in known))


def is_known(diagnostic: Diagnostic, known: Known) -> bool:
    """Return whether `diagnostic` is a warning or a hint in the baseline."""
    place = (str(diagnostic.span.path), diagnostic.rule)
    return diagnostic.severity is not Severity.ERROR and place in known
