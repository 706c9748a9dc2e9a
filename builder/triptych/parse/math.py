"""Parse LaTeX between dollar signs, before Markdown interprets its characters.

The block rule is that of `mdit_py_plugins.dollarmath`, changed to interrupt a paragraph
(for which it must not leave tokens when called with `silent`). The inline rule is our
own: the plugin's checks the *last* character of the text when a formula stands first,
so that it finds no formula in `$x$ is 5`.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.dollarmath.index import math_block_dollar

from triptych.parse.key_marks import KEY, closing_mark, end_of_mark

FORMULAS = ("math_inline", "math_inline_double", "math_block")
"""The types of tokens that are LaTeX."""
DISPLAY_FORMULAS = ("math_block", "math_inline_double")
"""Those of formulas that stand alone, or are written as if they did."""
_INTERRUPTS = ["paragraph", "reference", "blockquote", "list"]
# As GitHub has it: the backticks keep Markdown from what is within.
_QUOTED = re.compile(r"\$`(?!\s*`)[^`]+`\$")
_LETTER = re.compile(r"[A-Za-z_]|\{[A-Za-z_]\w*\}")
_ORDINAL = re.compile(r"(?:st|nd|rd|th|s|d|D|e|te[nmrs]?)(?![A-Za-z_])")
# Not all of what stands between the dollars: that may be a product, as in `$ij$th`.
_NAME = re.compile(r"(?:\{[A-Za-z_]\w*\}|[A-Za-z_]\w+)(?=\W)")
_find_block = math_block_dollar(allow_labels=False, allow_blank_lines=False)


def dollar_math(md: MarkdownIt) -> None:
    """Add rules for `math_inline`, `math_inline_double` and `math_block` to `md`."""
    md.block.ruler.before("fence", "math_block", _block, {"alt": _INTERRUPTS})
    md.inline.ruler.before("escape", "math_inline", _inline)


def formula_end(text: str, start: int, stop: int) -> int:
    """Return the end of the formula that opens at `start`, or -1 if there is none.

    >>> formula_end("$5 and $6", 0, 9)
    -1
    """
    if text.startswith("$$$", start):
        return -1
    if text.startswith("$`", start):
        quoted = _QUOTED.match(text, start, stop)
        if quoted:
            return quoted.end()
    fence = "$$" if text.startswith("$$", start) else "$"
    first = start + len(fence)
    if first >= stop or (fence == "$" and text[first].isspace()):
        return -1
    end = text.find(fence, first, stop)
    while end != -1 and _escaped(text, end, first):
        end = text.find(fence, end + 1, stop)
    if end <= first or not text[first:end].strip():
        return -1
    if fence == "$" and (
        text[end - 1].isspace()
        or text[end + 1 : end + 2].isdigit()
        or _is_variable(text, first, end)
    ):
        return -1
    return end + len(fence)


def _is_variable(text: str, first: int, end: int) -> bool:
    """Return whether the dollar at `end` begins a word, as in `$HOME/bin:$PATH`.

    A formula may end before a few letters: `$n$th`, `$i + 1$st`, `$k$NN`.
    """
    if not _LETTER.match(text, end + 1) or _ORDINAL.match(text, end + 1):
        return False
    named = _NAME.match(text, first, end)
    return bool(named) or any(map(str.isspace, text[first:end]))


def _escaped(text: str, position: int, first: int) -> bool:
    before = text[first:position]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's
    if not state.src.startswith("$$", state.bMarks[start] + state.tShift[start]):
        return False
    line, tokens = state.line, len(state.tokens)
    marked, stop = closing_mark(state, start, end)
    ends = list(state.eMarks) if marked != -1 else state.eMarks
    if marked != -1:
        state.eMarks[marked] = stop
    found = _find_block(state, start, end, silent)
    if marked != -1:
        state.eMarks[:] = ends
        for token in state.tokens[tokens:]:
            token.meta[KEY] = True
    empty = any(not token.content.strip() for token in state.tokens[tokens:])
    if silent or empty:
        state.line = line
        del state.tokens[tokens:]
    return found and not empty


def _inline(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's
    if state.src[state.pos] != "$":
        return False
    end = formula_end(state.src, state.pos, state.posMax)
    if end == -1:
        return _many_dollars(state, silent)
    if not silent:
        written = state.src[state.pos : end]
        double = written.startswith("$$")
        token = state.push("math_inline_double" if double else "math_inline", "math", 0)
        token.markup = "$$" if double else "$"
        if _QUOTED.fullmatch(written):
            token.markup = "$`"
        width = len(token.markup)
        token.content = written[width : len(written) - width]
        if double:
            after = end_of_mark(state.src, end, state.posMax)
            token.meta |= {KEY: True} if after > end else {}
            end = after
    elif state.src.startswith("$$", state.pos):
        end = end_of_mark(state.src, end, state.posMax)
    state.pos = end
    return True


def _many_dollars(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's
    """Keep three or more dollar signs as text, such as a price range."""
    rest = state.src[state.pos : state.posMax]
    width = len(rest) - len(rest.lstrip("$"))
    if width <= len("$$"):
        return False
    if not silent:
        state.pending += "$" * width
    state.pos += width
    return True
