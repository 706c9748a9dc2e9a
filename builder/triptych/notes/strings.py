"""The words that cards add to a deck's own, as text."""

from collections.abc import Mapping

from triptych.values.words import Strings

Words = Mapping[str, str]


def words(strings: Strings, language: str) -> Words:
    """Return the words by name, in `language` as far as the table has them."""
    return {key: word.text for key, word in strings.words("card", language).items()}
