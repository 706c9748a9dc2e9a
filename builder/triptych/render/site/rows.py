"""A question in one row of a list of links."""

from dataclasses import dataclass

from markupsafe import Markup

from triptych.render.site.templates import Site, prompt_label
from triptych.values import addresses
from triptych.values.addresses import Address
from triptych.values.language import language_direction, text_direction
from triptych.values.meta import Difficulty, Kind
from triptych.values.question import MAX_OPENING_CHARS, Question


@dataclass(frozen=True, slots=True)
class Row:
    """What a row shows of a question."""

    id: str
    address: Address
    prompt: Markup
    direction: Markup
    kind: Kind
    difficulty: Difficulty | None


def row(site: Site, question: Question, root: str) -> Row:
    """Return the row of `question`; `root` is the relative URL of the site's root."""
    return Row(
        id=question.id,
        address=addresses.question(question.id),
        prompt=prompt_label(site, question, root),
        direction=direction_attribute(question, site.catalog.deck.language),
        kind=question.meta.kind,
        difficulty=question.meta.difficulty,
    )


def direction_attribute(question: Question, language: str) -> Markup:
    """Return the `dir` attribute of a question; empty for the deck's direction."""
    own = own_direction(question, language)
    return Markup(' dir="{}"').format(own) if own else Markup()


def own_direction(question: Question, language: str) -> str:
    """Return the direction of a question; empty for the deck's direction."""
    default = language_direction(language)
    text = f"{question.prompt.plain} {question.opening}"
    actual = text_direction(text, default)
    return actual if actual != default else ""


def plain_description(question: Question, max_chars: int) -> str:
    """Return the summary, the answer or the prompts of cards as one line.

    It has at most `max_chars` characters.
    """
    whole = (
        question.summary.readable
        or _beginning(question, 2 * max_chars)
        or ", ".join(card.prompt.readable for card in question.cards[:max_chars])
    )
    text = " ".join(whole.split())
    if len(text) <= max_chars:
        return text
    return text[: max_chars - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def _beginning(question: Question, chars: int) -> str:
    """Return the beginning of the answer; of a kept question, the opening is enough."""
    opening = question.opening
    if chars <= MAX_OPENING_CHARS or len(opening) < MAX_OPENING_CHARS:
        return opening[:chars]
    return question.answer.readable[:chars]
