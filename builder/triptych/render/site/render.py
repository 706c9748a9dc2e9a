"""The files of the site: pages as tasks, then what waits for the other outputs."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import TypeVar

from triptych.emit.archive import site_zip
from triptych.render.output import RenderContext, Task
from triptych.render.settings import RenderSettings
from triptych.render.site.assets import assets, service_worker
from triptych.render.site.feeds import feeds
from triptych.render.site.home import home_pages
from triptych.render.site.listings import (
    Listing,
    index_page,
    listing_pages,
    listings,
    page_addresses,
)
from triptych.render.site.neighbours import neighbours_by_id
from triptych.render.site.pages import guide_pages, missing_page, news_pages, sheet_page
from triptych.render.site.questions import question_pages
from triptych.render.site.templates import Site, site_of
from triptych.values import addresses
from triptych.values.artifact import Artifact, Download
from triptych.values.catalog import Catalog

_T = TypeVar("_T")
_QUESTIONS = 64
_LISTINGS = 64


def tasks(catalog: Catalog, settings: RenderSettings) -> list[Task]:
    """Return the work on all that stands without the other outputs."""
    site = site_of(catalog, settings)
    every = listings(site)
    around = neighbours_by_id(catalog.questions)
    everywhere = _addresses(site, every)
    # The longest first, so that no worker is left with them at the end.
    return [
        partial(assets, site),
        lambda: [sheet_page(site), *news_pages(site)],
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
    catalog: Catalog, settings: RenderSettings, context: RenderContext
) -> Iterator[Artifact]:
    """Yield the home page, the downloads and the worker: what waits for the others."""
    site = site_of(catalog, settings)
    every = listings(site)
    landing = list(home_pages(site, every, ()))
    ours = service_worker(
        site, _addresses(site, every), [*context.task_artifacts, *landing]
    )
    yield ours
    if context.downloads is None:
        yield from landing
        return
    name = f"{catalog.deck.id}-site"
    data = site_zip(name, [*context.task_artifacts, *landing, ours])
    title = settings.strings.words("downloads", catalog.deck.language)["site"]
    offline = Download(f"{name}.zip", title, data)
    yield from home_pages(site, every, [*context.downloads, offline])


def _lists(site: Site, some: Sequence[Listing]) -> Iterable[Artifact]:
    return chain.from_iterable(listing_pages(site, listing) for listing in some)


def _addresses(site: Site, every: Sequence[Listing]) -> list[str]:
    """Return the pages that are worth finding."""
    found = [
        addresses.HOME,
        *(address for listing in every for address in page_addresses(listing)),
        *(addresses.guide(guide.id) for guide in site.catalog.guides),
        *(addresses.question(question.id) for question in site.catalog.questions),
        addresses.INDEX,
        addresses.SHEET,
        addresses.DOWNLOADS,
        *([addresses.NEWS] if site.catalog.news else []),
    ]
    return [address.url for address in found]


def _cut(things: Sequence[_T], length: int) -> Iterator[Sequence[_T]]:
    for start in range(0, len(things), length):
        yield things[start : start + length]
