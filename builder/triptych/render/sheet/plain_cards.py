"""Plain cards on paper: their fronts and backs, and their table."""

from collections.abc import Iterator
from itertools import chain

from triptych.render.sheet.cards import sample
from triptych.render.sheet.language import Language, guess_language, needs_tall_lines
from triptych.render.sheet.links import LinkTargets, with_links
from triptych.render.sheet.nodes import Data, inline, with_places
from triptych.render.sheet.pictures import can_show
from triptych.typeset.word_table import word_table
from triptych.values.catalog import Catalog
from triptych.values.question import Part, Question
from triptych.values.source import Media
from triptych.values.tree import Node, children, kind, walk

_BLANK = "[…]"
"""What a gap is on the front of a card."""


def plain_cards(
    question: Question, number: int, targets: LinkTargets, usual: Language
) -> Iterator[dict[str, Data]]:
    """Yield the plain cards of a file: `title` is the front, and `body` the back.

    On the front a gap is blank; the back begins with what it hides. A card that asks
    with a sound alone is left out, since paper cannot ask it.
    """
    path = str(question.meta.path)
    language = guess_language(sample(question), usual)
    for at, part in asked_on_paper(question):
        prompt, front = inline(part.prompt), card_front(part)
        back = ((("p", *prompt),) if _has_gaps(part) else ()) + part.text.blocks
        yield {
            "number": f"{number}.{at}",
            "title": tuple(with_links(node, None) for node in front),
            "signs": "",
            "body": tuple(
                with_links(with_places(node, path), targets) for node in back
            ),
            "lang": language.code,
            "dir": language.direction,
            "tall_lines": needs_tall_lines(language),
        }


def asked_on_paper(question: Question) -> Iterator[tuple[int, Part]]:
    """Yield the plain cards whose fronts show something, with their numbers."""
    for at, part in enumerate(question.cards, start=1):
        if card_front(part):
            yield at, part


def asked_pictures(catalog: Catalog, *, with_backs: bool) -> tuple[Media, ...]:
    """Return the pictures of plain cards that print can show, in the deck's order."""
    parts = [part for question in catalog.current for part in question.cards]
    sides = [part.prompt for part in parts]
    if with_backs:
        sides += [part.text for part in parts]
    names = {
        node[1]
        for node in chain.from_iterable(walk(side.blocks) for side in sides)
        if isinstance(node, tuple) and kind(node) in {"img", "figure"}
    }
    media = catalog.media.items()
    return tuple(item for name, item in media if name in names and can_show(item))


def card_front(part: Part) -> tuple[Node, ...]:
    """Return the front of a plain card, with its gaps blank."""
    prompt = tuple(inline(part.prompt))
    return tuple(map(_with_blanks, prompt)) if _has_gaps(part) else prompt


def _has_gaps(part: Part) -> bool:
    return part.plain is not None and part.plain.cloze is not None


def _with_blanks(node: Node) -> Node:
    """Return `node` with what its gaps hide left out."""
    if kind(node) == "mark":
        return _BLANK
    inner = children(node)
    if not isinstance(node, tuple) or not inner:
        return node
    return (*node[: len(node) - len(inner)], *map(_with_blanks, inner))


def cards_table(question: Question, *, brief: bool = False) -> tuple[Node, ...]:
    """Return the table of the plain cards of a file: see `word_table`."""
    cards = ((tuple(inline(card.prompt)), card.text.blocks) for card in question.cards)
    return word_table(cards, brief=brief)
