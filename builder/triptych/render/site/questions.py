"""A page a question, and a page for each of its former addresses."""

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

from markupsafe import Markup

from triptych.render.site import addresses
from triptych.render.site.addresses import Address
from triptych.render.site.linked_data import question_data
from triptych.render.site.neighbours import Around, Moved
from triptych.render.site.prose import label
from triptych.render.site.rows import Row, described, direction, row
from triptych.render.site.templates import Press, page
from triptych.values.artifact import Artifact
from triptych.values.catalog import Catalog
from triptych.values.question import Question
from triptych.values.words import Word

_DESCRIPTION = 200


def question_pages(
    press: Press, questions: Iterable[Question], around: Mapping[str, Around]
) -> Iterator[Artifact]:
    """Print the pages of `questions`, former addresses included."""
    for question in questions:
        yield _page(press, question, around[question.id])
        for alias in question.meta.aliases:
            yield redirect(press, addresses.question(alias), question)
        for note, slug in question.meta.moved.items():
            # A question that is there, if only retired, has a page of its own.
            if "/" not in note and note not in around:
                yield redirect(press, addresses.question(note), question, slug)


def redirect(
    press: Press, address: Address, question: Question, slug: str = ""
) -> Artifact:
    """Print a page that leads from a former address to the page beside it.

    With `slug` it leads to that follow-up or pitfall.
    """
    target = addresses.question(question.id)
    return page(
        press,
        "redirect.html",
        address,
        heading=question.prompt.plain,
        target=target,
        anchor=f"#{slug}" if slug else "",
        question=question,
    )


def _page(press: Press, question: Question, around: Around) -> Artifact:
    catalog = press.catalog
    topic = press.topics[question.meta.topic]
    return page(
        press,
        "question.html",
        addresses.question(question.id),
        heading=question.prompt.plain,
        description=described(question, _DESCRIPTION),
        data=question_data(question, topic, catalog, press.settings.base_url),
        direction=direction(question, catalog.deck.language),
        question=question,
        topic=topic,
        sections=list(_sections(press, question)),
        former=_former(question),
        moved=[_moved(press, note) for note in around.moved],
        source=source_url(question, catalog),
        previous=around.previous and row(press, around.previous, "../"),
        next=around.next and row(press, around.next, "../"),
        around=list(_around(press, around)),
    )


def _sections(press: Press, question: Question) -> Iterator[tuple[str, Word]]:
    """Yield the parts of the answer: an id and a heading."""
    for id_, words, piece in (
        ("In-short", "summary", question.summary),
        ("Answer", "answer", question.answer),
        ("Rubric", "rubric", question.rubric),
        ("In-depth", "depth", question.depth),
        ("Follow-ups", "follow_ups", question.follow_ups),
        ("Pitfalls", "pitfalls", question.pitfalls),
    ):
        if piece:
            yield id_, press.words[words]


def _around(
    press: Press, around: Around
) -> Iterator[tuple[str, Word, tuple[Row, ...]]]:
    """Yield what a page says about its neighbours: an id, a heading and the rows."""
    for id_, words, others in (
        ("Before", press.words["requires"], around.requires),
        ("After", press.words["leads_to"], around.leads_to),
        ("See-also", press.words["related"], around.related),
    ):
        if others:
            yield id_, words, tuple(row(press, other, "../") for other in others)


def _moved(press: Press, note: Moved) -> tuple[tuple[str, ...], str, Markup]:
    """Return the old anchors of a note, the way to where it stands, and its prompt."""
    name, words = addresses.question(note.question.id).name, note.question.prompt
    for part in note.question.parts:
        if part.slug == note.slug:
            name, words = f"{name}#{part.slug}", part.prompt
    return note.anchors, name, label(words, "../", press.catalog)


def source_url(question: Question, catalog: Catalog) -> str:
    """Return where the question's file stands on the web, if the deck says so."""
    repository = catalog.deck.site.repository
    if not repository:
        return ""
    path = quote(str(question.meta.path))
    return f"{repository.rstrip('/')}/blob/HEAD/content/{path}"


def _former(question: Question) -> Mapping[str, Markup]:
    """Return the anchors of former slugs, by the slug that a part has now."""
    if not question.meta.renamed:
        return {}
    parts = (*question.follow_ups, *question.pitfalls)
    anchors = {part.slug: Markup() for part in parts}
    for old, new in question.meta.renamed.items():
        if new in anchors:
            anchors[new] += Markup('<span id="{}"></span>').format(old)
    return anchors
