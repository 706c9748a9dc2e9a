"""The handbook: every question with its whole answer, to read on paper."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from triptych.render.settings import RenderSettings
from triptych.render.sheet.book_index import Index, index_of
from triptych.render.sheet.cards import card
from triptych.render.sheet.contents import link_targets
from triptych.render.sheet.document import Document
from triptych.render.sheet.document_settings import (
    document_settings,
    imprint,
    legend,
    title_name,
)
from triptych.render.sheet.glyphs import bookmark_text
from triptych.render.sheet.language import Language, language_of_tag
from triptych.render.sheet.links import LinkTargets, with_links
from triptych.render.sheet.nodes import Data, inline, with_places
from triptych.render.sheet.pictures import can_show
from triptych.render.sheet.plain_cards import cards_table
from triptych.values.catalog import Catalog
from triptych.values.kept import Keep
from triptych.values.meta import Reference
from triptych.values.question import Guide, Part, Question
from triptych.values.tree import Node, children, kind

MAX_CHARS = 1_500_000
"""Of all text. Above it, each topic is a PDF of its own: memory grows with the pages.

Typst takes 1 MB for some thousand characters, so that this is 1.5 GB.
"""
_WORDS = ("contents", "depth", "follow_ups", "guides", "index", "pitfalls")
_MORE_WORDS = ("references", "related", "rubric")


def handbooks(
    catalog: Catalog, settings: RenderSettings, paper: str, _keep: Keep
) -> Iterator[tuple[str, Document]]:
    """Yield the handbook, or one for each topic of a large deck, with its name.

    Guides are in the first one.
    """
    if sum(map(_chars, catalog.current)) <= MAX_CHARS:
        yield "", _handbook(catalog, settings, paper)
        return
    guides = catalog.guides
    for topic in catalog.topics:
        some = tuple(q for q in catalog.questions if q.meta.topic == topic.id)
        part = replace(catalog, questions=some, guides=guides)
        guides = ()
        edition = " · ".join(filter(None, (settings.edition, topic.title)))
        yield topic.id, _handbook(part, replace(settings, edition=edition), paper)


def _handbook(catalog: Catalog, settings: RenderSettings, paper: str) -> Document:
    deck = catalog.deck
    strings = settings.strings.section("site", deck.language)
    shown = [name for name, media in catalog.media.items() if can_show(media)]
    targets = link_targets(catalog, settings.base_url)
    titles = {topic.id: topic.title for topic in deck.topics}
    index = index_of(catalog.current, language_of_tag(deck.language).code)
    topics: list[Data] = [
        {
            "title": (bookmark_text(titles.get(topic, ""), topic),),
            "questions": [
                _question(q, catalog, settings, targets, index) for q in questions
            ],
        }
        for topic, questions in groupby(catalog.current, lambda q: q.meta.topic)
    ]
    legend_ = legend(catalog, settings)
    guides: list[Data] = [
        _guide(guide, targets) for guide in catalog.guides if not guide.is_page
    ]
    return Document(
        "handbook.typ",
        {**document_settings(catalog, settings, paper), "large": deck.printing.large},
        {
            "title": (bookmark_text(deck.title, deck.id),),
            "description": (settings.edition or deck.description,),
            "imprint": (imprint(catalog, settings.base_url),),
            "legend": (legend_,) if legend_ else (),
            "words": {key: strings[key].text for key in (*_WORDS, *_MORE_WORDS)},
            "pictures": list(shown),
            "guides": guides,
            "topics": topics,
            "index": list(index.entries),
        },
        pictures=tuple(catalog.media[name] for name in shown),
    )


def _chars(question: Question) -> int:
    return sum(len(prose.plain) for prose in question.all_prose)


def _guide(guide: Guide, targets: LinkTargets) -> dict[str, Data]:
    return {
        "id": guide.id,
        "name": bookmark_text(guide.title.readable, guide.id),
        "title": _drawn(inline(guide.title), str(guide.meta.path), targets),
        "answer": _drawn(guide.body.blocks, str(guide.meta.path), targets),
    }


def _drawn(nodes: Iterable[Node], path: str, targets: LinkTargets) -> tuple[Node, ...]:
    kept = _without_tests(nodes)
    return tuple(with_links(with_places(node, path), targets) for node in kept)


def _question(
    question: Question,
    catalog: Catalog,
    settings: RenderSettings,
    targets: LinkTargets,
    index: Index,
) -> dict[str, Data]:
    path = str(question.meta.path)
    usual = language_of_tag(catalog.deck.language)
    brief = card(question, catalog.number(question), targets, usual)

    def drawn(nodes: Iterable[Node]) -> tuple[Node, ...]:
        return _drawn(nodes, path, targets)

    seen: set[int] = set()

    def indexed(nodes: Iterable[Node]) -> tuple[Node, ...]:
        return drawn(index.marked(nodes, seen))

    def parts(found: tuple[Part, ...]) -> list[Data]:
        return [
            {"title": drawn(inline(part.prompt)), "body": indexed(part.text.blocks)}
            for part in found
        ]

    depth = question.depth.blocks if catalog.deck.printing.depth else ()
    summary = question.summary.blocks
    return {
        **{k: brief[k] for k in ("id", "number", "title", "lang", "dir", "tall_lines")},
        "facts": (_facts(question, catalog, settings),),
        "body": drawn(summary),
        "answer": indexed((*question.answer.blocks, *cards_table(question))),
        "depth": indexed(depth),
        "rubric": [drawn(inline(point)) for point in question.rubric],
        "follow_ups": parts(question.follow_ups),
        "pitfalls": parts(question.pitfalls),
        "sources": [tuple(_source(s, usual)) for s in question.meta.references],
        "related": list(_related(question, catalog)),
    }


def _without_tests(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield `nodes` without the tests of code answers, which would fill pages."""
    for node in nodes:
        if kind(node) == "fence" and isinstance(node, tuple) and node[2] == "test":
            continue
        inner = children(node)
        if not isinstance(node, tuple) or not inner or kind(node) == "fence":
            yield node
        else:
            yield (*node[: len(node) - len(inner)], *_without_tests(inner))


def _facts(question: Question, catalog: Catalog, settings: RenderSettings) -> str:
    strings = settings.strings.section("site", catalog.deck.language)
    meta = question.meta
    parts = (
        meta.difficulty.signs if meta.difficulty else "",
        strings[meta.kind].text,
        strings["minutes"].counted(meta.minutes).text if meta.minutes else "",
        ", ".join(meta.tags),
    )
    return " · ".join(part for part in parts if part)


def _source(source: Reference, usual: Language) -> Iterator[Node]:
    """Yield a source with its address in print, which a link alone would hide."""
    about = ", ".join(part for part in (source.authors, source.year) if part)
    parts = [part for part in (source.title, about) if part]
    if usual.direction == "rtl":
        # A title of another language keeps its own signs at its own end.
        parts = [f"\u2068{part}\u2069" for part in parts]
    yield "".join(f"{part}. " for part in parts)
    if source.url:
        yield ("link", source.url, source.url.partition("://")[2].rstrip("/"))


def _related(question: Question, catalog: Catalog) -> Iterator[Data]:
    known = {other.id: other for other in catalog.current}
    direction = language_of_tag(catalog.deck.language).direction
    for id_ in (*question.meta.requires, *question.meta.see_also):
        if id_ in known:
            other = known[id_]
            title = title_name(other.prompt, other.id, direction)
            yield [id_, catalog.number(other), title]
