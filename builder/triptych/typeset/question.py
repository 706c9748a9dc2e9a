"""A sound document becomes a question or a guide, with all of its prose typeset."""

from collections.abc import Mapping
from dataclasses import replace

from triptych.ledger.verdicts import Verdict, code_hash
from triptych.typeset.cloze import fill_in, summary_cloze
from triptych.typeset.context import Context
from triptych.typeset.prose import typeset
from triptych.values.document import Document, Field, Items, Scalar, Section, Table
from triptych.values.question import (
    Difficulty,
    Guide,
    Kind,
    Part,
    Prose,
    Question,
    Reference,
)

MINUTES: Mapping[Kind, int] = {
    Kind.CONCEPT: 2,
    Kind.CODING: 20,
    Kind.SYSTEM_DESIGN: 40,
    Kind.BEHAVIORAL: 3,
}


def question(document: Document, context: Context, *, trees: bool = True) -> Question:
    """Return the question that `document` holds; it must have passed the rules."""
    front_matter, layers = document.front_matter, document.layers
    kind = Kind(front_matter.text("kind", Kind.CONCEPT))
    difficulty = front_matter.text("difficulty")
    retired = front_matter.get("retired")
    summary = document.prose.get("summary", ())
    return Question(
        id=front_matter.text("id", document.source.path.stem),
        path=document.source.path,
        topic=document.topic,
        prompt=typeset(document.prose.get("question", ()), context, trees=trees),
        kind=kind,
        difficulty=Difficulty(difficulty) if difficulty else None,
        tags=front_matter.texts("tags"),
        asked_at=front_matter.texts("asked_at"),
        summary=typeset(summary, context, trees=trees),
        summary_cloze=summary_cloze(summary, context),
        answer=typeset(layers.answer, replace(context, layer="answer"), trees=trees),
        depth=typeset(layers.depth, replace(context, layer="depth"), trees=trees),
        follow_ups=_parts(layers.follow_ups, context, trees=trees),
        pitfalls=_parts(layers.pitfalls, context, trees=trees),
        fill_in=fill_in(document.tokens),
        code=document.code,
        rubric=_proses(document, "rubric", context, trees=trees),
        hints=_proses(document, "hints", context, trees=trees),
        minutes=int(front_matter.text("minutes") or MINUTES[kind]),
        references=_references(front_matter.get("references")),
        related=front_matter.texts("related"),
        requires=front_matter.texts("requires"),
        aliases=front_matter.texts("aliases"),
        renamed=_renamed(front_matter.get("renamed")),
        retired=isinstance(retired, Scalar) and retired.text == "true",
        retired_slugs=front_matter.texts("retired"),
        draft=front_matter.text("draft") == "true",
        reviewed=front_matter.text("reviewed"),
        checked_with=_checked(document, context.verdict),
    )


def guide(document: Document, context: Context) -> Guide:
    """Return the guide that `document` holds."""
    prose = document.prose
    return Guide(
        id=document.front_matter.text("id", document.source.path.stem),
        path=document.source.path,
        title=typeset(prose.get("title", ()), context, trees=False),
        summary=typeset(prose.get("summary", ()), context, trees=False),
        body=typeset(document.layers.answer, context, trees=False),
    )


def _parts(
    sections: tuple[Section, ...], context: Context, *, trees: bool
) -> tuple[Part, ...]:
    return tuple(
        Part(
            slug=section.slug,
            prompt=typeset((section.heading,), context, trees=trees),
            text=typeset(
                section.tokens, replace(context, layer=section.slug), trees=trees
            ),
            line=section.span.line,
        )
        for section in sections
    )


def _proses(
    document: Document, key: str, context: Context, *, trees: bool
) -> tuple[Prose, ...]:
    names = (name for name in document.prose if name.startswith(f"{key}."))
    return tuple(typeset(document.prose[n], context, trees=trees) for n in names)


def _references(field: Field | None) -> tuple[Reference, ...]:
    items = field.items if isinstance(field, Items) else ()
    return tuple(map(_reference, items))


def _reference(item: Field) -> Reference:
    if isinstance(item, Scalar):
        return Reference(item.text)
    entries = item.entries if isinstance(item, Table) else ()
    said = {k.text: v.text for k, v in entries if isinstance(v, Scalar)}
    return Reference(
        title=said.get("title", ""),
        url=said.get("url", ""),
        authors=said.get("authors", ""),
        year=said.get("year", ""),
    )


def _renamed(field: Field | None) -> dict[str, str]:
    entries = field.entries if isinstance(field, Table) else ()
    return {k.text: v.text for k, v in entries if isinstance(v, Scalar)}


def _checked(document: Document, verdict: Verdict | None) -> dict[str, str]:
    if verdict is None or verdict.verdict != "passed":
        return {}
    return dict(verdict.versions) if verdict.code == code_hash(document.code) else {}
