"""A card of the deck as Anki shows it, drawn with the deck's own card template."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from triptych.notes.plan import Plan, PlannedNote
from triptych.notes.sides import fill
from triptych.render.made_of import made_of
from triptych.render.site.templates import Site
from triptych.typeset.html_reader import HtmlReader
from triptych.values.kept import Keep

_PARTS = frozenset({"article", "h1", "section"})
"""The elements that would be a title or parts of the page."""
# In finished fields, as Anki and MathJax search them.
_UNDRAWN = re.compile(r"\\\(|\\\[|<img|<pre|\[sound:")
"""What a page does not draw as Anki does, or what makes a card too long for a look."""
_LEFT_OUT = frozenset({"Id", "Rubric", "References", "Page"})
"""Fields that stand below the answer."""
# The style is a template, which a deck may replace: it is read as its author wrote it.
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
    """Return a side with its fields, as a part of a page."""
    reader = _SideWriter()
    reader.read(fill(side, fields))
    return Markup("".join(reader.written))  # noqa: S704 - as on cards


class _SideWriter(HtmlReader):
    """Writes a side of a card without ids, titles and sections: a page has its own.

    A side is read, since its template may be that of the deck's author.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.written: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _PARTS and "id" not in dict(attrs):
            self.written.append(self.get_starttag_text() or "")
            return
        kept = "".join(
            f" {key}" if value is None else f' {key}="{escape(value)}"'
            for key, value in attrs
            if key != "id"
        )
        self.written.append(f"<{_part(tag)}{kept}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.written.append(f"</{_part(tag)}>")

    def handle_data(self, data: str) -> None:
        self.written.append(data)

    def handle_entityref(self, name: str) -> None:
        self.written.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.written.append(f"&#{name};")


def _part(tag: str) -> str:
    return "div" if tag in _PARTS else tag
