"""``triptych import``: make a deck of a collection in another format."""

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path, PurePosixPath
from typing import TypedDict, Unpack

import click

from triptych.author.ids import refuse_malformed
from triptych.cli.envelope import echo_unless_json, json_option, print_json
from triptych.cli.import_report import (
    Say,
    print_changes,
    print_checked,
    print_kept,
    print_known,
    print_understood,
)
from triptych.cli.options import content_folder, display_path
from triptych.cli.progress import progress_bar
from triptych.cli.report import json_entries
from triptych.deck.project import open_project
from triptych.errors import TriptychError
from triptych.imports.deck import Import
from triptych.imports.deck_folder import ImportRequest, ImportWatch, import_into
from triptych.imports.found import Collection
from triptych.imports.reading import Reading
from triptych.imports.sources import KINDS, read
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
@click.option(
    "--dry-run", is_flag=True, help="Report what is understood; write nothing."
)
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

    What is understood is reported before anything is written. No file is overwritten
    that a person has changed: run again, the import updates only what it wrote itself.
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
    request = ImportRequest(how["topic"], how["one_file_each"], how["dry_run"])
    watch = ImportWatch(
        bar=progress_bar,
        understood=lambda made: print_understood(
            collection, made, say, is_full=how["full"]
        ),
        written=lambda made: print_changes(made.changes, root, say),
        kept=lambda kept: print_kept(kept, root, say),
    )
    result = import_into(root, collection, request, watch)
    if request.dry_run:
        say("nothing was written (--dry-run)")
        return result.made, []
    print_checked(result.diagnostics, root, say, is_new=result.is_new)
    if result.has_known_warnings:
        print_known(open_project(root), say)
    return result.made, list(result.diagnostics)


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
