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
_MAX_SUMMARY_WORDS = 6
"""A longer summary is the same only where its answer is."""
_MAX_COMPARED_CHARS = 200
"""A longer answer is copied on purpose, if at all."""


def entry(document: Document, *, learn: bool = False) -> Entry:
    """Return the entry of `document`; with its short answers if hints are wanted."""
    id_field = document.front_matter.get("id")
    return Entry(
        meta=document.meta,
        span=id_field.span
        if isinstance(id_field, Scalar)
        else Span(document.meta.path),
        question="" if document.meta.is_guide else _compared(document),
        answers=tuple(_answers(document)) if learn else (),
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
    return _without_signs(plain(document.prose.get("question", ())))


def _without_signs(text: str) -> str:
    return " ".join(_NOT_COMPARED.sub(" ", composed(text).casefold()).split())


def _answers(document: Document) -> Iterator[Mention]:
    """Yield the short answers of the question and of its follow-ups."""
    if document.meta.is_guide:
        return
    asked = document.prose.get("question", ())
    parts = [(document.span(token), document.layers.answer) for token in asked[:1]]
    parts += [(s.span, s.tokens) for s in document.layers.follow_ups if s.has_card]
    seen: set[str] = set()
    for span, tokens in parts:
        answer = _without_signs(plain(tokens))
        if answer and len(answer) <= _MAX_COMPARED_CHARS:
            seen.add(answer)
            yield Mention(answer, span)
    for token in document.prose.get("summary", ()):
        summary = _without_signs(plain([token]))
        if summary not in {"", *seen} and len(summary.split()) <= _MAX_SUMMARY_WORDS:
            yield Mention(summary, document.span(token))


def _links(document: Document) -> Iterator[Mention]:
    for token in document.find("link_open"):
        found = destination(str(token.attrs["href"]), document.meta.path)
        if found.kind is LinkKind.PAGE:
            yield Mention(str(found.path), document.span(token), found.fragment)
