r"""Rules over signs of other Markdowns: a reader would see them as they are typed."""

import re
from collections.abc import Iterator

from triptych.parse.typed import IMAGE, LINK_END, OTHER
from triptych.patterns import lazy_pattern
from triptych.validate.rule import FileScope, quoted_list, suggest
from triptych.validate.typed import matches
from triptych.values.diagnostics import Finding
from triptych.values.document import Document

_HIGHLIGHT = lazy_pattern(
    r"(?<![=\w])==(?=[^\s=])(?P<text>[^=\n]{1,200}?)(?<=[^\s=])==(?![=\w])"
)
_ADMONITION = lazy_pattern(
    r"^(?P<signs>:::+(?=[ \t]*\{?\.?[A-Za-z])"
    r"|(?:!!!|\?\?\?\+?)(?=[ \t]+[a-z-]+(?:[ \t]*$|[ \t]+\")))",
    re.MULTILINE,
)
_ALERT = lazy_pattern(r"^(?P<signs>\[!(?P<kind>[A-Za-z]{1,20})\][-+]?)", re.MULTILINE)
_ALERT_KINDS = ("note", "tip", "important", "warning", "caution")
_KINDS = f"its kinds are {quoted_list(k.upper() for k in _ALERT_KINDS)}"
_ATTRIBUTES = lazy_pattern(
    rf"(?<=[{IMAGE}{LINK_END}])\{{[^{{}}\n]{{1,200}}\}}"
    rf"|(?<={OTHER})\{{[ \t]*[.:][^{{}}\n]{{1,200}}\}}"
    r"|(?<=[ \t])\{[ \t]*[.][A-Za-z][^{}\n]{0,200}\}[ \t]*$"
    r"|\{:[ \t]*[.#A-Za-z][^{}\n]{0,200}\}",
    re.MULTILINE,
)
_EMOJI = lazy_pattern(
    r"(?<![\w:])(?::(?:boom|bug|bulb|construction|eyes|exclamation|fire|gear|key|lock"
    r"|memo|point_right|question|rocket|smile|sparkles|star|tada|thumbsup|warning"
    r"|heavy_check_mark|information_source|white_check_mark|zap|x):)(?![\w:])"
)
_HALF_CLOZE = lazy_pattern(r"(?<!\{)\{c\d{1,3}::[^{}\n]{0,500}\}(?!\})")


def highlight_signs(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag `==text==`: it marks nothing here, and its signs are shown.

    Bad:

        the ==key== term

    Good:

        the **key** term, or the <mark>key</mark> term
    """
    for match in matches(document, _HIGHLIGHT):
        message = f"the signs of `{match.found[0]}` are shown"
        hint = f"write `**{match.found['text']}**`, or `<mark>` around it"
        yield Finding(match.span, message, hint)


def admonition_signs(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag the boxes of other Markdowns, `:::` and `!!!`: they are shown as typed.

    So is a kind of box in a quotation that GitHub does not have: its kinds are `NOTE`,
    `TIP`, `IMPORTANT`, `WARNING` and `CAUTION`, each alone on its line.

    Bad:

        !!! warning
            Never do this.

    Good:

        > [!WARNING]
        > Never do this.
    """
    for match in matches(document, _ADMONITION):
        message = f"`{match.found['signs']}` opens no box here, and is shown"
        hint = "write a quotation whose first line is `> [!NOTE]`"
        yield Finding(match.span, message, hint)
    for match in matches(document, _ALERT):
        message = f"`{match.found['signs']}` opens no box, and is shown"
        hint = suggest(match.found["kind"], _ALERT_KINDS, _KINDS)
        if match.found["kind"].lower() in _ALERT_KINDS:
            hint = "leave it alone on the first line of its quotation"
        yield Finding(match.span, message, hint)


def attribute_list(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag attributes in braces after a picture, a link or a heading: they are shown.

    Bad:

        [The paper](https://arxiv.org/abs/1706.03762){target=_blank}

    Good:

        [The paper](https://arxiv.org/abs/1706.03762)
    """
    for match in matches(document, _ATTRIBUTES):
        written = match.found[0].strip()
        message = f"nothing reads `{written}`: it is shown"
        yield Finding(match.span, message, "delete it")


def emoji_code(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag `:warning:` and other names of emoji: they are shown as typed.

    Bad:

        :warning: Never do this.

    Good:

        ⚠ Never do this.
    """
    for match in matches(document, _EMOJI):
        message = f"`{match.found[0]}` is no emoji here, and is shown"
        yield Finding(match.span, message, "write the emoji itself")


def half_cloze(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag `{c1::text}`: a cloze has two braces on each side.

    `triptych check --fix` doubles them in a summary, where clozes are read.

    Bad:

        ---
        question: What is bias?
        summary: Bias is {c1::underfitting}.
        ---
        An answer.

    Good:

        ---
        question: What is bias?
        summary: Bias is {{c1::underfitting}}.
        ---
        An answer.
    """
    summary = set(map(id, document.prose.get("summary", ())))
    for match in matches(document, _HALF_CLOZE):
        written = f"{{{match.found[0]}}}"
        edits = match.edit(written) if id(match.passage) in summary else ()
        message = "a cloze has two braces: this one is shown"
        yield Finding(match.span, message, f"write `{written}`", edits)
