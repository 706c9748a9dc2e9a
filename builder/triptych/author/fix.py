"""Apply the edits of diagnostics, for ``check --fix``."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from triptych.deck.edits import edited
from triptych.deck.read import path_inside
from triptych.deck.write import write_files
from triptych.values.diagnostics import Diagnostic, Edit


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
