"""Write cloze notes as HTML in which Anki finds only the deletions of the author."""

import re
from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import TypeAlias

from markdown_it.token import Token

from triptych.typeset.card import cloze_html
from triptych.typeset.code_blocks import listing
from triptych.typeset.context import Context
from triptych.typeset.digest import digest, digests
from triptych.typeset.excerpt import excerpt
from triptych.typeset.highlight import html_lines
from triptych.typeset.slots import separated
from triptych.values.document import Document, Tokens
from triptych.values.question import Cloze

_PIECES = re.compile(r"(<[^>]*>|\\\(.*?\\\)|\\\[.*?\\\])", re.DOTALL)
_INDENT = re.compile(r"\s*")

Gap: TypeAlias = Callable[[int, str, str], str]
"""Writes a gap of a program, given its number, the hidden HTML and the hint."""


def cloze_of(
    tokens: Tokens, numbers: tuple[int, ...], context: Context
) -> Cloze | None:
    """Return the cloze note of `tokens`, which have the deletions `numbers`."""
    if not numbers:
        return None
    return Cloze(cloze_html(tokens, context, guard), numbers, *digests(tokens, context))


def fill_in(document: Document, context: Context) -> Cloze | None:
    """Return the fill-in note of the solutions, in which marked lines are deletions.

    Each card shows the code around its own gap, and folds the whole program: the style
    of the cards hides the pieces of the other gaps.
    """
    numbers = document.fill_in_numbers
    if not numbers:
        return None
    marked = [token for token in document.tokens if token.meta.get("clozes")]
    content = [
        [t.content, sorted(t.meta["clozes"].items()), *t.meta.get("hidden", ())]
        for t in marked
    ]
    same = digest(content)
    title = f'<summary class="fold">{context.strings.whole_program.html}</summary>'
    return Cloze(
        _program(marked, numbers, title, _deletion),
        numbers,
        digest=same,
        digest_v1=same,
        site=_program(marked, numbers, title, _mark),
    )


def _program(
    marked: Sequence[Token], numbers: Sequence[int], title: str, gap: Gap
) -> str:
    """Return the code around each gap, and the whole program in a fold."""
    whole = "".join(_listing(fence, _lines(fence, gap)) for fence in marked)
    pieces = [_piece(marked, number, gap) for number in numbers]
    if not any(is_cut for _, is_cut in pieces):
        return whole
    around = "".join(html for html, _ in pieces)
    return f'{around}<details class="whole">{title}{whole}</details>'


def _piece(marked: Sequence[Token], number: int, gap: Gap) -> tuple[str, bool]:
    """Return the code around the gaps `number`, and whether there is more code."""
    shown, is_cut = [], False
    for fence in marked:
        source = fence.content.rstrip("\n").split("\n")
        gaps = [
            line for line, (own, _) in fence.meta["clozes"].items() if own == number
        ]
        if gaps:
            numbers = excerpt(source, gaps, fence.meta.get("hidden", ()))
            is_cut = is_cut or len(numbers) < len(source)
            shown.append(_listing(fence, list(_with_cuts(fence, numbers, gap))))
        else:
            is_cut = True
    html = f'<section class="piece piece{number}">{"".join(shown)}</section>'
    return html, is_cut


def _with_cuts(fence: Token, numbers: Sequence[int], gap: Gap) -> Iterator[str]:
    """Yield these lines of a program, with a sign where some are left out."""
    lines, last = _lines(fence, gap), numbers[0] - 1
    for number in numbers:
        if number != last + 1:
            indent = _INDENT.match(fence.content.split("\n")[number])
            yield f'{indent[0] if indent else ""}<span class="c">…</span>'
        yield lines[number]
        last = number


def guard(html: str) -> str:
    """Return `html` with the same meaning, but without cloze syntax.

    Anki searches the finished field for its syntax, and so does this function. In text
    a comment separates the characters, in LaTeX a space, which has no meaning there,
    and in tags they become character references.
    """
    pieces = _PIECES.split(html)
    return "".join(map(_guard_piece, pieces)) if len(pieces) > 1 else _in_text(html)


def _guard_piece(piece: str) -> str:
    if piece.startswith("<"):
        return (
            piece.replace("::", "&#58;&#58;")
            .replace("}}", "&#125;&#125;")
            .replace("{{", "&#123;&#123;")
        )
    if piece.startswith(("\\(", "\\[")):
        return _with_separated_pairs(piece, " ")
    return _in_text(piece)


def _in_text(text: str) -> str:
    return _with_separated_pairs(text, "<!-- -->")


def _with_separated_pairs(text: str, by: str) -> str:
    for character in "{}:":
        # Twice, since three characters in a row contain two pairs.
        pair, replacement = character * 2, f"{character}{by}{character}"
        text = text.replace(pair, replacement).replace(pair, replacement)
    return text


def _listing(fence: Token, lines: Sequence[str]) -> str:
    language = fence.meta["language"]
    return listing(lines, language if language.isalnum() else "", "")


def _lines(fence: Token, gap: Gap) -> list[str]:
    """Return the lines of a program as HTML, with marked ones as gaps."""
    language, clozes = fence.meta["language"], fence.meta["clozes"]
    lines = [guard(line) for line in html_lines(fence.content, language)]
    source = fence.content.split("\n")
    for number, (cloze, hint) in clozes.items():
        # The indentation stays visible, since it is not part of the answer.
        indent = _INDENT.match(source[number])
        width = indent.end() if indent else 0
        plain_indent = lines[number][:width] == source[number][:width]
        cut = width if plain_indent else 0
        lines[number] = lines[number][:cut] + gap(cloze, lines[number][cut:], hint)
    return lines


def _deletion(number: int, hidden: str, hint: str) -> str:
    """Return a gap in Anki's syntax."""
    if hint:
        hidden += separated(hidden, f"::{guard(escape(hint))}")
    return f"{{{{c{number}::{hidden}{separated(hidden, '}}')}"


def _mark(_number: int, hidden: str, _hint: str) -> str:
    """Return a gap as the page to practise on shows it."""
    return f"<mark>{hidden}</mark>"
