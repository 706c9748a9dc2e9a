"""A parsed file: fields of the front matter and tokens with their places, unchecked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from markdown_it.token import Token

from triptych.values.diagnostics import Finding, Span
from triptych.values.entry import Mention
from triptych.values.meta import NO_ORIGIN, Meta, Origin
from triptych.values.question import Code
from triptych.values.source import Source

Tokens = tuple[Token, ...]


MAX_MARKDOWN_DEPTH = 100
"""How many levels of Markdown are parsed; markdown-it drops what is nested deeper."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value of the front matter, always as text."""

    text: str
    span: Span
    quoted: bool = False
    comment: str = ""
    """The comment on the line where the value ends, if it is not quoted."""
    sign: str = ""
    """The anchor or tag before the value, which is no part of it in YAML."""


@dataclass(frozen=True, slots=True)
class Items:
    """A list in the front matter."""

    items: tuple["Field", ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping in the front matter, as a tuple to keep duplicate keys."""

    entries: tuple[tuple[Scalar, "Field"], ...]
    span: Span


Field = Scalar | Items | Table


class Fence(StrEnum):
    """Whether the `---` lines around the front matter are there."""

    ABSENT = "absent"
    UNCLOSED = "unclosed"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The block between the `---` fences."""

    fence: Fence
    entries: tuple[tuple[Scalar, Field], ...] = ()
    finding: Finding | None = None
    """Why it is not YAML."""
    _values: dict[str, Field] = field(init=False, repr=False, compare=False)
    """The first value of each key, because rules read dozens of keys."""

    def __post_init__(self) -> None:
        """Note the values."""
        values = {name.text: value for name, value in reversed(self.entries)}
        object.__setattr__(self, "_values", values)

    def get(self, key: str) -> Field | None:
        """Return the first value of `key`; None if it is absent or empty."""
        value = self._values.get(key)
        if isinstance(value, Scalar) and not (value.text or value.quoted):
            return None
        return value

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
class CardOptions:
    """What a plain card has besides its two sides."""

    hint: Tokens = ()
    tags: tuple[str, ...] = ()
    is_reversed: bool = False
    is_typed: bool = False
    origin: Origin = NO_ORIGIN


@dataclass(frozen=True, slots=True)
class Section:
    """A follow-up, pitfall or plain card: a `###` heading and the text below it.

    In a table of cards it is a row: the heading is the cell of the prompt.
    """

    slug: str
    """Empty where the heading has no `{#id}`."""
    heading: Token
    """The inline token of the heading."""
    tokens: Tokens
    span: Span
    has_card: bool = True
    """Whether it makes a note; it does not with `{#id .no-card}`."""
    options: CardOptions = CardOptions()

    @property
    def cloze_numbers(self) -> tuple[int, ...]:
        """Return the numbers of the heading's cloze deletions, in ascending order."""
        return _cloze_numbers((self.heading,))


@dataclass(frozen=True, slots=True)
class Layers:
    """The body of a file, split at its reserved headings."""

    answer: Tokens = ()
    depth: Tokens = ()
    follow_ups: tuple[Section, ...] = ()
    pitfalls: tuple[Section, ...] = ()
    cards: tuple[Section, ...] = ()
    repeated: tuple[Mention, ...] = ()
    """Reserved headings that occur a second time."""
    text_before_list: tuple[Mention, ...] = ()
    """Text between a reserved list heading, which is the name, and its first `###`."""


@dataclass(frozen=True, slots=True)
class Document:
    """One parsed file, which may have errors."""

    source: Source
    front_matter: FrontMatter
    meta: Meta
    """The front matter with its defaults filled in."""
    prose: Mapping[str, Tokens]
    """The front matter's Markdown: `question`, `summary`, `rubric.0`, `hints.1`."""
    tokens: Tokens
    """The whole body."""
    layers: Layers
    index: Mapping[str, list[Token]]
    """All tokens and their children by type, since many rules need only a few types."""
    code: tuple[Code, ...] = ()
    sizing_findings: tuple[Finding, ...] = ()
    """What is wrong with `sizing` blocks."""
    table_findings: tuple[Finding, ...] = ()
    """What is wrong with the rows and columns of a table of cards."""
    github_names: Mapping[str, str] = field(default_factory=dict)
    """The ids that GitHub gives headings, and ours, where they differ."""
    too_large: str = ""
    """Why the file was not parsed; all other fields are empty then."""

    @property
    def sections(self) -> tuple[Section, ...]:
        """Return the follow-ups, the pitfalls and the plain cards."""
        return self.layers.follow_ups + self.layers.pitfalls + self.layers.cards

    @property
    def anchors(self) -> frozenset[str]:
        """Return the ids of headings, which links to the page may use as fragments."""
        opened = self.find("heading_open")
        headings = (str(t.attrs.get("id") or t.meta.get("slug", "")) for t in opened)
        return frozenset((*headings, *(card.slug for card in self.layers.cards)))

    @property
    def cloze_numbers(self) -> tuple[int, ...]:
        """Return the numbers of the summary's cloze deletions, in ascending order."""
        return _cloze_numbers(self.prose.get("summary", ()))

    @property
    def fill_in_numbers(self) -> tuple[int, ...]:
        """Return the cloze numbers of marked lines in solutions, in ascending order."""
        marked = (token.meta.get("clozes", {}) for token in self.tokens)
        return tuple(sorted({number for m in marked for number, _ in m.values()}))

    def mentions(self, key: str) -> tuple[Mention, ...]:
        """Return the ids that the list `key` of the front matter names."""
        scalars = self.front_matter.scalars(key)
        return tuple(Mention(scalar.text, scalar.span) for scalar in scalars)

    def find(self, *types: str) -> Iterator[Token]:
        """Yield the tokens of these types, one type after the other."""
        for type_ in types:
            yield from self.index.get(type_, ())

    def span(self, token: Token) -> Span:
        """Return the place of `token`, or of the file if `parse` recorded none."""
        found: Span | None = token.meta.get("span")
        return found or Span(self.source.path)


def _cloze_numbers(tokens: Tokens) -> tuple[int, ...]:
    children = (child for token in tokens for child in token.children or ())
    found = {c.meta["number"] for c in children if c.type == "cloze_open"}
    return tuple(sorted(found))
