"""Lists of questions: a page a topic, tag, company, kind and difficulty; the index."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from markupsafe import Markup

from triptych.render.site.amounts import amounts
from triptych.render.site.linked_data import breadcrumbs
from triptych.render.site.rows import row
from triptych.render.site.templates import Site, macro, render_page
from triptych.values import addresses
from triptych.values.addresses import Address
from triptych.values.alphabet import initial, order
from triptych.values.artifact import Artifact
from triptych.values.deck import Topic
from triptych.values.meta import Difficulty, Kind
from triptych.values.question import Question
from triptych.values.ui_strings import UiString

_Key = TypeVar("_Key")
MAX_ROWS_PER_PAGE = 1000
"""A list with more rows has several pages, so that a telephone can lay them out."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One list of questions."""

    group: str
    """A key of the string table: `topics`, `tags`, `companies`, ..."""
    title: str | UiString
    address: Address
    questions: tuple[Question, ...]
    topic: Topic | None = None

    @property
    def is_unlisted(self) -> bool:
        """Whether links lead straight to the one question of a tag instead."""
        return self.group == "tags" and len(self.questions) == 1

    @property
    def link(self) -> Address:
        """Return the address that links to the list have."""
        if self.is_unlisted:
            return addresses.question(self.questions[0].id)
        return self.address

    @property
    def lead(self) -> str:
        """Return the description of the topic, if the list is of a topic."""
        return self.topic.description if self.topic else ""


def listings(site: Site) -> list[Listing]:
    """Return all lists: topics, kinds, difficulties, tags and companies."""
    listed = site.catalog.current
    return [
        *_topics(site.catalog.topics, listed),
        *_kinds(site, listed),
        *_difficulties(site, listed),
        *_labels(
            site,
            "tags",
            addresses.tag,
            ((tag, q) for q in listed for tag in q.meta.tags),
        ),
        *_labels(
            site,
            "companies",
            addresses.company,
            ((name, q) for q in listed for name in q.meta.asked_at),
        ),
    ]


def page_addresses(listing: Listing) -> list[Address]:
    """Return the addresses of the pages of a list; most lists have one page."""
    count = max(1, -(-len(listing.questions) // MAX_ROWS_PER_PAGE))
    return [listing.address.page(number) for number in range(1, count + 1)]


def listing_pages(site: Site, listing: Listing) -> Iterator[Artifact]:
    """Yield the pages of a list."""
    pages = page_addresses(listing)
    for number, address in enumerate(pages):
        questions = listing.questions[
            number * MAX_ROWS_PER_PAGE : (number + 1) * MAX_ROWS_PER_PAGE
        ]
        yield render_page(
            site,
            "listing.html",
            address,
            heading=listing.title,
            description=listing.lead or site.catalog.deck.description,
            listing=listing,
            amounts=list(amounts(site, listing.questions)),
            asked=any(not q.meta.is_cards for q in listing.questions),
            data=_data(site, listing),
            groups=_groups(site, questions, split=listing.topic is None),
            pages=[other.name for other in pages],
            number=number,
        )


def index_page(site: Site, lists: Sequence[Listing]) -> Artifact:
    """Return the index: tags and companies by initial, kinds and difficulties."""
    language = site.catalog.deck.language
    groups = {
        group: _by_initial((of for of in lists if of.group == group), language)
        for group in ("tags", "companies")
    }
    plain = {
        group: [listing for listing in lists if listing.group == group]
        for group in ("kinds", "difficulties")
    }
    heading = site.strings["index"]
    return render_page(
        site, "tags.html", addresses.INDEX, heading=heading, groups=groups, plain=plain
    )


def _topics(topics: Iterable[Topic], listed: Sequence[Question]) -> Iterator[Listing]:
    by_topic = _group((question.meta.topic, question) for question in listed)
    for topic in topics:
        address = addresses.topic(topic.id)
        yield Listing("topics", topic.title, address, by_topic[topic.id], topic)


def _kinds(site: Site, listed: Sequence[Question]) -> Iterator[Listing]:
    by_kind = _group((question.meta.kind, question) for question in listed)
    for kind in Kind:
        if kind in by_kind:
            title = site.strings[kind]
            yield Listing("kinds", title, addresses.kind(kind), by_kind[kind])


def _difficulties(site: Site, listed: Sequence[Question]) -> Iterator[Listing]:
    by_level = _group((question.meta.difficulty, question) for question in listed)
    for level in Difficulty:
        if level in by_level:
            title = site.strings[level]
            yield Listing(
                "difficulties", title, addresses.difficulty(level), by_level[level]
            )


def _labels(
    site: Site,
    group: str,
    address: Callable[[str], Address],
    pairs: Iterable[tuple[str, Question]],
) -> Iterator[Listing]:
    by_label = _group(pairs)
    language = site.catalog.deck.language
    for label in sorted(by_label, key=lambda name: order(name, language)):
        yield Listing(group, label, address(label), by_label[label])


def _group(
    pairs: Iterable[tuple[_Key, Question]],
) -> defaultdict[_Key, tuple[Question, ...]]:
    """Return the questions of each key, without duplicates."""
    lists: defaultdict[_Key, dict[str, Question]] = defaultdict(dict)
    for key, question in pairs:
        lists[key][question.id] = question
    return defaultdict(
        tuple, {key: tuple(by_id.values()) for key, by_id in lists.items()}
    )


def _by_initial(
    lists: Iterable[Listing], language: str
) -> list[tuple[str, list[Listing]]]:
    by_letter = groupby(lists, lambda listing: initial(str(listing.title), language))
    return [(letter, list(group)) for letter, group in by_letter]


def _groups(
    site: Site, questions: Sequence[Question], *, split: bool
) -> list[tuple[Topic | None, Markup]]:
    """Return the rows of the questions; if `split`, a group for each topic."""
    if not split:
        return [(None, _rows(site, questions))]
    return [
        (site.topics[topic], _rows(site, tuple(group)))
        for topic, group in groupby(questions, lambda question: question.meta.topic)
    ]


def _rows(site: Site, questions: Iterable[Question]) -> Markup:
    return Markup("").join(_row_html(site, question) for question in questions)


def _row_html(site: Site, question: Question) -> Markup:
    if question.id not in site.rows:
        row_macro = macro(site, "line")
        site.rows[question.id] = row_macro(row(site, question, "../"))
    return site.rows[question.id]


def _data(site: Site, listing: Listing) -> Markup:
    if listing.topic is None:
        return Markup()
    return breadcrumbs(site.catalog.deck.title, listing.topic, site.settings.base_url)
