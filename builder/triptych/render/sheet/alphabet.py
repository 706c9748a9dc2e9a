"""Sort words as the dictionaries of a language do."""
# ruff: noqa: RUF001 - letters of Turkish look like others

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ALPHABETS: Mapping[str, str] = MappingProxyType(
    {
        "cs": "abcčdefghijklmnopqrřsštuvwxyzž",
        "da": f"{_LATIN}æøå",
        "es": "abcdefghijklmnñopqrstuvwxyz",
        "et": "abcdefghijklmnopqrsšzžtuvwõäöüxy",
        "fa": "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی",
        "fi": f"{_LATIN}åäö",
        "hr": "abcčćdđefghijklmnopqrsštuvwxyzž",
        "hu": "abcdefghijklmnoöpqrstuüvwxyz",
        "nb": f"{_LATIN}æøå",
        "nn": f"{_LATIN}æøå",
        "no": f"{_LATIN}æøå",
        "pl": "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż",
        "ro": "aăâbcdefghiîjklmnopqrsștțuvwxyz",
        "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюя",
        "sk": "aäbcčdefghijklmnoôpqrsštuvwxyzž",
        "sl": "abcčdefghijklmnopqrsštuvwxyzž",
        "sv": f"{_LATIN}åäö",
        "tr": "abcçdefgğhıijklmnoöpqrsştuüvwxyz",
        "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
        "vi": "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz",
    }
)
"""The letters of languages that do not sort by letters without accents."""
_BARE = str.maketrans(
    {"æ": "ae", "ð": "d", "đ": "d", "ħ": "h", "ı": "i", "ł": "l", "ø": "o", "œ": "oe"}
)
_PREPOSED_THAI = re.compile("([\u0e40-\u0e44])([\u0e01-\u0e2e])")
"""A vowel that is written before the consonant that it is spoken after."""
_ARABIC_ARTICLE = "\u0627\u0644"

Order = tuple[tuple[tuple[int, int], ...], str]
"""What is compared: the class and the place of each letter, then the text."""


def order(text: str, language: str) -> Order:
    """Return what `text` is sorted by in a language: signs, digits, then letters."""
    small = text.replace("I", "ı").replace("İ", "i") if language == "tr" else text
    small = unicodedata.normalize("NFC", small.casefold())
    if language == "ar":
        small = small.removeprefix(_ARABIC_ARTICLE)
    small = _PREPOSED_THAI.sub(r"\2\1", small)
    alphabet = _ALPHABETS.get(language, "")
    places = (place for sign in small for place in _places(sign, alphabet))
    return tuple(places), text


def initial(text: str, language: str) -> tuple[int, int]:
    """Return what texts share that begin with the same letter, or with no letter."""
    (found, *_), _ = order(text, language) if text else (((0, 0),), "")
    return found if found[0] > 1 else (0, 0)


def _places(sign: str, alphabet: str) -> list[tuple[int, int]]:
    """Return the class and the place of a sign; none for an accent."""
    if sign in alphabet:
        return [(2, alphabet.index(sign))]
    bare = [
        part
        for part in unicodedata.normalize("NFKD", sign).translate(_BARE)
        if not unicodedata.combining(part)
    ]
    return [
        (2, alphabet.index(part)) if part in alphabet else (_class(part), ord(part))
        for part in bare
    ]


def _class(sign: str) -> int:
    """Return 0 for signs, 1 for digits, 3 for letters: of the alphabet they are 2."""
    if sign.isdigit():
        return 1
    return 3 if sign.isalpha() else 0
