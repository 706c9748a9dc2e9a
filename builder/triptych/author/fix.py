"""Apply the edits of diagnostics, for ``check --fix``."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from triptych.build.build import check
from triptych.build.options import BuildOptions
from triptych.build.report import Report
from triptych.deck.edits import edited
from triptych.deck.locks import deck_lock
from triptych.deck.project import open_project
from triptych.deck.read import path_inside
from triptych.deck.write import write_files
from triptych.values.diagnostics import Diagnostic, Edit

_MAX_ROUNDS = 3
"""How often it is fixed what a check finds."""

Select = Callable[[Iterable[Diagnostic]], Iterable[Diagnostic]]
"""Returns the diagnostics that a person wants to see, and to be fixed."""


def check_and_fix(root: Path, options: BuildOptions, select: Select) -> Report:
    """Fix what `select` leaves of the diagnostics of the deck; return what is left."""
    with deck_lock(root):
        report = check(open_project(root), options)
        # A fix may leave another for the next round, where their places overlap.
        for _ in range(_MAX_ROUNDS):
            if not apply_fixes(root, select(report.diagnostics)):
                break
            report = check(open_project(root), options)
    return report


def apply_fixes(root: Path, diagnostics: Iterable[Diagnostic]) -> int:
    """Apply the edits of `diagnostics`; return how many diagnostics were fixed.

    Of diagnostics whose edits overlap only the first is fixed: the places of the other
    are no longer right then.
    """
    edits: dict[Path, list[Edit]] = defaultdict(list)
    by_line: dict[tuple[Path, int], list[Edit]] = defaultdict(list)
    fixed = 0
    for diagnostic in diagnostics:
        path = path_inside(root, diagnostic.span.path)
        overlap = any(
            _overlap(edit, other)
            for edit in diagnostic.edits
            for other in by_line[path, edit.line]
        )
        if not diagnostic.edits or overlap:
            continue
        fixed += 1
        edits[path] += diagnostic.edits
        for edit in diagnostic.edits:
            by_line[path, edit.line].append(edit)
    texts = {path: path.read_bytes().decode("utf-8") for path in edits}
    write_files(
        {path: edited(text, edits[path]).encode() for path, text in texts.items()}
    )
    return fixed


def _overlap(edit: Edit, other: Edit) -> bool:
    return (
        edit.column < other.column + other.length
        and other.column < edit.column + edit.length
    )
