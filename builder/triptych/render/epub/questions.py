"""The chapter of a question."""

from collections.abc import Iterator, Mapping
from html import escape

from triptych.render.epub.book import Book, Page, bullets, question_file, topic_file
from triptych.render.epub.urls import valid_url
from triptych.values.deck import Topic
from triptych.values.meta import Reference
from triptych.values.question import LevelAnswer, Part, Question
from triptych.values.ui_strings import UiString


def question_page(
    book: Book, question: Question, topic: Topic, others: Mapping[str, Question]
) -> Page:
    """Return the chapter of `question`; `others` are the questions by their ids."""
    parts = "\n".join(_parts(book, question, others))
    body = (
        '<section epub:type="chapter" role="doc-chapter" aria-labelledby="Question">\n'
        f"{_header(book, question, topic)}\n{parts}\n</section>"
    )
    return Page(
        question_file(question),
        " ".join(question.prompt.plain.split()) or question.id,
        body,
        direction=book.question_direction(question),
    )


def _header(book: Book, question: Question, topic: Topic) -> str:
    kicker = f'<a href="{topic_file(topic.id)}">{escape(topic.title or topic.id)}</a>'
    prompt = book.line(question.prompt) or escape(question.id)
    facts = " · ".join(fact.html for fact in _facts(book, question))
    return (
        f'<header>\n<p class="kicker">{kicker}</p>\n<h1 id="Question">{prompt}</h1>\n'
        f'<p class="facts">{facts}</p>\n</header>'
    )


def _facts(book: Book, question: Question) -> Iterator[UiString]:
    words, meta = book.words, question.meta
    number = book.catalog.number(question)
    if number:
        yield words["number"].counted(number)
    if meta.draft:
        yield words["draft"]
    yield words[meta.kind]
    if meta.difficulty:
        yield words[meta.difficulty]
    if question.cards:
        yield words["count_cards"].counted(len(question.cards))
    else:
        yield words["minutes"].counted(meta.minutes)


def _parts(
    book: Book, question: Question, others: Mapping[str, Question]
) -> Iterator[str]:
    words = book.words
    if question.hints:
        yield _hints(book, question)
    if question.summary:
        text = f"<p>{book.line(question.summary)}</p>"
        yield _layer("In-short", words["summary"], text, "summary")
    yield from _answer(book, question)
    if question.rubric or question.levels:
        points = bullets(map(book.line, question.rubric)) if question.rubric else ""
        levels = _levels(book, question.levels)
        yield _layer("Rubric", words["rubric"], points + levels)
    if question.depth:
        yield _layer("In-depth", words["depth"], book.prose(question.depth))
    wrong = f'<span class="wrong">{words["wrong"].html}</span> '
    for id_, key, parts, before in (
        ("Follow-ups", "follow_ups", question.follow_ups, ""),
        ("Cards", "cards", question.cards, ""),
        ("Pitfalls", "pitfalls", question.pitfalls, wrong),
    ):
        if parts:
            text = "\n".join(_part(book, part, before) for part in parts)
            yield _layer(id_, words[key], text)
    yield from _elsewhere(book, question, others)


def _answer(book: Book, question: Question) -> Iterator[str]:
    """Yield the answer; before plain cards it is what introduces them."""
    answer = book.prose(question.answer)
    if answer and question.cards:
        yield answer
    elif answer:
        yield _layer("Answer", book.words["answer"], answer)
    elif not (question.summary or question.cards):
        yield f'<p class="notice">{book.words["no_answer"].html}</p>'


def _elsewhere(
    book: Book, question: Question, others: Mapping[str, Question]
) -> Iterator[str]:
    """Yield the sources and the related questions."""
    words, meta = book.words, question.meta
    if meta.references:
        text = bullets(map(_reference, meta.references))
        yield _layer("Sources", words["references"], text, "sources")
    for id_, key, names in (
        ("Before", "requires", meta.requires),
        ("See-also", "related", meta.related),
    ):
        linked = [book.link(others[name]) for name in names if name in others]
        if linked:
            yield _layer(id_, words[key], bullets(linked))


def _layer(id_: str, heading: UiString, text: str, kind: str = "") -> str:
    return (
        f'<section class="{f"layer {kind}".strip()}" aria-labelledby="{id_}">\n'
        f'<h2 id="{id_}">{heading.html}</h2>\n{text}\n</section>'
    )


def _hints(book: Book, question: Question) -> str:
    """Return the hints as notes, which many readers show only when asked for them."""
    numbered = list(enumerate(question.hints, 1))
    word = book.words["hint"]
    links = " · ".join(
        f'<a id="Hint-link-{n}" href="#Hint-{n}" epub:type="noteref"'
        f' role="doc-noteref">{word.counted(n).html}</a>'
        for n, _ in numbered
    )
    notes = "\n".join(
        f'<aside id="Hint-{n}" epub:type="footnote" role="doc-footnote">'
        f'<p><a href="#Hint-link-{n}" role="doc-backlink">{word.counted(n).html}</a>'
        f" {book.line(hint)}</p></aside>"
        for n, hint in numbered
    )
    return f'<p class="hints">{links}</p>\n{notes}'


def _levels(book: Book, levels: tuple[LevelAnswer, ...]) -> str:
    if not levels:
        return ""
    rows = "\n".join(
        f"<dt>{book.words[one.level].html}</dt>\n<dd>{book.line(one.text)}</dd>"
        for one in levels
    )
    return f'<dl class="levels">\n{rows}\n</dl>'


def _part(book: Book, part: Part, before: str) -> str:
    heading = before + book.line(part.prompt)
    return (
        f'<section class="part" id="{escape(part.slug)}">\n'
        f"<h3>{heading}</h3>\n{book.prose(part.text)}\n</section>"
    )


def _reference(work: Reference) -> str:
    authors = f"{escape(work.authors.rstrip('.'))}. " if work.authors else ""
    url = valid_url(work.url) if ":" in work.url else ""
    title = (
        f'<a href="{escape(url)}">{escape(work.title)}</a>'
        if url
        else f"<cite>{escape(work.title)}</cite>"
    )
    year = f", {escape(work.year)}" if work.year else ""
    return f"{authors}{title}{year}"
