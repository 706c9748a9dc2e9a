"""The pages that are no question and no list: guides, the sheet, the missing page."""

from collections.abc import Iterator
from itertools import groupby

from triptych.render.site import addresses
from triptych.render.site.checks import totals, was_checked
from triptych.render.site.rows import Row, row
from triptych.render.site.templates import Press, page
from triptych.values.artifact import Artifact
from triptych.values.deck import Topic
from triptych.values.question import Question


def guide_pages(press: Press) -> Iterator[Artifact]:
    """Print the guides."""
    for guide in press.catalog.guides:
        yield page(
            press,
            "guide.html",
            addresses.guide(guide.id),
            heading=guide.title.plain,
            description=guide.summary.plain,
            guide=guide,
        )


def news_pages(press: Press) -> Iterator[Artifact]:
    """Print what the releases brought, if there was one."""
    if press.catalog.news:
        news = press.catalog.news
        heading = press.words["news"]
        yield page(press, "news.html", addresses.NEWS, heading=heading, news=news)


def sheet_page(press: Press) -> Artifact:
    """Print every question with its summary, to read or to print."""
    heading = press.words["sheet"]
    groups = _by_topic(press)
    return page(press, "sheet.html", addresses.SHEET, heading=heading, groups=groups)


def checked_pages(press: Press) -> Iterator[Artifact]:
    """Print how the deck was checked, if some of its code ran."""
    if was_checked(press.catalog):
        yield page(
            press,
            "checked.html",
            addresses.CHECKED,
            heading=press.words["checked"],
            totals=totals(press.catalog),
            groups=_by_topic(press),
        )


def _by_topic(press: Press) -> list[tuple[Topic, list[tuple[Row, Question]]]]:
    return [
        (
            press.topics[topic],
            [(row(press, question, ""), question) for question in own],
        )
        for topic, own in groupby(
            press.catalog.current, lambda question: question.meta.topic
        )
    ]


def missing_page(press: Press) -> Artifact:
    """Print what a server shows for an address that does not exist."""
    return page(
        press, "missing.html", addresses.MISSING, heading=press.words["missing"]
    )
