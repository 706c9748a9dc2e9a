"""A word of the compiler's own, perhaps in another language than its surroundings."""

import re
from dataclasses import dataclass, replace
from html import escape

from triptych.values.language import language_direction

_PLACE = re.compile(r"\{(\w+)(:,)?\}")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a sentence that the compiler adds to a deck's own text."""

    text: str
    language: str = "en"
    """The language that it is written in."""
    page_language: str = "en"
    """The language of the text that it stands in."""

    @property
    def is_foreign(self) -> bool:
        """Return whether the word is not in the language of what is around it."""
        return _base(self.language) != _base(self.page_language)

    @property
    def html(self) -> str:
        """Return the word as HTML, its language marked where it is another one."""
        text = escape(self.text)
        if not self.is_foreign:
            return text
        direction = language_direction(self.language)
        turns = direction != language_direction(self.page_language)
        turn = f' dir="{direction}"' if turns else ""
        return f'<span lang="{escape(self.language)}"{turn}>{text}</span>'

    def __html__(self) -> str:
        return self.html

    def attribute(self, name: str) -> str:
        """Return an HTML attribute that says the word, and its language if need be."""
        return f' {name}="{escape(self.text)}"{self.lang}'

    @property
    def lang(self) -> str:
        """Return the attribute for an element in the word's language if it differs."""
        return f' lang="{escape(self.language)}"' if self.is_foreign else ""

    def filled(self, **values: object) -> "Word":
        """Return the word with `values` where it names them, as in `Release {n}`."""

        def put(place: re.Match[str]) -> str:
            name, grouped = place.groups()
            if name not in values:
                return place[0]
            value = values[name]
            return f"{value:,}" if grouped else str(value)

        return replace(self, text=_PLACE.sub(put, self.text))


def _base(language: str) -> str:
    return language.replace("_", "-").split("-", maxsplit=1)[0].lower()
