"""Apply the edits of diagnostics, for ``check --fix``."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from triptych.deck.edits import edited
from triptych.deck.read import inside
from triptych.deck.write import write_files
from triptych.values.diagnostics import Diagnostic, Edit


def apply_fixes(root: Path, diagnostics: Iterable[Diagnostic]) -> int:
    """Apply all edits of `diagnostics`; return how many diagnostics have edits."""
    edits: dict[Path, list[Edit]] = defaultdict(list)
    fixed = 0
    for diagnostic in diagnostics:
        if diagnostic.edits:
            edits[inside(root, diagnostic.span.path)] += diagnostic.edits
            fixed += 1
    texts = {path: path.read_bytes().decode("utf-8") for path in edits}
    write_files(
        {path: edited(text, edits[path]).encode() for path, text in texts.items()}
    )
    return fixed
