"""The files of the site: pages as tasks, then what waits for the other outputs."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import TypeVar

from triptych.emit.archive import site_zip
from triptych.render.output import Context, Task
from triptych.render.settings import Settings
from triptych.render.site import addresses
from triptych.render.site.assets import assets, worker
from triptych.render.site.checks import was_checked
from triptych.render.site.feeds import feeds
from triptych.render.site.home import landing_pages
from triptych.render.site.listings import (
    Listing,
    index_page,
    listing_pages,
    listings,
    places,
)
from triptych.render.site.neighbours import outline
from triptych.render.site.pages import (
    checked_pages,
    guide_pages,
    missing_page,
    news_pages,
    sheet_page,
)
from triptych.render.site.questions import question_pages
from triptych.render.site.templates import Press, press
from triptych.values.artifact import Artifact, Download
from triptych.values.catalog import Catalog

_T = TypeVar("_T")
_QUESTIONS = 64
_LISTINGS = 64


def tasks(catalog: Catalog, settings: Settings) -> list[Task]:
    """Return the work on all that stands without the other outputs."""
    site = press(catalog, settings)
    every = listings(site)
    around = outline(catalog.questions)
    everywhere = _addresses(site, every)
    # The longest first, so that no worker is left with them at the end.
    return [
        partial(assets, site),
        lambda: [sheet_page(site), *checked_pages(site), *news_pages(site)],
        *(partial(_lists, site, some) for some in _cut(every, _LISTINGS)),
        partial(feeds, site, everywhere),
        *(
            partial(question_pages, site, questions, around)
            for questions in _cut(catalog.questions, _QUESTIONS)
        ),
        partial(guide_pages, site),
        lambda: [index_page(site, every), missing_page(site)],
    ]


def render(
    catalog: Catalog, settings: Settings, context: Context
) -> Iterator[Artifact]:
    """Yield the home page, the downloads and the worker: what waits for the others."""
    site = press(catalog, settings)
    every = listings(site)
    landing = list(landing_pages(site, every, ()))
    ours = worker(site, _addresses(site, every), [*context.made, *landing])
    yield ours
    if context.downloads is None:
        yield from landing
        return
    name = f"{catalog.deck.id}-site"
    data = site_zip(name, [*context.made, *landing, ours])
    title = settings.strings.words("downloads", catalog.deck.language)["site"]
    offline = Download(f"{name}.zip", title, data)
    yield from landing_pages(site, every, [*context.downloads, offline])


def _lists(site: Press, some: Sequence[Listing]) -> Iterable[Artifact]:
    return chain.from_iterable(listing_pages(site, listing) for listing in some)


def _addresses(site: Press, every: Sequence[Listing]) -> list[str]:
    """Return the pages that are worth finding."""
    found = [
        addresses.HOME,
        *(address for listing in every for address in places(listing)),
        *(addresses.guide(guide.id) for guide in site.catalog.guides),
        *(addresses.question(question.id) for question in site.catalog.questions),
        addresses.INDEX,
        addresses.SHEET,
        addresses.DOWNLOADS,
        *([addresses.CHECKED] if was_checked(site.catalog) else []),
        *([addresses.NEWS] if site.catalog.news else []),
    ]
    return [address.url for address in found]


def _cut(things: Sequence[_T], length: int) -> Iterator[Sequence[_T]]:
    for start in range(0, len(things), length):
        yield things[start : start + length]
