"""The picture on the cover: the title, in lines that fit."""

import unicodedata
from collections.abc import Iterable, Iterator
from html import escape

from triptych.values.deck import Deck
from triptych.values.language import language_direction

_WIDTH, _HEIGHT, _MARGIN = 600, 960, 60
_SIZES = (72, 60, 48, 38, 30, 24)
_MAX_LINES = 9
_ACCENT = "#9c2a16"


def cover(deck: Deck, edition: str) -> bytes:
    """Return the cover as an SVG."""
    size, lines = _fitted(deck.title)
    leading = size * 1.25
    top = _HEIGHT * 0.38 - leading * (len(lines) - 1) / 2
    texts = [_text(line, size, top + n * leading) for n, line in enumerate(lines)]
    if edition:
        texts += [
            _text(line, 26, _HEIGHT - 150 + 34 * n)
            for n, line in enumerate(list(_lines(edition, 26))[:3])
        ]
    direction = language_direction(deck.language)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}"'
        f' width="{_WIDTH}" height="{_HEIGHT}" direction="{direction}"'
        ' font-family="Georgia, serif" fill="#1f1c18" text-anchor="middle">'
        f"<title>{escape(deck.title)}</title>"
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fdfcf8"/>'
        f'<rect x="{_MARGIN}" y="110" width="{_WIDTH - 2 * _MARGIN}" height="6"'
        f' fill="{_ACCENT}"/>'
        f'<rect x="{_MARGIN}" y="{_HEIGHT - 90}" width="{_WIDTH - 2 * _MARGIN}"'
        f' height="2" fill="{_ACCENT}"/>{"".join(texts)}</svg>'
    )
    return svg.encode()


def _text(line: str, size: int, y: float) -> str:
    return (
        f'<text x="{_WIDTH // 2}" y="{y:.0f}" font-size="{size}">{escape(line)}</text>'
    )


def _fitted(title: str) -> tuple[int, list[str]]:
    """Return the largest size at which `title` fits, and its lines."""
    for size in _SIZES:
        lines = list(_lines(title, size))
        if len(lines) <= _MAX_LINES:
            return size, lines
    return size, [*lines[: _MAX_LINES - 1], "…"]


def _lines(text: str, size: int) -> Iterator[str]:
    """Yield `text` in lines that fit between the margins."""
    room = (_WIDTH - 2 * _MARGIN) / size
    line = ""
    for word in _words(text, room):
        if line and _ems(line + word.rstrip()) > room:
            yield line.strip()
            line = ""
        line += word
    if line.strip():
        yield line.strip()


def _words(text: str, room: float) -> Iterator[str]:
    """Yield the words of `text`; a character each of what has no spaces or is long."""
    for word in text.split():
        is_long = _ems(word) > room or any(map(_is_wide, word))
        yield from _broken(word) if is_long else [word]
        yield " "


def _broken(word: Iterable[str]) -> Iterator[str]:
    """Yield the characters of `word`, each with its combining marks."""
    cluster = ""
    for character in word:
        if cluster and not unicodedata.category(character).startswith("M"):
            yield cluster
            cluster = ""
        cluster += character
    yield cluster


def _ems(text: str) -> float:
    return sum(1.0 if _is_wide(c) else 0.7 if c.isupper() else 0.55 for c in text)


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in {"W", "F"}
