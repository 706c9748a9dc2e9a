"""Choosing the rules by the first character changes no token of any lexer."""

import random
import re
from collections.abc import Iterator, Sequence
from importlib import import_module
from types import ModuleType
from typing import Any, ClassVar

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pygments.lexer import Lexer, RegexLexer
from pygments.lexers import find_lexer_class, get_all_lexers
from pygments.token import Name, Punctuation

from triptych.typeset import first_characters as first_characters_module
from triptych.typeset.fast_lexer import by_first_character
from triptych.typeset.first_characters import first_characters
from triptych.typeset.highlight import highlight, initial_state

NAMES = sorted(name for name, *_ in get_all_lexers())
"""Of all lexers that Pygments has."""
COMMON = ("Bash", "C++", "HTML", "JSON", "Python", "Rust", "SQL", "TypeScript", "YAML")
OTHERS = "aé ß🙂\u00a0\u017f\u212a中\n\t\x1c\x7f"
PRINTABLE = "".join(map(chr, range(32, 127)))
RULES = "_tokens"
"""Where Pygments has the rules of a lexer."""
parser = import_module("re._parser")


def some_match(pieces: Sequence[Any], rng: random.Random) -> str:
    """Return what an expression roughly matches: it leaves out what has no width."""
    return "".join(map(str, _parts(pieces, rng)))


def _parts(pieces: Sequence[Any], rng: random.Random) -> Iterator[str]:
    for kind, parts in pieces:
        match str(kind):
            case "LITERAL":
                yield chr(parts)
            case "NOT_LITERAL" | "ANY":
                yield rng.choice(PRINTABLE)
            case "IN":
                yield _one_of(parts, rng)
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                for _ in range(parts[0] + rng.randrange(2)):
                    yield some_match(parts[2], rng)
            case "BRANCH":
                yield some_match(rng.choice(parts[1]), rng)
            case "SUBPATTERN":
                yield some_match(parts[3], rng)
            case "ATOMIC_GROUP":
                yield some_match(parts, rng)


def _one_of(choices: Sequence[Any], rng: random.Random) -> str:
    kind, parts = rng.choice(choices)
    match str(kind):
        case "LITERAL":
            return chr(parts)
        case "RANGE":
            return chr(rng.randint(*parts))
    return rng.choice("7a_ \n;")


def some_code(lexer: Lexer, rng: random.Random) -> str:
    """Return text that many rules of the lexer match, and some that none does."""
    states = getattr(lexer, RULES, {"root": []})
    parts = ["\n"]
    for rules in states.values():
        for rule in rng.sample(rules, min(6, len(rules))):
            pattern = getattr(rule[0], "__self__", None)
            if isinstance(pattern, re.Pattern):
                parts.append(
                    some_match(parser.parse(pattern.pattern, pattern.flags), rng)
                )
    rng.shuffle(parts)
    text = "".join(f"{part}{rng.choice(' ;(x' + chr(10))}" for part in parts[:150])
    return f"{text[:3000]}{''.join(rng.sample(PRINTABLE + OTHERS, 30))}"


def lexer_of(name: str) -> Lexer:
    found = find_lexer_class(name)
    assert found
    return found(stripnl=False, ensurenl=False)


def rules_of(lexer: Lexer) -> dict[str, Any]:
    rules: dict[str, Any] = getattr(lexer, RULES)
    return rules


def same_tokens(name: str, seed: int) -> None:
    plain, fast = lexer_of(name), by_first_character(lexer_of(name), plain_visits=3)
    code = some_code(plain, random.Random(seed))  # noqa: S311 - repeatable
    # Some lexers keep what they have read for all of their class.
    vars(plain).update(initial_state(plain))
    vars(fast).update(initial_state(fast))
    expected = list(plain.get_tokens(code))
    assert list(fast.get_tokens(code)) == expected, code


@pytest.mark.parametrize("name", COMMON)
def test_common_lexers_give_the_same_tokens(name: str) -> None:
    same_tokens(name, 1)


@given(st.sampled_from(NAMES), st.integers(0, 1 << 30))
@settings(max_examples=60, deadline=None)
def test_any_lexer_gives_the_same_tokens(name: str, seed: int) -> None:
    same_tokens(name, seed)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(8))
