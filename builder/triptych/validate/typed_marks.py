r"""Rules over signs of other Markdowns: a reader would see them as they are typed."""

import re
from collections.abc import Iterator
from itertools import pairwise
from types import MappingProxyType

from triptych.dialect.headings import RESERVED
from triptych.dialect.keys import GUIDE_KEYS, QUESTION_KEYS
from triptych.parse.typed import IMAGE, LINK_END, OTHER
from triptych.validate.rule import Scope, quoted_list, suggest
from triptych.validate.typed import matches
from triptych.values.diagnostics import Finding
from triptych.values.document import Document, Fence

_GLUED = re.compile(
    rf"^(?P<signs>##{{1,5}}(?=[^\W\d_])|#(?=(?:{'|'.join(RESERVED)})[ \t]*$))"
    r"(?P<title>.{0,200})",
    re.MULTILINE,
)
_BLOCKS = re.compile(
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
_HIGHLIGHT = re.compile(
    r"(?<![=\w])==(?=[^\s=])(?P<text>[^=\n]{1,200}?)(?<=[^\s=])==(?![=\w])"
)
_ADMONITION = re.compile(
    r"^(?P<signs>:::+(?=[ \t]*\{?\.?[A-Za-z])"
    r"|(?:!!!|\?\?\?\+?)(?=[ \t]+[a-z-]+(?:[ \t]*$|[ \t]+\")))",
    re.MULTILINE,
)
_ALERT = re.compile(r"^(?P<signs>\[!(?P<kind>[A-Za-z]{1,20})\][-+]?)", re.MULTILINE)
_ALERT_KINDS = ("note", "tip", "important", "warning", "caution")
_KINDS = f"its kinds are {quoted_list(k.upper() for k in _ALERT_KINDS)}"
_ATTRIBUTES = re.compile(
    rf"(?<=[{IMAGE}{LINK_END}])\{{[^{{}}\n]{{1,200}}\}}"
    rf"|(?<={OTHER})\{{[ \t]*[.:][^{{}}\n]{{1,200}}\}}"
    r"|(?<=[ \t])\{[ \t]*[.][A-Za-z][^{}\n]{0,200}\}[ \t]*$"
    r"|\{:[ \t]*[.#A-Za-z][^{}\n]{0,200}\}",
    re.MULTILINE,
)
_EMOJI = re.compile(
    r"(?<![\w:])(?::(?:boom|bug|bulb|construction|eyes|exclamation|fire|gear|key|lock"
    r"|memo|point_right|question|rocket|smile|sparkles|star|tada|thumbsup|warning"
    r"|heavy_check_mark|information_source|white_check_mark|zap|x):)(?![\w:])"
)
_HALF_CLOZE = re.compile(r"(?<!\{)\{c\d{1,3}::[^{}\n]{0,500}\}(?!\})")
_KEY_LINE = re.compile(
    rf"(?:{'|'.join(dict.fromkeys((*QUESTION_KEYS, *GUIDE_KEYS)))}):(?:\s|$)"
)


def glued_heading(document: Document, _scope: Scope) -> Iterator[Finding]:
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


def block_in_line(document: Document, _scope: Scope) -> Iterator[Finding]:
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


def highlight_signs(document: Document, _scope: Scope) -> Iterator[Finding]:
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


def admonition_signs(document: Document, _scope: Scope) -> Iterator[Finding]:
    """Flag the boxes of other Markdowns, `:::` and `!!!`: they are shown as typed.

    So is a kind of box in a quotation that GitHub does not know: its kinds are `NOTE`,
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


def attribute_list(document: Document, _scope: Scope) -> Iterator[Finding]:
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


def emoji_code(document: Document, _scope: Scope) -> Iterator[Finding]:
    """Flag `:warning:` and other names of emoji: they are shown as typed.

    Bad:

        :warning: Never do this.

    Good:

        ⚠ Never do this.
    """
    for match in matches(document, _EMOJI):
        message = f"`{match.found[0]}` is no emoji here, and is shown"
        yield Finding(match.span, message, "write the emoji itself")


def half_cloze(document: Document, _scope: Scope) -> Iterator[Finding]:
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


def heading_level(document: Document, _scope: Scope) -> Iterator[Finding]:
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
    sound = {title for opening, title in titles if opening.tag == "h2"}
    for opening, title in titles:
        reserved = next((r for r in RESERVED if r.lower() == title.lower()), "")
        if reserved and opening.tag != "h2" and reserved not in sound:
            message = f"`{opening.markup} {title}` is not the reserved heading"
            yield Finding(document.span(opening), message, f"write `## {reserved}`")


def second_front_matter(document: Document, _scope: Scope) -> Iterator[Finding]:
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
