"""The words that cards add to a deck's own text."""

from collections.abc import Mapping

from triptych.values.words import Strings, Word

Words = Mapping[str, Word]


def words(strings: Strings, language: str) -> Words:
    """Return the words by name, in `language` as far as the table has them."""
    return strings.words("card", language)
