"""A question in one line, as the lists and the neighbours name it."""

from dataclasses import dataclass

from markupsafe import Markup

from triptych.render.site.templates import Site, prompt_label
from triptych.values import addresses
from triptych.values.addresses import Address
from triptych.values.language import language_direction, text_direction
from triptych.values.meta import Difficulty, Kind
from triptych.values.question import Question

_SAMPLE = 400


@dataclass(frozen=True, slots=True)
class Row:
    """What a list says about a question."""

    id: str
    address: Address
    prompt: Markup
    direction: Markup
    kind: Kind
    difficulty: Difficulty | None


def row(site: Site, question: Question, root: str) -> Row:
    """Return the line for `question` on a page from which `root` leads to the root."""
    return Row(
        id=question.id,
        address=addresses.question(question.id),
        prompt=prompt_label(site, question, root),
        direction=direction_attribute(question, site.catalog.deck.language),
        kind=question.meta.kind,
        difficulty=question.meta.difficulty,
    )


def direction_attribute(question: Question, language: str) -> Markup:
    """Return the attribute for a question that runs against its deck's direction."""
    usual = language_direction(language)
    text = f"{question.prompt.plain} {question.answer.plain[:_SAMPLE]}"
    own = text_direction(text, usual)
    return Markup(' dir="{}"').format(own) if own != usual else Markup()


def plain_description(question: Question, longest: int) -> str:
    """Return the answer in one plain line of at most `longest` characters."""
    text = " ".join(
        (question.summary.plain or question.answer.plain[: 2 * longest]).split()
    )
    if len(text) <= longest:
        return text
    return text[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
