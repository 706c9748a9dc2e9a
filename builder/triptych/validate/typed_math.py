r"""Rules over LaTeX that nothing reads: a reader would see it as it is typed."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from triptych.parse.typed import OTHER, TYPED
from triptych.patterns import lazy_pattern
from triptych.validate.rule import FileScope
from triptych.validate.typed import Match, matches
from triptych.values.diagnostics import Finding, Span
from triptych.values.document import Document

_COMMAND = (
    r"\\(?:(?:begin|end|d?frac|tfrac|sqrt|mathbb|mathbf|mathcal|mathrm|operatorname|hat"
    r"|bar|vec)\{|(?:alpha|beta|gamma|delta|epsilon|theta|lambda|mu|sigma|omega|sum|prod"
    r"|int|infty|cdot|times|leq?|geq?|neq?|approx|sim|partial|nabla|mid|propto)"
    r"(?![A-Za-z]))"
)
_MATH = lazy_pattern(r"\\[A-Za-z]|[\^_=]|^\s*[A-Za-z]\s*$")
_WORDS = lazy_pattern(r"(?<![\\A-Za-z])[A-Za-z]{3,}[,;:.]?\s+[A-Za-z]{2,}")
_DELIMITERS = lazy_pattern(
    r"(?<!\\)\\{1,2}(?:\((?P<inline>.{1,500}?)\\{1,2}\)"
    r"|\[(?P<display>.{1,500}?)\\{1,2}\])",
    re.DOTALL,
)
_SPACED = lazy_pattern(
    r"(?<![\\$\w])\$(?:[ \t]+(?P<left>[^$\n]{1,200}?)[ \t]*"
    r"|(?P<right>[^\s$][^$\n]{0,200}?)[ \t]+)\$(?![\w$])"
)
_TEXT = lazy_pattern(
    rf"\\(?:text|mbox|textrm|textbf|textit|mathrm)\{{[^{{}}${OTHER}]{{0,200}}[${OTHER}]"
)
_TWO_DOLLARS = lazy_pattern(r"(?<![\\$])\$\$(?!\$)")
_UNCLOSED = lazy_pattern(
    r"(?<![\\$\w])\$(?=[^\s$])(?!\$)"
    rf"(?=\\?[A-Za-z]+\^|[A-Za-z]_[\w{{]|[^\s$]{{0,30}}\^[\w{{]|[^$\n]{{0,60}}{_COMMAND})"
)
_SCRIPT_GROUP = (
    r"(?<![\w{}$/.:-])(?:[A-Za-z]|sum|prod|int|lim|max|min|argmax|argmin|log|exp)"
    r"[_^]\{[^{}\n]{1,80}\}"
)
"""A letter or an operator with braces below or above it; a longer word is a name."""
_BARE = lazy_pattern(f"{_COMMAND}|{_SCRIPT_GROUP}")

_MAX_FORMULA_LINES = 40
"""Two dollars that are farther apart are not the ends of one formula."""
_MAX_SHOWN_CHARS = 30
"""A message repeats no more of a formula."""


def tex_delimiter(document: Document, _scope: FileScope) -> Iterator[Finding]:
    r"""Flag `\(…\)` and `\[…\]`: a formula stands between dollars.

    In Markdown the backslash before a bracket means the bracket itself, so a reader
    would see `(x^2)`. `triptych check --fix` writes dollars.

    Bad:

        The loss is \(x^2\).

    Good:

        The loss is $x^2$.
    """
    for match in matches(document, _DELIMITERS):
        display = match.found["display"]
        latex = display or match.found["inline"]
        # A letter between escaped square brackets is a letter in brackets.
        if _is_math(latex) and not (display and len(display.strip()) == 1):
            dollars = "$$" if display else "$"
            written = f"{dollars}{latex.strip()}{dollars}"
            edits = match.edit(written) if "$" not in latex else ()
            message = f"`{_cut(match.found[0])}` is no formula, and is shown"
            yield Finding(match.span, message, f"write `{_cut(written)}`", edits)


def spaced_math(document: Document, _scope: FileScope) -> Iterator[Finding]:
    r"""Flag `$ x^2 $`: with a space beside its dollars a formula is plain text.

    So `$5 and $6` can be prices. `triptych check --fix` takes the spaces out.

    Bad:

        The loss is $ x^2 $.

    Good:

        The loss is $x^2$.
    """
    for match in matches(document, _SPACED):
        latex = match.found["left"] or match.found["right"]
        if _is_math(latex):
            message = f"`{_cut(match.found[0])}` is no formula: it has spaces inside"
            written = f"${latex.strip()}$"
            hint = f"write `{_cut(written)}`"
            yield Finding(match.span, message, hint, match.edit(written))


def dollar_in_text(document: Document, _scope: FileScope) -> Iterator[Finding]:
    r"""Flag a dollar within `\text{…}`: it ends the formula around it.

    Bad:

        $\text{if $x > 0$}$

    Good:

        $\text{if } x > 0$
    """
    for match in matches(document, _TEXT):
        message = "a dollar within `\\text{…}` ends the formula"
        yield Finding(match.span, message, "close the text first: `\\text{if } x > 0`")


def unclosed_math(document: Document, _scope: FileScope) -> Iterator[Finding]:
    r"""Flag dollars that open no formula: they are shown as dollars.

    A formula between `$$` must close before the next blank line, one between `$` within
    its paragraph; and no space may stand beside the inner side of a `$`.

    Bad:

        The loss is $x^2 + y.

    Good:

        The loss is $x^2 + y$.
    """
    yield from _unclosed_display(list(matches(document, _TWO_DOLLARS)))
    for match in matches(document, _UNCLOSED):
        typed = match.passage.meta[TYPED]
        if not (_TEXT.search(typed) or _in_spaced(typed, match.found.start())):
            message = "this dollar opens no formula, and is shown"
            yield Finding(match.span, message, "close it with `$`, or write \\$")


def _unclosed_display(found: list[Match]) -> Iterator[Finding]:
    """Yield the pairs of dollars that stand alone; two beside a blank line are one."""
    closing: Span | None = None
    for match, following in zip_longest(found, found[1:]):
        if match.span == closing:
            continue
        message = "these dollars open no formula"
        hint = "close it with `$$` before the next blank line, or write \\$"
        if following and _is_broken(match, following):
            closing = following.span
            message = "a blank line breaks this formula, and it is shown"
            hint = f"take out the blank lines before line {closing.line}"
        yield Finding(match.span, message, hint)


def _is_broken(opening: Match, closing: Match) -> bool:
    """Return whether the two dollars stand around a formula with a blank line."""
    begin, end = opening.span.line, closing.span.line
    source = opening.document.source
    lines = [source.line(line) for line in range(begin, end + 1)]
    between = "\n".join(lines)
    return (
        len(lines) <= _MAX_FORMULA_LINES
        and any(not line.strip() for line in lines)
        and not _WORDS.search(between)
        and bool(_MATH.search(between))
    )


def bare_latex(document: Document, _scope: FileScope) -> Iterator[Finding]:
    r"""Flag LaTeX outside dollars, such as a bare `\begin{align}`: it is shown as text.

    Bad:

        \begin{cases} 1 \\ 0 \end{cases}

    Good:

        $$\begin{cases} 1 \\ 0 \end{cases}$$
    """
    others = (_DELIMITERS, _TEXT, _TWO_DOLLARS, _UNCLOSED, _SPACED)
    seen: set[int] = set()
    for match in matches(document, _BARE):
        typed = match.passage.meta[TYPED]
        if id(match.passage) in seen or any(p.search(typed) for p in others):
            continue
        seen.add(id(match.passage))
        message = (
            f"`{match.found[0].rstrip('{')}` is LaTeX outside a formula, and is shown"
        )
        hint = "put the formula between dollars, or code between backticks"
        yield Finding(match.span, message, hint)


def _is_math(latex: str) -> bool:
    return bool(_MATH.search(latex)) and not _WORDS.search(latex)


def _in_spaced(typed: str, place: int) -> bool:
    return any(m.start() <= place < m.end() for m in _SPACED.finditer(typed))


def _cut(text: str) -> str:
    """Return `text` on one line, or the beginning of it."""
    line = " ".join(text.split())
    return line if len(line) <= _MAX_SHOWN_CHARS else f"{line[:_MAX_SHOWN_CHARS]}…"
