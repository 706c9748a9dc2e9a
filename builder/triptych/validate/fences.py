"""Rules over fenced code that does not end where its author thinks."""

import re
from collections.abc import Iterator

from markdown_it.token import Token

from triptych.dialect.headings import RESERVED
from triptych.validate.rule import FileScope
from triptych.values.diagnostics import Finding, Severity
from triptych.values.document import Document

_RESERVED = re.compile(rf"^## (?:{'|'.join(RESERVED)})[ \t]*$", re.MULTILINE)
_OPENING = re.compile(r"^ {0,3}(`{3,}|~{3,})[ \t]*\{?[.A-Za-z][^`\n]*$", re.MULTILINE)

_PROSE = re.compile(
    r"(?<![\w*])\*\*[A-Za-z][^*\n]{0,100}\*\*(?!\w)"
    r"|!?\[[^\]\n]{1,100}\]\((?:https?://|[\w./-]{1,100}\.(?:md|png|svg|jpe?g))"
)
_CODE = re.compile(r"[;{}]\s*$|^\s*(?:def|import|from|for|if|return)\b", re.MULTILINE)


def unclosed_fence(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag a fence of code that is never closed: it takes in all that follows.

    It ends with a line of as many signs as it begins with, and nothing else. A fence
    that has another one inside is taken for unclosed, too: to show a fence, begin with
    more signs than it has. Where a reserved heading is part of the code, notes would
    be lost, which is an error.

    Bad:

        ```python
        x = 1

        The answer is one.

    Good:

        ```python
        x = 1
        ```

        The answer is one.
    """
    fences = [token for token in document.tokens if token.type == "fence"]
    unclosed = [token for token in fences if not _is_closed(token)]
    doubtful = [token for token in fences if _opens_another(token)]
    if not unclosed and not doubtful:
        return
    # A missing fence turns the later ones round, so the first with one is unclosed.
    with_heading = [token for token in fences if _RESERVED.search(token.content)]
    for token in with_heading[:1] or doubtful[:1] or unclosed[:1]:
        heading = _RESERVED.search(token.content)
        message, severity = "this fence is never closed", Severity.WARNING
        if heading:
            message += f": `{heading[0].strip()}` is part of its code"
            severity = Severity.ERROR
        hint = f"end the code with a line `{token.markup}`"
        yield Finding(document.span(token), message, hint, severity=severity)


def _is_closed(fence: Token) -> bool:
    begin, end = fence.map or (0, 0)
    lines = fence.content.count("\n") + (not fence.content.endswith("\n"))
    # Of an unclosed fence only the first line is no code.
    return end - begin - (lines if fence.content else 0) > 1


def _opens_another(fence: Token) -> bool:
    return any(
        found[1].startswith(fence.markup) for found in _OPENING.finditer(fence.content)
    )


def indented_prose(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag Markdown that four spaces, or a tab, before its lines make code.

    Bad:

        An answer.

            It is **important** here.

    Good:

        An answer.

        It is **important** here.
    """
    for token in document.find("code_block"):
        if _PROSE.search(token.content) and not _CODE.search(token.content):
            message = "these lines are code, as they are indented by four spaces"
            hint = "take the spaces out, or put code between two lines of backticks"
            yield Finding(document.span(token), message, hint)
