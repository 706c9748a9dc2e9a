"""Which notes a question makes.

A note's id is the question's id or `question/slug`. The GUID, the ledger and the
address of the page depend on it, so it never depends on text, order or files.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from triptych.dialect.ids import CLOZE_SLUG, FILL_IN_SLUG
from triptych.typeset.plain import plain
from triptych.values.catalog import Catalog
from triptych.values.document import Document
from triptych.values.meta import Meta
from triptych.values.note import NoteSpec, Role
from triptych.values.question import Cloze, Part, Prose, Question

QUESTION_TYPE, CLOZE_TYPE = "question", "cloze"
"""The keys of the two note types."""
_SLUGS: Mapping[Role, str] = MappingProxyType(
    {Role.CLOZE: CLOZE_SLUG, Role.CODE: FILL_IN_SLUG}
)
PARTS: Mapping[str, Role] = MappingProxyType(
    {_SLUGS.get(role, role.value): role for role in Role}
)
"""The roles of notes by the names of the parts that authors know."""
_PARTS = frozenset({Role.FOLLOW_UP, Role.PITFALL})


@dataclass(frozen=True, slots=True)
class Note:
    """A note with its content."""

    spec: NoteSpec
    question: Question
    part: Part | None = None
    """The follow-up or pitfall, for the note of one."""
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
        return CLOZE_TYPE if self.cloze else QUESTION_TYPE

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
    def prose(self) -> Iterator[Prose]:
        """Yield all prose that the note shows."""
        question = self.question
        yield question.prompt
        if self.part:
            yield from (self.part.prompt, self.part.text)
        elif self.role is not Role.CODE:
            yield question.summary
        if self.role is Role.QUESTION:
            yield from (question.answer, *question.rubric, *question.hints)
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
            role: [(p.slug, p.prompt.plain) for p in parts if p.has_card]
            for role, parts in (
                (Role.FOLLOW_UP, question.follow_ups),
                (Role.PITFALL, question.pitfalls),
            )
        },
    ):
        part = parts[spec.slug] if spec.role in _PARTS else None
        yield Note(spec, question, part, clozes.get(spec.role))


def specs_of(document: Document) -> tuple[NoteSpec, ...]:
    """Return the notes of a file, which may have errors."""
    layers = document.layers
    found = _specs(
        document.meta,
        plain(document.prose.get("question", ())),
        {Role.CLOZE: document.cloze_numbers, Role.CODE: document.fill_in_numbers},
        {
            role: [(s.slug, plain((s.heading,))) for s in sections if s.has_card]
            for role, sections in (
                (Role.FOLLOW_UP, layers.follow_ups),
                (Role.PITFALL, layers.pitfalls),
            )
        },
    )
    return tuple(found)


def _specs(
    meta: Meta,
    prompt: str,
    clozes: Mapping[Role, tuple[int, ...]],
    parts: Mapping[Role, Sequence[tuple[str, str]]],
) -> Iterator[NoteSpec]:
    """Yield the notes of a question.

    `clozes` has the numbers of the deletions, `parts` slugs and prompts, each by role.
    """
    if meta.is_guide or meta.retired:
        return
    specs = [NoteSpec(meta.id, "", Role.QUESTION, prompt=prompt)]
    specs += [
        NoteSpec(meta.id, _SLUGS[role], role, numbers, prompt)
        for role, numbers in clozes.items()
        if numbers
    ]
    specs += [
        NoteSpec(meta.id, slug, role, prompt=part_prompt)
        for role, sections in parts.items()
        for slug, part_prompt in sections
    ]
    yield from (spec for spec in specs if spec.slug not in meta.retired_slugs)
