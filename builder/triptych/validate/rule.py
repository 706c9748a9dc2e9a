"""The class of rules, and the data that rules can use besides the document."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from inspect import getdoc
from pathlib import Path, PurePosixPath
from typing import Any, Generic, TypeVar

from triptych.ledger.lock import Ledger
from triptych.ledger.verdicts import Verdict
from triptych.validate.names import Names
from triptych.values.deck import Deck, FileSettings
from triptych.values.diagnostics import Finding, Severity
from triptych.values.document import Document
from triptych.values.entry import Entry
from triptych.values.source import Folder, Media
from triptych.values.ui_strings import FALLBACK, Strings, UnreadString


@dataclass(frozen=True, slots=True)
class FileScope:
    """What a rule over one file may read besides it.

    What the rules find in a file is kept, and found again only where one of these parts
    differs that they read: see `build.file_inputs`.
    """

    settings: FileSettings
    root: Path
    """The deck folder."""
    files: frozenset[PurePosixPath]
    """All files of the deck that are not Markdown."""
    load: Callable[[PurePosixPath], Media]
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    rule_names: frozenset[str] = frozenset()
    """The names of all rules, those of the outputs, too."""
    known: AbstractSet[tuple[str, str]] = frozenset()
    """The paths and rules in the deck's file of known warnings."""
    learn: bool = False
    """Whether to check how well cards can be learned."""
    today: date | None = None
    """The date, for rules that compare with it; None where what they find is kept."""


@dataclass(frozen=True, slots=True)
class DeckScope:
    """What a rule over the deck as a whole may read besides the entries of its files.

    What the rules find is kept while all of this is the same: see `build.check_deck`.
    """

    deck: Deck
    folder: Folder
    logo: Media | None = None
    """The file that `deck.toml` names as the logo, if it is there."""
    ledger: Ledger = field(default_factory=Ledger)
    strings: Strings = field(default_factory=partial(Strings, {FALLBACK: {}}))
    """The translations of the user interface."""
    rule_names: frozenset[str] = frozenset()
    """The names of all rules, those of the outputs, too."""
    template_names: frozenset[str] = frozenset()
    """The templates that a deck may replace."""
    unread_templates: tuple[PurePosixPath, ...] = ()
    """Files below the deck's `templates` that nothing reads."""
    bad_templates: tuple[Finding, ...] = ()
    """What is wrong with the deck's templates."""
    note_types: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The names of the fields of each note type of an imported deck, by key."""
    shapes: Mapping[str, tuple[object, ...]] = field(default_factory=dict)
    """What must never change of these note types, by key."""
    bad_note_types: tuple[tuple[PurePosixPath, str], ...] = ()
    """The note types that cannot be read, and why."""
    learn: bool = False
    """Whether to check how well cards can be learned."""
    unread_words: Callable[[], tuple[UnreadString, ...]] = tuple
    """Finds the words in the deck's `strings.toml` that nothing reads."""


Check = TypeVar("Check", bound=Callable[..., Any])
DocumentCheck = Callable[[Document, FileScope], Iterator[Finding]]
DeckCheck = Callable[[tuple[Entry, ...], DeckScope], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule(Generic[Check]):
    """One rule: its check and the severity of its findings."""

    check: Check
    """The generator of findings, or a `CodeRule`; its docstring is the manual."""
    severity: Severity = Severity.ERROR
    settings: tuple[str, ...] = ()
    """The settings of `[check]` in `deck.toml` that the check reads."""

    @property
    def name(self) -> str:
        """Return the name of the rule in messages, such as `unknown-key`."""
        return self.check.__name__.replace("_", "-")

    @property
    def group(self) -> str:
        """Return the subject of the rule: the module of `validate` that holds it."""
        return self.check.__module__.rpartition(".")[2].replace("_", "-")

    @property
    def manual(self) -> str:
        """Return what `triptych explain` prints about the rule."""
        return getdoc(self.check) or ""


def closest(word: str, known: Iterable[str] | Names) -> str:
    """Return the likeliest of `known` that `word` was meant for, or nothing.

    Where many words are looked up, `known` is made `Names` once.
    """
    return (known if isinstance(known, Names) else Names(known)).closest(word)


def suggest(word: str, known: Iterable[str] | Names, otherwise: str = "") -> str:
    """Return a hint that names the likeliest of `known`, or `otherwise`."""
    close = closest(word, known)
    return f"did you mean `{close}`?" if close else otherwise


def quoted_list(words: Iterable[str]) -> str:
    """Return `words` in backquotes as a list: `a`, `b` and `c`."""
    quoted = [f"`{word}`" for word in words]
    return " and ".join(filter(None, [", ".join(quoted[:-1]), *quoted[-1:]]))
