"""What Typst finds while it sets the sheet, as diagnostics."""

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from types import MappingProxyType

from triptych.values.diagnostics import Diagnostic, Severity, Span

_MAX_SHOWN_CHARS = 40


def tiny_formula(place: Span, latex: str) -> Diagnostic:
    r"""Flag a formula that is too wide or too high for print, even on several lines.

    A display formula that is wider than its column shrinks to 60 % at most, then it
    breaks before its relations or sums. What still does not fit is printed in smaller
    type than anybody can read: split it into several formulas.

    Bad:

        $$\begin{pmatrix} a_1 & a_2 & … & a_{40} \end{pmatrix}$$

    Good:

        $$\begin{pmatrix} a_1 & \dots & a_{40} \end{pmatrix}$$
    """
    shown = " ".join(latex.split())
    if len(shown) > _MAX_SHOWN_CHARS:
        shown = f"{shown[:_MAX_SHOWN_CHARS]}…"
    return Diagnostic(
        rule="tiny-formula",
        span=place,
        message=f"`{shown}` is too large for print, and is printed in tiny type",
        hint="split it into several formulas",
        severity=Severity.WARNING,
    )


_RULES: Mapping[str, Callable[[Span, str], Diagnostic]] = MappingProxyType(
    {"tiny-formula": tiny_formula}
)


def diagnostic(told: Mapping[str, str]) -> Diagnostic:
    """Return the diagnostic of what a template told."""
    path, _, line = told["place"].rpartition(":")
    place = Span(PurePosixPath(path), int(line) or 1)
    return _RULES[told["rule"]](place, told["about"])
