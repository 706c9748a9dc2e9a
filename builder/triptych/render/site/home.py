"""The pages that need the other outputs: the home page and that of the downloads."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath

from triptych.notes.strings import card_strings
from triptych.render.site.amounts import amounts
from triptych.render.site.card import kept_sample_card
from triptych.render.site.data import forms_of
from triptych.render.site.effort import (
    daily_minutes,
    daily_questions,
)
from triptych.render.site.listings import Listing
from triptych.render.site.rows import Row, row
from triptych.render.site.templates import Site, render_page
from triptych.values import addresses
from triptych.values.artifact import Artifact, Download, Step
from triptych.values.kept import Keep, keep_nothing
from triptych.values.question import Question
from triptych.values.ui_strings import UiString

_UNITS = ("B", "kB", "MB", "GB")
_UNIT_STEP = 1000
_MAX_TAGS = 5
"""So many tags describe a topic that has no description."""
_MAX_DECIMAL = 10
"""A size below this, in its unit, has one decimal."""


@dataclass(frozen=True, slots=True)
class File:
    """A download, with what the pages show of it."""

    name: str
    title: UiString
    size: str
    sha256: str
    step: Step | None = None


@dataclass(frozen=True, slots=True)
class UpdateFiles:
    """The files for learners of one release, in the order to import them."""

    title: UiString
    files: tuple[File, ...]


def home_pages(
    site: Site,
    lists: Sequence[Listing],
    downloads: Sequence[Download],
    keep: Keep = keep_nothing,
) -> Iterator[Artifact]:
    """Yield the home page, the page of downloads, and the style of a sample card."""
    catalog, questions = site.catalog, site.catalog.current
    all_files = [_file(download) for download in downloads]
    files = [file for file in all_files if not file.step]
    has_deck = any(file.name.endswith(".apkg") for file in files)
    card = kept_sample_card(site, keep) if has_deck else None
    yield render_page(
        site,
        "home.html",
        addresses.HOME,
        heading=catalog.deck.title,
        description=catalog.deck.description,
        amounts=list(amounts(site, questions, with_time=True)),
        asked=bool(catalog.asked),
        first=_first(site),
        due={
            "today": forms_of(site.strings["due_today"]),
            "minutes": forms_of(site.strings["minutes"]),
        },
        topics=list(_topics(site, lists)),
        plan=_plan(site, questions),
        guides=[guide for guide in catalog.guides if not guide.is_page],
        downloads=files,
        can_update=len(files) < len(all_files),
        kinds=[listing for listing in lists if listing.group == "kinds"],
        difficulties=[listing for listing in lists if listing.group == "difficulties"],
    )
    heading = site.strings["downloads"]
    yield render_page(
        site,
        "downloads.html",
        addresses.DOWNLOADS,
        heading=heading,
        downloads=files,
        updates=_updates(site, all_files),
        has_deck=has_deck,
        card=card,
    )
    if card:
        yield Artifact(PurePosixPath("site", "card.css"), card.style.encode())


def download_files(downloads: Iterable[Download]) -> Iterator[Artifact]:
    """Yield the files to download."""
    for download in downloads:
        path = PurePosixPath("site", addresses.download(download.name).path)
        yield Artifact(path, download.data)


def _plan(site: Site, questions: Sequence[Question]) -> UiString | None:
    """Return how to learn the questions in four weeks; a list of cards is none."""
    asked = [question for question in questions if not question.meta.is_cards]
    if not asked:
        return None
    # Shortened, minutes have one form in every language, whatever is before them.
    words = card_strings(site.settings.strings, site.catalog.deck.language)
    minutes = words["minutes"].counted(daily_minutes(questions))
    plan = site.strings["plan"].counted(daily_questions(len(asked)))
    return plan.filled(minutes=minutes)


def _first(site: Site) -> Row | None:
    """Return the question to begin with, if there is any question."""
    questions = {question.id: question for question in site.catalog.current}
    ids = [*(id_ for id_ in site.catalog.study_order if id_ in questions), *questions]
    return row(site, questions[ids[0]], "") if ids else None


def _topics(
    site: Site, lists: Sequence[Listing]
) -> Iterator[tuple[Listing, str, list[UiString]]]:
    """Yield each topic, what it is about, and how much there is of it."""
    for listing in lists:
        if listing.group == "topics":
            about = listing.lead or ", ".join(_main_tags(listing.questions))
            much = list(amounts(site, listing.questions, with_time=True))
            yield listing, about, much


def _main_tags(questions: Sequence[Question]) -> list[str]:
    tags = Counter(tag for question in questions for tag in question.meta.tags)
    return [tag for tag, _ in tags.most_common(_MAX_TAGS)]


def _file(download: Download) -> File:
    digest = sha256(download.data).hexdigest()
    size = _size(len(download.data))
    return File(download.name, download.title, size, digest, download.step)


def _updates(site: Site, files: Iterable[File]) -> list[UpdateFiles]:
    """Return what updates each older release, the newest first."""
    sets: dict[str, list[File]] = {}
    for file in files:
        if file.step:
            sets.setdefault(file.step.since, []).append(file)
    title = site.strings["released"]
    return [
        UpdateFiles(title.filled(n=since), tuple(own)) for since, own in sets.items()
    ]


def _size(count: int) -> str:
    """Return a number of bytes in a fitting unit, such as `3.2 MB`."""
    size, unit = float(count), 0
    while size >= _UNIT_STEP and unit < len(_UNITS) - 1:
        size, unit = size / _UNIT_STEP, unit + 1
    number = f"{size:.1f}" if unit and size < _MAX_DECIMAL else f"{size:.0f}"
    return f"{number} {_UNITS[unit]}"
