"""Gaps: paragraphs with `==hidden text==`, and prompts made of clozes."""

import re
from collections.abc import Callable

CLOZE = re.compile(r"\{\{c(\d{1,3})::(.*?)(?:::([^:}]*))?\}\}", re.DOTALL)
_INNERMOST = re.compile(
    r"\{\{c\d{1,3}::(?P<text>(?:(?!\{\{c\d{1,3}::).)*?)(?:::(?P<hint>[^:}]*))?\}\}",
    re.DOTALL,
)
_MAX_DEPTH = 20
"""How deep clozes are read within clozes; Anki shows fewer."""
HIGHLIGHT = re.compile(r"==(?=\S)([^=\n]+?)(?<=\S)==")
"""`==text==`, which is a mark or a gap."""
_BRACE = re.compile(r"\}\}")


def has_gaps(text: str) -> bool:
    """Return whether `text` hides something."""
    return bool(HIGHLIGHT.search(text) or CLOZE.search(text))


def gaps_of(text: str) -> str:
    """Return `text` with each `==gap==` as a cloze of its own number."""
    numbers = [int(found[1]) for found in CLOZE.finditer(text)]
    count = max(numbers, default=0)

    def cloze(found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return f"{{{{c{count}::{_BRACE.sub('} }', found[1])}}}}}"

    return HIGHLIGHT.sub(cloze, text)


def revealed(text: str) -> str:
    """Return `text` with what its clozes hide."""
    return _replaced(text, lambda found: found["text"])


def prompt_of(text: str) -> str:
    """Return the prompt that a text with clozes makes: each is an ellipsis."""
    return _replaced(text, lambda found: f"[{found['hint'] or '…'}]")


def _replaced(text: str, new: Callable[[re.Match[str]], str]) -> str:
    """Return `text` with its clozes replaced, those within clozes first."""
    for _ in range(_MAX_DEPTH):
        text, count = _INNERMOST.subn(new, text)
        if not count:
            break
    return text
