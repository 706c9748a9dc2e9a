"""The two note types of a deck: fields, templates and style."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from triptych.deck.templates import template
from triptych.dialect.links import report_url, resolvable
from triptych.notes import shape
from triptych.notes.strings import CardStrings
from triptych.values.deck import Deck
from triptych.values.language import language_direction

_DESCRIPTIONS = {"Id": "about_id", "My notes": "about_my_notes"}
"""The keys of the descriptions in empty fields, by field name."""
_PAGE = re.compile(r"\{\{#Page\}\}.*?\{\{/Page\}\}\n?", re.DOTALL)
_REPORT = re.compile(r"\{\{#Id\}\}.*?\{\{/Id\}\}\n?", re.DOTALL)
_WORD = re.compile(r"%(?P<name>[a-z_]+)%")
_TAG_OR_WORD = re.compile(rf"(?P<tag><[^>]*>)|{_WORD.pattern}")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a note type."""

    id: int
    name: str
    description: str = ""
    """The placeholder in Anki's editor while the field is empty."""

    @property
    def is_spare(self) -> bool:
        """Whether the field is reserved for later use."""
        return self.name.startswith("Spare")

    @property
    def kept(self) -> bool:
        """Whether releases never write to the field."""
        unused = self.is_spare and self.name != shape.RELEASE_FIELD
        return unused or self.name == "My notes"


@dataclass(frozen=True, slots=True)
class Template:
    """The front and back of a card, in Anki's template language."""

    id: int
    name: str
    required_field: str | None
    """The field that must not be empty for the card to exist, by name.

    It is None where only the front tells which fields it needs.
    """
    front: str
    back: str


@dataclass(frozen=True, slots=True)
class NoteType:
    """A note type: its fields, templates and style."""

    key: str
    """Its name in the ledger."""
    id: int
    name: str
    cloze: bool
    sort_field: str
    """The name of the field that Anki's browser shows."""
    fields: tuple[Field, ...]
    templates: tuple[Template, ...]
    css: str
    right_to_left: bool

    def index(self, field: str) -> int:
        """Return the place of a field, counted from 0 as Anki does."""
        return [field.name for field in self.fields].index(field)

    @property
    def shape(self) -> tuple[tuple[str, int], ...]:
        """Return the names and ids of fields and templates, which never change."""
        return (
            *((field.name, field.id) for field in self.fields),
            *((template.name, template.id) for template in self.templates),
        )

    @property
    def content_hash(self) -> str:
        """Return a hash of everything that learners get with the note type."""
        fields = [[field.id, field.name, field.description] for field in self.fields]
        cards = [[card.id, card.name, card.front, card.back] for card in self.templates]
        content = [self.id, self.name, fields, cards, self.css, self.right_to_left]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:20]


def name_at(fields: Sequence[Field], index: int) -> str:
    """Return the name of the field at `index`; without one, that of the first."""
    names = [field.name for field in fields]
    return next(iter(names[max(index, 0) :] or names), "")


def note_types(
    deck: Deck, strings: CardStrings, overrides: Path | None = None
) -> tuple[NoteType, NoteType]:
    """Return the deck's two note types: for questions, and for clozes."""

    def side(name: str) -> str:
        return _fill(template(f"anki/{name}.html", overrides), deck, strings)

    css = template("anki/style.css", overrides)
    return (
        _note_type(
            deck,
            "question",
            strings,
            css,
            ("Question", side("front"), side("back")),
            (shape.REVERSED, side("reversed-front"), side("reversed-back")),
        ),
        _note_type(
            deck,
            "cloze",
            strings,
            css,
            ("Text", side("cloze-front"), side("cloze-back")),
        ),
    )


def _note_type(
    deck: Deck, key: str, strings: CardStrings, css: str, *cards: tuple[str, str, str]
) -> NoteType:
    """Return a note type; `cards` has required field, front and back of each card."""
    fields = shape.field_ids(deck.id, key)
    templates = shape.template_ids(deck.id, key)
    return NoteType(
        key=key,
        id=shape.type_id(deck.id, key),
        name=f"Triptych {key.capitalize()} ({deck.id})",
        cloze=key == "cloze",
        # In Anki's browser the prompt is more helpful than the note's id.
        sort_field=cards[0][0],
        fields=tuple(
            Field(
                id_,
                name,
                strings[_DESCRIPTIONS[name]].text if name in _DESCRIPTIONS else "",
            )
            for name, id_ in fields.items()
        ),
        templates=tuple(
            Template(id_, name, required, front, back)
            for (name, id_), (required, front, back) in zip(
                templates.items(), cards, strict=True
            )
        ),
        css=css,
        right_to_left=language_direction(deck.language) == "rtl",
    )


def _fill(html: str, deck: Deck, strings: CardStrings) -> str:
    """Return a template with its placeholders replaced."""
    # Not the address of a command-line option, which would change the note type.
    base = resolvable(deck.site.base_url)
    report = report_url(deck.site.repository)
    if not base:
        html = _PAGE.sub("", html)
    if not report:
        html = _REPORT.sub("", html)
    known = {
        "language": deck.language,
        "direction": "rtl" if language_direction(deck.language) == "rtl" else "auto",
        "base_url": base.removesuffix("/") + "/",
        "report_url": report,
        "reversed": shape.REVERSED,
        "typed": shape.TYPED,
    }

    def replacement(match: re.Match[str]) -> str:
        if match["tag"]:
            return _WORD.sub(text_replacement, match[0])
        word = strings.get(match["name"])
        return word.html.replace("{{", "{&#123;") if word else text_replacement(match)

    def text_replacement(match: re.Match[str]) -> str:
        """Return a word for an attribute, where no element can mark its language."""
        name = match["name"]
        text = str(strings.get(name) or known.get(name, match[0]))
        return escape(text).replace("{{", "{&#123;")

    return _TAG_OR_WORD.sub(replacement, html)
