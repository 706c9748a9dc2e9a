"""``check --fix``: make the edits that findings carry."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from triptych.deck.edits import edited
from triptych.deck.read import inside
from triptych.deck.write import write_files
from triptych.values.diagnostics import Diagnostic, Edit


def apply_fixes(root: Path, found: Iterable[Diagnostic]) -> int:
    """Edit the files of the deck at `root`; return how many findings were mended."""
    edits: dict[Path, list[Edit]] = defaultdict(list)
    mended = 0
    for diagnostic in found:
        if diagnostic.edits:
            edits[inside(root, diagnostic.span.path)] += diagnostic.edits
            mended += 1
    texts = {path: path.read_bytes().decode("utf-8") for path in edits}
    write_files(
        {path: edited(text, edits[path]).encode() for path, text in texts.items()}
    )
    return mended
