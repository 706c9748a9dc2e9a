"""What `parse` makes of a file: fields and tokens with their places, not yet judged."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath

from markdown_it.token import Token

from triptych.values.diagnostics import Span
from triptych.values.question import Code
from triptych.values.source import Source

Tokens = tuple[Token, ...]


DEEPEST = 100
"""How many levels of Markdown are read; markdown-it drops what is nested deeper."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value of the front matter; everything stays text until it is judged."""

    text: str
    span: Span
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list in the front matter."""

    items: tuple["Field", ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping in the front matter; a tuple, so that a key given twice is seen."""

    entries: tuple[tuple[Scalar, "Field"], ...]
    span: Span


Field = Scalar | Items | Table


class Fence(StrEnum):
    """How the front matter is fenced."""

    ABSENT = "absent"
    UNCLOSED = "unclosed"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why the front matter is not YAML, in the reader's own words."""

    message: str
    hint: str
    span: Span


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The block between the `---` fences."""

    fence: Fence
    entries: tuple[tuple[Scalar, Field], ...] = ()
    fault: Fault | None = None

    def get(self, key: str) -> Field | None:
        """Return the first value of `key`; an empty one counts as absent."""
        for name, value in self.entries:
            if name.text == key:
                empty = isinstance(value, Scalar) and not (value.text or value.quoted)
                return None if empty else value
        return None

    def text(self, key: str, default: str = "") -> str:
        """Return the scalar `key`, or `default` when absent or of another type."""
        value = self.get(key)
        return value.text if isinstance(value, Scalar) else default

    def scalars(self, key: str) -> Iterator[Scalar]:
        """Yield the scalars of the list `key`."""
        value = self.get(key)
        if isinstance(value, Items):
            yield from (item for item in value.items if isinstance(item, Scalar))

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the scalars of the list `key` as text."""
        return tuple(scalar.text for scalar in self.scalars(key))


@dataclass(frozen=True, slots=True)
class Section:
    """A `###` under one of the reserved lists."""

    slug: str
    """Empty where the heading has no `{#id}`."""
    heading: Token
    """The inline token of the heading."""
    tokens: Tokens
    span: Span


@dataclass(frozen=True, slots=True)
class Stray:
    """Something that stands where it has no meaning."""

    span: Span
    what: str


@dataclass(frozen=True, slots=True)
class Layers:
    """The body, cut at its reserved headings."""

    answer: Tokens = ()
    depth: Tokens = ()
    follow_ups: tuple[Section, ...] = ()
    pitfalls: tuple[Section, ...] = ()
    repeated: tuple[Stray, ...] = ()
    """Reserved headings that stand a second time."""
    loose: tuple[Stray, ...] = ()
    """Text between a reserved list heading and its first `###`."""


@dataclass(frozen=True, slots=True)
class Document:
    """One parsed file; exists also for a broken one."""

    source: Source
    front_matter: FrontMatter
    prose: Mapping[str, Tokens]
    """The front matter's Markdown: `question`, `summary`, `rubric.0`, `hints.1`."""
    tokens: Tokens
    """The whole body."""
    layers: Layers
    index: Mapping[str, list[Token]]
    """All tokens and their children by type, for the many rules that look at few."""
    code: tuple[Code, ...] = ()

    @property
    def is_guide(self) -> bool:
        """Return whether this is a page of the site rather than a question."""
        return self.source.path.parts[0] == "guides"

    @property
    def topic(self) -> str:
        """Return the folder that the file stands in."""
        return self.source.path.parts[0]

    def find(self, *types: str) -> Iterator[Token]:
        """Yield the tokens of these types, one type after the other."""
        for type_ in types:
            yield from self.index.get(type_, ())

    def span(self, token: Token) -> Span:
        """Return where `token` stands, as `parse` recorded it."""
        found: Span | None = token.meta.get("span")
        return found or Span(self.source.path)


@dataclass(frozen=True, slots=True)
class Mention:
    """An id or a file that a document refers to."""

    name: str
    span: Span
    fragment: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """What the other files of a deck may know of a document."""

    path: PurePosixPath
    id: str
    span: Span
    """Where the id is said, or the file's first line."""
    is_guide: bool
    topic: str
    slugs: frozenset[str] = frozenset()
    """Every place on its page that a link may name."""
    related: tuple[Mention, ...] = ()
    requires: tuple[Mention, ...] = ()
    aliases: tuple[Mention, ...] = ()
    links: tuple[Mention, ...] = ()
    """Links to other files of the deck, by path."""
    cards: Mapping[str, int] = field(default_factory=dict)
    """How many cards each note makes, by its slug; the question's own has none."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """Former slugs of its notes, and what they are now."""
    retired: bool = False
    retired_slugs: frozenset[str] = frozenset()
    draft: bool = False
