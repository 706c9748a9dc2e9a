"""Typeset a valid document into a question or a guide."""

from dataclasses import replace

from triptych.ledger.verdicts import Verdict, code_hash
from triptych.typeset.card import claim_html
from triptych.typeset.cloze import cloze_of, fill_in
from triptych.typeset.context import Context
from triptych.typeset.figure import figure
from triptych.typeset.on_sheet import on_sheet
from triptych.typeset.plain import plain
from triptych.typeset.prose import typeset
from triptych.typeset.task import task
from triptych.values import addresses
from triptych.values.document import Document, Section, Tokens
from triptych.values.form import Form
from triptych.values.meta import Kind, Level
from triptych.values.prose import NO_PROSE, Prose
from triptych.values.question import (
    Checked,
    Guide,
    LevelAnswer,
    OnSheet,
    Part,
    PlainCard,
    Question,
)


def question(document: Document, context: Context) -> Question:
    """Return the question of `document`, which must have no errors."""
    layers = document.layers
    tests_page = addresses.tests(document.meta.id).url
    context = replace(context, tests_page=tests_page)
    tokens = document.prose.get("summary", ())
    summary = typeset(tokens, context)
    return Question(
        meta=document.meta,
        prompt=typeset(document.prose.get("question", ()), context),
        summary=summary,
        summary_cloze=cloze_of(tokens, document.cloze_numbers, context),
        answer=typeset(layers.answer, replace(context, layer="answer")),
        depth=typeset(layers.depth, replace(context, layer="depth")),
        follow_ups=_parts(layers.follow_ups, context),
        pitfalls=_pitfalls(layers.pitfalls, context),
        cards=_cards(layers.cards, context),
        fill_in=fill_in(document, context),
        code=document.code,
        rubric=_proses(document, "rubric", context),
        levels=_levels(document, context),
        hints=_proses(document, "hints", context),
        checked=checked(document, context.verdict),
        task=task(document.code) if document.meta.kind is Kind.CODING else NO_PROSE,
        on_sheet=_on_sheet(document, summary, context),
        figure=figure(document, context),
    )


def _on_sheet(document: Document, summary: Prose, context: Context) -> OnSheet:
    # No card shows any of it.
    if Form.SITE not in context.forms:
        return OnSheet()
    return on_sheet(document, summary, context)


def guide(document: Document, context: Context) -> Guide:
    """Return the guide of `document`, which must have no errors."""
    prose = document.prose
    return Guide(
        meta=document.meta,
        title=typeset(prose.get("title", ()), context),
        summary=typeset(prose.get("summary", ()), context),
        body=typeset(document.layers.answer, context),
    )


def _parts(sections: tuple[Section, ...], context: Context) -> tuple[Part, ...]:
    return tuple(
        Part(
            slug=section.slug,
            prompt=typeset((section.heading,), context),
            text=typeset(section.tokens, replace(context, layer=section.slug)),
            line=section.span.line,
            has_card=section.has_card,
        )
        for section in sections
    )


def _pitfalls(sections: tuple[Section, ...], context: Context) -> tuple[Part, ...]:
    parts = _parts(sections, context)
    if Form.CARD not in context.forms:
        return parts
    return tuple(
        replace(part, claim=claim_html(section.heading, context))
        for part, section in zip(parts, sections, strict=True)
    )


def _cards(sections: tuple[Section, ...], context: Context) -> tuple[Part, ...]:
    parts = _parts(sections, context)
    return tuple(
        replace(part, plain=_plain_card(section, context))
        for part, section in zip(parts, sections, strict=True)
    )


def _plain_card(section: Section, context: Context) -> PlainCard:
    options, cloze = section.options, None
    if section.cloze_numbers:
        cloze = cloze_of((section.heading,), section.cloze_numbers, context)
    is_typed = options.is_typed and cloze is None
    return PlainCard(
        hint=typeset(options.hint, context),
        tags=options.tags,
        is_reversed=options.is_reversed and cloze is None,
        typed=_typed(section.tokens) if is_typed else "",
        cloze=cloze,
        origin=options.origin,
    )


def _typed(tokens: Tokens) -> str:
    """Return what is to be typed: the text of `tokens`, without pictures and sounds."""
    texts = (
        token.copy(children=[c for c in token.children if c.type != "image"])
        if token.children
        else token
        for token in tokens
    )
    return plain(texts)


def _proses(document: Document, key: str, context: Context) -> tuple[Prose, ...]:
    names = (name for name in document.prose if name.startswith(f"{key}."))
    return tuple(typeset(document.prose[n], context) for n in names)


def _levels(document: Document, context: Context) -> tuple[LevelAnswer, ...]:
    written = ((level, document.prose.get(f"levels.{level}", ())) for level in Level)
    return tuple(
        LevelAnswer(level, typeset(tokens, context))
        for level, tokens in written
        if tokens
    )


def checked(document: Document, verdict: Verdict | None) -> Checked:
    """Return how the code was checked; nothing if it failed or changed since."""
    if verdict is None or verdict.verdict != "passed":
        return Checked()
    if verdict.code != code_hash(document.code):
        return Checked()
    return Checked(dict(verdict.versions), verdict.date, verdict.stated)
