"""The warnings of imported files, which are known and stop no release.

An author who imports five thousand notes cannot describe every picture before the first
release. The files that somebody writes in the same deck are checked as ever.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from triptych.author.baseline import baseline_files
from triptych.deck.baseline import REQUIRED, Known, known_of
from triptych.deck.project import Project, baseline_file
from triptych.imports.deck import Import
from triptych.values.diagnostics import Diagnostic

_WHY = "What is known of imported files: `triptych check --update-baseline` renews it."


def lacking(made: Import) -> Known:
    """Return the imported questions that lack what the deck requires."""
    paths = made.lacking & written(made)
    return frozenset((str(path), REQUIRED) for path in paths)


def written(made: Import) -> frozenset[PurePosixPath]:
    """Return the files that the import wrote, or that one wrote and did not record."""
    changes, before = made.changes, made.earlier.record
    found = (path for path in changes.unchanged if str(path) not in before)
    return frozenset({*changes.new, *changes.updated, *found})


def of_import(made: Import, diagnostics: Iterable[Diagnostic]) -> Known:
    """Return the warnings among `diagnostics` that files of an import have."""
    paths = set(map(str, written(made)))
    return frozenset(row for row in known_of(diagnostics) if row[0] in paths)


def files_with(
    known: Known, project: Project | None, root: Path, deck_text: str = ""
) -> Mapping[Path, bytes]:
    """Return the file of known warnings with `known`, and what names it in the deck.

    `deck_text` is what `deck.toml` will be, if that is not what it is.
    """
    before = project.baseline if project else frozenset[tuple[str, str]]()
    if known <= before:
        return {}
    path = baseline_file(root, project.deck) if project else None
    _, files = baseline_files(before | known, path, root, deck_text, _WHY)
    return files
