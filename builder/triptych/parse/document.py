"""Parse a source into a document. This never raises; `validate` reports problems."""

from collections.abc import Mapping

from markdown_it.token import Token

from triptych.dialect.characters import without_controls
from triptych.dialect.keys import PROSE_KEYS, PROSE_LIST_KEYS
from triptych.parse import code, layers, markdown
from triptych.parse.front_matter import cut
from triptych.parse.literal_tags import LITERAL
from triptych.parse.meta import meta
from triptych.parse.positions import Positions
from triptych.parse.sizes import size_excess
from triptych.parse.sizing_table import mark_tables
from triptych.parse.table import read_table
from triptych.parse.table_head import cut_table, default_id, default_title
from triptych.parse.typed import TYPED
from triptych.values.diagnostics import Span
from triptych.values.document import (
    Document,
    Fence,
    FrontMatter,
    Items,
    Layers,
    Scalar,
    Table,
    Tokens,
)
from triptych.values.meta import Kind, Meta
from triptych.values.question import Code
from triptych.values.source import Source


def parse(source: Source) -> Document:
    """Return `source` parsed, with the positions of its fields and tokens."""
    too_large = size_excess(source)
    if too_large:
        empty = FrontMatter(Fence.ABSENT)
        file_meta = meta(source.path, empty, {})
        return Document(
            source, empty, file_meta, {}, (), Layers(), {}, too_large=too_large
        )
    return _table(source) if source.is_table else _markdown(source)


def _markdown(source: Source) -> Document:
    front_matter, body, lines_before = cut(source)
    file_meta = meta(source.path, front_matter, {})
    positions = Positions(source)
    tokens = markdown.blocks(without_controls(body))
    if file_meta.is_cards:
        layers.read_clozes(tokens)
    positions.mark(tokens, lines_before + 1)
    code_answers: tuple[Code, ...] = tuple(code.answers(tokens))
    sizing_findings = tuple(mark_tables(tokens, source))
    layers.name_headings(tokens)
    github_names = layers.github_names(tokens)
    layers.resolve_anchors(tokens, github_names, source.path)
    body_layers: Layers = (
        layers.whole(tokens)
        if file_meta.is_guide
        else layers.cut(tokens, Span(source.path), file_meta)
    )
    prose = _prose(front_matter, positions, file_meta)
    return Document(
        source=source,
        front_matter=front_matter,
        meta=file_meta,
        prose=prose,
        tokens=tokens,
        layers=body_layers,
        index=_index(tokens, prose),
        code=code_answers,
        sizing_findings=sizing_findings,
        github_names=github_names,
    )


def _table(source: Source) -> Document:
    """Return a table of cards: the same as a file of cards, but for its source."""
    front_matter, start = cut_table(source)
    defaults = {"kind": Kind.CARDS, "id": default_id(source)}
    file_meta = meta(source.path, front_matter, defaults)
    about = front_matter.text("title") or default_title(source)
    cards = read_table(source, start, file_meta, about)
    prose = _prose(front_matter, Positions(source), file_meta)
    if "question" not in prose:
        (title,) = markdown.inline(default_title(source))
        title.meta["span"] = Span(source.path)
        prose["question"] = (title,)
    code_answers = tuple(code.answers(cards.tokens))
    sizing_findings = tuple(mark_tables(cards.tokens, source))
    layers.name_headings(cards.tokens)
    return Document(
        source=source,
        front_matter=front_matter,
        meta=file_meta,
        prose=prose,
        tokens=cards.tokens,
        layers=Layers(cards=cards.sections),
        index=_index(cards.tokens, prose),
        code=code_answers,
        sizing_findings=sizing_findings,
        table_findings=cards.findings,
    )


def _prose(
    front_matter: FrontMatter, positions: Positions, file_meta: Meta
) -> dict[str, Tokens]:
    """Return the Markdown of the front matter.

    The title of a file of cards stands for its question: so it is listed and linked.
    """
    prose: dict[str, Tokens] = {}
    for key in PROSE_KEYS:
        value = front_matter.get(key)
        if isinstance(value, Scalar):
            prose[key] = _inline(value, positions, with_clozes=key == "summary")
    if file_meta.is_cards and "title" in prose:
        prose["question"] = prose.pop("title")
    for key in PROSE_LIST_KEYS:
        value = front_matter.get(key)
        items = value.items if isinstance(value, Items) else ()
        for number, item in enumerate(items):
            if isinstance(item, Scalar):
                prose[f"{key}.{number}"] = _inline(item, positions)
    levels = front_matter.get("levels")
    for level, value in levels.entries if isinstance(levels, Table) else ():
        if isinstance(value, Scalar) and value.text:
            prose.setdefault(f"levels.{level.text}", _inline(value, positions))
    return prose


def _index(tokens: Tokens, prose: Mapping[str, Tokens]) -> dict[str, list[Token]]:
    index: dict[str, list[Token]] = {}
    for tokens_ in (*prose.values(), tokens):
        for token in tokens_:
            index.setdefault(token.type, []).append(token)
            if TYPED in token.meta:
                index.setdefault(TYPED, []).append(token)
            for child in token.children or ():
                index.setdefault(child.type, []).append(child)
                for piece in (child, *(child.children or ())):
                    if LITERAL in piece.meta:
                        index.setdefault(LITERAL, []).append(piece)
    return index


def _inline(
    scalar: Scalar, positions: Positions, *, with_clozes: bool = False
) -> Tokens:
    tokens = markdown.inline(scalar.text, with_clozes=with_clozes)
    start = positions.offset(scalar.span.line) + scalar.span.column - 1
    # A folded value spans several lines; their number is not known here.
    end = start + 4 * len(scalar.text) + 200
    for token in tokens:
        positions.mark_inline(token, start, end)
        token.meta["span"] = scalar.span
    return tokens
