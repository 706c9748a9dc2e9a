"""Rules over headings and blocks that Markdown does not read as such."""

import re
from collections.abc import Iterator
from itertools import pairwise
from types import MappingProxyType

from triptych.dialect.headings import RESERVED
from triptych.dialect.keys import GUIDE_KEYS, QUESTION_KEYS
from triptych.patterns import lazy_pattern
from triptych.validate.rule import FileScope
from triptych.validate.typed import matches
from triptych.values.diagnostics import Finding
from triptych.values.document import Document, Fence

_GLUED = lazy_pattern(
    rf"^(?P<signs>##{{1,5}}(?=[^\W\d_])|#(?=(?:{'|'.join(RESERVED)})[ \t]*$))"
    r"(?P<title>.{0,200})",
    re.MULTILINE,
)
_BLOCKS = lazy_pattern(
    r"(?:\A|\n)(?:(?P<list>[-*+][ ]+\S)|(?P<numbers>1[.)][ ]+\S[^\n]*\n\s*2[.)][ ])"
    r"|(?P<code>```|~~~)|(?P<heading>\#{1,6}[ ]+\S)|(?P<quote>>[ ]+\S))"
)
_BLOCK_NAMES = MappingProxyType(
    {
        "list": "a list",
        "numbers": "a list",
        "code": "a block of code",
        "heading": "a heading",
        "quote": "a quotation",
    }
)
_KEY_LINE = lazy_pattern(
    rf"(?:{'|'.join(dict.fromkeys((*QUESTION_KEYS, *GUIDE_KEYS)))}):(?:\s|$)"
)


def glued_heading(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag `##Title`: without a space after its signs it is no heading.

    `triptych check --fix` adds the space.

    Bad:

        An answer.

        ##In depth

        More.

    Good:

        An answer.

        ## In depth

        More.
    """
    for match in matches(document, _GLUED):
        signs, title = match.found["signs"], match.found["title"].strip()
        message = f"`{signs}{title}` is no heading, and is shown"
        span, fragment = match.place(*match.found.span())
        edits = match.edit(f"{signs} {match.found['title']}") if fragment else ()
        yield Finding(span, message, f"write `{signs} {title}`", edits)


def block_in_line(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag a list, code, a quotation or a heading in a key of one line of Markdown.

    Such a key holds words, formulas and code spans. What would be a block in the body
    is shown in one line, with its signs.

    Bad:

        ---
        question: What is it?
        summary: |
          - one
          - two
        ---
        It is this.

    Good:

        ---
        question: What is it?
        summary: It is one, and it is two.
        ---
        It is this.
    """
    for key, tokens in document.prose.items():
        for token in tokens:
            found = _BLOCKS.search(token.content)
            if found:
                message = f"`{key}` is one line: {_BLOCK_NAMES[found.lastgroup or '']}"
                hint = "write a sentence, or move it into the answer"
                yield Finding(
                    document.span(token), f"{message} is shown as typed", hint
                )


def heading_level(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag a reserved heading of another level: it would be plain text.

    Where the file has that heading with two signs, too, the other is taken for meant.

    Bad:

        An answer.

        # In depth

        More.

    Good:

        An answer.

        ## In depth

        More.
    """
    if document.meta.is_guide:
        return
    titles = [
        (opening, text.content.strip())
        for opening, text in pairwise(document.tokens)
        if opening.type == "heading_open" and not opening.level
    ]
    right = {title for opening, title in titles if opening.tag == "h2"}
    for opening, title in titles:
        reserved = next((r for r in RESERVED if r.lower() == title.lower()), "")
        if reserved and opening.tag != "h2" and reserved not in right:
            message = f"`{opening.markup} {title}` is not the reserved heading"
            yield Finding(document.span(opening), message, f"write `## {reserved}`")


def second_front_matter(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag a second block of keys between `---`: its lines are shown as text.

    A file has one block, at its top.

    Bad:

        ---
        question: What is bias?
        ---

        ---
        tags: [errors]
        ---
        An answer.

    Good:

        ---
        question: What is bias?
        tags: [errors]
        ---
        An answer.
    """
    if document.front_matter.fence is not Fence.CLOSED:
        return
    for rule, opening, text in zip(
        document.tokens, document.tokens[1:], document.tokens[2:], strict=False
    ):
        is_line = rule.type == "hr" and not rule.level and rule.markup.startswith("-")
        opens = opening.type in {"heading_open", "paragraph_open"}
        if is_line and opens and _KEY_LINE.match(text.content):
            message = "this is a second block of front matter: it is shown as text"
            hint = "move its keys into the block at the top of the file"
            yield Finding(document.span(text), message, hint)
