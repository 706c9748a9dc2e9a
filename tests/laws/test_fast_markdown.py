"""Choosing the rules by the first character changes no token of Markdown."""

import os
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import markdown_it
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.constructs import CONSTRUCTS

from triptych.parse import fast_markdown, markdown

SPECIFICATION = os.environ.get("COMMONMARK_SPEC", "")
"""The text of the specification of CommonMark, which `.ci/full` fetches."""
_EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n", re.MULTILINE | re.DOTALL)


def examples() -> tuple[str, ...]:
    """Return our own examples, and those of the specification if it is given."""
    if not SPECIFICATION:
        return CONSTRUCTS
    theirs = _EXAMPLE.findall(Path(SPECIFICATION).read_text("utf-8"))
    assert len(theirs) > 600
    return (*CONSTRUCTS, *(text.replace("\u2192", "\t") for text in theirs))


EXAMPLES = examples()
OURS = (
    "$x_1$ costs $5 and $$$\n",
    "text\n$$\nx *y*\n$$\n",
    "{{c1::a *b* {c}::hint}} and {{c2::$x}$}}\n",
    "Term\n: *Meaning*\n\n  more\n",
    "Term\n~ Meaning\n",
    "A note[^1] and ~~gone~~.\n\n[^1]: Below\n\n    more\n",
    "> [!NOTE]\n> text\n\n| a | b |\n|---|:-:|\n| `x|y` | $z$ |\n",
    "<int> and <b>bold</b>\n\n<?php\n<div>\n*x*\n",
    "7. seven\n8) eight\n+ plus\n- [x] done\n",
    "\u0661. no list\n\u00a0# no heading\n",
)
PARSERS: dict[str, Callable[[], MarkdownIt]] = {
    "blocks": markdown._parser.__wrapped__,  # noqa: SLF001 - each case makes its own
    "clozes": markdown._cloze_parser.__wrapped__,  # noqa: SLF001 - as above
}


@lru_cache
def parsers(name: str) -> tuple[MarkdownIt, MarkdownIt]:
    """Return a parser of the dialect, and the same with all rules tried everywhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markdown, "by_first_character", lambda _: None)
        plain = PARSERS[name]()
    return PARSERS[name](), plain


def same_tokens(text: str) -> None:
    for name in PARSERS:
        fast, plain = parsers(name)
        assert fast.parse(text) == plain.parse(text)
        assert fast.parseInline(text) == plain.parseInline(text)


@pytest.mark.parametrize("start", range(0, len(EXAMPLES), 100))
def test_every_construct_of_commonmark_gives_the_same_tokens(start: int) -> None:
    for text in EXAMPLES[start : start + 100]:
        same_tokens(text)


@pytest.mark.parametrize("text", OURS)
def test_the_dialect_gives_the_same_tokens(text: str) -> None:
    same_tokens(text)


PIECES = st.one_of(
    st.sampled_from([*EXAMPLES, *OURS]),
    st.sampled_from(
        [*"\n\n\n    >->-#*_+`~[]()<>!&\\${}:|=1.\u0663é\t\x00", "](", "```"]
    ),
)


@given(st.lists(PIECES, max_size=12).map("".join))
@settings(max_examples=80, deadline=None)
def test_any_text_gives_the_same_tokens(text: str) -> None:
    same_tokens(text)


def counted(md: MarkdownIt, text: str) -> int:
    """Return how many rules are called for `text`."""
    calls = 0

    def counting(rule: Callable[..., bool]) -> Callable[..., bool]:
        def call(*given: object) -> bool:
            nonlocal calls
            calls += 1
            return rule(*given)

        return call

    for ruler in (md.block.ruler, md.inline.ruler):
        for rule in ruler.__rules__:
            rule.fn = counting(rule.fn)
        ruler.__cache__ = None
    fast_markdown.by_first_character(md)
    md.parse(text)
    return calls


def test_few_rules_are_called(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without this, the laws above might compare a parser with itself."""
    text = "Some *text* with `code`,\nand a [link](x.md).\n\n- one\n- two\n"
    few = counted(MarkdownIt(), text)
    monkeypatch.setattr(markdown_it, "__version__", "99.0")
    assert few < counted(MarkdownIt(), text) / 2
