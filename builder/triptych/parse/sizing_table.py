"""Find the `sizing` blocks among the tokens of a body, and compute their rows."""

from collections.abc import Iterable, Iterator

from markdown_it.token import Token

from triptych.parse.sizing import LANGUAGE, sizing
from triptych.values.diagnostics import Finding, Span
from triptych.values.source import Source


def mark_tables(tokens: Iterable[Token], source: Source) -> Iterator[Finding]:
    """Turn each valid block into a token `sizing` with `rows` in its meta.

    Yields what is wrong with the others, which stay fences.
    """
    for token in tokens:
        if token.type != "fence" or token.info.split() != [LANGUAGE]:
            continue
        rows, errors = sizing(token.content)
        lines = token.content.split("\n")
        for error in errors:
            number = token.meta["span"].line + error.line
            # In a list or a quotation the lines of a fence are indented.
            text = lines[error.line - 1] if error.line else token.markup
            shift = max(0, source.line(number).find(text))
            span = Span(source.path, number, shift + error.column, error.length)
            yield Finding(span, error.message, error.hint)
        if not errors:
            token.type = "sizing"
            token.meta["rows"] = rows
