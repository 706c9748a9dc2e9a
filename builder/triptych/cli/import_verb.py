"""``triptych import``: make a deck of a collection in another format."""

from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path, PurePosixPath
from typing import TypedDict, Unpack

import click

from triptych.author.ids import refuse_malformed
from triptych.build.build import check, check_and_typeset, settings_of
from triptych.build.cache import cache_of
from triptych.build.options import BuildOptions
from triptych.cli.envelope import echo_unless_json, json_option, print_json
from triptych.cli.import_report import (
    Say,
    print_changes,
    print_checked,
    print_known,
    print_understood,
)
from triptych.cli.options import content_folder, display_path
from triptych.cli.progress import progress_bar
from triptych.cli.report import json_entries
from triptych.deck.imported import IMPORT_FILE, dump
from triptych.deck.locks import deck_lock
from triptych.deck.project import open_project
from triptych.deck.read import DECK_FILE, raw_text
from triptych.deck.write import new_folder, write_files
from triptych.english import counted
from triptych.errors import TriptychError
from triptych.imports.deck import Import, imported
from triptych.imports.found import Collection
from triptych.imports.kept_ledger import ledger_of, ledger_with_decks
from triptych.imports.known_warnings import files_with, lacking, of_import
from triptych.imports.reading import Reading
from triptych.imports.sources import KINDS, read
from triptych.imports.stamps import may_stamp
from triptych.imports.target import Target, target_of
from triptych.ledger.lock import LOCK_FILE
from triptych.ledger.lock_file import dump as dump_ledger
from triptych.values.diagnostics import Diagnostic


class _How(TypedDict):
    """The options that say how each source is read."""

    kind: str | None
    encoding: str
    columns: str
    header: bool | None
    topic: str
    one_file_each: bool
    dry_run: bool
    full: bool


@click.command("import", short_help="make a deck of a collection in another format")
@click.argument(
    "sources",
    metavar="SOURCE...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, path_type=Path),
)
@click.option(
    "--content",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The deck folder; a new deck is made where none is.",
)
@click.option(
    "--as",
    "kind",
    type=click.Choice(list(KINDS)),
    default=None,
    help="What SOURCE is; by default what it looks like.",
)
@click.option(
    "--encoding",
    default="",
    metavar="NAME",
    help="What text that is not UTF-8 is encoded in, such as cp1252.",
)
@click.option(
    "--columns",
    default="",
    metavar="NAMES",
    help="What the columns of a table hold, such as front,back,tags,-",
)
@click.option(
    "--header/--no-header",
    default=None,
    help="Whether the first row of a table names its columns.",
)
@click.option("--topic", default="", help="Put all notes into this topic.")
@click.option(
    "--one-file-each",
    is_flag=True,
    help="Make no tables of cards: a file for each note that is new.",
)
@click.option("--dry-run", is_flag=True, help="Tell what is understood, write nothing.")
@click.option("--full", is_flag=True, help="List all that is left out, not the first.")
@json_option
def command(
    *,
    sources: tuple[Path, ...],
    content: Path | None,
    format_: str,
    **how: Unpack[_How],
) -> None:
    """Make questions of what SOURCE holds: Markdown, a table, or a deck of Anki.

    What is understood is told before anything is written. No file is overwritten that
    a person has changed: run again, the import updates only what it wrote itself.
    """
    if how["topic"]:
        refuse_malformed(how["topic"])
    root = content if content is not None else _project_folder()
    say = echo_unless_json(format_)
    done, found = [], list[Diagnostic]()
    # All are read before anything is written: one that cannot be read stops all.
    for collection in [_read(source, root, how) for source in sources]:
        made, found = _import(collection, root, how, say)
        done.append(_as_data(collection, made))
    if format_ == "json":
        result = {"sources": done, "written": not how["dry_run"]}
        print_json(result, diagnostics=json_entries(found, display_path(root)))


def _project_folder() -> Path:
    try:
        return content_folder(None)
    except TriptychError as error:
        raise TriptychError(
            "there is no deck here: name its folder with --content DIR, where a new"
            " deck is made if none is"
        ) from error


def _read(source: Path, root: Path, how: _How) -> Collection:
    if root.resolve() in (source.resolve(), *source.resolve().parents):
        raise TriptychError(
            f"{source} is within the deck folder {root}: import it from elsewhere"
        )
    with progress_bar() as bar:
        reading = Reading(
            encoding=how["encoding"],
            columns=tuple(how["columns"].split(",")) if how["columns"] else (),
            has_header=how["header"],
        )
        return read(source, how["kind"] or "", bar, reading)


