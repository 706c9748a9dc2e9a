"""The other pages: guides, news, the sheet and the page for a missing address."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from urllib.parse import urlsplit

from triptych.render.site.checks import totals, was_checked
from triptych.render.site.listings import Listing
from triptych.render.site.rows import Row, row
from triptych.render.site.templates import Site, render_page
from triptych.values import addresses
from triptych.values.artifact import Artifact
from triptych.values.deck import Topic
from triptych.values.meta import Difficulty
from triptych.values.question import Question


def guide_pages(site: Site) -> Iterator[Artifact]:
    """Yield the pages of the guides."""
    for guide in site.catalog.guides:
        yield render_page(
            site,
            "guide.html",
            guide.address,
            heading=guide.title.readable,
            description=guide.summary.readable,
            guide=guide,
        )


def news_pages(site: Site) -> Iterator[Artifact]:
    """Yield the page with the news of the releases, if there was a release."""
    if site.catalog.news:
        news = site.catalog.news
        heading = site.strings["news"]
        yield render_page(site, "news.html", addresses.NEWS, heading=heading, news=news)


def sheet_pages(site: Site) -> Iterator[Artifact]:
    """Yield the page of all summaries to read or to print, if there are any."""
    if site.catalog.current:
        yield render_page(
            site,
            "sheet.html",
            addresses.SHEET,
            heading=site.strings["sheet"],
            groups=_by_topic(site),
            numbers={q.id: site.catalog.number(q) for q in site.catalog.current},
            levels=[level for level in Difficulty if level in _levels(site)],
        )


def _levels(site: Site) -> set[Difficulty | None]:
    return {question.meta.difficulty for question in site.catalog.current}


def checked_pages(site: Site) -> Iterator[Artifact]:
    """Yield the page that says how the deck was checked, if some of its code ran."""
    if was_checked(site.catalog):
        yield render_page(
            site,
            "checked.html",
            addresses.CHECKED,
            heading=site.strings["checked"],
            totals=totals(site.catalog),
            groups=_by_topic(site),
        )


def _by_topic(site: Site) -> list[tuple[Topic, list[tuple[Row, Question]]]]:
    return [
        (
            site.topics[topic],
            [(row(site, question, ""), question) for question in group],
        )
        for topic, group in groupby(
            site.catalog.current, lambda question: question.meta.topic
        )
    ]


def search_page(site: Site, topics: Sequence[Listing]) -> Artifact:
    """Return the page of the search; without JavaScript it lists the topics."""
    heading = site.strings["search"]
    return render_page(
        site, "search.html", addresses.SEARCH, heading=heading, topics=topics
    )


def missing_page(site: Site) -> Artifact:
    """Return the page that a server shows for an address that does not exist.

    It loads its style and scripts from each place where they may be, seen from there.
    Its links lead from the root of the host, where the address of the site is known:
    the address that does not exist may be in any folder.
    """
    path = urlsplit(site.settings.base_url).path
    return render_page(
        site,
        "missing.html",
        addresses.MISSING,
        heading=site.strings["missing"],
        root=path or None,
        other_roots=["", "../"] if path else ["../"],
    )
