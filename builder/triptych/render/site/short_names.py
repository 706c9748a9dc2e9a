"""Give the variables of a script short names, where that is safe beyond doubt.

A name is the same everywhere in a script, so that what shadows what stays the same. It
is left alone if one of its places might be a property, a shorthand for one, or a name
that the script does not declare.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import count, pairwise, product
from string import ascii_letters

_WORD = re.compile(r"[A-Za-z_$][\w$]*")
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_OPENING = {closing: opening for opening, closing in _CLOSING.items()}
_OUTSIDE = -1
_RESERVED = frozenset({"as", "do", "if", "in", "of"})
"""Words of the language that are as short as names."""


class Brackets:
    """Where each bracket of a script ends, and in which one each token is."""

    def __init__(self, tokens: Sequence[str]) -> None:
        """Find the brackets of a script."""
        self.ends: dict[int, int] = {_OUTSIDE: len(tokens)}
        self.starts: dict[int, int] = {}
        self.around: list[int] = []
        opened = [_OUTSIDE]
        for at, token in enumerate(tokens):
            if token in _OPENING and len(opened) > 1:
                self.starts[at] = opened.pop()
                self.ends[self.starts[at]] = at
            self.around.append(opened[-1])
            if token in _CLOSING:
                opened.append(at)
        for at in opened:
            self.ends[at] = len(tokens)


def short_names(tokens: Sequence[str], brackets: Brackets) -> list[str]:
    """Return the tokens of a script, which are without gaps, with short names."""
    places, taken = _places(tokens, brackets)
    written = list(tokens)
    fresh = (name for name in _short() if name not in taken)
    for name in sorted(places, key=lambda name: -len(places[name])):
        short = next(fresh)
        if len(short) < len(name):
            for at in places[name]:
                written[at] = short
    return written


def _places(
    tokens: Sequence[str], brackets: Brackets
) -> tuple[Mapping[str, list[int]], set[str]]:
    """Return where each name is that may be another, and the words that stay."""
    scopes = defaultdict(list)
    for name, start, end in _declarations(tokens, brackets):
        scopes[name].append((start, end))
    stay = set(_RESERVED)
    for text in tokens:
        if text.startswith("`"):
            stay.update(_WORD.findall(text))
    places: dict[str, list[int]] = {name: [] for name in scopes}
    for at, word in enumerate(tokens):
        if not _WORD.fullmatch(word) or _is_property(tokens, brackets, at):
            continue
        if _is_doubtful(tokens, brackets, at) or not any(
            start <= at < end for start, end in scopes.get(word, ())
        ):
            stay.add(word)
        else:
            places[word].append(at)
    return {name: at for name, at in places.items() if name not in stay}, stay


def _declarations(
    tokens: Sequence[str], brackets: Brackets
) -> Iterator[tuple[str, int, int]]:
    """Yield each name that is declared, and from where to where it is known."""
    for at, (word, follower) in enumerate(pairwise(tokens)):
        start = end = 0
        if tokens[at - 1] == ".":
            continue
        if word in {"const", "let"} and _WORD.fullmatch(follower):
            yield follower, *_scope(tokens, brackets, at)
        elif word in {"function", "catch"} and "(" in tokens[at + 1 : at + 4]:
            start = tokens.index("(", at)
            end = brackets.ends.get(brackets.ends[start] + 1, start)
            if _WORD.fullmatch(tokens[start - 1]) and start - 1 > at:
                yield tokens[start - 1], *_scope(tokens, brackets, at)
        elif (word, follower, tokens[at - 1]) == ("=", ">", ")"):
            start = brackets.starts[at - 1]
            end = _body_end(tokens, brackets, at + 2)
        for name in _parameters(tokens, brackets, start) if end else ():
            yield name, start, end


def _scope(tokens: Sequence[str], brackets: Brackets, at: int) -> tuple[int, int]:
    """Return from where to where a name is known that is declared at `at`."""
    around = brackets.around[at]
    if around == _OUTSIDE or tokens[around] == "{":
        return around, brackets.ends[around]
    body = brackets.ends[around] + 1  # of a loop
    return around, brackets.ends.get(body, around)


def _parameters(tokens: Sequence[str], brackets: Brackets, start: int) -> Iterator[str]:
    """Yield the names between the bracket at `start` and its end."""
    for at in range(start + 1, brackets.ends[start]):
        is_first = brackets.around[at] == start and tokens[at - 1] in {"(", ",", "."}
        if is_first and _WORD.fullmatch(tokens[at]):
            yield tokens[at]


def _body_end(tokens: Sequence[str], brackets: Brackets, start: int) -> int:
    """Return where the body of an arrow function ends that starts at `start`."""
    if tokens[start] == "{":
        return brackets.ends[start]
    at = start
    while at < len(tokens) and tokens[at] not in {",", ";", *_OPENING}:
        at = brackets.ends.get(at, at) + 1
    return at


def _is_property(tokens: Sequence[str], brackets: Brackets, at: int) -> bool:
    """Return whether a word is the name of a property."""
    if tokens[at - 1] == ".":
        return tokens[at - 3 : at] != [".", ".", "."]
    return tokens[at + 1] == ":" and _begins_part(tokens, brackets, at)


def _is_doubtful(tokens: Sequence[str], brackets: Brackets, at: int) -> bool:
    """Return whether a word may stand for a property, too, or be that of a method."""
    if not _begins_part(tokens, brackets, at):
        return False
    follower = tokens[at + 1]
    if follower == "(":
        return tokens[brackets.ends[at + 1] + 1] == "{"
    return follower in {",", "}", "="}


def _begins_part(tokens: Sequence[str], brackets: Brackets, at: int) -> bool:
    """Return whether a word may begin a part of an object."""
    around = brackets.around[at]
    return around != _OUTSIDE and tokens[around] == "{" and tokens[at - 1] in {"{", ","}


def _short() -> Iterator[str]:
    """Yield names, the shortest first."""
    for length in count(1):
        yield from map("".join, product(ascii_letters, repeat=length))
