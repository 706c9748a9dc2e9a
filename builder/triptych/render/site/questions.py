"""The page of each question, and redirects from its former addresses."""

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

from markupsafe import Markup

from triptych.dialect.files import CONTENT_FOLDER
from triptych.dialect.links import report_url, resolvable
from triptych.render.site.anki_search import search_term
from triptych.render.site.linked_data import question_data
from triptych.render.site.neighbours import MovedNote, Neighbours
from triptych.render.site.prose import label_html
from triptych.render.site.rows import Row, direction_attribute, plain_description, row
from triptych.render.site.templates import Site, render_page
from triptych.values import addresses
from triptych.values.addresses import Address
from triptych.values.artifact import Artifact
from triptych.values.catalog import Catalog
from triptych.values.prose import Prose
from triptych.values.question import Question
from triptych.values.ui_strings import UiString

_MAX_DESCRIPTION_CHARS = 200


def question_pages(
    site: Site, questions: Iterable[Question], neighbours: Mapping[str, Neighbours]
) -> Iterator[Artifact]:
    """Yield the pages of `questions` and the redirects to them."""
    for question in questions:
        yield _page(site, question, neighbours[question.id])
        yield from _tests_page(site, question)
        for alias in question.meta.aliases:
            yield redirect(site, addresses.question(alias), question)
        for note, slug in question.meta.moved.items():
            # A question that still exists, even if retired, has a page.
            if "/" not in note and note not in neighbours:
                yield redirect(site, addresses.question(note), question, slug)


def redirect(
    site: Site, address: Address, question: Question, slug: str = ""
) -> Artifact:
    """Return a page at a former address that redirects to the page of `question`.

    With `slug` it redirects to that follow-up or pitfall.
    """
    target = addresses.question(question.id)
    return render_page(
        site,
        "redirect.html",
        address,
        heading=question.prompt.readable,
        target=target,
        anchor=f"#{slug}" if slug else "",
        question=question,
    )


def _page(site: Site, question: Question, neighbours: Neighbours) -> Artifact:
    catalog = site.catalog
    topic = site.topics[question.meta.topic]
    return render_page(
        site,
        "question.html",
        addresses.question(question.id),
        heading=question.prompt.readable,
        description=plain_description(question, _MAX_DESCRIPTION_CHARS),
        data=question_data(question, topic),
        direction=direction_attribute(question, catalog.deck.language),
        question=question,
        has_tests=any(text.tests for text in _texts(question)),
        amounts=list(_amounts(site, question)),
        number=catalog.number(question),
        topic=topic,
        sections=list(_sections(site, question)),
        former=_former_anchors(question),
        moved=[_moved(site, note) for note in neighbours.moved],
        in_anki=search_term(question),
        source=source_url(question, catalog),
        report=_report_url(question, catalog),
        previous=neighbours.previous and row(site, neighbours.previous, "../"),
        next=neighbours.next and row(site, neighbours.next, "../"),
        around=list(_related(site, neighbours)),
    )


def _tests_page(site: Site, question: Question) -> Iterator[Artifact]:
    """Yield the page with the tests of the question's code, if it has any."""
    tests = [
        tuple(map(Markup, test)) for text in _texts(question) for test in text.tests
    ]
    if tests:
        language = site.catalog.deck.language
        words = site.settings.strings.section("prose", language)["tests"]
        prompt = question.prompt.readable
        yield render_page(
            site,
            "tests.html",
            addresses.tests(question.id),
            # A title has one language: without the word in the deck's, it is left out.
            heading=prompt if words.is_foreign else f"{words}: {prompt}",
            description="",
            direction=direction_attribute(question, language),
            question=question,
            tests=tests,
            words=words,
        )


def _texts(question: Question) -> Iterator[Prose]:
    """Yield the texts that may have tests."""
    yield from (question.answer, question.depth)
    yield from (part.text for part in question.parts)


def _amounts(site: Site, question: Question) -> Iterator[UiString]:
    """Yield the time that a question takes, or the number of a file's cards."""
    if question.meta.is_cards:
        yield site.strings["count_cards"].counted(len(question.cards))
    else:
        yield site.strings["minutes"].counted(question.meta.minutes)


def _sections(site: Site, question: Question) -> Iterator[tuple[str, UiString]]:
    """Yield the parts of the answer: an id and a heading."""
    answer = None if question.meta.is_cards else question.answer
    for id_, heading, part in (
        ("In-short", "summary", question.summary),
        ("Answer", "answer", answer),
        ("Rubric", "rubric", question.rubric or question.levels),
        ("In-depth", "depth", question.depth),
        ("Follow-ups", "follow_ups", question.follow_ups),
        ("Pitfalls", "pitfalls", question.pitfalls),
        ("Cards", "cards", question.cards),
    ):
        if part:
            yield id_, site.strings[heading]


def _related(
    site: Site, neighbours: Neighbours
) -> Iterator[tuple[str, UiString, tuple[Row, ...]]]:
    """Yield the lists of related questions: an id, a heading and the rows."""
    for id_, heading, others in (
        ("Before", site.strings["requires"], neighbours.requires),
        ("After", site.strings["leads_to"], neighbours.leads_to),
        ("See-also", site.strings["related"], neighbours.related),
    ):
        if others:
            yield id_, heading, tuple(row(site, other, "../") for other in others)


def _moved(site: Site, note: MovedNote) -> tuple[tuple[str, ...], str, Markup]:
    """Return the old anchors of a note, the URL where it is now, and its prompt."""
    url, prompt = addresses.question(note.question.id).name, note.question.prompt
    for part in note.question.parts:
        if part.slug == note.slug:
            url, prompt = f"{url}#{part.slug}", part.prompt
    return note.anchors, url, label_html(prompt, "../", site.catalog)


def source_url(question: Question, catalog: Catalog) -> str:
    """Return the URL of the question's file in the deck's repository, if it has one."""
    repository = resolvable(catalog.deck.site.repository)
    if not repository:
        return ""
    path = quote(str(question.meta.path))
    return f"{repository.rstrip('/')}/blob/HEAD/{CONTENT_FOLDER}/{path}"


def _report_url(question: Question, catalog: Catalog) -> str:
    """Return the URL of a form that reports a mistake in the question, if any."""
    form = report_url(catalog.deck.site.repository)
    release = catalog.release.version if catalog.release.time else ""
    title = f"{question.id} {release}".strip()
    return f"{form}{quote(title)}" if form else ""


def _former_anchors(question: Question) -> Mapping[str, Markup]:
    """Return the anchors of the former slugs of each part, by its present slug."""
    if not question.meta.renamed:
        return {}
    anchors = {part.slug: Markup() for part in question.parts}
    for old, new in question.meta.renamed.items():
        if new in anchors:
            anchors[new] += Markup('<span id="{}"></span>').format(old)
    return anchors
