"""Questions and guides, typeset."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from triptych.quick_pickle import quick_pickle
from triptych.values import addresses
from triptych.values.meta import NO_ORIGIN, Kind, Level, Meta, Origin
from triptych.values.prose import NO_PROSE, Prose
from triptych.values.uses import Uses, uses_of

MAX_OPENING_CHARS = 400
"""As much of an answer as lists need of it."""


@quick_pickle
@dataclass(frozen=True, slots=True)
class PlainCard:
    """What a plain card has besides its two sides."""

    hint: Prose = NO_PROSE
    tags: tuple[str, ...] = ()
    is_reversed: bool = False
    """Whether a second card asks for the prompt."""
    typed: str = ""
    """What a learner types, as plain text of one line; empty if nothing is typed."""
    cloze: "Cloze | None" = None
    """The prompt with its deletions, if it has any."""
    origin: Origin = NO_ORIGIN
    """What its note keeps of another program, if it was imported."""


@quick_pickle
@dataclass(frozen=True, slots=True)
class Part:
    """A follow-up, a pitfall or a plain card, which has its own note."""

    slug: str
    prompt: Prose
    text: Prose
    line: int
    has_card: bool = True
    """Whether it makes a note; without one it stands on the page alone."""
    claim: str = ""
    """For a pitfall in straight quotation marks: what a card shows between them."""
    plain: PlainCard | None = None
    """For a plain card, the rest of it."""

    @property
    def all_prose(self) -> tuple[Prose, ...]:
        """Return all the prose of the part."""
        hint = (self.plain.hint,) if self.plain and self.plain.hint else ()
        return (self.prompt, self.text, *hint)


@dataclass(frozen=True, slots=True)
class LevelAnswer:
    """What the answer of a candidate of this level adds."""

    level: Level
    text: Prose


@dataclass(frozen=True, slots=True)
class Cloze:
    """Text with cloze deletions in Anki's syntax, ready for a cloze note."""

    card: str
    numbers: tuple[int, ...]
    """The numbers of its deletions in ascending order; each makes a card."""
    digest: str
    """A hash of the content."""
    digest_v1: str = ""
    """The hash by formula 1, of release 1.0.0; empty unless some note has it."""
    site: str = ""
    """For a program: its text for the site, with the deletions as marks."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code answer: a fence whose info string gives it a role."""

    role: str
    """`solution`, `test` or `run`."""
    language: str
    text: str
    """The exact text that is run and shown, without cloze markers."""
    needs: tuple[str, ...]
    line: int
    """The line of the opening fence in the Markdown file."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What the last run of a question's code showed; empty unless it passed."""

    versions: Mapping[str, str] = field(default_factory=dict)
    """Of Python and of the packages that it imports."""
    date: str = ""
    """When the code or its verdict last changed, such as 2026-11-22."""
    stated: tuple[str, ...] = ()
    """The words of the text whose numbers its tests computed."""


@quick_pickle
@dataclass(frozen=True, slots=True)
class OnSheet:
    """What the sheet shows of a question, in print and on its page."""

    body: Prose = NO_PROSE
    """The summary, or else how the answer begins; for print also the plain cards."""
    formulas: Prose = NO_PROSE
    code: Prose = NO_PROSE
    wrong: Prose = NO_PROSE
    """One pitfall, or nothing."""
    right: Prose = NO_PROSE
    """The first sentence of what is right instead."""

    @property
    def parts(self) -> tuple[Prose, ...]:
        """Return all the prose, in the order in which it is shown."""
        return (self.body, self.formulas, self.code, self.wrong, self.right)


@quick_pickle
@dataclass(frozen=True, slots=True)
class Question:
    """One valid question with its three layers of answer, typeset."""

    meta: Meta
    prompt: Prose
    summary: Prose = NO_PROSE
    summary_cloze: Cloze | None = None
    answer: Prose = NO_PROSE
    depth: Prose = NO_PROSE
    follow_ups: tuple[Part, ...] = ()
    pitfalls: tuple[Part, ...] = ()
    fill_in: Cloze | None = None
    code: tuple[Code, ...] = ()
    rubric: tuple[Prose, ...] = ()
    levels: tuple[LevelAnswer, ...] = ()
    hints: tuple[Prose, ...] = ()
    checked: Checked = Checked()
    cards: tuple[Part, ...] = ()
    """The plain cards of a file of cards."""
    task: Prose = NO_PROSE
    """What a coding question gives on the front: the signature and an example."""
    on_sheet: OnSheet = OnSheet()
    """Parts of the above, chosen."""
    figure: Prose = NO_PROSE
    """The figure on the back of the card, which the page shows in its own place."""

    @property
    def id(self) -> str:
        """Return the question's permanent id."""
        return self.meta.id

    @property
    def is_long(self) -> bool:
        """Whether it takes long: its rubric is more use on a card than its answer."""
        return self.meta.kind in {Kind.CODING, Kind.SYSTEM_DESIGN}

    @property
    def opening(self) -> str:
        """Return the beginning of the answer as plain text."""
        return self.answer.readable[:MAX_OPENING_CHARS]

    @property
    def uses(self) -> Uses:
        """Return what the prose of the question uses of the rest of the site."""
        return uses_of(self.all_prose)

    @property
    def checked_with(self) -> Mapping[str, str]:
        """Return the versions of Python and packages that its code passed with."""
        return self.checked.versions

    @property
    def parts(self) -> tuple[Part, ...]:
        """Return the follow-ups, the pitfalls and the plain cards."""
        return self.follow_ups + self.pitfalls + self.cards

    @property
    def all_prose(self) -> tuple[Prose, ...]:
        """Return all the prose of the question."""
        return (
            *(self.prompt, self.summary, self.task, self.figure, self.answer),
            self.depth,
            *self.on_sheet.parts,
            *self.rubric,
            *(answer.text for answer in self.levels),
            *self.hints,
            *(prose for part in self.parts for prose in part.all_prose),
        )


@dataclass(frozen=True, slots=True)
class Guide:
    """A page of the site that is not a question and has no cards."""

    meta: Meta
    title: Prose
    summary: Prose
    body: Prose

    @property
    def id(self) -> str:
        """Return the guide's permanent id."""
        return self.meta.id

    @property
    def is_page(self) -> bool:
        """Whether it is a page of the deck's own, which only a menu leads to."""
        return self.meta.path.parts[0] == addresses.PAGES_FOLDER

    @property
    def address(self) -> addresses.Address:
        """Return where its page is."""
        return (addresses.page if self.is_page else addresses.guide)(self.id)

    @property
    def uses(self) -> Uses:
        """Return what the prose of the guide uses of the rest of the site."""
        return uses_of(self.all_prose)

    @property
    def all_prose(self) -> tuple[Prose, ...]:
        """Return all the prose of the guide."""
        return (self.title, self.summary, self.body)
