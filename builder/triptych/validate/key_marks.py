r"""Rules over what print shows of a question: marked formulas and code, typed math."""

from collections.abc import Iterator

from markdown_it.token import Token

from triptych.dialect.sizes import MAX_KEY_CODE_CHARS, MAX_KEY_CODE_LINES
from triptych.parse.key_marks import KEY
from triptych.parse.math import DISPLAY_FORMULAS
from triptych.patterns import lazy_pattern
from triptych.validate.rule import FileScope
from triptych.values.diagnostics import Finding, Span
from triptych.values.document import Document

_SCRIPT = lazy_pattern(r"[_^]\s*(?:\{[^{}]*\}|\\[A-Za-z]+|.)")
_RELATION = lazy_pattern(
    r"[=<>\u2190-\u21ff\u2208\u221d\u223c\u2243-\u2249\u2260-\u226b\u2282\u2286]"
    r"|\\(?:approx|asymp|coloneqq|cong|doteq|equiv|ge|geq|gets|gg|gt|iff|implies|in|le"
    r"|leftarrow|Leftrightarrow|leq|ll|longrightarrow|lt|mapsto|ne|neq|Rightarrow"
    r"|rightarrow|propto|sim|simeq|subset|subseteq|supset|to|triangleq)(?![A-Za-z])"
)
_OTHER = "\ufdd0"
_TYPED = lazy_pattern(
    r"(?<![\w^])[A-Za-z]\w?\^[\w({-]"
    r"|(?<![\w-])[A-Za-z0-9] - [A-Za-z0-9](?![\w-])"
    r"|\) - [A-Za-z]{1,2}(?![\w-])|(?<![\w-])-log [a-z]\b|(?<![\w-])[a-z] log [a-z]\b"
    r"|(?<![\w/])[A-Za-z0-9]{1,2}/\((?=\w)|(?<=\w\))\s?/\s?[A-Za-z0-9](?!\w)"
)
_MAX_SHOWN_CHARS = 30


def nameless_formula(document: Document, _scope: FileScope) -> Iterator[Finding]:
    r"""Flag a key formula without a relation sign: on paper nobody knows what it is.

    In an answer the words around a formula say what it stands for. The sheet shows the
    formula alone, so it has to begin with a name and `=`, `\le`, `\propto`, `\sim` or
    another such sign.

    Bad:

        $$\frac{x^\top y}{\lVert x\rVert \lVert y\rVert}$$ {.key}

    Good:

        $$\cos(x, y) = \frac{x^\top y}{\lVert x\rVert \lVert y\rVert}$$ {.key}
    """
    for token in document.find(*DISPLAY_FORMULAS):
        if KEY in token.meta and not has_relation(token.content):
            message = "this key formula says nothing of what it is equal to"
            hint = "begin it with a name and a relation sign, as in `y = …`"
            yield Finding(document.span(token), message, hint)


def has_relation(latex: str) -> bool:
    r"""Return whether a formula has a relation sign outside its scripts.

    >>> has_relation(r"\sum_{i=1}^n x_i"), has_relation(r"\bar x = 1")
    (False, True)
    """
    shorter = _SCRIPT.sub(" ", latex)
    while shorter != latex:
        latex, shorter = shorter, _SCRIPT.sub(" ", shorter)
    return bool(_RELATION.search(latex))


def unused_key(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag `{.key}` where print cannot show what it marks.

    Print shows at most 12 lines of code of at most 72 characters, no tests, and nothing
    of guides.

    Bad:

        ```python test {.key}
        assert f(1) == 1
        ```

    Good:

        ```python solution {.key}
        def f(x):
            return x
        ```
    """
    for token in document.find("fence", "sizing", *DISPLAY_FORMULAS):
        reason = _reason(document, token) if KEY in token.meta else ""
        if reason:
            hint = "mark a formula, or a few lines of code"
            yield Finding(document.span(token), f"print cannot show {reason}", hint)


def _reason(document: Document, token: Token) -> str:
    """Return why print cannot show what is marked; nothing if it can."""
    if document.meta.is_guide:
        return "a key of a guide"
    if token.type != "fence":
        return ""
    if token.meta["role"] == "test":
        return "a test as a key"
    lines = token.content.rstrip("\n").split("\n")
    if len(lines) > MAX_KEY_CODE_LINES:
        return f"{len(lines)} lines of code as a key, only {MAX_KEY_CODE_LINES}"
    width = max(map(len, lines))
    if width > MAX_KEY_CODE_CHARS:
        return f"a key of {width} characters a line, only {MAX_KEY_CODE_CHARS}"
    return ""


def typed_math(document: Document, _scope: FileScope) -> Iterator[Finding]:
    r"""Flag mathematics in prose that is typed as text, such as `X^T(p - y)/n`.

    As a formula it gets its minus sign, its raised letters and its spaces, and does not
    break in the middle.

    Bad:

        The gradient is X^T(p - y)/n.

    Good:

        The gradient is $X^\top (p - y)/n$.
    """
    for token in document.find("inline"):
        children = token.children or ()
        texts = (c.content if c.type == "text" else _OTHER for c in children)
        found = _TYPED.search("".join(texts))
        if found:
            near = found.string[max(0, found.start() - 8) : found.end() + 8]
            shown = near.replace(_OTHER, "").strip()[:_MAX_SHOWN_CHARS]
            message = f"`{shown}` is mathematics typed as text"
            place = _place(document, token, found[0])
            yield Finding(place, message, "write it between dollars")


def _place(document: Document, passage: Token, part: str) -> Span:
    """Return where `part` stands, if only one place can be meant; or its passage."""
    first = document.span(passage)
    if _OTHER not in part and passage.content.count(part) == 1:
        for row in range(passage.content.count("\n") + 1):
            line = document.source.line(first.line + row)
            at = line.find(part, first.column - 1 if row == 0 else 0)
            if at != -1:
                return Span(first.path, first.line + row, at + 1, len(part))
    return first
