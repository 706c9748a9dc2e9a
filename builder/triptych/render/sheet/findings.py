"""What Typst finds while it sets the sheet, as diagnostics."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any

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


def left_out_of_print(place: Span, what: str) -> Diagnostic:
    """Flag that the sheet leaves something out to keep the pages that `pages` names.

    First that is code, then further formulas, then pitfalls. With `pages = "fit"` there
    are as many pages as it takes.
    """
    return Diagnostic(
        rule="left-out-of-print",
        span=place,
        message=f"the sheet leaves out {what} to have no more pages",
        hint='write a larger `pages`, or `pages = "fit"`',
        severity=Severity.WARNING,
    )


def too_long_for_a_card(place: Span, side: str) -> Diagnostic:
    """Flag a card to cut out that is left out, since it does not fit in 8 points.

    The front is a question or a prompt, in 11 points at least. The back is a summary
    with what to listen for, or the answer of a plain card; where there is no room, it
    goes without pitfalls, then without a formula. The other products have the text.
    """
    return Diagnostic(
        rule="too-long-for-a-card",
        span=place,
        message=f"the {side} does not fit on a card to cut out, which is left out",
        hint="shorten it, or make two of it; or leave `cards` out of `products`",
        severity=Severity.WARNING,
    )


_RULES: Mapping[str, Callable[[Span, str], Diagnostic]] = MappingProxyType(
    {
        "tiny-formula": tiny_formula,
        "left-out-of-print": left_out_of_print,
        "too-long-for-a-card": too_long_for_a_card,
    }
)


def diagnostics(metadata: Iterable[Mapping[str, Any]]) -> Iterator[Diagnostic]:
    """Yield the diagnostics among the metadata of a document."""
    for item in metadata:
        if item["rule"] in _RULES:
            path, _, line = item["place"].rpartition(":")
            place = Span(PurePosixPath(path), int(line) or 1)
            yield _RULES[item["rule"]](place, item["about"])
