"""A document becomes its outline: what the rules over the whole deck look at."""

from collections.abc import Iterator

from builder.diagnostics import Span
from builder.document import Document, Mention, Outline, Scalar
from builder.links import Leads, destination


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
    )


def anchors(document: Document) -> Iterator[str]:
    """Yield the places on a document's page that a link may name."""
    for token in document.find("heading_open"):
        yield str(token.attrs.get("id") or token.meta.get("slug", ""))


def _mentions(document: Document, key: str) -> tuple[Mention, ...]:
    scalars = document.front_matter.scalars(key)
    return tuple(Mention(scalar.text, scalar.span) for scalar in scalars)


def _links(document: Document) -> Iterator[Mention]:
    for token in document.find("link_open"):
        found = destination(str(token.attrs["href"]), document.source.path)
        if found.leads is Leads.PAGE:
            yield Mention(str(found.path), document.span(token), found.fragment)
