"""A card of the deck as Anki shows it, drawn with the deck's own card template."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from triptych.notes.plan import Plan, PlannedNote
from triptych.notes.sides import fill
from triptych.render.made_of import made_of
from triptych.render.site.templates import Site
from triptych.values.kept import Keep

_ID = re.compile(r'\s+id="[^"]*"')
_PARTS = re.compile(r"(</?)(?:h1|article|section)\b")
_UNDRAWN = re.compile(r"\\\(|\\\[|<img|<pre|\[sound:")
"""What a page does not draw as Anki does, or what makes a card too long for a look."""
_LEFT_OUT = frozenset({"Id", "Rubric", "References", "Page"})
"""Fields that stand below the answer."""
_BLOCK = re.compile(r"\.card(?P<night>\.nightMode[^{]*)?\s*\{(?P<rules>[^}]*)\}")
_COLOUR = re.compile(r"(--[\w-]+):\s*(#\w+);")


@dataclass(frozen=True, slots=True)
class Card:
    """Both sides of a card as HTML, and its style."""

    front: Markup
    back: Markup
    style: str


def kept_sample_card(site: Site, keep: Keep) -> Card | None:
    """Return the sample card, which is the same while all notes are the same."""
    known = site.settings.made_of_plan(site.catalog)

    def make() -> tuple[str, ...]:
        card = sample_card(site.settings.plan(site.catalog))
        return (str(card.front), str(card.back), card.style) if card else ()

    sides = keep(known and made_of("sample card", known), make)
    if not sides:
        return None
    front, back, style = sides
    return Card(Markup(front), Markup(back), style)  # noqa: S704 - as on cards


def sample_card(plan: Plan) -> Card | None:
    """Return the shortest card of a question that a page can draw, if there is one."""
    drawn = [n for n in plan.notes if n.type == "question" and _can_be_drawn(n)]
    if not drawn:
        return None
    note = min(drawn, key=lambda n: (len(n.fields["Answer"]), n.id))
    template = plan.types[note.type].type.templates[0]
    fields = {name: note.fields[name] for name in note.fields.keys() - _LEFT_OUT}
    front, back = _filled(template.front, fields), _filled(template.back, fields)
    return Card(front, back, _style(plan))


def _style(plan: Plan) -> str:
    """Return the style of the cards for a part of a page, in both colour schemes."""
    css = plan.types["question"].type.css
    colours: dict[bool, dict[str, str]] = {False: {}, True: {}}
    for block in _BLOCK.finditer(css):
        named = colours[block["night"] is not None]
        named.update(_COLOUR.findall(block["rules"]))
    both = "".join(
        f"{name}: light-dark({light}, {colours[True].get(name, light)});"
        for name, light in colours[False].items()
    )
    return f".anki-card {{\n{css}\n.card {{ {both} }}\n}}\n"


def _can_be_drawn(note: PlannedNote) -> bool:
    is_whole = {"Summary", "Answer"} <= note.fields.keys() and "/" not in note.id
    return is_whole and not _UNDRAWN.search("".join(note.fields.values()))


def _filled(side: str, fields: Mapping[str, str]) -> Markup:
    """Return a side with its fields."""
    # A page has one title and ids of its own, and its sections have headings.
    html = _ID.sub("", fill(side, fields))
    return Markup(_PARTS.sub(r"\1div", html))  # noqa: S704 - as on cards
