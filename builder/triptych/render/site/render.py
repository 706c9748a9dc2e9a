"""The files of the site: tasks for most pages, then those that need other outputs."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from itertools import chain
from typing import TypeVar
from zlib import crc32

from triptych.render.made_of import made_of, own_files
from triptych.render.output import RenderContext, Task
from triptych.render.settings import RenderSettings
from triptych.render.site.assets import (
    assets,
    font_files,
    formula_characters,
    icon_files,
    main_colour,
    script_files,
    service_worker,
)
from triptych.render.site.checks import was_checked
from triptych.render.site.feeds import feeds
from triptych.render.site.home import download_files, home_pages
from triptych.render.site.listings import (
    Listing,
    index_page,
    listing_pages,
    listings,
    page_addresses,
)
from triptych.render.site.llms import llms_file
from triptych.render.site.made_of import MadeOf, made_of_site
from triptych.render.site.neighbours import neighbours_by_id
from triptych.render.site.pages import (
    checked_pages,
    guide_pages,
    missing_page,
    news_pages,
    search_page,
    sheet_pages,
)
from triptych.render.site.practice import practice_tasks
from triptych.render.site.questions import question_pages
from triptych.render.site.search.index import search_files
from triptych.render.site.site_zip import site_zip
from triptych.render.site.templates import Site, site_of
from triptych.values import addresses
from triptych.values.artifact import Artifact, Download
from triptych.values.catalog import Catalog
from triptych.values.question import Question

_T = TypeVar("_T")
_QUESTIONS_PER_TASK = 8
"""The mean number; so many pages are made again after an edit of one of them."""
_LISTS_PER_TASK = 64


@dataclass(frozen=True, slots=True)
class _Started:
    """What both the tasks and the rest of the site use."""

    site: Site
    lists: Sequence[Listing]
    known: MadeOf
    urls: Sequence[str]
    """The URLs of all pages that a search engine should index."""


def _started(catalog: Catalog, settings: RenderSettings) -> _Started:
    def start() -> _Started:
        site = site_of(catalog, settings)
        lists = listings(site)
        return _Started(site, lists, made_of_site(site), _page_urls(site, lists))

    return settings.once("site", start)


def tasks(catalog: Catalog, settings: RenderSettings) -> list[Task]:
    """Return the tasks for all files that need no other output."""
    work = _started(catalog, settings)
    questions = _question_tasks(work)
    # What the first one sets up, the others share. Then the longest tasks come first,
    # so that none of them is the last to end.
    return [
        *questions[:1],
        *_asset_tasks(work),
        *_overview_tasks(work),
        *questions[1:],
        Task(partial(guide_pages, work.site), work.known.guides()),
        *_search_tasks(work),
        *practice_tasks(work.site, work.known),
    ]


def _question_tasks(work: _Started) -> list[Task]:
    """Return the tasks for the pages of questions."""
    questions = work.site.catalog.questions
    neighbours = neighbours_by_id(questions)
    return [
        Task(
            partial(question_pages, work.site, together, neighbours),
            work.known.questions(together, neighbours),
        )
        for together in _together(questions)
    ]


def _asset_tasks(work: _Started) -> Iterator[Task]:
    """Yield the tasks for what pages load."""
    catalog, settings = work.site.catalog, work.site.settings
    characters, accent = formula_characters(catalog), main_colour(catalog)
    yield Task(partial(font_files, characters), made_of("font", sorted(characters)))
    yield Task(partial(icon_files, accent), made_of("icons", accent))
    yield Task(partial(assets, work.site))
    own = sorted(own_files(settings.templates))
    yield Task(partial(script_files, work.site), made_of("scripts", own))


def _overview_tasks(work: _Started) -> Iterator[Task]:
    """Yield the tasks for the pages and files with many questions each."""
    site, known, urls = work.site, work.known, work.urls
    catalog = site.catalog
    yield Task(partial(sheet_pages, site), known.sheet())
    yield Task(lambda: checked_pages(site), known.of_current("checked"))
    yield Task(lambda: news_pages(site))
    for part in _parts(work.lists, _LISTS_PER_TASK):
        yield Task(partial(_lists, site, part), known.lists("lists", lists=part))
    guides = [(guide.title, guide.address, guide.summary) for guide in catalog.guides]
    yield Task(partial(llms_file, site), known.of_current("llms", guides))
    of_feeds = known.of_current("feeds", urls, catalog.release)
    yield Task(partial(feeds, site, urls), of_feeds)


def _search_tasks(work: _Started) -> Iterator[Task]:
    """Yield the tasks for the index of tags, the search, and the page of lost links."""
    site, lists, known = work.site, work.lists, work.known

    def pages() -> Iterator[Artifact]:
        if site.catalog.current:
            yield index_page(site, lists)
        yield search_page(site, [one for one in lists if one.group == "topics"])
        yield missing_page(site)

    yield Task(pages, known.lists("index", lists=lists))
    yield Task(partial(search_files, site, lists), _made_of_search(known, lists))


def _made_of_search(known: MadeOf, lists: Sequence[Listing]) -> str:
    catalog = known.site.catalog
    texts = known.of_current("search", view="search")
    guides = [(guide.title.readable, guide.address.url) for guide in catalog.guides]
    rows = known.lists("search", guides, lists=lists)
    return made_of(texts, rows) if texts and rows else ""


def render(
    catalog: Catalog, settings: RenderSettings, context: RenderContext
) -> Iterator[Artifact]:
    """Yield the home page, the downloads and the service worker."""
    work = _started(catalog, settings)
    site, lists, known = work.site, work.lists, work.known

    def home(downloads: Sequence[Download]) -> list[Artifact]:
        return context.keep(
            _made_of_home(known, lists, downloads),
            lambda: list(home_pages(site, lists, downloads, context.keep)),
        )

    without_downloads = home(())
    files = [*context.task_artifacts, *without_downloads]
    files.append(service_worker(site, work.urls, files))
    yield files[-1]
    if context.downloads is None:
        yield from without_downloads
        return
    name = f"{catalog.deck.id}-site"
    data = site_zip(name, files)
    title = settings.strings.section("downloads", catalog.deck.language)["site"]
    downloads = [*context.downloads, Download(f"{name}.zip", title, data)]
    yield from home(downloads)
    yield from download_files(downloads)


def _made_of_home(
    known: MadeOf, lists: Sequence[Listing], downloads: Sequence[Download]
) -> str:
    """Return what the pages are made of that say how big the downloads are."""
    site = known.site
    plan = site.settings.made_of_plan(site.catalog) if downloads else "none"
    listed = known.lists("home", lists=lists)
    guides = [(g.meta, g.title, g.summary) for g in site.catalog.guides]
    offered = [(d.name, d.title, d.step, sha256(d.data).digest()) for d in downloads]
    if not plan or not listed:
        return ""
    return made_of(plan, listed, guides, offered, site.catalog.study_order)


def _lists(site: Site, lists: Sequence[Listing]) -> Iterable[Artifact]:
    return chain.from_iterable(listing_pages(site, listing) for listing in lists)


def _page_urls(site: Site, lists: Sequence[Listing]) -> list[str]:
    """Return the URLs of all pages that a search engine should index."""
    pages = [
        addresses.HOME,
        *(
            address
            for listing in lists
            if not listing.is_unlisted
            for address in page_addresses(listing)
        ),
        *(guide.address for guide in site.catalog.guides),
        *(addresses.question(question.id) for question in site.catalog.questions),
        *(
            (addresses.INDEX, addresses.SHEET, addresses.PRACTICE)
            if site.catalog.current
            else ()
        ),
        addresses.SEARCH,
        addresses.DOWNLOADS,
        *([addresses.CHECKED] if was_checked(site.catalog) else []),
        *([addresses.NEWS] if site.catalog.news else []),
    ]
    return [address.url for address in pages]


def _together(questions: Iterable[Question]) -> Iterator[tuple[Question, ...]]:
    """Yield the questions whose pages one task makes.

    A part begins at an id, not at a number: another question changes one part alone.
    """
    part: list[Question] = []
    for question in questions:
        if part and crc32(question.id.encode()) % _QUESTIONS_PER_TASK == 0:
            yield tuple(part)
            part = []
        part.append(question)
    if part:
        yield tuple(part)


def _parts(items: Sequence[_T], length: int) -> Iterator[Sequence[_T]]:
    for start in range(0, len(items), length):
        yield items[start : start + length]
