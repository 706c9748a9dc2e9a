"""Languages: which way they run, how they count, and which words fit which."""

import re
from collections.abc import Callable, Iterator, Mapping
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
    return _RULES.get(primary_language(language), _USUAL)


_COMMA = frozenset({"ar", "en", "he", "hi", "ja", "ko", "th", "ur", "zh"})
_MIN_SPACED = 10_000


def grouped(language: str, number: int) -> str:
    """Return `number` with its digits in groups as they are written in `language`."""
    text = f"{number:,}"
    if primary_language(language) in _COMMA:
        return text
    # Points and commas mean different things from country to country; a space does not.
    return str(number) if number < _MIN_SPACED else text.replace(",", "\u202f")


def normalized_tag(tag: str) -> str:
    """Return a language tag as it can be compared."""
    return tag.replace("_", "-").lower()


def primary_language(tag: str) -> str:
    """Return the language of a tag without script and country."""
    return normalized_tag(tag).partition("-")[0]


_SCRIPTS: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(("de", "en", "es", "fr", "it", "pt"), "latn")
    | {"ar": "arab", "hi": "deva", "ja": "jpan", "ru": "cyrl"}
)
"""The script of a tag that names none, for the languages that triptych has words in."""
_TRADITIONAL = frozenset({"hk", "mo", "tw"})


def fallback_tags(tag: str) -> Iterator[str]:
    """Yield the tags whose words readers of `tag` can read, the nearest first.

    They are shortened as BCP 47 has it: `pt-br`, then `pt`. Chinese that names no
    script has the one of its country, so `zh-cn` finds `zh-hans`. Words in another
    script than the one that is named do not fit: `hi-latn` does not find `hi`.
    """
    parts = normalized_tag(tag).split("-")
    first, script = parts[0], _script(parts)
    for length in range(len(parts), 1, -1):
        yield "-".join(parts[:length])
    if not script or _SCRIPTS.get(first, script) == script:
        yield first
    if first == "zh" and not script:
        yield "zh-hant" if _TRADITIONAL & {*parts} else "zh-hans"


def language_direction(language: str) -> str:
    """Return `rtl` for a language written from right to left, else `ltr`."""
    script = _script(normalized_tag(language).split("-"))
    if script:
        return "rtl" if script in _RTL_SCRIPTS else "ltr"
    return "rtl" if primary_language(language) in _RTL_LANGUAGES else "ltr"


def _script(parts: list[str]) -> str:
    """Return the script that a tag names, as ISO 15924 does, if it names one."""
    length = 4
    # A variant of four characters, such as `1996`, begins with a digit.
    named = (part for part in parts[1:] if len(part) == length and part.isalpha())
    return next(named, "")


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
