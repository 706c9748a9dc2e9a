"""A document becomes its outline: what the rules over the whole deck look at."""

from collections.abc import Iterator

from triptych.dialect.ids import CLOZE_SLUG, FILL_IN_SLUG
from triptych.dialect.links import Leads, destination
from triptych.values.diagnostics import Span
from triptych.values.document import Document, Field, Mention, Outline, Scalar, Table


def outline(document: Document) -> Outline:
    """Return the outline of `document`."""
    path = document.source.path
    front_matter = document.front_matter
    written = front_matter.get("id")
    stated = isinstance(written, Scalar)
    return Outline(
        path=path,
        id=front_matter.text("id", path.stem),
        span=written.span if stated and written else Span(path),
        is_guide=document.is_guide,
        topic=document.topic,
        slugs=frozenset(anchors(document)),
        related=_mentions(document, "related"),
        requires=_mentions(document, "requires"),
        aliases=_mentions(document, "aliases"),
        links=tuple(_links(document)),
        cards=dict(_cards(document)),
        renamed=dict(_renamed(front_matter.get("renamed"))),
        retired=front_matter.text("retired") == "true",
        retired_slugs=frozenset(front_matter.texts("retired")),
        draft=front_matter.text("draft") == "true",
    )


def anchors(document: Document) -> Iterator[str]:
    """Yield the places on a document's page that a link may name."""
    for token in document.find("heading_open"):
        yield str(token.attrs.get("id") or token.meta.get("slug", ""))


def _cards(document: Document) -> Iterator[tuple[str, int]]:
    """Yield the slug of each note that the document makes, and how many cards."""
    if document.is_guide:
        return
    yield "", 1
    for part in document.layers.follow_ups + document.layers.pitfalls:
        yield part.slug, 1
    summary = document.prose.get("summary", ())
    children = (child for token in summary for child in token.children or ())
    deleted = {c.meta["number"] for c in children if c.type == "cloze_open"}
    if deleted:
        yield CLOZE_SLUG, len(deleted)
    clozes = (token.meta.get("clozes", {}) for token in document.tokens)
    marked = {number for lines in clozes for number, _ in lines.values()}
    if marked:
        yield FILL_IN_SLUG, len(marked)


def _renamed(field: Field | None) -> Iterator[tuple[str, str]]:
    for old, new in field.entries if isinstance(field, Table) else ():
        if isinstance(new, Scalar):
            yield old.text, new.text


def _mentions(document: Document, key: str) -> tuple[Mention, ...]:
    scalars = document.front_matter.scalars(key)
    return tuple(Mention(scalar.text, scalar.span) for scalar in scalars)


def _links(document: Document) -> Iterator[Mention]:
    for token in document.find("link_open"):
        found = destination(str(token.attrs["href"]), document.source.path)
        if found.leads is Leads.PAGE:
            yield Mention(str(found.path), document.span(token), found.fragment)
