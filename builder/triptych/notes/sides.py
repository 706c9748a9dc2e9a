"""The two sides of a card, for previews: Anki's template language with our templates.

It has what our templates use: fields, sections of one field, and cloze deletions.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from triptych.notes.plan import Plan, PlannedNote

_SECTION = re.compile(r"\{\{#([^}]+)\}\}(.*?)\{\{/\1\}\}", re.DOTALL)
_FIELD = re.compile(r"\{\{(cloze:|type:)?([^}#/]+)\}\}")
_SOUND = re.compile(r"\[sound:([^\]]*)\]")
_INPUT = '<input type="text" id="typeans">'
_CLOZE = re.compile(r"\{\{c(\d+)::(.*?)(?:::(.*?))?\}\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class CardSides:
    """Both sides of a card as HTML."""

    title: str
    front: str
    back: str
    number: int = 1
    """The number of the card, which is a class of its page in Anki."""


def card_sides(note: PlannedNote, plan: Plan) -> Iterator[CardSides]:
    """Yield the sides of each card of `note`, in order."""
    type_ = plan.types[note.type].type
    for ord_ in note.cards:
        template = type_.templates[0 if type_.cloze else ord_]
        title = f"{note.id} {ord_ + 1}" if len(note.cards) > 1 else note.id
        front = fill(template.front, note.fields, ord_ + 1)
        back = fill(template.back, note.fields, ord_ + 1, is_back=True)
        yield CardSides(title, front, back, ord_ + 1)


def fill(
    template: str, fields: Mapping[str, str], cloze: int = 1, *, is_back: bool = False
) -> str:
    """Return a side with its fields; the card is that of the deletions `cloze`."""

    def section(found: re.Match[str]) -> str:
        return found[2] if fields.get(found[1]) else ""

    def field(found: re.Match[str]) -> str:
        text = fields.get(found[2], "")
        if found[1] == "type:":
            return f'<code id="typeans">{text}</code>' if is_back else _INPUT
        return _CLOZE.sub(deletion, text) if found[1] else text

    def deletion(found: re.Match[str]) -> str:
        if int(found[1]) != cloze:
            return found[2]
        shown = found[2] if is_back else f"[{found[3] or '...'}]"
        return f'<span class="cloze">{shown}</span>'

    # Sections may contain sections of other fields.
    while _SECTION.search(template):
        template = _SECTION.sub(section, template)
    return _SOUND.sub(r'<audio controls src="\1"></audio>', _FIELD.sub(field, template))
