r"""The text of a passage as it is typed: what a reader sees of signs that nothing read.

Before markdown-it joins the pieces of text it still has which were escaped, so that
`\(x\)` can be distinguished from `(x)`.
"""

from collections.abc import Iterable, Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from triptych.patterns import lazy_pattern

TYPED = "typed"
"""The meta of a passage with signs, and the key of such passages in an index."""
IMAGE = "\ue000"
LINK_END = "\ue001"
OTHER = "\ue002"
"""These stand in a typed text for what was read: a picture, a link's end, all else."""
_BREAKS = frozenset({"softbreak", "hardbreak"})
_UNSEEN = frozenset(
    {"em_open", "em_close", "strong_open", "strong_close", "s_open", "s_close"}
)
_SIGNS = lazy_pattern(
    r"[\\$\[\]{}#|`&~^]|\*\*|==|:[a-z_]+:|::|!!!|\?\?\?|<!--"
    # Lines that look like items of a list.
    r"|\n(?:[-+*\u2022\u2013\u00b7\u25cf]|\(?\w{1,2}[.)])"
)


def typed_text(md: MarkdownIt) -> None:
    """Extend `md` to record the typed text of each passage that has signs."""
    md.core.ruler.before("text_join", "typed", _typed)


def _typed(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline" and _SIGNS.search(token.content):
            text = "".join(_pieces(token.children or ()))
            if _SIGNS.search(text):
                token.meta[TYPED] = text


def _pieces(children: Iterable[Token]) -> Iterator[str]:
    for child in children:
        if child.type == "text":
            yield child.content
        elif child.type == "text_special":
            yield child.markup if child.info == "escape" else OTHER
        elif child.type in _BREAKS:
            yield "\n"
        elif child.type == "image":
            yield IMAGE
        elif child.type == "link_close":
            yield LINK_END
        elif child.type not in _UNSEEN:
            yield OTHER
