"""The cards of the sheet: title, summary, key formulas and code, and a pitfall."""

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from math import ceil

from triptych.dialect.sizes import MAX_KEY_CODE_CHARS, MAX_KEY_CODE_LINES
from triptych.render.sheet.language import Language, guess_language, needs_tall_lines
from triptych.render.sheet.links import LinkTargets, with_links
from triptych.render.sheet.look import level_signs
from triptych.render.sheet.nodes import (
    Data,
    children,
    inline,
    kind,
    text,
    walk,
    with_places,
    without_mark,
    words,
)
from triptych.values.meta import Kind
from triptych.values.question import Part, Question
from triptych.values.tree import Node

_MAX_FORMULA_SYMBOLS = 64
"""As many as fit into a column."""
_MAX_FORMULA_ROWS = 3
_MIN_BEGINNING_BYTES = 60
"""A shorter first block is taken for an introduction: the next block is added to it."""
_LINE_CHARS = 45
_CODE_LINE_CHARS = 60
_MAX_UNBROKEN_LINES = 22
"""A longer card may break across columns: unbroken, it could be cut off."""
_SENTENCE_END = re.compile(
    r"(?<!\b[A-Z])(?<!e\.g)(?<!i\.e)[.!?\u3002\u061f](?=\s|$)|\u3002"
)
_BLANK = "[…]"
"""What a gap is on the front of a card."""
_COLONS = (":", "\N{FULLWIDTH COLON}")
_SYMBOL = re.compile(r"\\[A-Za-z]+\s*|\\.|[^{}^_&\s]")
_PROSE = frozenset({"p", "ul", "ol", "dl", "quote", "table", "mathblock"})


def card(
    question: Question, number: int, targets: LinkTargets, usual: Language
) -> dict[str, Data]:
    """Return the card of `question`, as data for the template.

    `usual` is the language of the deck.
    """
    path = str(question.meta.path)

    def drawn(nodes: Iterable[Node]) -> tuple[Node, ...]:
        return tuple(with_links(with_places(node, path), targets) for node in nodes)

    body, keys_, wrong, right = map(drawn, shown_nodes(question))
    language = guess_language(_sample(question), usual)
    # The whole title is a link, and links cannot be nested.
    title = tuple(with_links(node, None) for node in inline(question.prompt))
    lines = sum(map(_lines, [("p", *title), *body, *keys_, ("p", *wrong, *right)]))
    return {
        "id": question.id,
        "number": number,
        "title": title or (question.id,),
        "url": targets.page(path),
        "signs": level_signs(question.meta.difficulty),
        "body": body,
        "formulas": tuple(node for node in keys_ if kind(node) != "fence"),
        "code": tuple(node for node in keys_ if kind(node) == "fence"),
        "wrong": wrong,
        "right": right,
        "breakable": lines > _MAX_UNBROKEN_LINES,
        "lang": language.code,
        "dir": language.direction,
        "tall_lines": needs_tall_lines(language),
    }


def plain_cards(
    question: Question, number: int, targets: LinkTargets, usual: Language
) -> Iterator[dict[str, Data]]:
    """Yield the plain cards of a file: `title` is the front, and `body` the back.

    On the front a gap is blank; the back begins with what it hides.
    """
    path = str(question.meta.path)
    language = guess_language(_sample(question), usual)
    for at, part in enumerate(question.cards, start=1):
        prompt, front = inline(part.prompt), card_front(part)
        back = ((("p", *prompt),) if _has_gaps(part) else ()) + part.text.blocks
        yield {
            "number": f"{number}.{at}",
            "title": tuple(with_links(node, None) for node in front) or (part.slug,),
            "signs": "",
            "body": tuple(
                with_links(with_places(node, path), targets) for node in back
            ),
            "lang": language.code,
            "dir": language.direction,
            "tall_lines": needs_tall_lines(language),
        }


def card_front(part: Part) -> tuple[Node, ...]:
    """Return the front of a plain card, with its gaps blank."""
    prompt = tuple(inline(part.prompt))
    return tuple(map(_with_blanks, prompt)) if _has_gaps(part) else prompt


def _has_gaps(part: Part) -> bool:
    return part.plain is not None and part.plain.cloze is not None


def _with_blanks(node: Node) -> Node:
    """Return `node` with what its gaps hide left out."""
    if kind(node) == "mark":
        return _BLANK
    inner = children(node)
    if not isinstance(node, tuple) or not inner:
        return node
    return (*node[: len(node) - len(inner)], *map(_with_blanks, inner))


