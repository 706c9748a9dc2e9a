"""Languages: text direction, plural forms, number format and fallback languages."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
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
"""The plural categories of Unicode's CLDR."""


def _slavic(n: int) -> str:
    if n % 10 == 1 and n % 100 != 11:  # noqa: PLR2004 - from CLDR
        return "one"
    return "few" if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14) else "many"


def _arabic(n: int) -> str:
    exact = {0: "zero", 1: "one", 2: "two"}
    if n in exact:
        return exact[n]
    rest = n % 100
    if 3 <= rest <= 10:  # noqa: PLR2004 - from CLDR
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
"""The plural forms of a language for whole numbers, and the form for a number."""
_DEFAULT_RULE = ("one", "other"), lambda n: "one" if n == 1 else "other"


def plurals(language: str) -> tuple[str, ...]:
    """Return the plural forms of `language`."""
    return _rule(language)[0]


def plural(language: str, number: int) -> str:
    """Return the plural form of `number` in `language`."""
    return _rule(language)[1](number)


def _rule(language: str) -> tuple[tuple[str, ...], Callable[[int], str]]:
    return _RULES.get(primary_language(language), _DEFAULT_RULE)


POINT_LANGUAGES = frozenset({"ar", "en", "he", "hi", "ja", "ko", "th", "ur", "zh"})
"""The languages that write 12,345.6; the others write 3,5."""
_MIN_NUMBER_WITH_SPACES = 10_000


def grouped(language: str, number: int) -> str:
    """Return `number` with thousands separators as in `language`."""
    text = f"{number:,}"
    if primary_language(language) in POINT_LANGUAGES:
        return text
    # Points and commas mean different things from country to country; a space does not.
    return (
        str(number) if number < _MIN_NUMBER_WITH_SPACES else text.replace(",", "\u202f")
    )


_TAG = re.compile(
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*"
    r"(?:-x(?:-[a-z0-9]{1,8})+)?",
    re.IGNORECASE,
)
_COUNTRIES = frozenset({"cn", "cz", "dk", "gr", "jp", "kr", "ua"})
"""Codes of countries that are no languages, and often taken for them."""


def is_language_tag(tag: str) -> bool:
    """Return whether `tag` is formed as BCP 47 says; its parts may be unknown."""
    return bool(_TAG.fullmatch(tag)) and tag.lower() not in _COUNTRIES


def normalized_tag(tag: str) -> str:
    """Return a language tag in lower case and with hyphens, to compare it."""
    return tag.replace("_", "-").lower()


def primary_language(tag: str) -> str:
    """Return the language subtag of `tag`, without script and country."""
    return normalized_tag(tag).partition("-")[0]


_SCRIPTS: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(("de", "en", "es", "fr", "it", "pt"), "latn")
    | {"ar": "arab", "hi": "deva", "ja": "jpan", "ru": "cyrl"}
)
"""The default script of the languages that triptych is translated into."""
_TRADITIONAL = frozenset({"hk", "mo", "tw"})


def fallback_tags(tag: str) -> Iterator[str]:
    """Yield the language tags to look up translations for `tag`, the best first.

    Tags are shortened as in BCP 47: `pt-br`, then `pt`. Chinese without a script gets
    the script of its country: `zh-cn` falls back to `zh-hans`. A tag never falls back
    to another script: `hi-latn` does not fall back to `hi`.
    """
    parts = normalized_tag(tag).split("-")
    first, script = parts[0], _script(parts)
    for length in range(len(parts), 1, -1):
        yield "-".join(parts[:length])
    if not script or _SCRIPTS.get(first, script) == script:
        yield first
    if first == "zh" and not script:
        yield "zh-hant" if _TRADITIONAL & {*parts} else "zh-hans"


@lru_cache(maxsize=64)
def language_direction(language: str) -> str:
    """Return `rtl` for a language written from right to left, else `ltr`."""
    script = _script(normalized_tag(language).split("-"))
    if script:
        return "rtl" if script in _RTL_SCRIPTS else "ltr"
    return "rtl" if primary_language(language) in _RTL_LANGUAGES else "ltr"


def _script(parts: list[str]) -> str:
    """Return the ISO 15924 script in a tag, or an empty string."""
    length = 4
    # A variant of four characters, such as `1996`, begins with a digit.
    scripts = (part for part in parts[1:] if len(part) == length and part.isalpha())
    return next(scripts, "")


def has_rtl(text: str) -> bool:
    """Return whether `text` holds a letter that is written from right to left."""
    return not text.isascii() and bool(_RTL_LETTERS.search(text))


def may_have_rtl(language: str, text: str) -> bool:
    """Return whether a deck in `language` with `text` may have such letters."""
    return language_direction(language) == "rtl" or has_rtl(text)


def text_direction(text: str, default: str) -> str:
    """Return `rtl` or `ltr` for `text`; `default` when it holds no letter."""
    rtl = 0 if text.isascii() else len(_RTL_LETTERS.findall(text))
    if not rtl:
        return "ltr" if default == "ltr" or _LETTERS.search(text) else default
    # Technical text holds many Latin names in every language, so a third is enough.
    return "rtl" if 3 * rtl >= len(_LETTERS.findall(text)) else "ltr"
