"""Write the ledger of a deck folder anew: from a package, or from two ledgers."""

from pathlib import Path, PurePosixPath

from triptych.build.build import check_and_typeset, settings_of
from triptych.build.options import BuildOptions
from triptych.deck.project import open_valid_project
from triptych.deck.read import path_inside, text_of
from triptych.deck.write import write_files
from triptych.errors import TriptychError
from triptych.ledger.lock import DECK_LOCK_FILE, Ledger
from triptych.ledger.lock_file import dump, load
from triptych.ledger.merge import Merged, merge
from triptych.releases.adopt import Adopted, adopt
from triptych.releases.package import Package
from triptych.values.diagnostics import Diagnostic


def valid_ledger(root: Path) -> Ledger | None:
    """Return the ledger of the deck; None if it is missing or damaged."""
    try:
        ledger = open_valid_project(root).ledger
    except TriptychError:
        # What is to be rebuilt is often a ledger that is damaged or lost.
        return None
    return ledger if ledger.releases else None


def rebuild_from_package(
    root: Path, package: Package, version: str, options: BuildOptions
) -> tuple[Adopted | None, tuple[Diagnostic, ...]]:
    """Write the ledger after the release of `package`; return it, and the diagnostics.

    Nothing is written, and it is None, if the deck has errors. If `version` is empty,
    the package and the changelog have it.

    Raises:
        TriptychError: The package is not one of this deck, or its release is not known.

    """
    project = open_valid_project(root, ledger_lost=True)
    report = check_and_typeset(project, options)
    if report.catalog is None:
        return None, report.diagnostics
    changelog = project.folder.changelog
    adopted = adopt(
        report.catalog,
        settings_of(project, options),
        package,
        version=version,
        changelog=changelog.text if changelog else "",
    )
    _write(root, adopted.ledger)
    return adopted, report.diagnostics


def merge_from(root: Path, other: Path, version: str) -> Merged:
    """Merge the ledger in the file `other` into that of the deck, and write it.

    Raises:
        TriptychError: The file is no ledger of this deck, or the two do not fit.

    """
    own = load(text_of(root, DECK_LOCK_FILE))
    try:
        other_ledger = load(other.read_text(encoding="utf-8"))
    except (TriptychError, UnicodeDecodeError) as error:
        raise TriptychError(f"{other} cannot be merged: {error}") from error
    if not other_ledger.releases:
        raise TriptychError(f"{other} has no release")
    merged = merge(own, other_ledger, version)
    deck = open_valid_project(root, ledger_lost=True).deck.id
    if merged.ledger.deck != deck:
        raise TriptychError(
            f"{other} is of the deck `{merged.ledger.deck}`, not `{deck}`"
        )
    _write(root, merged.ledger)
    return merged


def _write(root: Path, ledger: Ledger) -> None:
    write_files(
        {path_inside(root, PurePosixPath(DECK_LOCK_FILE)): dump(ledger).encode()}
    )
