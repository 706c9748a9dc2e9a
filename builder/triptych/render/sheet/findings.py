"""The rules that Typst applies while it sets the sheet; each returns a message."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TypeAlias

from triptych.render.sheet.layout_report import Remark
from triptych.values.diagnostics import Finding

_MAX_SHOWN_CHARS = 40

Message: TypeAlias = tuple[str, str]
"""The message and the hint."""


def tiny_formula(latex: str) -> Message:
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
    message = f"`{shown}` is too large for print, and is printed in tiny type"
    return message, "split it into several formulas"


def left_out_of_print(what: str) -> Message:
    """Flag that the sheet leaves something out to keep the pages that `pages` names.

    First that is code, then further formulas, then pitfalls. With `pages = "fit"` there
    are as many pages as it takes.
    """
    message = f"the sheet leaves out {what} to have no more pages"
    return message, 'write a larger `pages`, or `pages = "fit"`'


def too_long_for_a_card(side: str) -> Message:
    """Flag a card to cut out that is left out, since it does not fit in 8 points.

    The front is a question or a prompt, in 11 points at least. The back is a summary
    with what to listen for, or the answer of a plain card; where there is no room, it
    goes without pitfalls, then without a formula. The other products have the text.
    """
    message = f"the {side} does not fit on a card to cut out, which is left out"
    return message, "shorten it, or make two of it; or leave `cards` out of `products`"


_RULES: Mapping[str, Callable[[str], Message]] = MappingProxyType(
    {
        "tiny-formula": tiny_formula,
        "left-out-of-print": left_out_of_print,
        "too-long-for-a-card": too_long_for_a_card,
    }
)


def findings(remarks: Iterable[Remark]) -> Iterator[tuple[str, Finding]]:
    """Yield what was found in a document, with the names of the rules.

    A deck's own template may remark more.
    """
    for remark in remarks:
        if remark.rule in _RULES:
            message, hint = _RULES[remark.rule](remark.about)
            yield remark.rule, Finding(remark.place, message, hint)