def _import(
    collection: Collection, root: Path, how: _How, say: Say
) -> tuple[Import, list[Diagnostic]]:
    """Import a collection; return what it made, and what is wrong in the deck now."""
    folder = nullcontext() if how["dry_run"] else new_folder(root)
    with folder, deck_lock(root):
        with progress_bar() as bar:
            target = target_of(root)
            made = imported(
                collection,
                target,
                topic=how["topic"],
                one_file_each=how["one_file_each"],
                progress=bar,
            )
        print_understood(collection, made, say, is_full=how["full"])
        if how["dry_run"]:
            say("nothing was written (--dry-run)")
            return made, []
        _write(made, target)
        print_changes(made.changes, root, say)
        if made.keeps_progress:
            _keep_progress(collection, made, root, say)
        elif made.made.decks:
            _keep_decks(collection, made, root, say)
        with progress_bar() as bar:
            project = open_project(root)
            report = check(project, BuildOptions(progress=bar))
        known = of_import(made, report.diagnostics)
        write_files(files_with(known, project, root))
    print_checked(report.diagnostics, root, say, is_new=target.project is None)
    if known or made.lacking:
        print_known(open_project(root), say)
    return made, list(report.diagnostics)


def _as_data(collection: Collection, made: Import) -> dict[str, object]:
    """Return what an import did, for programs."""
    changes = made.changes
    paths: dict[str, Iterable[PurePosixPath]] = {
        "new": changes.new,
        "updated": changes.updated,
        "unchanged": changes.unchanged,
        "theirs": changes.theirs,
        "edited": changes.edited,
        "deleted": changes.deleted,
        "gone": changes.gone,
    }
    return {
        "name": collection.name,
        "kind": collection.kind,
        "title": collection.title,
        "topics": made.topics,
        "tables": len(made.made.tables),
        "pictures": len(made.made.media),
        **asdict(made.counts),
        "left_out": [asdict(item) for item in made.left_out],
        "not_imported": [asdict(passage) for passage in collection.passages],
        "remarks": list(collection.remarks),
        "continues": dict(made.earlier.continued),
        **{name: sorted(map(str, found)) for name, found in paths.items()},
    }


def _write(made: Import, target: Target) -> None:
    root, found = target.root, made.changes
    files = {root / path: data for path, data in (found.new | found.updated).items()}
    if target.project is None or made.deck_file != raw_text(root, DECK_FILE):
        files[root / DECK_FILE] = made.deck_file.encode()
    files |= files_with(lacking(made), target.project, root, made.deck_file)
    # The record comes last: an import that was interrupted before takes what it wrote
    # for its own, since the bytes are the same.
    files[root / IMPORT_FILE] = dump(found.record.values()).encode()
    with progress_bar() as bar:
        write_files(files, bar)


def _keep_progress(collection: Collection, made: Import, root: Path, say: Say) -> None:
    """Write the ledger of a deck that learners have, unless it has one of its own."""
    project = open_project(root)
    if not may_stamp(project.ledger):
        say(
            f"{display_path(root / LOCK_FILE)} has releases of its own: notes that are"
            " new to it count as new, with the GUIDs that they came with"
        )
        return
    with progress_bar() as bar:
        options = BuildOptions(progress=bar, cache=cache_of(root))
        catalog = check_and_typeset(project, options).catalog
    if catalog is None:
        return  # the check that follows tells why
    ledger = ledger_of(catalog, settings_of(project, options), collection, made)
    write_files({root / LOCK_FILE: dump_ledger(ledger).encode()})
    kept = sum(note.is_kept for _, note in made.made.notes)
    say(
        f"{display_path(root / LOCK_FILE)}: {counted(kept, 'note')} keep GUID,"
        " note type and time, so that learners of the old deck keep their progress;"
        " commit it"
    )


def _keep_decks(collection: Collection, made: Import, root: Path, say: Say) -> None:
    """Write the names of decks into the ledger of a deck that was never released."""
    project = open_project(root)
    if project.ledger.releases:
        return
    ledger = ledger_with_decks(project.ledger, project.deck.id, collection, made)
    write_files({root / LOCK_FILE: dump_ledger(ledger).encode()})
    count = counted(len(made.made.decks), "deck")
    say(f"{display_path(root / LOCK_FILE)}: the names of {count} are kept; commit it")
