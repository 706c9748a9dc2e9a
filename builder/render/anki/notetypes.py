"""The two note types of a deck. Learners hold them: what is released stays as it is.

Anki knows fields and templates by their integer ids. To add, remove or move one makes a
second note type at the learner's and ends all updates; to rename a spare one does no
harm. So the tables below never change but for a spare one's name.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from html import escape
from pathlib import Path

from builder.ledger.names import number
from builder.model import Deck
from builder.render.anki.words import Words
from builder.templates import template

# The last field is the learner's: a text import fills fields from the first on, so that
# it can fill the spare ones some day and still leave that one alone.
_SPARES = ("Spare 1", "Spare 2", "Spare 3", "My notes")
_QUESTION_FIELDS = (
    *("Id", "Question", "Label", "Parent", "Hints", "Summary", "Answer", "Rubric"),
    *("References", "Page", *_SPARES),
)
_CLOZE_FIELDS = ("Id", "Text", "Question", "Label", "Page", *_SPARES)
_DESCRIPTIONS = {
    "Id": "The note's name: leave it as it is",
    "My notes": "Yours: the gentle update never writes here",
}
# The spare template waits for this field: empty, it makes no card.
_SPARE_GATE = "Spare 1"
_SPARE_FRONT = f"{{{{#{_SPARE_GATE}}}}}{{{{{_SPARE_GATE}}}}}{{{{/{_SPARE_GATE}}}}}"
_SPARE_BACK = f"{{{{{_SPARE_GATE}}}}}<hr id=answer>{{{{Spare 2}}}}"
_PAGE = re.compile(r"\{\{#Page\}\}.*?\{\{/Page\}\}\n?", re.DOTALL)
_WORD = re.compile(r"%([a-z_]+)%")
_RIGHT_TO_LEFT = re.compile(
    r"(?:ar|arc|ckb|dv|fa|he|iw|ks|mzn|pnb|ps|sd|syr|ug|ur|yi)(?!-latn|-cyrl|[a-z])"
    r"|[a-z]+-(?:adlm|arab|hebr|nkoo|rohg|syrc|thaa)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Field:
    """A slot for content, the same in all notes of a type."""

    id: int
    name: str
    description: str = ""
    """What Anki's editor shows in the slot while it is empty."""

    @property
    def spare(self) -> bool:
        """Return whether the slot waits for a use."""
        return self.name.startswith("Spare")

    @property
    def kept(self) -> bool:
        """Return whether no release writes into the slot."""
        return self.spare or self.name == "My notes"


@dataclass(frozen=True, slots=True)
class Template:
    """What makes one card of a note: front and back in Anki's template language."""

    id: int
    name: str
    gate: int
    """The place of the field without which there is no card."""
    front: str
    back: str


@dataclass(frozen=True, slots=True)
class NoteType:
    """The fields and the templates of a kind of note."""

    key: str
    """What the ledger calls it."""
    id: int
    name: str
    cloze: bool
    sort_field: int
    """The place of the field that Anki's browser shows."""
    fields: tuple[Field, ...]
    templates: tuple[Template, ...]
    css: str
    right_to_left: bool

    @property
    def content_hash(self) -> str:
        """Return a hash of all that learners get with the note type."""
        fields = [[field.id, field.name, field.description] for field in self.fields]
        cards = [[card.id, card.name, card.front, card.back] for card in self.templates]
        content = [self.id, self.name, fields, cards, self.css, self.right_to_left]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:20]


def note_types(
    deck: Deck, words: Words, overrides: Path | None = None
) -> tuple[NoteType, NoteType]:
    """Return the deck's two note types: for questions, and for clozes."""

    def side(name: str) -> str:
        return _fill(template(f"anki/{name}.html", overrides), deck, words)

    question_cards = (
        ("Question", "Question", side("front"), side("back")),
        ("Spare", _SPARE_GATE, _SPARE_FRONT, _SPARE_BACK),
    )
    cloze_cards = (("Cloze", "Text", side("cloze-front"), side("cloze-back")),)
    css = template("anki/style.css", overrides)
    return (
        _note_type(deck, "question", _QUESTION_FIELDS, question_cards, css),
        _note_type(deck, "cloze", _CLOZE_FIELDS, cloze_cards, css),
    )


def _note_type(
    deck: Deck,
    key: str,
    names: tuple[str, ...],
    cards: tuple[tuple[str, str, str, str], ...],
    css: str,
) -> NoteType:
    return NoteType(
        key=key,
        id=number(deck.id, key),
        name=f"Triptych {key.capitalize()} ({deck.id})",
        cloze=key == "cloze",
        # What is asked says more in Anki's browser than the note's id does.
        sort_field=1,
        fields=tuple(
            Field(
                number(deck.id, key, "field", slot), name, _DESCRIPTIONS.get(name, "")
            )
            for slot, name in enumerate(names)
        ),
        templates=tuple(
            Template(
                number(deck.id, key, "template", slot),
                name,
                names.index(gate),
                front,
                back,
            )
            for slot, (name, gate, front, back) in enumerate(cards)
        ),
        css=css,
        right_to_left=_RIGHT_TO_LEFT.match(deck.language) is not None,
    )


def _fill(html: str, deck: Deck, words: Words) -> str:
    """Return a template with the deck's language, address and words put in."""
    # Not the address that a run was given: it would change the note type for learners.
    base = str(deck.site.get("base_url", ""))
    if not base.startswith(("https://", "http://")):
        html = _PAGE.sub("", html)
    known = {
        "language": deck.language,
        "direction": "rtl" if _RIGHT_TO_LEFT.match(deck.language) else "auto",
        "base_url": base.removesuffix("/") + "/",
        **words,
    }
    return _WORD.sub(lambda match: _literal(known.get(match[1], match[0])), html)


def _literal(text: str) -> str:
    return escape(text).replace("{{", "{&#123;")
