"""Gaps: paragraphs with `==hidden text==`, and prompts made of clozes."""

import re

CLOZE = re.compile(r"\{\{c(\d{1,3})::(.*?)(?:::([^:}]*))?\}\}", re.DOTALL)
_HIGHLIGHT = re.compile(r"==(?=\S)([^=\n]+?)(?<=\S)==")
_BRACE = re.compile(r"\}\}")


def has_gaps(text: str) -> bool:
    """Return whether `text` hides something."""
    return bool(_HIGHLIGHT.search(text) or CLOZE.search(text))


def gaps_of(text: str) -> str:
    """Return `text` with each `==gap==` as a cloze of its own number."""
    numbers = [int(found[1]) for found in CLOZE.finditer(text)]
    count = max(numbers, default=0)

    def cloze(found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return f"{{{{c{count}::{_BRACE.sub('} }', found[1])}}}}}"

    return _HIGHLIGHT.sub(cloze, text)


def revealed(text: str) -> str:
    """Return `text` with what its clozes hide."""
    return CLOZE.sub(lambda found: found[2], text)


def prompt_of(text: str) -> str:
    """Return the prompt that a text with clozes makes: each is an ellipsis."""
    return CLOZE.sub(lambda found: f"[{found[3] or '…'}]", text)
