"""Extract from a document what the rules over the whole deck need."""

import re
from collections.abc import Iterator

from triptych.dialect.characters import composed
from triptych.dialect.ids import is_note_name
from triptych.dialect.links import LinkKind, destination
from triptych.notes.which import specs_of
from triptych.parse.meta import moved_notes
from triptych.typeset.plain import plain
from triptych.values.diagnostics import Span
from triptych.values.document import Document, Scalar
from triptych.values.entry import Entry, Mention

_NOT_COMPARED = re.compile(
    r"[.,:;!?'\"\u2018\u2019\u201c\u201d\u2026\u3001\u3002\uff01\uff0c\uff1f]"
)
"""Signs of other spellings; those of formulas and of names such as `C++` count."""


def entry(document: Document) -> Entry:
    """Return the entry of `document`."""
    id_field = document.front_matter.get("id")
    return Entry(
        meta=document.meta,
        span=id_field.span
        if isinstance(id_field, Scalar)
        else Span(document.meta.path),
        question="" if document.meta.is_guide else _compared(document),
        anchors=document.anchors,
        github_names=document.github_names,
        related=document.mentions("related"),
        requires=document.mentions("requires"),
        aliases=tuple(
            alias
            for alias in document.mentions("aliases")
            if not is_note_name(alias.name)
        ),
        moved=tuple(note for note, _ in moved_notes(document.front_matter)),
        tags=() if document.meta.is_guide else document.mentions("tags"),
        links=tuple(_links(document)),
        notes=specs_of(document),
        without_card=tuple(s.slug for s in document.sections if not s.has_card),
        headings={section.slug: section.span for section in document.sections},
    )


def _compared(document: Document) -> str:
    text = composed(plain(document.prose.get("question", ())))
    return " ".join(_NOT_COMPARED.sub(" ", text.casefold()).split())


def _links(document: Document) -> Iterator[Mention]:
    for token in document.find("link_open"):
        found = destination(str(token.attrs["href"]), document.meta.path)
        if found.kind is LinkKind.PAGE:
            yield Mention(str(found.path), document.span(token), found.fragment)
