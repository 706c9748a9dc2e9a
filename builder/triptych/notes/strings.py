"""The strings of the user interface on cards."""

from collections.abc import Mapping

from triptych.values.words import Strings, Word

Words = Mapping[str, Word]


def words(strings: Strings, language: str) -> Words:
    """Return the words of cards by key, in `language` or else a fallback."""
    return strings.words("card", language)
