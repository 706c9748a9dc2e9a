"""The Markdown parser: CommonMark with the extensions that a deck may use."""

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from triptych.dialect.characters import composed, without_control_references
from triptych.dialect.headings import CLASSES
from triptych.dialect.sizes import MAX_PASSAGE_CHARS
from triptych.parse.cloze import clozes
from triptych.parse.fast_markdown import by_first_character
from triptych.parse.github import as_github, inline_as_github
from triptych.parse.literal_tags import literal_tags
from triptych.parse.math import dollar_math
from triptych.parse.typed import typed_text
from triptych.values.document import MAX_MARKDOWN_DEPTH, Tokens

PASSAGES = ("html_block", "inline", "math_block")
"""The types of tokens whose content is processed as a whole."""
_CLASSES = rf"\.(?:{'|'.join(CLASSES)})"
_HEADING_ID = re.compile(rf"(?:^|\s)\{{#([^\s{{}}]+)((?:\s+{_CLASSES})+\s*)?\}}\s*$")
_CLASSES_ALONE = re.compile(rf"(?:^|\s)\{{({_CLASSES}(?:\s+{_CLASSES})*)\}}\s*$")
_BOX = re.compile(r"\[([ xX])\]\s")


def blocks(text: str) -> Tokens:
    """Return the tokens of a body, which consists of blocks."""
    return tuple(_parser().parse(text))


def inline(text: str, *, with_clozes: bool = False) -> Tokens:
    """Return the tokens of a line of prose, such as a prompt or a summary."""
    parser = _cloze_parser() if with_clozes else _parser()
    return tuple(parser.parseInline(text.strip()))


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    options = {"html": True, "maxNesting": MAX_MARKDOWN_DEPTH}
    md = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    # Keep the definitions in place: each layer of the answer gets its own footnotes.
    footnote_plugin(md, inline=False, move_to_end=False)
    deflist_plugin(md)
    dollar_math(md)
    as_github(md)
    md.core.ruler.before("inline", "too_long", _too_long)
    md.core.ruler.before("inline", "heading_id", _heading_id)
    md.core.ruler.push("task_box", _task_box)
    md.core.ruler.push("references", _references)
    literal_tags(md)
    typed_text(md)
    by_first_character(md)
    return md


@lru_cache(maxsize=1)
def _cloze_parser() -> MarkdownIt:
    options = {"html": True, "maxNesting": MAX_MARKDOWN_DEPTH}
    md = MarkdownIt("commonmark", options).enable("strikethrough")
    dollar_math(md)
    inline_as_github(md)
    clozes(md)
    md.core.ruler.push("references", _references)
    literal_tags(md)
    md.core.ruler.before("inline", "too_long", _too_long)
    typed_text(md)
    by_first_character(md)
    return md


def _too_long(state: StateCore) -> None:
    """Empty a passage that is too long, and record its length in the token.

    Some of the later steps take time that grows with the square of the length.
    """
    for token in state.tokens:
        if token.type in PASSAGES and len(token.content) > MAX_PASSAGE_CHARS:
            token.meta["too_long"] = len(token.content)
            token.content = ""


def _references(state: StateCore) -> None:
    """Remove references to reserved characters from raw HTML."""
    for token in state.tokens:
        for piece in (token, *(token.children or ())):
            if piece.type in {"html_block", "html_inline"}:
                piece.content = without_control_references(piece.content)


def _heading_id(state: StateCore) -> None:
    """Move `{#id}` from the end of a heading to its attribute `id`.

    The classes of `{#id .no-card}` become the meta `classes` of its opening token.
    """
    for opening, inline_token in zip(state.tokens, state.tokens[1:], strict=False):
        if opening.type == "heading_open":
            text = inline_token.content
            found = _HEADING_ID.search(text) or _CLASSES_ALONE.search(text)
            if found and found.re is _HEADING_ID:
                opening.attrSet("id", composed(found[1]))
            if found:
                classes = found[2] if found.re is _HEADING_ID else found[1]
                if classes:
                    names = (name.removeprefix(".") for name in classes.split())
                    opening.meta["classes"] = tuple(names)
                inline_token.content = text[: found.start()]


def _task_box(state: StateCore) -> None:
    """Move `[ ]` or `[x]` from the start of a list item to its meta `box`."""
    tokens = state.tokens
    for item, paragraph, text in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if (item.type, paragraph.type) != ("list_item_open", "paragraph_open"):
            continue
        first = text.children[0] if text.children else None
        box = _BOX.match(first.content) if first and first.type == "text" else None
        if first and box:
            first.content = first.content[box.end() :]
            item.meta["box"] = box[1] != " "
