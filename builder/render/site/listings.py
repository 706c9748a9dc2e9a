"""Lists of questions: a page a topic, tag, company, kind and difficulty; the index."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from builder.model import Artifact, Difficulty, Kind, Question, Topic
from builder.render.site.linked_data import trail
from builder.render.site.names import slug
from builder.render.site.press import Press, page, run
from builder.render.site.rows import row

PAGE = 1000
"""More rows than this go on further pages: a telephone has to lay them out."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One list of questions."""

    group: str
    """A word of the string table: `topics`, `tags`, `companies`, ..."""
    title: str
    address: str
    questions: tuple[Question, ...]
    lead: str = ""
    topic: Topic | None = None


def listings(press: Press) -> list[Listing]:
    """Return all lists, topics first, then by name."""
    listed = [question for question in press.catalog.questions if not question.retired]
    return [
        *_topics(press.catalog.topics, listed),
        *_kinds(press, listed),
        *_difficulties(press, listed),
        *_labels("tags", ((tag, q) for q in listed for tag in q.tags)),
        *_labels("companies", ((name, q) for q in listed for name in q.asked_at)),
    ]


def addresses(listing: Listing) -> list[str]:
    """Return where the pages of one list stand; most lists have one."""
    further = range(2, -(-len(listing.questions) // PAGE) + 1)
    stem = listing.address.removesuffix(".html")
    # Two hyphens stand in no other page's name.
    return [listing.address, *(f"{stem}--{number}.html" for number in further)]


def listing_pages(press: Press, listing: Listing) -> Iterator[Artifact]:
    """Print the pages of one list."""
    every = addresses(listing)
    for number, address in enumerate(every):
        piece = listing.questions[number * PAGE : (number + 1) * PAGE]
        yield page(
            press,
            "listing.html",
            address,
            heading=listing.title,
            description=listing.lead,
            listing=listing,
            data=_data(press, listing),
            groups=_groups(press, piece, split=listing.topic is None),
            pages=[other.rpartition("/")[2] for other in every],
            number=number,
        )


def index_page(press: Press, every: Sequence[Listing]) -> Artifact:
    """Print the index: every tag and every company by its initial."""
    groups = {
        group: _by_initial(listing for listing in every if listing.group == group)
        for group in ("tags", "companies")
    }
    plain = {
        group: [listing for listing in every if listing.group == group]
        for group in ("kinds", "difficulties")
    }
    heading = press.label.index
    return page(
        press, "tags.html", "tags.html", heading=heading, groups=groups, plain=plain
    )


def _topics(topics: Iterable[Topic], listed: Sequence[Question]) -> Iterator[Listing]:
    for topic in topics:
        own = tuple(question for question in listed if question.topic == topic.id)
        address = f"topics/{topic.id}.html"
        yield Listing("topics", topic.title, address, own, topic.description, topic)


def _kinds(press: Press, listed: Sequence[Question]) -> Iterator[Listing]:
    for kind in Kind:
        own = tuple(question for question in listed if question.kind is kind)
        if own:
            title = getattr(press.label, kind)
            yield Listing("kinds", title, f"kinds/{kind}.html", own)


def _difficulties(press: Press, listed: Sequence[Question]) -> Iterator[Listing]:
    for level in Difficulty:
        own = tuple(question for question in listed if question.difficulty is level)
        if own:
            title = getattr(press.label, level)
            yield Listing("difficulties", title, f"difficulty/{level}.html", own)


def _labels(group: str, pairs: Iterable[tuple[str, Question]]) -> Iterator[Listing]:
    by_label: defaultdict[str, list[Question]] = defaultdict(list)
    for label, question in pairs:
        by_label[label].append(question)
    for label in sorted(by_label, key=lambda name: (name.casefold(), name)):
        own = tuple({question.id: question for question in by_label[label]}.values())
        yield Listing(group, label, f"{group}/{slug(label)}.html", own)


def _by_initial(every: Iterable[Listing]) -> list[tuple[str, list[Listing]]]:
    def initial(listing: Listing) -> str:
        first = listing.title.lstrip()[:1]
        return first.upper()[:1] if first.isalpha() else "#"

    return [(letter, list(group)) for letter, group in groupby(every, initial)]


def _groups(
    press: Press, questions: Sequence[Question], *, split: bool
) -> list[tuple[Topic | None, Markup]]:
    """Return the rows, under the headings of their topics if `split`."""
    if not split:
        return [(None, _rows(press, questions))]
    return [
        (press.topics[topic], _rows(press, tuple(own)))
        for topic, own in groupby(questions, lambda question: question.topic)
    ]


def _rows(press: Press, questions: Iterable[Question]) -> Markup:
    return Markup("\n").join(_line(press, question) for question in questions)


def _line(press: Press, question: Question) -> Markup:
    if question.id not in press.lines:
        line = run(press, "row.html", root="../", row=row(press, question, "../"))
        press.lines[question.id] = Markup(line)  # noqa: S704 - our template
    return press.lines[question.id]


def _data(press: Press, listing: Listing) -> Markup:
    if listing.topic is None:
        return Markup()
    return trail(press.catalog.deck.title, listing.topic, press.settings.base_url)
