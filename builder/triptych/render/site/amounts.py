"""How many questions and cards there are, and how long they take, in words."""

from collections.abc import Iterator, Sequence

from triptych.render.site.effort import reading_minutes
from triptych.render.site.templates import Site
from triptych.values.question import Question
from triptych.values.ui_strings import UiString

_MAX_MINUTES = 100
"""From here on a time is given in hours."""


def amounts(
    site: Site, questions: Sequence[Question], *, with_time: bool = False
) -> Iterator[UiString]:
    """Yield what there is: questions, plain cards and, if asked for, their time."""
    asked = sum(not question.meta.is_cards for question in questions)
    cards = sum(len(question.cards) for question in questions)
    if asked or not cards:
        yield site.strings["questions"].counted(asked)
    if cards:
        yield site.strings["count_cards"].counted(cards)
    minutes = reading_minutes(questions)
    if with_time and minutes:
        yield _time(site, minutes)


def _time(site: Site, minutes: int) -> UiString:
    """Return a time as people say it."""
    if minutes < _MAX_MINUTES:
        return site.strings["minutes"].counted(minutes)
    return site.strings["hours"].counted(round(minutes / 60))
