"""The pages that are no question and no list: guides, the sheet, the missing page."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from urllib.parse import urlsplit

from triptych.render.site import addresses
from triptych.render.site.listings import Listing
from triptych.render.site.rows import row
from triptych.render.site.templates import Press, page
from triptych.values.artifact import Artifact


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
    groups = [
        (
            press.topics[topic],
            [(row(press, question, ""), question) for question in own],
        )
        for topic, own in groupby(
            press.catalog.current, lambda question: question.meta.topic
        )
    ]
    return page(
        press,
        "sheet.html",
        addresses.SHEET,
        heading=press.words["sheet"],
        groups=groups,
    )


def search_page(press: Press, topics: Sequence[Listing]) -> Artifact:
    """Print the page of the search; without its script it names the topics."""
    heading = press.words["search"]
    return page(press, "search.html", addresses.SEARCH, heading=heading, topics=topics)


def missing_page(press: Press) -> Artifact:
    """Print what a server shows for an address that does not exist.

    It asks for its style and scripts wherever they may be, seen from that address.
    """
    path = urlsplit(press.settings.base_url).path
    return page(
        press,
        "missing.html",
        addresses.MISSING,
        heading=press.words["missing"],
        roots=["../", *([path] if path else [])],
    )
