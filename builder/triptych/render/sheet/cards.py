"""What stands on a card of the sheet: title, summary, key formula or short code."""

import re
from collections.abc import Iterable, Iterator
from math import ceil

from triptych.render.sheet.language import Language, guess_language, needs_tall_lines
from triptych.render.sheet.links import LinkTargets, with_links
from triptych.render.sheet.nodes import Data, children, inline, kind, text, walk
from triptych.values.meta import Kind
from triptych.values.question import Question
from triptych.values.tree import Node

_SHORT_CODE = 12
"""Longer code is left to the page."""
_WIDE_CODE = 72
_SHORT_FORMULA = 64
"""So many signs fit a column."""
_FORMULA_ROWS = 3
_ENOUGH = 60
"""A first block of fewer bytes announces something: the next one follows it."""
_LINE = 45
_CODE_LINE = 60
_TALL = 22
"""A card of so many lines may break: kept together, a column could cut it off."""
_SIGN = re.compile(r"\\[A-Za-z]+\s*|\\.|[^{}^_&\s]")
_PROSE = frozenset({"p", "ul", "ol", "dl", "quote", "table", "mathblock"})


def card(question: Question, places: LinkTargets, usual: Language) -> Data:
    """Return what the sheet says about `question`."""
    said = (*_summary(question), *_key(question))
    body = tuple(with_links(node, places) for node in said)
    language = guess_language(
        f"{question.prompt.plain} {question.summary.plain}", usual
    )
    # A title is a link as a whole, and links cannot stand in one another.
    title = tuple(with_links(node, None) for node in inline(question.prompt))
    return {
        "id": question.id,
        "title": title or (question.id,),
        "url": places.page(str(question.meta.path)),
        "level": question.meta.difficulty.rank + 1 if question.meta.difficulty else 0,
        "body": body,
        "tall": sum(map(_lines, [("p", *title), *body])) > _TALL,
        "lang": language.code,
        "dir": language.direction,
        "airy": needs_tall_lines(language),
    }


def _summary(question: Question) -> Iterator[Node]:
    """Yield the summary, or what comes closest to one."""
    if question.summary.blocks:
        yield from question.summary.blocks
        return
    for prose in (question.answer, question.depth):
        found = list(_beginning(prose.blocks))
        if found:
            yield from found
            return
    for point in question.rubric:
        yield from point.blocks


def _beginning(blocks: tuple[Node, ...]) -> Iterator[Node]:
    """Yield the first blocks that say something; code and pictures only if none do."""
    length = 0
    for block in (block for block in blocks if kind(block) in _PROSE):
        yield block
        length += len(text(block).encode())
        if length >= _ENOUGH:
            return
    if length:
        return
    for block in blocks:
        if kind(block) == "fence":
            yield _clipped(block)
            return
        if kind(block) in {"figure", "h"}:
            yield block


def _clipped(fence: Node) -> Node:
    lines = children(fence)
    if not isinstance(fence, tuple) or len(lines) <= _SHORT_CODE:
        return fence
    return (*fence[:3], *lines[:_SHORT_CODE], (("run", "c", "…"),))


def _key(question: Question) -> Iterator[Node]:
    """Yield a short formula or short code of the answer; coding prefers code."""
    if not question.summary.blocks:
        return
    formulas = _formulas(question.answer.blocks)
    code = _code(question.answer.blocks)
    first, second = (
        (code, formulas) if question.meta.kind is Kind.CODING else (formulas, code)
    )
    found = next(first, None) or next(second, None)
    if found:
        yield found


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
    longest = max(len(_SIGN.findall(row)) for row in rows)
    return len(rows) <= _FORMULA_ROWS and longest <= _SHORT_FORMULA


def _code(blocks: Iterable[Node]) -> Iterator[Node]:
    """Yield short solutions first, then short snippets; tests and output never."""
    fences = [block for block in blocks if kind(block) == "fence"]
    for role in ("solution", ""):
        for fence in (block for block in fences if _role(block) == role):
            lines = children(fence)
            if len(lines) <= _SHORT_CODE and _width(lines) <= _WIDE_CODE:
                yield fence


def _width(lines: Iterable[Node]) -> int:
    return max((len(text(line)) for line in lines), default=0)


def _lines(node: Node) -> int:
    """Return how many lines `node` takes in a narrow column, rather too many."""
    match kind(node):
        case "mathblock":
            return 3 * (1 + _latex(node).count(r"\\"))
        case "fence":
            return sum(1 + len(text(line)) // _CODE_LINE for line in children(node))
        case "br":
            return 1
        case "ul" | "ol" | "dl" | "table" | "quote" | "p" | "":
            if isinstance(node, str):
                return 0
            inner = children(node)
            own = ceil(sum(len(text(n)) for n in inner if not _is_block(n)) / _LINE)
            return own + sum(map(_lines, inner))
        case _:
            return sum(map(_lines, children(node)))


def _is_block(node: Node) -> bool:
    return kind(node) in _PROSE or (isinstance(node, tuple) and not kind(node))
