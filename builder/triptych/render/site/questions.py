"""A page a question, and a page for each of its former addresses."""

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

from markupsafe import Markup

from triptych.render.site.linked_data import question_data
from triptych.render.site.neighbours import MovedNote, Neighbours
from triptych.render.site.prose import label_html
from triptych.render.site.rows import Row, direction_attribute, plain_description, row
from triptych.render.site.templates import Site, render_page
from triptych.values import addresses
from triptych.values.addresses import Address
from triptych.values.artifact import Artifact
from triptych.values.catalog import Catalog
from triptych.values.question import Question
from triptych.values.words import Word

_DESCRIPTION = 200


def question_pages(
    site: Site, questions: Iterable[Question], around: Mapping[str, Neighbours]
) -> Iterator[Artifact]:
    """Print the pages of `questions`, former addresses included."""
    for question in questions:
        yield _page(site, question, around[question.id])
        for alias in question.meta.aliases:
            yield redirect(site, addresses.question(alias), question)
        for note, slug in question.meta.moved.items():
            # A question that is there, if only retired, has a page of its own.
            if "/" not in note and note not in around:
                yield redirect(site, addresses.question(note), question, slug)


def redirect(
    site: Site, address: Address, question: Question, slug: str = ""
) -> Artifact:
    """Print a page that leads from a former address to the page beside it.

    With `slug` it leads to that follow-up or pitfall.
    """
    target = addresses.question(question.id)
    return render_page(
        site,
        "redirect.html",
        address,
        heading=question.prompt.plain,
        target=target,
        anchor=f"#{slug}" if slug else "",
        question=question,
    )


def _page(site: Site, question: Question, around: Neighbours) -> Artifact:
    catalog = site.catalog
    topic = site.topics[question.meta.topic]
    return render_page(
        site,
        "question.html",
        addresses.question(question.id),
        heading=question.prompt.plain,
        description=plain_description(question, _DESCRIPTION),
        data=question_data(question, topic, catalog, site.settings.base_url),
        direction=direction_attribute(question, catalog.deck.language),
        question=question,
        topic=topic,
        former=_former(question),
        moved=[_moved(site, note) for note in around.moved],
        source=source_url(question, catalog),
        previous=around.previous and row(site, around.previous, "../"),
        next=around.next and row(site, around.next, "../"),
        around=list(_around(site, around)),
    )


def _around(
    site: Site, around: Neighbours
) -> Iterator[tuple[str, Word, tuple[Row, ...]]]:
    """Yield what a page says about its neighbours: an id, a heading and the rows."""
    for id_, words, others in (
        ("Before", site.words["requires"], around.requires),
        ("After", site.words["leads_to"], around.leads_to),
        ("See-also", site.words["related"], around.related),
    ):
        if others:
            yield id_, words, tuple(row(site, other, "../") for other in others)


def _moved(site: Site, note: MovedNote) -> tuple[tuple[str, ...], str, Markup]:
    """Return the old anchors of a note, the way to where it stands, and its prompt."""
    name, words = addresses.question(note.question.id).name, note.question.prompt
    for part in note.question.parts:
        if part.slug == note.slug:
            name, words = f"{name}#{part.slug}", part.prompt
    return note.anchors, name, label_html(words, "../", site.catalog)


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
