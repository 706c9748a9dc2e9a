"""The cards of the sheet: title, summary, and a key formula or short code."""

import re
from collections.abc import Iterable, Iterator
from math import ceil

from triptych.render.sheet.language import Language, guess_language, needs_tall_lines
from triptych.render.sheet.links import LinkTargets, with_links
from triptych.render.sheet.nodes import Data, children, inline, kind, text, walk
from triptych.values.meta import Kind
from triptych.values.question import Question
from triptych.values.tree import Node

_MAX_CODE_LINES = 12
"""Longer code is on the page only."""
_MAX_CODE_CHARS = 72
_MAX_FORMULA_SYMBOLS = 64
"""As many as fit into a column."""
_MAX_FORMULA_ROWS = 3
_MIN_BEGINNING_BYTES = 60
"""A shorter first block is taken for an introduction: the next block is added to it."""
_LINE_CHARS = 45
_CODE_LINE_CHARS = 60
_MAX_UNBROKEN_LINES = 22
"""A longer card may break across columns: unbroken, it could be cut off."""
_SYMBOL = re.compile(r"\\[A-Za-z]+\s*|\\.|[^{}^_&\s]")
_PROSE = frozenset({"p", "ul", "ol", "dl", "quote", "table", "mathblock"})


def card(question: Question, targets: LinkTargets, deck_language: Language) -> Data:
    """Return the card of `question`, as data for the template."""
    nodes = (*_summary(question), *_key(question))
    body = tuple(with_links(node, targets) for node in nodes)
    text_sample = f"{question.prompt.plain} {question.summary.plain}"
    language = guess_language(text_sample, deck_language)
    # The whole title is a link, and links cannot be nested.
    title = tuple(with_links(node, None) for node in inline(question.prompt))
    return {
        "id": question.id,
        "title": title or (question.id,),
        "url": targets.page(str(question.meta.path)),
        "level": question.meta.difficulty.rank + 1 if question.meta.difficulty else 0,
        "body": body,
        "breakable": sum(map(_lines, [("p", *title), *body])) > _MAX_UNBROKEN_LINES,
        "lang": language.code,
        "dir": language.direction,
        "tall_lines": needs_tall_lines(language),
    }


def _summary(question: Question) -> Iterator[Node]:
    """Yield the summary, or else the beginning of the answer or the rubric."""
    if question.summary.blocks:
        yield from question.summary.blocks
        return
    for prose in (question.answer, question.depth):
        beginning = list(_beginning(prose.blocks))
        if beginning:
            yield from beginning
            return
    for point in question.rubric:
        yield from point.blocks


def _beginning(blocks: tuple[Node, ...]) -> Iterator[Node]:
    """Yield the first blocks of text; code or pictures only if there is no text."""
    length = 0
    for block in (block for block in blocks if kind(block) in _PROSE):
        yield block
        length += len(text(block).encode())
        if length >= _MIN_BEGINNING_BYTES:
            return
    if length:
        return
    for block in blocks:
        if kind(block) == "fence":
            yield _shortened(block)
            return
        if kind(block) in {"figure", "h"}:
            yield block


def _shortened(fence: Node) -> Node:
    """Return a fence cut to the longest code that a card shows."""
    lines = children(fence)
    if not isinstance(fence, tuple) or len(lines) <= _MAX_CODE_LINES:
        return fence
    return (*fence[:3], *lines[:_MAX_CODE_LINES], (("run", "c", "…"),))


def _key(question: Question) -> Iterator[Node]:
    """Yield a short formula or short code of the answer; for coding, code first."""
    if not question.summary.blocks:
        return
    formulas = _formulas(question.answer.blocks)
    code = _code(question.answer.blocks)
    first, second = (
        (code, formulas) if question.meta.kind is Kind.CODING else (formulas, code)
    )
    node = next(first, None) or next(second, None)
    if node:
        yield node


def _formulas(blocks: Iterable[Node]) -> Iterator[Node]:
    for block in (block for block in blocks if kind(block) != "fence"):
        for node in walk(block):
            if kind(node) == "mathblock" and _is_short_formula(_latex(node)):
                yield node


def _latex(node: Node) -> str:
    return str(node[2]) if isinstance(node, tuple) else ""


def _role(fence: Node) -> str:
    return str(fence[2]) if isinstance(fence, tuple) else ""


def _is_short_formula(latex: str) -> bool:
    rows = latex.split(r"\\")
    longest = max(len(_SYMBOL.findall(row)) for row in rows)
    return len(rows) <= _MAX_FORMULA_ROWS and longest <= _MAX_FORMULA_SYMBOLS


def _code(blocks: Iterable[Node]) -> Iterator[Node]:
    """Yield short solutions, then short code without a role; no tests, no output."""
    fences = [block for block in blocks if kind(block) == "fence"]
    for role in ("solution", ""):
        for fence in (block for block in fences if _role(block) == role):
            lines = children(fence)
            if len(lines) <= _MAX_CODE_LINES and _width(lines) <= _MAX_CODE_CHARS:
                yield fence


def _width(lines: Iterable[Node]) -> int:
    return max((len(text(line)) for line in lines), default=0)


def _lines(node: Node) -> int:
    """Return an upper estimate of the lines that `node` takes in a narrow column."""
    match kind(node):
        case "mathblock":
            return 3 * (1 + _latex(node).count(r"\\"))
        case "fence":
            return sum(
                1 + len(text(line)) // _CODE_LINE_CHARS for line in children(node)
            )
        case "br":
            return 1
        case "ul" | "ol" | "dl" | "table" | "quote" | "p" | "":
            if isinstance(node, str):
                return 0
            inner = children(node)
            chars = sum(len(text(n)) for n in inner if not _is_block(n))
            return ceil(chars / _LINE_CHARS) + sum(map(_lines, inner))
        case _:
            return sum(map(_lines, children(node)))


def _is_block(node: Node) -> bool:
    return kind(node) in _PROSE or (isinstance(node, tuple) and not kind(node))
