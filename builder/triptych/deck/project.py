"""Read a deck folder with its settings and lock files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from triptych.deck import baseline
from triptych.deck.baseline import Known
from triptych.deck.read import path_inside, read, text_of
from triptych.deck.settings import deck as read_deck
from triptych.deck.strings import built_in, strings
from triptych.deck.write import staged_name
from triptych.dialect.characters import composed
from triptych.errors import TriptychError
from triptych.ledger import lock, lock_file, verdicts
from triptych.ledger.changelog import interrupted_release, refuse_lost_ledger
from triptych.ledger.lock import Ledger
from triptych.ledger.verdicts import Verdict
from triptych.parse.settings import syntax_finding
from triptych.values.addresses import GUIDES_FOLDER, PAGES_FOLDER
from triptych.values.deck import Deck
from triptych.values.source import Folder
from triptych.values.ui_strings import Strings


@dataclass(frozen=True, slots=True)
class Project:
    """The input of a run: the deck folder, its settings and its lock files."""

    folder: Folder
    deck: Deck
    verdicts: Mapping[str, Verdict]
    ledger: Ledger = field(default_factory=Ledger)
    baseline: Known = frozenset()
    """The known warnings, which are not reported."""
    strings: Strings = field(default_factory=built_in)
    """The strings of the user interface."""


def open_project(content: Path, *, ledger_lost: bool = False) -> Project:
    """Read the deck folder `content`.

    With `ledger_lost` it is opened without a ledger, whatever is in the changelog.
    """
    folder = read(content)
    topics = {composed(s.path.parts[0]) for s in folder.sources} - {
        GUIDES_FOLDER,
        PAGES_FOLDER,
    }
    deck = read_deck(folder.deck, topics)
    path = baseline_file(content, deck)
    ledger = Ledger()
    if not ledger_lost:
        ledger = lock_file.load(text_of(content, lock.DECK_LOCK_FILE))
    if folder.changelog and not ledger_lost:
        text = folder.changelog.text
        interrupted_version = interrupted_release(ledger, text, staged_ledger(content))
        refuse_lost_ledger(ledger, text, interrupted=bool(interrupted_version))
    return Project(
        folder,
        deck,
        verdicts.load(text_of(content, verdicts.CODE_LOCK_FILE)),
        ledger,
        baseline.load(text_of(content, deck.check.baseline) if path else ""),
        strings(content),
    )


def open_valid_project(content: Path, *, ledger_lost: bool = False) -> Project:
    """Read the deck folder `content`, whose settings must be valid TOML.

    The verbs that call it do not depend on `triptych check`.

    Raises:
        TriptychError: The settings cannot be read: the usual ones might be wrong.

    """
    project = open_project(content, ledger_lost=ledger_lost)
    found = syntax_finding(project.folder.deck)
    if found:
        raise TriptychError(
            f"{project.folder.deck.path}:{found.span.line}:{found.span.column}:"
            f" {found.message}: `triptych check` shows the place"
        )
    return project


def baseline_file(content: Path, deck: Deck) -> Path | None:
    """Return the path of the baseline of the deck folder `content`, if it has one."""
    name = deck.check.baseline
    return path_inside(content, PurePosixPath(name)) if name else None


def staged_ledger(content: Path) -> Ledger | None:
    """Return the ledger that an interrupted release has staged, if any."""
    name = staged_name(content / lock.DECK_LOCK_FILE).name
    try:
        text = text_of(content, name)
        return lock_file.load(text) if text else None
    except TriptychError:
        # Not from a release, which stages a file in one step.
        return None
