"""The pages of the book in reading order."""

from collections.abc import Iterator
from datetime import UTC, datetime
from html import escape

from triptych.render.epub.book import (
    Book,
    Page,
    bullets,
    guide_file,
    joined,
    topic_file,
)
from triptych.render.epub.questions import question_page
from triptych.values.deck import Topic
from triptych.values.question import Guide, Question
from triptych.values.xhtml import Id

COVER, TITLE_PAGE, CONTENTS = "cover.xhtml", "title.xhtml", "contents.xhtml"
COVER_PICTURE = "cover.svg"


def pages(book: Book) -> Iterator[Page]:
    """Yield all pages but the contents: front, guides, topics with questions, back."""
    catalog = book.catalog
    yield _cover(book)
    yield _title_page(book)
    for guide in catalog.guides:
        if not guide.is_page:
            yield _guide(guide)
    others = {question.id: question for question in catalog.current}
    for topic in catalog.topics:
        questions = [q for q in catalog.current if q.meta.topic == topic.id]
        yield _topic(book, topic, questions)
        for question in questions:
            yield question_page(book, question, topic, others)
    for guide in catalog.guides:
        if guide.is_page:
            yield _guide(guide)


def _cover(book: Book) -> Page:
    picture = f'<img src="{COVER_PICTURE}" alt="{escape(book.title)}"/>'
    body = f'<section epub:type="cover" class="cover">{picture}</section>'
    return Page(COVER, book.title, (body,), "frontmatter")


def _title_page(book: Book) -> Page:
    """Return the page that says what the book is, and which release of the deck."""
    deck = book.catalog.deck
    lines = [
        f'<p class="edition">{escape(book.edition)}</p>' if book.edition else "",
        f'<p class="lead">{escape(deck.description)}</p>' if deck.description else "",
        f'<p class="facts">{" · ".join(_imprint(book))}</p>',
    ]
    written = "\n".join(filter(None, lines))
    body = (
        '<section epub:type="titlepage">\n'
        f'<h1 epub:type="title">{escape(deck.title)}</h1>\n{written}\n</section>'
    )
    return Page(TITLE_PAGE, book.title, (body,), "frontmatter")


def _imprint(book: Book) -> Iterator[str]:
    catalog, words = book.catalog, book.words
    if catalog.asked:
        yield words["questions"].counted(len(catalog.asked)).html
    if catalog.card_count:
        yield words["count_cards"].counted(catalog.card_count).html
    if catalog.deck.printing.author:
        yield escape(catalog.deck.printing.author)
    if catalog.release.time:
        day = datetime.fromtimestamp(catalog.release.time, UTC).date()
        yield words["released"].filled(n=catalog.release.version).html
        yield f'<time datetime="{day}">{day}</time>'
    if catalog.deck.license:
        yield escape(catalog.deck.license)


def _guide(guide: Guide) -> Page:
    title = " ".join(guide.title.readable.split()) or guide.id
    heading = guide.title.epub or (escape(guide.id),)
    summary = guide.summary.epub
    kind = "afterword" if guide.is_page else "introduction"
    body = joined(
        f'<section epub:type="{kind}" role="doc-{kind}" aria-labelledby="Guide">\n<h1',
        *(Id("Guide"), ">", heading, "</h1>\n"),
        joined('<p class="lead">', summary, "</p>\n") if summary else (),
        *(guide.body.epub, "\n</section>"),
    )
    place = "backmatter" if guide.is_page else "frontmatter"
    return Page(guide_file(guide), title, body, place)


def _topic(book: Book, topic: Topic, questions: list[Question]) -> Page:
    title = topic.title or topic.id
    lead = (
        f'<p class="lead">{escape(topic.description)}</p>\n'
        if topic.description
        else ""
    )
    listed = bullets(map(book.link, questions), ' class="questions"')
    body = joined(
        '<section epub:type="part" role="doc-part" aria-labelledby="Topic">\n<h1',
        Id("Topic"),
        f">{escape(title)}</h1>\n{lead}",
        *(listed, "\n</section>"),
    )
    return Page(topic_file(topic.id), title, body)
