"""Lexers of Pygments that try only rules which can match at a place.

Pygments tries all rules of a state in turn, which are dozens of regular expressions for
each token. Most of them cannot match there, and the first character tells. The loop
over the rules stays that of Pygments: it is given shorter lists.
"""

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pygments.lexer import Lexer

from triptych.typeset.first_characters import first_characters

_Rule = tuple[Callable[..., object], Any, Any]
"""What Pygments has for a rule: a function that matches, its tokens, the next state."""
_PLAIN_VISITS = 1000
"""How often a state is read before its rules are sorted, which takes a while."""


def by_first_character(lexer: Lexer, plain_visits: int = _PLAIN_VISITS) -> Lexer:
    """Let `lexer` choose rules by the first character; its tokens stay the same.

    A lexer whose rules are not where Pygments has them is left as it is.
    """
    states = getattr(lexer, "_tokens", None)
    if isinstance(states, dict) and all(map(_is_known, states.values())):
        # Set on this lexer alone: others of its class keep the rules of the class.
        lexer._tokens = _States(states, plain_visits)  # type: ignore[attr-defined] # noqa: SLF001 - no public name
    return lexer


def _is_known(rules: object) -> bool:
    return isinstance(rules, list) and all(
        isinstance(rule, tuple) and len(rule) == len(("match", "tokens", "state"))
        for rule in rules
    )


class _States(dict[str, "_Rules"]):
    """The rules of each state, made when the state is reached."""

    def __init__(self, plain: Mapping[str, list[_Rule]], plain_visits: int) -> None:
        super().__init__()
        self._plain, self._plain_visits = plain, plain_visits

    def __missing__(self, state: str) -> "_Rules":
        self[state] = rules = _Rules(self._plain[state], self._plain_visits)
        return rules


class _Rules:
    """The rules of one state, in their order, as Pygments iterates over them."""

    def __init__(self, rules: list[_Rule], plain_visits: int) -> None:
        self._all = rules
        self._by_character = _ByCharacter(rules)
        self._plain_visits = plain_visits

    def __iter__(self) -> Iterator[_Rule]:
        """Iterate over the rules that can match at the place where Pygments is."""
        if self._plain_visits:
            self._plain_visits -= 1
            return iter(self._all)
        return self._at_a_place()

    def _at_a_place(self) -> Iterator[_Rule]:
        # Pygments tells the place to nothing but a rule.
        place = _Place()
        yield place, None, None
        yield from self._by_character[place.character]


class _Place:
    """A rule that never matches, and remembers the character that it was tried at."""

    __slots__ = ("character",)

    def __init__(self) -> None:
        self.character = ""

    def __call__(self, text: str, start: int, end: int = sys.maxsize) -> None:
        self.character = text[start : start + 1] if start < end else ""


class _ByCharacter(dict[str, list[_Rule]]):
    """The rules that can match, by the character at the place."""

    def __init__(self, rules: list[_Rule]) -> None:
        super().__init__()
        self._all = rules
        self._begins: list[frozenset[str] | None] = []

    def __missing__(self, character: str) -> list[_Rule]:
        if not character.isascii():
            return self._all
        if not self._begins:
            self._begins = [_first_characters(rule) for rule in self._all]
        self[character] = found = [
            rule
            for rule, begin in zip(self._all, self._begins, strict=True)
            if begin is None or character in begin
        ]
        return found


def _first_characters(rule: _Rule) -> frozenset[str] | None:
    pattern = getattr(rule[0], "__self__", None)
    if not isinstance(pattern, re.Pattern) or rule[0] != pattern.match:
        return None
    return first_characters(pattern)
