"""Which way languages and texts run, for every output alike."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

_RTL_LANGUAGES = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "mzn", "nqo", "pnb", "ps", "sd"}
    | {"syr", "ug", "ur", "yi"}
)
_RTL_SCRIPTS = frozenset({"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"})
_RTL_LETTERS = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_LETTERS = re.compile(r"[^\W\d_]")


PLURALS = frozenset({"zero", "one", "two", "few", "many", "other"})
"""The forms that a word may have for numbers, as Unicode's CLDR names them."""


def _slavic(n: int) -> str:
    if n % 10 == 1 and n % 100 != 11:  # noqa: PLR2004 - these are the language's numbers
        return "one"
    return "few" if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14) else "many"


def _arabic(n: int) -> str:
    exact = {0: "zero", 1: "one", 2: "two"}
    if n in exact:
        return exact[n]
    rest = n % 100
    if 3 <= rest <= 10:  # noqa: PLR2004 - these are the language's numbers
        return "few"
    return "many" if rest > 10 else "other"  # noqa: PLR2004


_RULES: Mapping[str, tuple[tuple[str, ...], Callable[[int], str]]] = MappingProxyType(
    {
        **dict.fromkeys(
            ("ja", "ko", "th", "vi", "zh"), (("other",), lambda _: "other")
        ),
        **dict.fromkeys(
            ("fr", "hi", "pt"),
            (("one", "other"), lambda n: "other" if n > 1 else "one"),
        ),
        **dict.fromkeys(("be", "ru", "uk"), (("one", "few", "many", "other"), _slavic)),
        "ar": (("zero", "one", "two", "few", "many", "other"), _arabic),
    }
)
"""The forms that a language has for whole numbers, and which one a number wants."""
_USUAL = ("one", "other"), lambda n: "one" if n == 1 else "other"


def plurals(language: str) -> tuple[str, ...]:
    """Return the plural forms of `language`."""
    return _rule(language)[0]


def plural(language: str, number: int) -> str:
    """Return the plural form that `number` wants in `language`."""
    return _rule(language)[1](number)


def _rule(language: str) -> tuple[tuple[str, ...], Callable[[int], str]]:
    return _RULES.get(re.split(r"[-_]", language.lower())[0], _USUAL)


def language_direction(language: str) -> str:
    """Return `rtl` for a language written from right to left, else `ltr`."""
    first, *rest = language.lower().replace("_", "-").split("-")
    scripts = [part for part in rest if len(part) == 4]  # noqa: PLR2004 - ISO 15924
    if scripts:
        return "rtl" if scripts[0] in _RTL_SCRIPTS else "ltr"
    return "rtl" if first in _RTL_LANGUAGES else "ltr"


def has_rtl(text: str) -> bool:
    """Return whether `text` holds a letter of a script that runs from right to left."""
    return not text.isascii() and bool(_RTL_LETTERS.search(text))


def may_have_rtl(language: str, text: str) -> bool:
    """Return whether `text` of a deck in `language` may stand beside such letters."""
    return language_direction(language) == "rtl" or has_rtl(text)


def text_direction(text: str, default: str) -> str:
    """Return the way that `text` runs; `default` when it holds no letter."""
    rtl = 0 if text.isascii() else len(_RTL_LETTERS.findall(text))
    if not rtl:
        return "ltr" if default == "ltr" or _LETTERS.search(text) else default
    # A text on technology is full of Latin names, whichever way it runs.
    return "rtl" if 3 * rtl >= len(_LETTERS.findall(text)) else "ltr"
