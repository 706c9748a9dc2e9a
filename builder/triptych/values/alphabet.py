"""Sort words as the dictionaries of a language do."""
# ruff: noqa: RUF001 - letters of Turkish look like others

import re
import unicodedata
from collections.abc import Iterator, Mapping
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
    letters = _letters(text, language)
    return tuple(_place(letter, _alphabet(language)) for letter in letters), text


def initial(text: str, language: str) -> str:
    """Return the capital that `text` is listed under; `#` if no letter begins it."""
    first = next(_letters(text, language), "")
    if not first.isalpha():
        return "#"
    return "İ" if (first, language) == ("i", "tr") else first.upper()[:1]


def _alphabet(language: str) -> str:
    return _ALPHABETS.get(language, "")


def _letters(text: str, language: str) -> Iterator[str]:
    """Yield what is compared of a text: accents only where they make a letter."""
    small = text.replace("I", "ı").replace("İ", "i") if language == "tr" else text
    small = unicodedata.normalize("NFC", small.casefold())
    if language == "ar":
        small = small.removeprefix(_ARABIC_ARTICLE)
    alphabet = _alphabet(language)
    for sign in _PREPOSED_THAI.sub(r"\2\1", small):
        if sign in alphabet:
            yield sign
            continue
        for part in unicodedata.normalize("NFKD", sign).translate(_BARE):
            if not unicodedata.combining(part):
                yield part


def _place(letter: str, alphabet: str) -> tuple[int, int]:
    """Return the class and the place of a letter, a digit or a sign."""
    if letter in alphabet:
        return 2, alphabet.index(letter)
    if letter.isdigit():
        return 1, ord(letter)
    return 3 if letter.isalpha() else 0, ord(letter)
