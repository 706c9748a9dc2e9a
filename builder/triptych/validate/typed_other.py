"""Rules over signs of other programs that a reader would see as they are typed."""

import re
from collections.abc import Iterator
from types import MappingProxyType

from triptych.parse.typed import OTHER
from triptych.patterns import lazy_pattern
from triptych.validate.rule import FileScope
from triptych.validate.typed import matches
from triptych.values.diagnostics import Finding
from triptych.values.document import Document

_TEMPLATE = lazy_pattern(r"\{\{(?!c\d{1,3}::)[^{}\n]{1,200}\}\}|\{%[^%\n]{1,200}%\}")
_CLOZE = lazy_pattern(r"\{\{\s*c\d", re.IGNORECASE)
_DOLLAR_BESIDE = lazy_pattern(rf"(?<![\\$\w])\$(?={OTHER})|(?<={OTHER})\$(?![\w$])")
_FOREIGN = lazy_pattern(
    r'^\[TOC\]$|^===[ ]"[^"\n]{1,100}"$|(?<!\w)\^\[[^\]\n]{1,200}\]', re.MULTILINE
)
_SCRIPT = lazy_pattern(
    r"(?<=[^\W_])(?P<sign>[~^])(?P<text>[^\W_]{1,10})(?P=sign)(?![~^])"
)
_SINGLE_TILDES = lazy_pattern(
    r"(?<![\w~\\/`])~(?P<text>[^\W\d_](?:[^~\n/\\]{0,60}[^\s~/\\])?)~(?![\w~/])"
)
_SCRIPT_TAGS = MappingProxyType({"~": "sub", "^": "sup"})
_HALF_BOLD = lazy_pattern(r"(?<!\S)\*\*(?!kw?args\b|args\b)(?=\w+[ ,.]\S)")


def template_signs(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag the braces of Jinja, Liquid or a misspelt cloze: they are shown as typed.

    Nothing fills in a template, and a cloze is `{{c1::text}}`, in the summary.

    Bad:

        The mean is {{ page.mean }}, or {{c1|zero}}.

    Good:

        The mean is `{{ page.mean }}`, or zero.
    """
    summary = set(map(id, document.prose.get("summary", ())))
    for match in matches(document, _TEMPLATE):
        is_cloze = _CLOZE.match(match.found[0])
        # There `bad-cloze` reports it.
        if is_cloze and id(match.passage) in summary:
            continue
        message = f"nothing fills in `{match.found[0]}`, and it is shown"
        hint = "write `{{c1::text}}`, in the summary" if is_cloze else "write it out"
        yield Finding(match.span, message, hint)


def uneven_dollars(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag a formula with one dollar on one side and two on the other.

    Bad:

        The error is $$x$ here.

    Good:

        The error is $x$ here.
    """
    passage, has_formula = None, False
    for match in matches(document, _DOLLAR_BESIDE):
        if match.passage is not passage:  # it may have thousands of dollars
            passage = match.passage
            children = passage.children or ()
            has_formula = any(child.type == "math_inline" for child in children)
        if has_formula:
            message = "this dollar is shown: the formula beside it has one on each side"
            hint = "write `$…$` in a line, and `$$…$$` on lines of its own"
            yield Finding(match.span, message, hint)


def foreign_signs(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag `[TOC]`, tabs and notes in the line as other Markdowns have them.

    The page lists its own headings; a note is `[^1]`, with its text below.

    Bad:

        It holds.^[By the law of large numbers.]

    Good:

        It holds.[^1]

        [^1]: By the law of large numbers.
    """
    for match in matches(document, _FOREIGN):
        message = f"`{match.found[0]}` is shown as typed"
        is_note = match.found[0].startswith("^")
        hint = "write `[^1]`, and the note below" if is_note else "delete it"
        yield Finding(match.span, message, hint)


def half_bold(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag `**` before a word that no other `**` closes: both stars are shown.

    Bad:

        This **is bold text.

    Good:

        This **is bold** text.
    """
    for match in matches(document, _HALF_BOLD):
        message = "nothing closes these stars, and they are shown"
        yield Finding(match.span, message, "write `**words**`")


def script_signs(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag `H~2~O`, `x^2^` and `~text~`: these signs are shown as typed.

    Pandoc lowers, raises and GitHub strikes what stands between them; here two tildes
    on each side strike.

    Bad:

        H~2~O, and 10^6^ of them

    Good:

        H<sub>2</sub>O, and $10^6$ of them
    """
    for match in matches(document, _SCRIPT):
        name = _SCRIPT_TAGS[match.found["sign"]]
        message = f"the signs of `{match.found[0]}` are shown"
        hint = f"write `<{name}>{match.found['text']}</{name}>`, or a formula"
        yield Finding(match.span, message, hint)
    for match in matches(document, _SINGLE_TILDES):
        message = f"the signs of `{match.found[0]}` are shown"
        hint = f"write `~~{match.found['text']}~~` to strike it"
        yield Finding(match.span, message, hint)
