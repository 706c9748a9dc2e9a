"""Rules over text that Markdown reads otherwise than its author means it."""

import re
from collections.abc import Iterator
from itertools import pairwise

from triptych.parse.typed import TYPED
from triptych.patterns import lazy_pattern
from triptych.validate.rule import FileScope
from triptych.validate.typed import matches
from triptych.values.diagnostics import Finding
from triptych.values.document import Document

_EMPHASIS = lazy_pattern(
    r"(?<![\w*\\/])\*\*(?:[ \t]+[^*\n]{1,200}?[ \t]*|[^\s*][^*\n]{0,200}?[ \t]+)"
    r"\*\*(?![\w*/])"
)
_WORD = lazy_pattern(r"[^\W\d_]{2}")
_ENTITY = lazy_pattern(
    r"(?<![/?=&])&(?:nbsp|lt|gt|amp|quot|mdash|ndash|hellip|times|rarr|larr|le|ge)"
    r"(?![;\w=])"
)
_BACKTICK = lazy_pattern(r"(?<![\\`])`(?!`)")
_MARKER = (
    r"(?:[-+*](?=[^\W\d_]|\[[ xX]\] )|[\u2022\u2013\u00b7\u25cf][ \t]*"
    r"|(?:[2-9]|[1-9]\d)[.)][ \t]+)"
)
_LIST = lazy_pattern(
    rf"^[ \t]*{_MARKER}\S[^\n]*\n(?:[^\n]+\n){{0,3}}?[ \t]*{_MARKER}\S"
    # A number that stands right beside its word counts only where two follows one.
    r"|^[ \t]*1(?P<sign>[.)])(?=[^\W\d_]{2})[^\n]*\n(?:[^\n]+\n){0,3}?"
    r"[ \t]*2(?P=sign)(?=[^\W\d_]{2})",
    re.MULTILINE,
)
_PAIR = 2
_MIN_SENTENCE_CHARS = 60
_SPECIAL_NAMES = frozenset(
    (
        *("add", "all", "and", "annotations", "bool", "call", "class", "contains"),
        *("copy", "deepcopy", "del", "delattr", "delitem", "dict", "dir", "doc"),
        *("enter", "eq", "exit", "file", "float", "format", "ge", "get", "getattr"),
        *("getattribute", "getitem", "gt", "hash", "iadd", "import", "index", "init"),
        *("int", "invert", "iter", "le", "len", "lt", "main", "matmul", "missing"),
        *("mod", "module", "mro", "mul", "name", "ne", "neg", "new", "next", "or"),
        *("path", "post_init", "pow", "qualname", "radd", "repr", "reversed", "round"),
        *("set", "setattr", "setitem", "slots", "str", "sub", "truediv", "version"),
    )
)
"""The names that Python writes between two underscores on each side."""


def loose_emphasis(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag `** text **`: with spaces inside its stars nothing is bold.

    `triptych check --fix` takes the spaces out where the passage has no other stars.

    Bad:

        This is ** important **.

    Good:

        This is **important**.
    """
    for match in matches(document, _EMPHASIS):
        written = f"**{match.found[0].strip('*').strip()}**"
        if _WORD.search(written):
            message = "these stars are shown: they have spaces inside"
            # Others around it may have opened or closed where nobody meant them to.
            is_alone = match.passage.content.count("**") == _PAIR
            edits = match.edit(written) if is_alone else ()
            yield Finding(match.span, message, f"write `{written}`", edits)


def half_entity(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag `&nbsp` without its semicolon: it is shown as typed.

    `triptych check --fix` adds it.

    Bad:

        10&nbsp km

    Good:

        10&nbsp;km
    """
    for match in matches(document, _ENTITY):
        written = f"{match.found[0]};"
        message = f"`{match.found[0]}` is shown: its semicolon is missing"
        yield Finding(match.span, message, f"write `{written}`", match.edit(written))


def unclosed_code(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag a backtick that opens no code: it is shown as typed.

    Bad:

        Call `len(x) for its length.

    Good:

        Call `len(x)` for its length.
    """
    for match in matches(document, _BACKTICK):
        typed, span = match.passage.meta[TYPED], match.span
        opens = typed[match.found.end() :][:1].strip() and typed.count("`") == 1
        # In a row of a table a bar may part the two backticks of a code.
        if opens and document.source.line(span.line).count("`") % 2:
            message = "this backtick opens no code, and is shown"
            yield Finding(span, message, "close the code with a backtick")


def glued_list(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag lines that look like a list and are one paragraph: they run together.

    An item begins with `-` and a space, or a number, a dot and a space. A list that
    does not begin with 1 needs an empty line above it.

    Bad:

        Two uses:
        • training
        • testing

    Good:

        Two uses:

        - training
        - testing
    """
    for match in matches(document, _LIST):
        message = "these lines are no list: they run together in one paragraph"
        hint = "begin each with `- `, below an empty line"
        yield Finding(match.span, message, hint)


def sentence_heading(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag a paragraph that `---` right below it makes a heading.

    Bad:

        The loss falls at first, and then
        it rises again on the test set.
        ---

    Good:

        The loss falls at first, and then
        it rises again on the test set.

        ---
    """
    for opening, text in pairwise(document.tokens):
        if opening.type != "heading_open" or opening.markup != "-":
            continue
        title = text.content.strip()
        is_long = "\n" in title or len(title) > _MIN_SENTENCE_CHARS
        if is_long and title.endswith("."):
            message = "the line `---` makes a heading of this paragraph"
            yield Finding(document.span(text), message, "put an empty line above it")


def lost_underscores(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag `__init__` in prose: Markdown makes it bold, without its underscores.

    Bad:

        Python calls __init__ first.

    Good:

        Python calls `__init__` first.
    """
    if all(token.markup != "__" for token in document.find("strong_open")):
        return
    for token in document.find("inline"):
        children = token.children or []
        for opening, text, closing in zip(
            children, children[1:], children[2:], strict=False
        ):
            if (
                opening.type == "strong_open"
                and opening.markup == "__"
                and closing.type == "strong_close"
                and text.content in _SPECIAL_NAMES
            ):
                name = f"__{text.content}__"
                message = f"`{name}` is bold here, and has no underscores"
                hint = f"write it as code: `` `{name}` ``"
                yield Finding(document.span(token), message, hint)
