"""The compiler's own words, perhaps in another language than their surroundings."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import escape

from triptych.values.language import (
    fallback_tags,
    grouped,
    language_direction,
    normalized_tag,
    plural,
    plurals,
    primary_language,
)

FALLBACK = "en"
SHARED = ""
"""The section of the words that stand in more than one place."""

Forms = Mapping[str, str]
"""A text by plural form; `other` is always there."""

Table = Mapping[str, Mapping[str, Forms]]
"""The words of one language by section, then by key."""

_PLACE = re.compile(r"\{(\w+)(:,)?\}")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a sentence that the compiler adds to a deck's own text."""

    text: str
    language: str = "en"
    """The language that it is written in."""
    page_language: str = "en"
    """The language of the text that it stands in."""
    forms: Forms = field(default_factory=dict)
    """How it reads for numbers that want a form of their own."""

    @property
    def is_foreign(self) -> bool:
        """Return whether the word is not in the language of what is around it."""
        here, there = self.language, self.page_language
        return here != there and primary_language(here) != primary_language(there)

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

    def __str__(self) -> str:
        return self.text

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
            name, in_groups = place.groups()
            if name not in values:
                return place[0]
            value = values[name]
            if in_groups and isinstance(value, int):
                return grouped(self.language, value)
            return str(value)

        return replace(self, text=_PLACE.sub(put, self.text))

    def counted(self, number: int) -> "Word":
        """Return the word for `number` things, such as `1 question`, `12 questions`."""
        form = self.forms.get(plural(self.language, number), self.text)
        return replace(self, text=form).filled(n=number)


@dataclass(frozen=True, slots=True)
class Strings:
    """The string table: the compiler's own words in all languages that it knows."""

    tables: Mapping[str, Table]
    """By language tag."""

    def words(self, section: str, language: str) -> dict[str, Word]:
        """Return the words of `section` by key, in `language` as far as it has them."""
        found: dict[str, Word] = {}
        for name, table in reversed(list(self._tables(language))):
            for part in (SHARED, section):
                for key, forms in table.get(part, {}).items():
                    found[key] = Word(forms["other"], name, language, forms)
        return found

    def missing(self, language: str) -> list[str]:
        """Return the words that a deck in `language` would show in English.

        A word that English inflects for number needs all forms of the language, too.
        """
        lacking = []
        for section, words in self.tables[FALLBACK].items():
            said = self.words(section, language)
            for key, english in words.items():
                word, name = said[key], f"{section}.{key}" if section else key
                wanted = plurals(language) if len(english) > 1 else ("other",)
                if word.is_foreign:
                    lacking.append(name)
                else:
                    lacking += [f"{name}.{w}" for w in wanted if w not in word.forms]
        return lacking

    def _tables(self, language: str) -> Iterator[tuple[str, Table]]:
        """Yield the tables for, say, `pt-BR`: its own, that of `pt`, then English."""
        named = {normalized_tag(name): name for name in self.tables}
        for tag in dict.fromkeys([*fallback_tags(language), FALLBACK]):
            if tag in named:
                yield named[tag], self.tables[named[tag]]


def placeholders(text: str) -> Iterator[str]:
    """Yield the names in `text` that `Word.filled` puts values in the place of."""
    return (place[1] for place in _PLACE.finditer(text))
