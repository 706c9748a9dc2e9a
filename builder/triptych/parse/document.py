"""Parse a source into a document. This never raises; `validate` reports problems."""

from collections.abc import Mapping

from markdown_it.token import Token

from triptych.dialect.characters import without_controls
from triptych.parse import code, layers, markdown
from triptych.parse.front_matter import cut
from triptych.parse.literal_tags import LITERAL
from triptych.parse.meta import meta
from triptych.parse.positions import Positions
from triptych.parse.sizes import size_excess
from triptych.parse.sizing_table import mark_tables
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
from triptych.values.question import Code
from triptych.values.source import Source

_PROSE = ("question", "title", "summary")
_PROSE_LISTS = ("rubric", "hints")


def parse(source: Source) -> Document:
    """Return `source` parsed, with the positions of its fields and tokens."""
    too_large = size_excess(source)
    if too_large:
        empty = FrontMatter(Fence.ABSENT)
        file_meta = meta(source.path, empty)
        return Document(
            source, empty, file_meta, {}, (), Layers(), {}, too_large=too_large
        )
    front_matter, body, lines_before = cut(source)
    positions = Positions(source)
    prose: dict[str, Tokens] = {}
    for key in _PROSE:
        value = front_matter.get(key)
        if isinstance(value, Scalar):
            prose[key] = _inline(value, positions, with_clozes=key == "summary")
    for key in _PROSE_LISTS:
        value = front_matter.get(key)
        items = value.items if isinstance(value, Items) else ()
        for number, item in enumerate(items):
            if isinstance(item, Scalar):
                prose[f"{key}.{number}"] = _inline(item, positions)
    levels = front_matter.get("levels")
    for level, value in levels.entries if isinstance(levels, Table) else ():
        if isinstance(value, Scalar) and value.text:
            prose.setdefault(f"levels.{level.text}", _inline(value, positions))
    tokens = markdown.blocks(without_controls(body))
    positions.mark(tokens, lines_before + 1)
    code_answers: tuple[Code, ...] = tuple(code.answers(tokens))
    sizing_findings = tuple(mark_tables(tokens, source))
    layers.name_headings(tokens)
    github_names = layers.github_names(tokens)
    layers.resolve_anchors(tokens, github_names, source.path)
    file_meta = meta(source.path, front_matter)
    body_layers: Layers = (
        layers.whole(tokens)
        if file_meta.is_guide
        else layers.cut(tokens, Span(source.path))
    )
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
