"""Nest the rules of a style sheet that are neighbours and begin the same.

`.code b{…}.code i{…}` becomes `.code{b{…}i{…}}`, which selects the same elements, with
the same weight and in the same order.
"""

import re
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from triptych.patterns import lazy_pattern

_RULES = lazy_pattern(r"(?:[^{}@;][^{}]*\{[^{}]*\})+")
"""Rules in a row that have no rules within; no string of ours has a brace."""
_RULE = lazy_pattern(r"([^{}]+)\{([^{}]*)\}")
_FIRST = lazy_pattern(r"(?:[a-z][\w-]*|[.#][\w-]+|\[[^]]*\])(?=[\s>+~:.\[,]|$)")
_SELECTOR = lazy_pattern(r"(?:\([^()]*(?:\([^()]*\)[^()]*)*\)|[^(),])+")
_NEIGHBOUR = lazy_pattern(r" \+ (?=[^{};]*\{)")
"""A combinator; a sum would be in a declaration, which ends before a brace opens."""
_COMBINATORS = frozenset(">+~")


class _Rule(NamedTuple):
    first: str
    """What the selectors begin with; empty if not all begin the same."""
    rests: tuple[str, ...]
    """What follows that in each selector."""
    declarations: str
    text: str


def nested(css: str) -> str:
    """Return shortened `css` with such rules in one."""
    css = _NEIGHBOUR.sub("+", css)
    return _RULES.sub(lambda rules: _nested(rules[0]), css)


def _nested(rules: str) -> str:
    parsed = [_rule(found) for found in _RULE.finditer(rules)]
    runs = groupby(parsed, key=lambda rule: rule.first)
    return "".join(_joined(first, list(run)) for first, run in runs)


def _rule(found: re.Match[str]) -> _Rule:
    selectors = _SELECTOR.findall(found[1])
    firsts = [_FIRST.match(selector) for selector in selectors]
    first = firsts[0][0] if firsts and firsts[0] else ""
    if any(match is None or match[0] != first for match in firsts):
        first = ""
    rests = tuple(selector[len(first) :] for selector in selectors)
    return _Rule(first, rests, found[2], found[0])


def _joined(first: str, run: Sequence[_Rule]) -> str:
    plain = "".join(rule.text for rule in run)
    if not first:
        return plain
    parts = []
    for number, rule in enumerate(run):
        if not number and rule.rests == ("",):
            parts.append(f"{rule.declarations};" if run[1:] else rule.declarations)
        else:
            selectors = ",".join(map(_relative, rule.rests))
            parts.append(f"{selectors}{{{rule.declarations}}}")
    within = f"{first}{{{''.join(parts)}}}"
    return within if len(within) < len(plain) else plain


def _relative(rest: str) -> str:
    """Return a selector within a rule, given what follows its first part."""
    if rest.startswith(" "):
        return rest.lstrip()
    return rest if rest[:1] in _COMBINATORS else f"&{rest}"
