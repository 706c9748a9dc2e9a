"""Parse Markdown with only those rules that can match at a place.

markdown-it tries its rules one after another at each line and at each character that is
not plain text. Most of them begin with a look at the first character: here that is done
once, before any of them is called. The rules and their order stay those of the parser.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import markdown_it
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

_Rule = Callable[..., bool]
_KNOWN_VERSIONS = "4."
_BLOCK_RULES = {
    "blockquote": ">",
    "fence": "`~",
    "footnote_def": "[",
    "heading": "#",
    "hr": "*-_",
    "html_block": "<",
    "list": "*+-0123456789",
    "math_block": "$",
    "reference": "[",
}
"""What a line must begin with for these rules; all others are tried at every line."""
_INLINE_RULES = {
    "autolink": "<",
    "backticks": "`",
    "cloze": "{",
    "emphasis": "*_",
    "entity": "&",
    "escape": "\\",
    "footnote_ref": "[",
    "html_inline": "<",
    "image": "!",
    "link": "[",
    "math_inline": "$",
    "newline": "\n",
    "strikethrough": "~",
}


def by_first_character(md: MarkdownIt) -> None:
    """Let `md`, which has all its rules, choose them by the first character.

    A version of markdown-it that is not known here is left as it is.
    """
    if markdown_it.__version__.startswith(_KNOWN_VERSIONS):
        md.block.ruler = _Ruler(md.block.ruler, _BLOCK_RULES, _block_rule)  # type: ignore[assignment] # it has what is used
        md.inline.ruler = _Ruler(md.inline.ruler, _INLINE_RULES, _inline_rule)  # type: ignore[assignment] # as above


class _Ruler:
    """The rules of a parser, in which one rule stands for all of a chain."""

    def __init__(
        self,
        ruler: Any,  # noqa: ANN401 - of blocks, or of what is inline
        begins: Mapping[str, str],
        one_for_all: "Callable[[_ByCharacter], _Rule]",
    ) -> None:
        self._ruler, self._one_for_all = ruler, one_for_all
        names, rules = ruler.get_active_rules(), ruler.getRules("")
        self._begins = {
            rule: begins[name]
            for name, rule in zip(names, rules, strict=True)
            if name in begins
        }
        self._chains: dict[str, list[_Rule]] = {}

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever it is there
        """Return what else the parser has there, such as the names of its rules."""
        return getattr(self._ruler, name)

    def getRules(self, chain: str = "") -> list[_Rule]:  # noqa: N802 - markdown-it's
        """Return the one rule that chooses among those of a chain."""
        if chain not in self._chains:
            rules = _ByCharacter(self._ruler.getRules(chain), self._begins)
            self._chains[chain] = [self._one_for_all(rules)]
        return self._chains[chain]


class _ByCharacter(dict[str, Sequence[_Rule]]):
    """The rules of a chain that can match, by the first character."""

    def __init__(self, rules: Sequence[_Rule], begins: Mapping[_Rule, str]) -> None:
        super().__init__()
        self._rules, self._begins = rules, begins

    def __missing__(self, character: str) -> Sequence[_Rule]:
        self[character] = found = [
            rule
            for rule in self._rules
            if rule not in self._begins or character in self._begins[rule]
        ]
        return found


def _block_rule(rules: _ByCharacter) -> _Rule:
    def choose(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's
        place = state.bMarks[start] + state.tShift[start]
        for rule in rules[state.src[place : place + 1]]:
            if rule(state, start, end, silent):
                return True
        return False

    return choose


def _inline_rule(rules: _ByCharacter) -> _Rule:
    def choose(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's
        for rule in rules[state.src[state.pos]]:  # noqa: SIM110 - any() takes longer
            if rule(state, silent):
                return True
        return False

    return choose
