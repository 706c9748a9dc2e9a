"""Text as terms: what the index has and what a query asks for.

`scripts/search/terms.js` does the same with what a reader types. Words are folded
to small letters without accents; what is joined by a hyphen counts whole and in its
parts; scripts without spaces are cut into pairs of characters.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from triptych.patterns import lazy_pattern

ACCENTS = (
    "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc"
)
"""Signs over and under letters that people leave out when they type."""
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Scripts that write no spaces between words."""
_MAX_JOINED_PARTS = 3
_FIRST_MARK, _AFTER_BMP = 0x300, 0x10000

_accents = lazy_pattern(f"[{ACCENTS}]+")
_pieces = lazy_pattern(f"[{UNSPACED}]+|[^{UNSPACED}]+")
_unspaced = lazy_pattern(f"[{UNSPACED}]+")
_ascii_words = lazy_pattern("[a-z0-9]+(?:[-'][a-z0-9]+)*")
"""What `_words` finds in text of ASCII; it takes half as long."""


def terms(text: str) -> Iterator[str]:
    """Yield the terms of `text` in their order."""
    folded = _folded(text)
    words = _ascii_words if folded.isascii() else _words()
    return chain.from_iterable(map(_terms_of, words.findall(folded)))


_WORD_JOINERS = lazy_pattern("[-\u2010\u2011'\u2019]")


@lru_cache(maxsize=1 << 16)
def _terms_of(word: str) -> tuple[str, ...]:
    """Return the terms of what stands between two spaces; most words come again."""
    parts = _WORD_JOINERS.split(word)
    cut = [piece for part in parts for piece in _cut(part)]
    if 1 < len(parts) <= _MAX_JOINED_PARTS and not _unspaced.search(word):
        cut.append("".join(parts))
    return tuple(cut)


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    bare = _accents.sub("", unicodedata.normalize("NFKD", text.lower()))
    return unicodedata.normalize("NFC", bare)


def _cut(word: str) -> Iterator[str]:
    """Yield a word as it is, or in pairs of characters if it may hold many words."""
    for piece in _pieces.findall(word):
        if len(piece) > 1 and _unspaced.match(piece):
            yield from (piece[at : at + 2] for at in range(len(piece) - 1))
        else:
            yield piece


@lru_cache(maxsize=1)
def _words() -> re.Pattern[str]:
    """Return what finds words: letters, digits and the marks that belong to them."""
    marks = "".join(
        chr(code)
        for code in range(_FIRST_MARK, _AFTER_BMP)
        if unicodedata.category(chr(code)).startswith("M")
    )
    word = rf"(?:[^\W_]|[{marks}])+"
    return re.compile(rf"{word}(?:[-\u2010\u2011'\u2019]{word})*")
