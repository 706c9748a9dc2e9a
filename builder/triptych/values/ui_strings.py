"""The strings of the user interface, which may be in another language than the deck."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html import escape

from triptych.values.diagnostics import Span
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
ONLY_ENGLISH = frozenset({"practice"})
"""The sections that are in English in any deck, and marked so, until translated."""
SHARED = ""
"""The section of the strings that several places use."""

PluralForms = Mapping[str, str]
"""A text by plural form; the form `other` is always present."""

StringTable = Mapping[str, Mapping[str, PluralForms]]
"""The strings of one language by section, then by key."""

_PLACEHOLDER = re.compile(r"\{(\w+)(:,)?\}")


@dataclass(frozen=True, slots=True)
class UiString:
    """A string of the user interface: a word or a sentence."""

    text: str
    language: str = "en"
    """The language of the string."""
    page_language: str = "en"
    """The language of the surrounding text."""
    forms: PluralForms = field(default_factory=dict)
    """The text for each plural form."""

    @property
    def is_foreign(self) -> bool:
        """Return whether it is in another language than the surrounding text."""
        return _is_foreign(self.language, self.page_language)

    @property
    def html(self) -> str:
        """Return the string as HTML, marked with its language if it is foreign."""
        return _html(self.text, self.language, self.page_language)

    def __str__(self) -> str:
        return self.text

    def __html__(self) -> str:
        return self.html

    def attribute(self, name: str) -> str:
        """Return an HTML attribute with the string, and `lang` if it is foreign."""
        return f' {name}="{escape(self.text)}"{self.lang}'

    @property
    def lang(self) -> str:
        """Return a `lang` attribute; empty if the surrounding text has the language."""
        return f' lang="{escape(self.language)}"' if self.is_foreign else ""

    def filled(self, **values: object) -> "UiString":
        """Return the string with `values` for its placeholders, such as `{n}`."""

        def replacement(match: re.Match[str]) -> str:
            name, in_groups = match.groups()
            if name not in values:
                return match[0]
            value = values[name]
            if in_groups and isinstance(value, int):
                return grouped(self.language, value)
            return str(value)

        return replace(self, text=_PLACEHOLDER.sub(replacement, self.text))

    def counted(self, number: int) -> "UiString":
        """Return the plural form for `number`, such as `1 question`, `12 questions`."""
        form = self.forms.get(plural(self.language, number), self.text)
        return replace(self, text=form).filled(n=number)


@lru_cache(maxsize=64)
def _is_foreign(language: str, page_language: str) -> bool:
    return primary_language(language) != primary_language(page_language)


@lru_cache(maxsize=1024)
def _html(text: str, language: str, page_language: str) -> str:
    text = escape(text)
    if not _is_foreign(language, page_language):
        return text
    direction = language_direction(language)
    has_other_direction = direction != language_direction(page_language)
    dir_ = f' dir="{direction}"' if has_other_direction else ""
    return f'<span lang="{escape(language)}"{dir_}>{text}</span>'


@dataclass(frozen=True, slots=True, eq=False)
class Strings:
    """The strings of the user interface in all languages."""

    tables: Mapping[str, StringTable]
    """By language tag."""

    def section(self, name: str, language: str) -> dict[str, UiString]:
        """Return the strings of a section by key, in `language` or else a fallback."""
        found: dict[str, UiString] = {}
        for tag, table in reversed(list(self._tables(language))):
            for part in (SHARED, name):
                for key, forms in table.get(part, {}).items():
                    found[key] = UiString(forms["other"], tag, language, forms)
        return found

    def missing(self, language: str) -> list[str]:
        """Return the keys of the strings that have no translation into `language`.

        Sections that are only in English are not asked of any language.
        A string with a plural in English must have all plural forms of the language.
        """
        missing_keys = []
        for section, strings in self.tables[FALLBACK].items():
            if section in ONLY_ENGLISH:
                continue
            translated = self.section(section, language)
            for key, english in strings.items():
                string, name = translated[key], f"{section}.{key}" if section else key
                needed = plurals(language) if len(english) > 1 else ("other",)
                if string.is_foreign:
                    missing_keys.append(name)
                else:
                    missing_keys += [
                        f"{name}.{form}" for form in needed if form not in string.forms
                    ]
        return missing_keys

    def _tables(self, language: str) -> Iterator[tuple[str, StringTable]]:
        """Yield the tables to look in, such as `pt-BR`, `pt` and English."""
        named = {normalized_tag(name): name for name in self.tables}
        for tag in dict.fromkeys([*fallback_tags(language), FALLBACK]):
            if tag in named:
                yield named[tag], self.tables[named[tag]]


@dataclass(frozen=True, slots=True)
class UnreadString:
    """A name in a file of the deck's own strings that nothing reads."""

    span: Span
    name: str
    heading: str
    """The header of the table that it is in; empty for a language."""
    known: tuple[str, ...]
    """What would be read there."""
    is_string: bool = False
    """Whether it is a string, which a template may name; no table or plural form."""
    right_heading: str = ""
    """The header of the table in which it would be read, if any."""


def placeholders(text: str) -> Iterator[str]:
    """Yield the names of the placeholders in `text`."""
    return (match[1] for match in _PLACEHOLDER.finditer(text))