def word_table(question: Question, *, brief: bool = False) -> tuple[Node, ...]:
    """Return the table of the plain cards of a file: nothing if it has none.

    A `brief` one is without pictures whose descriptions their cells say in words.
    """
    rows = tuple(
        (("p", *inline(card.prompt)), ("p", *_in_cell(card.text.blocks, brief=brief)))
        for card in question.cards
    )
    return (("table", ("", ""), (), rows),) if rows else ()


def shown_nodes(question: Question) -> tuple[tuple[Node, ...], ...]:
    """Return all nodes of a card besides its title, with links to files of the deck."""
    body = (*_summary(question), *word_table(question, brief=True))
    return (body, tuple(_key(question)), *pitfall(question))


def _in_cell(blocks: tuple[Node, ...], *, brief: bool) -> tuple[Node, ...]:
    """Return the contents of a cell: those of a lone paragraph, or else all blocks."""
    if len(blocks) != 1 or kind(blocks[0]) != "p":
        return blocks
    line = children(blocks[0])
    return _without_echo(line) if brief else line


def _without_echo(line: tuple[Node, ...]) -> tuple[Node, ...]:
    said = "".join(map(text, line)).strip()
    kept = [
        node
        for node in line
        if not (isinstance(node, tuple) and (node[0], node[-1]) == ("img", said))
    ]
    while len(kept) < len(line) and kept[-1:] == [("br",)]:
        kept.pop()
    return tuple(kept)


def pitfall(question: Question) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """Return the first pitfall and the first sentence of what is right instead."""
    for part in question.pitfalls:
        first = next((b for b in part.text.blocks if kind(b) == "p"), None)
        right = _first_sentence(children(first)) if first else ()
        if right and part.prompt.blocks:
            return tuple(inline(part.prompt)), right
    return (), ()


def _first_sentence(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    found: list[Node] = []
    for node in nodes:
        end = _SENTENCE_END.search(node) if isinstance(node, str) else None
        if end and isinstance(node, str):
            return (*found, node[: end.end()].rstrip())
        if kind(node) not in {"note", "mathblock"}:
            found.append(node)
    return tuple(found)


def _sample(question: Question) -> str:
    """Return the words of the title and the summary."""
    return " ".join(map(words, (*question.prompt.blocks, *question.summary.blocks)))


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
    """Yield the first blocks of text; code or pictures only if there is no text.

    A paragraph that ends in a colon has the block that it announces after it.
    """
    blocks = tuple(_without_empty_sections(tuple(map(without_mark, blocks))))
    length, announces = 0, False
    for block in blocks:
        if not (announces or kind(block) in _PROSE):
            continue
        yield _shortened(block) if kind(block) == "fence" else block
        length += len(text(block).encode())
        announces = _announces(block)
        if length >= _MIN_BEGINNING_BYTES and not announces:
            return
    if length:
        return
    for block in blocks:
        if kind(block) == "fence":
            yield _shortened(block)
            return
        if kind(block) in {"figure", "h"}:
            yield block


def _without_empty_sections(blocks: tuple[Node, ...]) -> Iterator[Node]:
    """Yield the blocks without headings that have nothing below them."""
    for block, below in zip_longest(blocks, blocks[1:]):
        if kind(block) != "h" or not (below is None or kind(below) == "h"):
            yield block


def _announces(block: Node) -> bool:
    return kind(block) == "p" and text(block).rstrip().endswith(_COLONS)


def _shortened(fence: Node) -> Node:
    """Return a fence cut to the longest code that a card shows."""
    lines = children(fence)
    if not isinstance(fence, tuple) or len(lines) <= MAX_KEY_CODE_LINES:
        return fence
    return (*fence[:3], *lines[:MAX_KEY_CODE_LINES], (("run", "c", "…"),))


def keys(question: Question) -> tuple[Node, ...]:
    """Return the formulas and the code that the author marked, in reading order."""
    layers = (question.answer, question.depth, *question.rubric)
    parts = (part.text for part in question.parts)
    levels = (level.text for level in question.levels)
    blocks = (block for prose in (*layers, *levels, *parts) for block in prose.blocks)
    nodes = (node for block in blocks for node in walk(block))
    return tuple(without_mark(node) for node in nodes if kind(node) == "key")


def _key(question: Question) -> Iterator[Node]:
    """Yield the marked formulas and code, or else one that is short.

    In a coding question, code comes first.
    """
    marked = keys(question)
    yield from marked
    if marked or not question.summary.blocks:
        return
    blocks = tuple(map(without_mark, question.answer.blocks))
    formulas, code = _formulas(blocks), _code(blocks)
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
            if len(lines) <= MAX_KEY_CODE_LINES and _width(lines) <= MAX_KEY_CODE_CHARS:
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
