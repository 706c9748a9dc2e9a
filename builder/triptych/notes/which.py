"""Which notes a question makes.

A note's id is the question's id or `question/slug`. The GUID, the ledger and the
address of the page depend on it, so it never depends on text, order or files.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from triptych.dialect.ids import CLOZE_SLUG, FILL_IN_SLUG
from triptych.typeset.plain import plain
from triptych.values.catalog import Catalog
from triptych.values.document import Document, Section
from triptych.values.meta import Meta, Origin
from triptych.values.note import NoteSpec, Role
from triptych.values.prose import Prose
from triptych.values.question import Cloze, Part, Question

QUESTION_TYPE, CLOZE_TYPE = "question", "cloze"
"""The keys of the two note types."""
_SLUGS: Mapping[Role, str] = MappingProxyType(
    {Role.CLOZE: CLOZE_SLUG, Role.CODE: FILL_IN_SLUG}
)
_PARTS = frozenset({Role.FOLLOW_UP, Role.PITFALL, Role.CARD})
_ONE, _REVERSED = (1,), (1, 2)
"""The numbers of the cards of a note, without and with a reversed one."""
PARTS: Mapping[str, Role] = MappingProxyType(
    {_SLUGS.get(role, role.value): role for role in Role}
)
"""The roles of notes by the names of the parts in the manual."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note with its content."""

    spec: NoteSpec
    question: Question
    part: Part | None = None
    """The follow-up, pitfall or plain card, for the note of one."""
    cloze: Cloze | None = None
    """The deletions, for a cloze note."""

    @property
    def id(self) -> str:
        """Return the note's id."""
        return self.spec.id

    @property
    def role(self) -> Role:
        """Return the part of the question that the note asks for."""
        return self.spec.role

    @property
    def type_key(self) -> str:
        """Return the key of the note's type."""
        if self.is_kept:
            return self.origin.note_type
        return CLOZE_TYPE if self.cloze else QUESTION_TYPE

    @property
    def is_kept(self) -> bool:
        """Whether it is an imported note, with the note type that it came with."""
        return bool(self.origin.note_type)

    @property
    def origin(self) -> Origin:
        """Return what it keeps of another program, if it was imported."""
        return self.spec.origin

    @property
    def is_task(self) -> bool:
        """Whether it asks for half an hour of work rather than for a fact."""
        return self.role is Role.QUESTION and self.question.is_long

    @property
    def page(self) -> str:
        """Return the page of the site, relative to the folder of question pages."""
        anchor = f"#{self.part.slug}" if self.part else ""
        return f"{self.question.id}.html{anchor}"

    @property
    def prompt(self) -> Prose:
        """Return the prompt."""
        return self.part.prompt if self.part else self.question.prompt

    @property
    def answer(self) -> Prose:
        """Return the answer below the prompt."""
        return self.part.text if self.part else self.question.answer

    @property
    def kept_cloze(self) -> Cloze | None:
        """Return the deletions of a note that keeps its note type, if it has any."""
        return self.cloze if self.part else self.question.summary_cloze

    @property
    def prose(self) -> Iterator[Prose]:
        """Yield all prose that the note shows."""
        question = self.question
        if self.role is Role.CARD and self.part:
            yield from self.part.all_prose
            return
        yield question.prompt
        if self.part:
            yield from (self.part.prompt, self.part.text)
        elif self.role is not Role.CODE:
            yield question.summary
        if self.role is Role.QUESTION:
            yield from (question.task, question.figure, question.answer)
            yield from (*question.rubric, *question.hints)
            yield from (answer.text for answer in question.levels)


def notes(catalog: Catalog) -> Iterator[Note]:
    """Yield every note of the deck in study order, question by question."""
    order = {id_: position for position, id_ in enumerate(catalog.study_order)}
    questions = sorted(
        catalog.questions, key=lambda question: order.get(question.id, len(order))
    )
    for question in questions:
        yield from notes_of(question)


def notes_of(question: Question) -> Iterator[Note]:
    """Yield the notes of one question, without retired ones."""
    parts = {part.slug: part for part in question.parts}
    clozes = {Role.CLOZE: question.summary_cloze, Role.CODE: question.fill_in}
    for spec in _specs(
        question.meta,
        question.prompt.plain,
        {role: cloze.numbers for role, cloze in clozes.items() if cloze},
        {
            role: [_of_part(question.id, role, p) for p in parts if p.has_card]
            for role, parts in (
                (Role.FOLLOW_UP, question.follow_ups),
                (Role.PITFALL, question.pitfalls),
                (Role.CARD, question.cards),
            )
        },
    ):
        part = parts[spec.slug] if spec.role in _PARTS else None
        cloze = clozes.get(spec.role)
        if part and part.plain:
            cloze = part.plain.cloze
        yield Note(spec, question, part, cloze)


def _of_part(question: str, role: Role, part: Part) -> NoteSpec:
    spec = NoteSpec(question, part.slug, role, prompt=part.prompt.plain)
    if part.plain is None:
        return spec
    spec = replace(spec, origin=part.plain.origin)
    if part.plain.cloze:
        return replace(spec, cards=part.plain.cloze.numbers, is_cloze=True)
    return replace(spec, cards=_REVERSED if part.plain.is_reversed else _ONE)


def specs_of(document: Document) -> tuple[NoteSpec, ...]:
    """Return the notes of a file, which may have errors."""
    layers = document.layers
    found = _specs(
        document.meta,
        plain(document.prose.get("question", ())),
        {Role.CLOZE: document.cloze_numbers, Role.CODE: document.fill_in_numbers},
        {
            role: [_of_section(document, role, s) for s in sections if s.has_card]
            for role, sections in (
                (Role.FOLLOW_UP, layers.follow_ups),
                (Role.PITFALL, layers.pitfalls),
                (Role.CARD, layers.cards),
            )
        },
    )
    return tuple(found)


def _of_section(document: Document, role: Role, section: Section) -> NoteSpec:
    prompt = plain((section.heading,))
    origin = section.options.origin
    spec = NoteSpec(document.meta.id, section.slug, role, prompt=prompt, origin=origin)
    numbers = section.cloze_numbers
    if numbers and role is Role.CARD:
        return replace(spec, cards=numbers, is_cloze=True)
    is_reversed = section.options.is_reversed and section.tokens
    return replace(spec, cards=_REVERSED if is_reversed else _ONE)


def _specs(
    meta: Meta,
    prompt: str,
    clozes: Mapping[Role, tuple[int, ...]],
    parts: Mapping[Role, Sequence[NoteSpec]],
) -> Iterator[NoteSpec]:
    """Yield the notes of a file.

    `clozes` has the numbers of the deletions, `parts` the small notes, each by role.
    """
    if meta.is_guide or meta.retired:
        return
    # A list of plain cards asks for nothing itself.
    main = NoteSpec(meta.id, "", Role.QUESTION, prompt=prompt, origin=meta.origin)
    if meta.origin.note_type:
        # An imported note with gaps is one note.
        gaps = clozes.get(Role.CLOZE, ())
        clozes = {role: n for role, n in clozes.items() if role is not Role.CLOZE}
        main = replace(main, cards=gaps or main.cards)
    specs = [] if meta.is_cards else [main]
    specs += [
        NoteSpec(meta.id, _SLUGS[role], role, numbers, prompt=prompt)
        for role, numbers in clozes.items()
        if numbers
    ]
    specs += [spec for small in parts.values() for spec in small]
    yield from (spec for spec in specs if spec.slug not in meta.retired_slugs)