def test_every_lexer_gives_the_same_tokens(part: int) -> None:
    for name in NAMES[part::8]:
        same_tokens(name, 2)


STATEFUL = ["Haxe", "Modula-2"]
"""Languages whose lexers keep something for all code that follows."""


@given(
    st.sampled_from([*STATEFUL, *NAMES]), st.integers(0, 1 << 30), st.integers(0, 99)
)
@settings(max_examples=30, deadline=None)
@example("Haxe", 2110850, 0)
@example("Modula-2", 67, 0)
def test_code_has_its_colours_whatever_was_before(
    name: str, seed: int, other: int
) -> None:
    lexer = lexer_of(name)
    language = lexer.aliases[0] if lexer.aliases else ""
    code, before = (
        some_code(lexer, random.Random(number))  # noqa: S311 - repeatable
        for number in (seed, other)
    )
    alone = highlight(code, language)
    highlight.cache_clear()
    highlight(f"{before}\n(*!m2r10*)\n#if x", language)
    assert highlight(code, language) == alone


class Nested(RegexLexer):
    """A lexer that closes more states than are open, and opens some again."""

    name = "Nested"
    tokens: ClassVar = {
        "root": [
            (r"\(", Punctuation, ("#push", "inner")),
            (r"\)", Punctuation, ("#pop", "#pop")),
            (r"a", Name, ("#pop", "inner")),
            (r"b", Name, "#push"),
        ],
        "inner": [(r"\)", Punctuation, "#pop:9"), (r"a", Name), (r"\[", Name, "#push")],
    }


@given(st.text("(()))ab[\n.é"))
def test_states_are_opened_and_closed_alike(code: str) -> None:
    fast = by_first_character(Nested(), plain_visits=0)
    assert list(fast.get_tokens(code)) == list(Nested().get_tokens(code))


def test_few_rules_are_tried() -> None:
    """Without this, the laws above might compare a lexer with itself."""
    fast = by_first_character(lexer_of("Python"), plain_visits=0)
    plain = lexer_of("Python")
    assert list(fast.get_tokens("total = (1 + other) * 2"))
    for character in "(1+t":
        few = rules_of(fast)["root"].by_character[character]
        assert 0 < len(few) < len(rules_of(plain)["root"]) / 3


PATTERNS = (
    ("ab", "a"),
    ("a?b", "ab"),
    ("(?:a*)(?:b|c)d", "abc"),
    ("(?:a|b?)c", "abc"),
    ("a{0}b", "ab"),
    (r"\bif", "i"),
    ("(?i)k", "kK"),
    ("(?i:x)y", "xX"),
    ("(?x) # a comment\n y", "y"),
    (r"[^\x00-y]", "z{|}~\x7f"),
    ("é", "é"),
    ("(?>ab|c)", "ac"),
    ("a++b", "a"),
    ("^", None),
    ("(a)?(?(1)b|c)", None),
    ("x|", None),
    ("(?=a)b", "b"),
    (r"(a)\1", "a"),
)


@pytest.mark.parametrize(("pattern", "wanted"), PATTERNS)
def test_a_match_begins_with_one_of_these(pattern: str, wanted: str | None) -> None:
    found = first_characters(re.compile(pattern))
    assert found == (None if wanted is None else frozenset(wanted))


@pytest.mark.parametrize("name", ["re._parser", "re._compiler"])
def test_another_python_makes_it_slow_and_not_wrong(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its modules are private, so that they may move or change."""
    other = {name: ModuleType("other")}
    monkeypatch.setattr(
        first_characters_module,
        "import_module",
        lambda wanted: other.get(wanted) or import_module(wanted),
    )
    assert first_characters(re.compile("[ab]")) is None
    same_tokens("Python", 4)


def test_a_lexer_with_other_rules_is_left_alone() -> None:
    lexer: Any = lexer_of("Python")
    rules = {"root": [("a", "b")]}
    setattr(lexer, RULES, rules)
    assert rules_of(by_first_character(lexer)) is rules
