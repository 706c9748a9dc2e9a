"""The chapter of a question."""

from collections.abc import Iterator, Mapping
from html import escape

from triptych.render.epub.book import (
    Book,
    Page,
    bullets,
    joined,
    lines,
    question_file,
    topic_file,
)
from triptych.typeset.epub.urls import valid_url
from triptych.values.deck import Topic
from triptych.values.meta import Reference
from triptych.values.question import LevelAnswer, Part, Question
from triptych.values.ui_strings import UiString
from triptych.values.xhtml import Id, Xhtml


def question_page(
    book: Book, question: Question, topic: Topic, others: Mapping[str, Question]
) -> Page:
    """Return the chapter of `question`; `others` are the questions by their ids."""
    body = joined(
        '<section epub:type="chapter" role="doc-chapter" aria-labelledby="Question">\n',
        lines([_header(book, question, topic), *_parts(book, question, others)]),
        "\n</section>",
    )
    return Page(
        question_file(question),
        " ".join(question.prompt.readable.split()) or question.id,
        body,
        direction=book.question_direction(question),
    )


def _header(book: Book, question: Question, topic: Topic) -> Xhtml:
    kicker = f'<a href="{topic_file(topic.id)}">{escape(topic.title or topic.id)}</a>'
    prompt = question.prompt.epub or (escape(question.id),)
    facts = " · ".join(fact.html for fact in _facts(book, question))
    return joined(
        f'<header>\n<p class="kicker">{kicker}</p>\n<h1',
        *(Id("Question"), ">", prompt),
        f'</h1>\n<p class="facts">{facts}</p>\n</header>',
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
) -> Iterator[Xhtml]:
    words = book.words
    if question.hints:
        yield _hints(book, question)
    if question.summary:
        text = joined("<p>", question.summary.epub, "</p>")
        yield _layer("In-short", words["summary"], text, "summary")
    yield from _answer(book, question)
    if question.rubric or question.levels:
        points = bullets(point.epub for point in question.rubric)
        levels = _levels(book, question.levels)
        text = joined(points if question.rubric else (), levels)
        yield _layer("Rubric", words["rubric"], text)
    if question.depth:
        yield _layer("In-depth", words["depth"], question.depth.epub)
    wrong = f'<span class="wrong">{words["wrong"].html}</span> '
    for id_, key, parts, before in (
        ("Follow-ups", "follow_ups", question.follow_ups, ""),
        ("Cards", "cards", question.cards, ""),
        ("Pitfalls", "pitfalls", question.pitfalls, wrong),
    ):
        if parts:
            text = lines(_part(part, before) for part in parts)
            yield _layer(id_, words[key], text)
    yield from _elsewhere(book, question, others)


def _answer(book: Book, question: Question) -> Iterator[Xhtml]:
    """Yield the answer; before plain cards it is what introduces them."""
    answer = question.answer.epub
    if answer and question.cards:
        yield answer
    elif answer:
        yield _layer("Answer", book.words["answer"], answer)
    elif not (question.summary or question.cards):
        yield (f'<p class="notice">{book.words["no_answer"].html}</p>',)


def _elsewhere(
    book: Book, question: Question, others: Mapping[str, Question]
) -> Iterator[Xhtml]:
    """Yield the sources and the related questions."""
    words, meta = book.words, question.meta
    if meta.references:
        text = bullets([_reference(work)] for work in meta.references)
        yield _layer("Sources", words["references"], text, "sources")
    for id_, key, names in (
        ("Before", "requires", meta.requires),
        ("See-also", "related", meta.see_also),
    ):
        linked = [book.link(others[name]) for name in names if name in others]
        if linked:
            yield _layer(id_, words[key], bullets(linked))


def _layer(id_: str, heading: UiString, text: Xhtml, kind: str = "") -> Xhtml:
    return joined(
        f'<section class="{f"layer {kind}".strip()}" aria-labelledby="{id_}">\n<h2',
        *(Id(id_), f">{heading.html}</h2>\n"),
        *(text, "\n</section>"),
    )


def _hints(book: Book, question: Question) -> Xhtml:
    """Return the hints as notes, which many readers show only when asked for them."""
    word = book.words["hint"]
    names = [(n, word.counted(n).html) for n, _ in enumerate(question.hints, 1)]
    links = [_hint_link(n, name) for n, name in names]
    notes = [
        _hint(n, name, hint.epub)
        for (n, name), hint in zip(names, question.hints, strict=True)
    ]
    between = [joined(" · ", link) for link in links[1:]]
    first = joined('<p class="hints">', links[0], *between, "</p>")
    return lines([first, *notes])


def _hint_link(number: int, name: str) -> Xhtml:
    return joined(
        *("<a", Id(f"Hint-link-{number}")),
        f' href="#Hint-{number}" epub:type="noteref" role="doc-noteref">{name}</a>',
    )


def _hint(number: int, name: str, text: Xhtml) -> Xhtml:
    return joined(
        *("<aside", Id(f"Hint-{number}"), ' epub:type="footnote" role="doc-footnote">'),
        f'<p><a href="#Hint-link-{number}" role="doc-backlink">{name}</a> ',
        *(text, "</p></aside>"),
    )


def _levels(book: Book, levels: tuple[LevelAnswer, ...]) -> Xhtml:
    if not levels:
        return ()
    rows = lines(
        joined(f"<dt>{book.words[one.level].html}</dt>\n<dd>", one.text.epub, "</dd>")
        for one in levels
    )
    return joined('<dl class="levels">\n', rows, "\n</dl>")


def _part(part: Part, before: str) -> Xhtml:
    return joined(
        *('<section class="part"', Id(part.slug), f">\n<h3>{before}"),
        *(part.prompt.epub, "</h3>\n", part.text.epub, "\n</section>"),
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
