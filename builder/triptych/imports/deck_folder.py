"""Import a collection into a deck folder, keep what learners have, and check it."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from triptych.build.build import check, check_and_typeset, settings_of
from triptych.build.cache import cache_of
from triptych.build.options import BuildOptions
from triptych.deck.imported import IMPORT_FILE, dump
from triptych.deck.locks import deck_lock
from triptych.deck.project import open_project
from triptych.deck.read import raw_text
from triptych.deck.write import new_folder, write_files
from triptych.dialect.files import DECK_FILE
from triptych.imports.deck import Import, imported
from triptych.imports.found import Collection
from triptych.imports.kept_ledger import ledger_of, ledger_with_decks
from triptych.imports.known_warnings import files_with, lacking, of_import
from triptych.imports.stamps import may_stamp
from triptych.imports.target import Target, target_of
from triptych.ledger.lock import DECK_LOCK_FILE
from triptych.ledger.lock_file import dump as dump_ledger
from triptych.progress import Progress, no_progress
from triptych.values.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """The options of an import."""

    topic: str = ""
    """The topic for all notes; empty for those of the source."""
    one_file_each: bool = False
    """Whether to make a file for each new note, and no tables of cards."""
    dry_run: bool = False
    """Whether to write nothing."""


@dataclass(frozen=True, slots=True)
class KeptLedger:
    """What the ledger keeps of a deck that learners have already."""

    notes: int = 0
    """How many notes keep GUID, note type and time."""
    decks: int = 0
    """How many names of decks are kept, where the source has no time of a note."""
    has_own_releases: bool = False
    """Whether the ledger has releases of its own, because of which it is unchanged."""


@dataclass(frozen=True, slots=True)
class ImportWatch:
    """What to call while an import runs."""

    bar: Callable[[], AbstractContextManager[Progress]] = lambda: nullcontext(
        no_progress
    )
    """Offers what to call with the progress of a step."""
    understood: Callable[[Import], None] = lambda _: None
    """Called before anything is written."""
    written: Callable[[Import], None] = lambda _: None
    """Called when the files of the deck are written."""
    kept: Callable[[KeptLedger], None] = lambda _: None
    """Called with what the ledger keeps, unless the import has nothing for it."""


NO_WATCH = ImportWatch()


@dataclass(frozen=True, slots=True)
class ImportResult:
    """The result of an import."""

    made: Import
    diagnostics: tuple[Diagnostic, ...] = ()
    """The problems of the whole deck after it."""
    is_new: bool = False
    """Whether the deck was made by this import."""
    has_known_warnings: bool = False
    """Whether the deck's baseline has warnings of imported files."""


def import_into(
    root: Path,
    collection: Collection,
    request: ImportRequest,
    watch: ImportWatch = NO_WATCH,
) -> ImportResult:
    """Import a collection into the deck folder `root`, which may be missing.

    Raises:
        TriptychError: The deck cannot be read or written.

    """
    folder = nullcontext() if request.dry_run else new_folder(root)
    with folder, deck_lock(root):
        with watch.bar() as progress:
            target = target_of(root)
            made = imported(
                collection,
                target,
                topic=request.topic,
                one_file_each=request.one_file_each,
                progress=progress,
            )
        watch.understood(made)
        if request.dry_run:
            return ImportResult(made)
        _write(made, target, watch)
        watch.written(made)
        kept = _keep(collection, made, root, watch)
        if kept:
            watch.kept(kept)
        with watch.bar() as progress:
            project = open_project(root)
            report = check(project, BuildOptions(progress=progress))
        known = of_import(made, report.diagnostics)
        write_files(files_with(known, project, root))
    return ImportResult(
        made,
        report.diagnostics,
        is_new=target.project is None,
        has_known_warnings=bool(known or made.lacking),
    )


def _write(made: Import, target: Target, watch: ImportWatch) -> None:
    root, found = target.root, made.changes
    files = {root / path: data for path, data in (found.new | found.updated).items()}
    if target.project is None or made.deck_file != raw_text(root, DECK_FILE):
        files[root / DECK_FILE] = made.deck_file.encode()
    files |= files_with(lacking(made), target.project, root, made.deck_file)
    # The record comes last: an import that was interrupted before takes what it wrote
    # for its own, since the bytes are the same.
    files[root / IMPORT_FILE] = dump(found.record.values()).encode()
    with watch.bar() as progress:
        write_files(files, progress)


def _keep(
    collection: Collection, made: Import, root: Path, watch: ImportWatch
) -> KeptLedger | None:
    """Write into the ledger what learners have; return it, None if that is nothing."""
    if made.keeps_progress:
        return _keep_progress(collection, made, root, watch)
    return _keep_decks(collection, made, root) if made.made.decks else None


def _keep_progress(
    collection: Collection, made: Import, root: Path, watch: ImportWatch
) -> KeptLedger | None:
    """Write the ledger of a deck that learners have, unless it has one of its own."""
    project = open_project(root)
    if not may_stamp(project.ledger):
        return KeptLedger(has_own_releases=True)
    with watch.bar() as progress:
        options = BuildOptions(progress=progress, cache=cache_of(root))
        catalog = check_and_typeset(project, options).catalog
    if catalog is None:
        return None  # the check that follows reports why
    ledger = ledger_of(catalog, settings_of(project, options), collection, made)
    write_files({root / DECK_LOCK_FILE: dump_ledger(ledger).encode()})
    return KeptLedger(notes=sum(note.is_kept for _, note in made.made.notes))


def _keep_decks(collection: Collection, made: Import, root: Path) -> KeptLedger | None:
    """Write the names of decks into the ledger of a deck that was never released."""
    project = open_project(root)
    if project.ledger.releases:
        return None
    ledger = ledger_with_decks(project.ledger, project.deck.id, collection, made)
    write_files({root / DECK_LOCK_FILE: dump_ledger(ledger).encode()})
    return KeptLedger(decks=len(made.made.decks))
