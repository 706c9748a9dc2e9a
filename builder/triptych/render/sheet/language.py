"""Guess the language of a card, which may differ from that of its deck."""

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
"""The languages written in a script; the first is assumed."""

_LOW_SCRIPTS = frozenset({"ARMENIAN", "CYRILLIC", "GEORGIAN", "GREEK", "HEBREW"})
_NOT_LATIN = re.compile(r"[^\x00-\u036f\u1e00-\u1eff\u2000-\u2bff]")
_MAX_SAMPLE_CHARS = 200
"""The characters from which the language is guessed."""


class Language(NamedTuple):
    """A language, as Typst needs it."""

    code: str
    """Two or three letters (ISO 639)."""
    region: str | None
    direction: str
    """`ltr` or `rtl`."""


def language_of_tag(tag: str) -> Language:
    """Return the language of a tag such as ``pt-BR``; English if the tag is invalid."""
    first, *rest = tag.replace("_", "-").split("-")
    code = first.lower() if re.fullmatch(r"[A-Za-z]{2,3}", first) else "en"
    region = next((part for part in rest if re.fullmatch(r"[A-Za-z]{2}", part)), None)
    return Language(code, region.upper() if region else None, language_direction(code))


def guess_language(text: str, default: Language) -> Language:
    """Return the language of `text`, which is `default` unless there is cause.

    One letter of the script of `default` is enough for it. That is not so for Latin,
    which names and abbreviations are written in everywhere: most letters must be Latin.
    """
    text = text[:_MAX_SAMPLE_CHARS]
    script = _script(text)
    if script is None or not _scripts_of(default).isdisjoint(_scripts(text)):
        return default
    if script == _LATIN:
        is_latin = not _scripts_of(default)
        return default if is_latin else Language("en", None, "ltr")
    languages = _LANGUAGES.get(script, ())
    if not languages:
        return default
    return Language(languages[0], None, language_direction(languages[0]))


def _scripts_of(language: Language) -> frozenset[str]:
    """Return the scripts that a language is written in; none for Latin."""
    found = (name for name, codes in _LANGUAGES.items() if language.code in codes)
    return frozenset(found)


def needs_tall_lines(language: Language) -> bool:
    """Return whether its script needs more space between lines than Latin does."""
    return any(
        language.code in languages
        for script, languages in _LANGUAGES.items()
        if script not in _LOW_SCRIPTS
    )


def _script(text: str) -> str | None:
    if not _NOT_LATIN.search(text):
        return _LATIN if any(map(str.isalpha, text)) else None
    scripts = _scripts(text)
    if not scripts:
        return None
    # Japanese and Korean are written with Chinese characters too.
    for script in ("HIRAGANA", "KATAKANA", "HANGUL"):
        if script in scripts:
            return script
    return max(scripts, key=scripts.__getitem__)


def _scripts(text: str) -> Counter[str]:
    """Return how many letters of each script `text` has."""
    return Counter(map(_script_of, filter(str.isalpha, text)))


@lru_cache(maxsize=4096)
def _script_of(character: str) -> str:
    return unicodedata.name(character, "?").split(maxsplit=1)[0]
