"""Lexers of Pygments that try only rules which can match at a place.

Pygments tries all rules of a state in turn, which are dozens of regular expressions for
each token. Most of them cannot match there, as the first character shows. Lexers that
have a loop of their own over the rules keep it, and are given shorter lists; for all
others the loop is here, which takes half as long.
"""

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from pygments.lexer import Lexer, RegexLexer
from pygments.token import Error, Whitespace, _TokenType

from triptych.typeset.first_characters import first_characters

_Rule = tuple[Callable[..., Any], Any, Any]
"""What Pygments has for a rule: a function that matches, its tokens, the next state."""
_PLAIN_VISITS = 1000
"""How often rules are looked up before they are sorted, which takes a while."""


def by_first_character(lexer: Lexer, plain_visits: int = _PLAIN_VISITS) -> Lexer:
    """Let `lexer` choose rules by the first character; its tokens stay the same.

    A lexer whose rules are not where Pygments has them is left as it is.
    """
    states = getattr(lexer, "_tokens", None)
    if isinstance(states, dict) and all(map(_is_known, states.values())):
        # Set on this lexer alone: others of its class keep the rules of the class.
        rules = lexer._tokens = _States(states, plain_visits)  # type: ignore[attr-defined] # noqa: SLF001 - no public name
        loop = type(lexer).get_tokens_unprocessed
        if loop is RegexLexer.get_tokens_unprocessed:
            lexer.get_tokens_unprocessed = partial(_tokens, lexer, rules)  # type: ignore[method-assign]
    return lexer


def _tokens(
    lexer: Lexer, states: "_States", text: str, stack: Sequence[str] = ("root",)
) -> Iterator[tuple[int, Any, str]]:
    """Yield what `RegexLexer.get_tokens_unprocessed` yields."""
    place, opened = 0, [*stack]
    rules = states[opened[-1]].by_character
    while True:
        for match, kind, change in rules[text[place : place + 1]]:
            found = match(text, place)
            if not found:
                continue
            if type(kind) is _TokenType:
                yield place, kind, found[0]
            elif kind is not None:
                yield from kind(lexer, found)
            place = found.end()
            if change is not None:
                _change(opened, change)
                rules = states[opened[-1]].by_character
            break
        else:
            if place >= len(text):
                return
            if text[place] == "\n":
                opened = ["root"]
                rules = states["root"].by_character
                yield place, Whitespace, "\n"
            else:
                yield place, Error, text[place]
            place += 1


def _change(opened: list[str], change: Any) -> None:  # noqa: ANN401 - as Pygments has it
    """Open or close states, of which the first always stays open."""
    if isinstance(change, int):
        del opened[change if abs(change) < len(opened) else 1 :]
        return
    for name in ("#push",) if change == "#push" else change:
        if name == "#push":
            opened.append(opened[-1])
        elif name != "#pop":
            opened.append(name)
        elif len(opened) > 1:
            opened.pop()


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
        self.by_character = _ByCharacter(rules, plain_visits)

    def __iter__(self) -> Iterator[_Rule]:
        """Iterate over the rules that can match at the place where Pygments is."""
        # Pygments gives the place to nothing but a rule.
        place = _Place()
        yield place, None, None
        yield from self.by_character[place.character]


class _Place:
    """A rule that never matches, and records the character that it was tried at."""

    __slots__ = ("character",)

    def __init__(self) -> None:
        self.character = ""

    def __call__(self, text: str, start: int, end: int = sys.maxsize) -> None:
        self.character = text[start : start + 1] if start < end else ""


class _ByCharacter(dict[str, list[_Rule]]):
    """The rules that can match, by the character at the place."""

    def __init__(self, rules: list[_Rule], plain_visits: int) -> None:
        super().__init__()
        self._all = rules
        self._begins: list[frozenset[str] | None] = []
        self._plain_visits = plain_visits

    def __missing__(self, character: str) -> list[_Rule]:
        if self._plain_visits:
            self._plain_visits -= 1
            return self._all
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
