"""Questions and guides, typeset."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath


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
