"""Guess a card's language and direction: a deck may teach one language in another."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from triptych.values.language import language_direction

_LATIN = "LATIN"
_LANGUAGES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        script: tuple(languages.split())
        for script, languages in {
            "ARABIC": "ar fa ur ps ckb sd ug ks",
            "ARMENIAN": "hy",
            "BENGALI": "bn as",
            "CJK": "zh ja ko",
            "CYRILLIC": "ru uk bg sr be mk kk ky mn tg",
            "DEVANAGARI": "hi mr ne sa",
            "ETHIOPIC": "am ti",
            "GEORGIAN": "ka",
            "GREEK": "el",
            "GUJARATI": "gu",
            "GURMUKHI": "pa",
            "HANGUL": "ko",
            "HEBREW": "he yi",
            "HIRAGANA": "ja",
            "KANNADA": "kn",
            "KATAKANA": "ja",
            "KHMER": "km",
            "LAO": "lo",
            "MALAYALAM": "ml",
            "MYANMAR": "my",
            "ORIYA": "or",
            "SINHALA": "si",
            "TAMIL": "ta",
            "TELUGU": "te",
            "THAI": "th",
        }.items()
    }
)
"""The languages of a script, the one to assume first."""

_LOW = frozenset({"ARMENIAN", "CYRILLIC", "GEORGIAN", "GREEK", "HEBREW"})
_BEYOND_LATIN = re.compile(r"[^\x00-\u036f\u1e00-\u1eff\u2000-\u2bff]")
_ENOUGH = 200
"""So many characters tell the language."""


class Language(NamedTuple):
    """What a typesetter must know of a language."""

    code: str
    """Two or three letters."""
    region: str | None
    direction: str
    """`ltr` or `rtl`."""


def language_of_tag(tag: str) -> Language:
    """Return the language that a tag such as ``pt-BR`` names; English if it is none."""
    first, *rest = tag.replace("_", "-").split("-")
    code = first.lower() if re.fullmatch(r"[A-Za-z]{2,3}", first) else "en"
    region = next((part for part in rest if re.fullmatch(r"[A-Za-z]{2}", part)), None)
    return Language(code, region.upper() if region else None, language_direction(code))


def guess_language(text: str, usual: Language) -> Language:
    """Return the language of `text`, which is `usual` where its script allows."""
    script = _script(text[:_ENOUGH])
    if script is None:
        return usual
    if script == _LATIN:
        foreign = any(usual.code in languages for languages in _LANGUAGES.values())
        return Language("en", None, "ltr") if foreign else usual
    languages = _LANGUAGES.get(script, ())
    if not languages or usual.code in languages:
        return usual
    return Language(languages[0], None, language_direction(languages[0]))


def needs_tall_lines(language: Language) -> bool:
    """Return whether the letters want more room between lines than Latin ones."""
    return any(
        language.code in languages
        for script, languages in _LANGUAGES.items()
        if script not in _LOW
    )


def _script(text: str) -> str | None:
    if not _BEYOND_LATIN.search(text):
        return _LATIN if any(map(str.isalpha, text)) else None
    scripts = Counter(map(_script_of, filter(str.isalpha, text)))
    if not scripts:
        return None
    # Japanese and Korean are written with Chinese characters too.
    for telling in ("HIRAGANA", "KATAKANA", "HANGUL"):
        if telling in scripts:
            return telling
    return max(scripts, key=scripts.__getitem__)


@lru_cache(maxsize=4096)
def _script_of(character: str) -> str:
    return unicodedata.name(character, "?").split(maxsplit=1)[0]
