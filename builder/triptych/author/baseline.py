"""Write the baseline of a deck, the file of warnings that it ignores."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from triptych.author.deck_file import with_setting
from triptych.build.build import check
from triptych.build.options import BuildOptions
from triptych.deck.baseline import MISSING, NAME, REQUIRED, Known, known_of, text_of
from triptych.deck.locks import deck_lock
from triptych.deck.project import Project, baseline_file, open_valid_project
from triptych.deck.read import raw_text
from triptych.deck.write import write_files
from triptych.dialect.files import DECK_FILE
from triptych.dialect.ids import free_name
from triptych.values.diagnostics import Diagnostic


def renew_baseline(
    root: Path, options: BuildOptions
) -> tuple[Path, tuple[Diagnostic, ...]]:
    """Make the present warnings the baseline; return its file and all diagnostics.

    That the file was missing is no longer one of them.
    """
    with deck_lock(root):
        project = open_valid_project(root)
        # What the deck requires and a file lacks would be an error without it.
        lacking = frozenset(row for row in project.baseline if row[1] == REQUIRED)
        report = check(replace(project, baseline=lacking), options)
        known = known_of(report.diagnostics)
        known |= _still(lacking, project) if lacking else lacking
        path, files = baseline_files(known, baseline_file(root, project.deck), root)
        write_files(files)
    return path, tuple(d for d in report.diagnostics if d.rule != MISSING)


def baseline_files(
    known: Known, path: Path | None, root: Path, deck_text: str = "", why: str = ""
) -> tuple[Path, Mapping[Path, bytes]]:
    """Return the file of the baseline `known`, and the files to write.

    Without a `path` it is a new file, which `deck.toml` names for the reason `why`.
    `deck_text` is what `deck.toml` will be, if that is not what it is.
    """
    files: dict[Path, bytes] = {}
    if path is None:
        taken = {p.stem for p in root.iterdir()} if root.is_dir() else set[str]()
        path = root / f"{free_name(NAME, taken)}.txt"
        text = deck_text or raw_text(root, DECK_FILE)
        edited = with_setting(text, "check", "baseline", path.name, why=why)
        files[root / DECK_FILE] = edited.encode()
    return path, {path: text_of(known).encode(), **files}


def _still(lacking: Known, project: Project) -> Known:
    """Return those of `lacking` whose file would be an error without them."""
    report = check(replace(project, baseline=frozenset()), BuildOptions())
    errors = {str(d.span.path) for d in report.diagnostics if d.rule == REQUIRED}
    return frozenset(row for row in lacking if row[0] in errors)
