"""The strings of the user interface on cards."""

from collections.abc import Mapping

from triptych.values.ui_strings import Strings, UiString

CardStrings = Mapping[str, UiString]


def card_strings(strings: Strings, language: str) -> CardStrings:
    """Return the words of cards by key, in `language` or else a fallback."""
    return strings.section("card", language)
