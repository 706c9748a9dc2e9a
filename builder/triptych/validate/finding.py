"""What a rule yields, and what it may look at besides the document."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import PurePosixPath

from triptych.ledger.lock import Ledger
from triptych.ledger.verdicts import Verdict
from triptych.values.deck import Deck
from triptych.values.diagnostics import Edit, Severity, Span
from triptych.values.document import Document
from triptych.values.entry import Entry
from triptych.values.source import Folder, Media


@dataclass(frozen=True, slots=True)
class Finding:
    """A place and what is wrong there; the rule's name and severity are added later."""

    span: Span
    message: str
    hint: str = ""
    edits: tuple[Edit, ...] = ()
    severity: Severity | None = None
    """When other than the rule's own."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The deck around a document."""

    deck: Deck
    folder: Folder
    load: Callable[[PurePosixPath], Media]
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    ledger: Ledger = field(default_factory=Ledger)


DocumentRule = Callable[[Document, Scope], Iterator[Finding]]
DeckRule = Callable[[tuple[Entry, ...], Scope], Iterator[Finding]]


def suggest(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return a hint that names the likeliest of `known`, or `otherwise`."""
    close = get_close_matches(word.lower(), list(known), n=1, cutoff=0.6)
    return f"did you mean `{close[0]}`?" if close else otherwise


def listed(words: Iterable[str]) -> str:
    """Return `words` as a reader wants them: `a`, `b` and `c`."""
    quoted = [f"`{word}`" for word in words]
    return " and ".join(filter(None, [", ".join(quoted[:-1]), *quoted[-1:]]))
