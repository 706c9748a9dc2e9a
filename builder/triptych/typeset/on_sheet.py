"""Choose what the sheet shows of a question, in print and on its page."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from markdown_it.token import Token

from triptych.dialect.sizes import MAX_KEY_CODE_CHARS, MAX_KEY_CODE_LINES
from triptych.parse.key_marks import KEY
from triptych.parse.math import DISPLAY_FORMULAS
from triptych.typeset.context import Context
from triptych.typeset.tree import blocks
from triptych.typeset.tree_html import tree_html
from triptych.typeset.word_table import word_table
from triptych.values.document import Document, Section, Tokens
from triptych.values.form import Form
from triptych.values.meta import Kind, Level
from triptych.values.prose import NO_PROSE, Prose
from triptych.values.question import OnSheet
from triptych.values.tree import PROSE_KINDS, Node, children, kind, text, without_mark

_MAX_FORMULA_SYMBOLS = 64
"""As many as fit into a column."""
_MAX_FORMULA_ROWS = 3
_MIN_BEGINNING_BYTES = 60
"""A shorter first block is taken for an introduction: the next block is added to it."""
_SENTENCE_END = re.compile(
    r"(?<!\b[A-Z])(?<!e\.g)(?<!i\.e)[.!?\u3002\u061f](?=\s|$)|\u3002"
)
_COLONS = (":", "\N{FULLWIDTH COLON}")
_SYMBOL = re.compile(r"\\[A-Za-z]+\s*|\\.|[^{}^_&\s]")
_FENCES = frozenset({"fence", "code_block"})


def on_sheet(document: Document, summary: Prose, context: Context) -> OnSheet:
    """Return what the sheet shows of `document`, whose summary is already typeset.

    What it is made of is the same whether trees are needed or not. It is chosen from
    prose of the question, which notes what of the site is used.
    """
    chosen, trees = _Choice(document, context), Form.TREE in context.forms

    def prose(nodes: Iterable[Node]) -> Prose:
        shown = tuple(nodes)
        if not shown:
            return NO_PROSE
        return Prose(site=tree_html(shown), blocks=shown if trees else ())

    in_short = chosen.tree(document.prose.get("summary", ()))
    words = tuple(in_short or chosen.instead())
    keys = tuple(chosen.keys(has_summary=bool(in_short)))
    wrong, right = chosen.pitfall()
    # The page has the table of words with their pictures and sounds.
    site = summary.site if in_short else tree_html(words)
    return OnSheet(
        body=Prose(site=site, blocks=(*words, *chosen.word_table()) if trees else ()),
        formulas=prose(node for node in keys if kind(node) != "fence"),
        code=prose(node for node in keys if kind(node) == "fence"),
        wrong=prose(wrong),
        right=prose(right),
    )


@dataclass(frozen=True, slots=True)
class _Choice:
    """Chooses nodes of a document; makes trees of no more than it must."""

    document: Document
    context: Context

    def tree(self, tokens: Iterable[Token]) -> tuple[Node, ...]:
        return blocks(tuple(tokens), self.context)

    def instead(self) -> Iterator[Node]:
        """Yield what replaces a summary: the beginning of the answer, or the rubric."""
        layers = self.document.layers
        for tokens in (layers.answer, layers.depth):
            beginning = list(_beginning(self.tree(tokens)))
            if beginning:
                yield from beginning
                return
        for point in _prose_with_prefix(self.document, "rubric."):
            yield from self.tree(point)

    def word_table(self) -> tuple[Node, ...]:
        """Return the table of plain cards, brief as a sheet has to be."""
        cards = (
            (_contents(self.tree((card.heading,))), self.tree(card.tokens))
            for card in self.document.layers.cards
        )
        return word_table(cards, brief=True)

    def keys(self, *, has_summary: bool) -> Iterator[Node]:
        """Yield the marked formulas and code, or else one that is short.

        In a coding question, code comes first.
        """
        marked = list(self._marked())
        yield from marked
        if marked or not has_summary:
            return
        formulas, code = self._formulas(), self._code()
        is_coding = self.document.meta.kind is Kind.CODING
        first, second = (code, formulas) if is_coding else (formulas, code)
        node = next(first, None) or next(second, None)
        if node:
            yield node

    def _marked(self) -> Iterator[Node]:
        """Yield the formulas and the code that the author marked, in reading order."""
        for token in _walk(_layers(self.document)):
            if KEY in token.meta:
                made = self.tree((token,))
                yield from (without_mark(n) for n in made if kind(n) == "key")

    def _formulas(self) -> Iterator[Node]:
        for token in _walk(self.document.layers.answer):
            latex = token.content.strip()
            if token.type in DISPLAY_FORMULAS and _is_short_formula(latex):
                yield from self.tree((token,))

    def _code(self) -> Iterator[Node]:
        """Yield short solutions, then other short code; no tests, no output."""
        answer = self.document.layers.answer
        fences = [t for t in answer if t.type in _FENCES and not t.level]
        for role in ("solution", ""):
            for token in fences:
                if token.meta.get("role", "") == role and _is_short_code(token.content):
                    yield self.tree((token,))[0]

    def pitfall(self) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
        """Return the first pitfall and the first sentence of what is right instead."""
        for section in self.document.layers.pitfalls:
            text_ = self.tree(section.tokens)
            first = next((block for block in text_ if kind(block) == "p"), None)
            right = _first_sentence(children(first)) if first else ()
            wrong = _contents(self.tree((section.heading,))) if right else ()
            if wrong:
                return wrong, right
        return (), ()


def _layers(document: Document) -> Iterator[Token]:
    """Yield the tokens in which something may be marked."""
    layers = document.layers
    yield from (*layers.answer, *layers.depth)
    for tokens in _prose_with_prefix(document, "rubric."):
        yield from tokens
    for level in Level:
        yield from document.prose.get(f"levels.{level}", ())
    sections: tuple[Section, ...] = layers.follow_ups + layers.pitfalls + layers.cards
    for section in sections:
        yield from section.tokens


def _prose_with_prefix(document: Document, start: str) -> Iterator[Tokens]:
    return (tokens for name, tokens in document.prose.items() if name.startswith(start))


def _walk(tokens: Iterable[Token]) -> Iterator[Token]:
    """Yield `tokens` and those within them; the words for a picture are no formulas."""
    for token in tokens:
        yield token
        if token.type != "image":
            yield from _walk(token.children or ())


def _contents(blocks_: tuple[Node, ...]) -> tuple[Node, ...]:
    return tuple(node for block in blocks_ for node in children(block))


def _first_sentence(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    found: list[Node] = []
    for node in nodes:
        end = _SENTENCE_END.search(node) if isinstance(node, str) else None
        if end and isinstance(node, str):
            return (*found, node[: end.end()].rstrip())
        if kind(node) not in {"note", "mathblock"}:
            found.append(node)
    return tuple(found)


def _beginning(blocks: tuple[Node, ...]) -> Iterator[Node]:
    """Yield the first blocks of text; code or pictures only if there is no text.

    A paragraph that ends in a colon has the block that it announces after it.
    """
    blocks = tuple(_without_empty_sections(tuple(map(without_mark, blocks))))
    length, announces = 0, False
    for block in blocks:
        if not (announces or kind(block) in PROSE_KINDS):
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


def _is_short_formula(latex: str) -> bool:
    rows = latex.split(r"\\")
    longest = max(len(_SYMBOL.findall(row)) for row in rows)
    return len(rows) <= _MAX_FORMULA_ROWS and longest <= _MAX_FORMULA_SYMBOLS


def _is_short_code(code: str) -> bool:
    lines = code.removesuffix("\n").split("\n")
    return (
        len(lines) <= MAX_KEY_CODE_LINES and max(map(len, lines)) <= MAX_KEY_CODE_CHARS
    )
