"""A page with the cards of a question, as Anki shows them on a telephone.

Each side stands in a frame of its own, since the cards bring their own style. Formulas
are typeset as on the site; Anki's MathJax draws them a little otherwise.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path

from triptych.build.build import check_and_typeset, settings_of
from triptych.build.options import BuildOptions
from triptych.deck.project import open_project
from triptych.deck.templates import template
from triptych.errors import TriptychError
from triptych.notes.sides import CardSides, card_sides
from triptych.serve.building import run_in_process
from triptych.serve.card_math import typeset_formulas

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
    " img-src 'self'; frame-src 'self'; connect-src 'self'; base-uri 'self'"
)
_THEMES = (("light", ""), ("night", " nightMode night_mode"))


@dataclass(frozen=True, slots=True)
class _StyledCard:
    """A card with the CSS of its note type."""

    sides: CardSides
    css: str


def cards_page(
    content: Path, dist: Path, options: BuildOptions, question: str
) -> bytes | None:
    """Return the page for the cards of `question`; None if there is none."""
    cards = run_in_process(partial(_cards, question), content, dist, options)
    return _page(question, cards).encode() if cards else None


def _cards(
    question: str, content: Path, _: Path, options: BuildOptions
) -> list[_StyledCard]:
    try:
        project = open_project(content)
        catalog = check_and_typeset(project, options).catalog
    except TriptychError:
        # The pages of the preview show it.
        return []
    if catalog is None:
        return []
    plan = settings_of(project, options).plan(catalog)
    return [
        _StyledCard(sides, plan.types[note.type].type.css)
        for note in plan.notes
        if note.id.partition("/")[0] == question
        for sides in card_sides(note, plan)
    ]


def _page(question: str, cards: Iterable[_StyledCard]) -> str:
    title = f"Cards of {escape(question)}"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n</head>\n"
        f'<body class="triptych-cards">\n<h1>{title}</h1>\n'
        f"{''.join(_sections(cards))}</body>\n</html>\n"
    )


def _sections(cards: Iterable[_StyledCard]) -> Iterator[str]:
    for card in cards:
        yield f"<section><h2>{escape(card.sides.title)}</h2>\n"
        for theme, classes in _THEMES:
            sides = (("front", card.sides.front), ("back", card.sides.back))
            for side, html in sides:
                number = f" card{card.sides.number}"
                document = escape(_document(html, card.css, number + classes))
                yield (
                    f'<iframe title="{side}, {theme}" srcdoc="{document}"'
                    ' sandbox="allow-same-origin"></iframe>\n'
                )
        yield "</section>\n"


def _document(html: str, css: str, classes: str) -> str:
    # A style element ends at its end tag, whatever the CSS means.
    style = f"{template('site/math.css')}\n{css}".replace("</", "<\\/")
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><base href="/media/">'
        f"<style>{style}</style></head>"
        f'<body class="card{classes}">{typeset_formulas(html)}</body></html>'
    )
