"""The values that travel between the stages; all frozen, none clever."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path, PurePosixPath

from triptych.diagnostics import Diagnostic


class Kind(StrEnum):
    """How a question is asked."""

    CONCEPT = "concept"
    CODING = "coding"
    SYSTEM_DESIGN = "system-design"
    BEHAVIORAL = "behavioral"


class Difficulty(StrEnum):
    """Who is expected to know the answer; ordered from easy to hard."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"

    @property
    def rank(self) -> int:
        """Return 0 for easy, 1 for medium, 2 for hard."""
        return list(Difficulty).index(self)


@dataclass(frozen=True, slots=True)
class Source:
    """One text file of the deck, as it stands on disk."""

    path: PurePosixPath
    """Relative to the deck folder, so that outputs do not depend on where it lies."""
    text: str
    undecodable: int = 0
    """The first line that is not UTF-8; 0 when all is."""

    def line(self, number: int) -> str:
        """Return line `number`, counted from 1, or nothing past the end."""
        lines = self.text.split("\n")
        return lines[number - 1] if 0 < number <= len(lines) else ""


@dataclass(frozen=True, slots=True)
class Folder:
    """A deck folder as it stands on disk, nothing understood yet."""

    root: Path
    deck: Source
    """`deck.toml`."""
    sources: tuple[Source, ...]
    """Questions and guides, by path."""
    files: frozenset[PurePosixPath] = frozenset()
    """All that is no Markdown: what content may refer to as media."""
    misplaced: tuple[PurePosixPath, ...] = ()
    """Markdown that stands where no question or guide does."""
    outside: tuple[PurePosixPath, ...] = ()
    """Links that lead out of the deck: they are not read."""
    changelog: Source | None = None
    """What `triptych release` told learners."""


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or sound that content refers to."""

    path: PurePosixPath
    """Relative to the deck folder."""
    name: str
    """ASCII, flat, with a hash of the content: the name in every output."""
    data: bytes


@dataclass(frozen=True, slots=True)
class Block:
    """One block of prose as a JSON tree, for the sheet."""

    kind: str
    """The first element of the tree: `p`, `math`, `fence`, `ul`, `table`, ..."""
    json: str


@dataclass(frozen=True, slots=True)
class Prose:
    """A piece of Markdown, typeset once for every output."""

    site: str = ""
    """HTML with MathML. `markup.html.place` fills in links and the way to the root."""
    card: str = ""
    r"""HTML for an Anki field: `\\(…\\)` for math, flat media names, no inner links."""
    blocks: tuple[Block, ...] = ()
    """The JSON tree, a block each; inline prose is one block of kind `p`."""
    plain: str = ""
    """What is read aloud: for search, sorting and descriptions."""
    digest: str = ""
    """A hash of what the author wrote (tokens, LaTeX, code, media), never of HTML."""
    media: tuple[str, ...] = ()
    """The names of the media shown, in order of appearance."""

    def __bool__(self) -> bool:
        """Return whether there is anything to show."""
        return bool(self.card or self.site)


@dataclass(frozen=True, slots=True)
class Part:
    """A follow-up or a pitfall: small enough for a note of its own."""

    slug: str
    prompt: Prose
    text: Prose
    line: int


@dataclass(frozen=True, slots=True)
class Cloze:
    """Text with cloze deletions in Anki's syntax, ready for a cloze note."""

    card: str
    numbers: tuple[int, ...]
    """The numbers of its deletions, in order: one card each."""
    digest: str


@dataclass(frozen=True, slots=True)
class Code:
    """A code answer: a fence whose info string gives it a role."""

    role: str
    """`solution`, `test` or `run`."""
    language: str
    text: str
    """Byte for byte what runs and what is shown (cloze markers are gone)."""
    needs: tuple[str, ...]
    line: int
    """The line of the opening fence in the Markdown file."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A source that the answer stands on."""

    title: str
    url: str = ""
    authors: str = ""
    year: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One valid question with its three layers of answer, typeset."""

    id: str
    path: PurePosixPath
    topic: str
    prompt: Prose
    kind: Kind = Kind.CONCEPT
    difficulty: Difficulty | None = None
    tags: tuple[str, ...] = ()
    asked_at: tuple[str, ...] = ()
    summary: Prose = Prose()
    summary_cloze: Cloze | None = None
    answer: Prose = Prose()
    depth: Prose = Prose()
    follow_ups: tuple[Part, ...] = ()
    pitfalls: tuple[Part, ...] = ()
    fill_in: Cloze | None = None
    code: tuple[Code, ...] = ()
    rubric: tuple[Prose, ...] = ()
    hints: tuple[Prose, ...] = ()
    minutes: int = 2
    references: tuple[Reference, ...] = ()
    related: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
    retired: bool = False
    retired_slugs: tuple[str, ...] = ()
    draft: bool = False
    reviewed: str = ""
    checked_with: Mapping[str, str] = field(default_factory=dict)
    """The versions of Python and of the packages that its code last passed with."""


@dataclass(frozen=True, slots=True)
class Guide:
    """A page of the site that is no question and never a card."""

    id: str
    path: PurePosixPath
    title: Prose
    summary: Prose
    body: Prose


@dataclass(frozen=True, slots=True)
class Topic:
    """A folder of questions: subdeck, section of the site, heading of the sheet."""

    id: str
    title: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Deck:
    """What `deck.toml` says, with defaults filled in."""

    id: str
    title: str
    description: str = ""
    language: str = "en"
    license: str = ""
    topics: tuple[Topic, ...] = ()
    site: Mapping[str, object] = field(default_factory=dict)
    sheet: Mapping[str, object] = field(default_factory=dict)
    check: Mapping[str, object] = field(default_factory=dict)
    test: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Release:
    """The version and the moment that outputs carry; from the ledger, never a clock."""

    version: str = "0"
    time: int = 0
    """Seconds since 1970-01-01 UTC; 0 before the first release."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """All that the outputs may know: a valid deck in reading order."""

    deck: Deck
    questions: tuple[Question, ...]
    """By topic as `deck.topics` orders them, then prerequisites first."""
    guides: tuple[Guide, ...] = ()
    media: Mapping[str, Media] = field(default_factory=dict)
    """By name; holds just what some prose shows."""
    study_order: tuple[str, ...] = ()
    """Ids in the order to learn them: prerequisites first, across topics too."""
    pages: Mapping[str, str] = field(default_factory=dict)
    """A file's page relative to the site's root: `topic/x.md` -> `q/x.html`."""
    release: Release = Release()
    news: Prose = Prose()
    """What the releases brought, the newest first: the deck's changelog."""
    newest: str = ""
    """What the newest release brought, as Markdown: its part of the changelog."""

    @property
    def current(self) -> tuple[Question, ...]:
        """Return the questions that are not retired: those have a page and no more."""
        return tuple(question for question in self.questions if not question.retired)

    @property
    def topics(self) -> tuple[Topic, ...]:
        """Return the topics that have a question, in order."""
        used = {question.topic for question in self.current}
        return tuple(topic for topic in self.deck.topics if topic.id in used)


@dataclass(frozen=True, slots=True)
class Artifact:
    """One output file, not yet on disk."""

    path: PurePosixPath
    """Relative to `dist/`, such as `site/q/overfitting.html`."""
    data: bytes


@dataclass(frozen=True, slots=True)
class Download:
    """A finished file that the site offers."""

    name: str
    title: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Report:
    """What a run of the compiler found."""

    diagnostics: tuple[Diagnostic, ...]
    catalog: Catalog | None = None
    preview: bool = False
    """Whether the deck holds what no release has seen."""
