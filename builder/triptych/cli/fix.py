"""``check --fix``: make the edits that findings carry."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from triptych.author.edits import BYTE_ORDER_MARK, ending_of, lines_of
from triptych.deck.read import inside
from triptych.values.diagnostics import Diagnostic, Fix


def apply_fixes(root: Path, found: Iterable[Diagnostic]) -> int:
    """Edit the files of the deck at `root`; return how many edits were made."""
    by_path: dict[Path, list[Fix]] = defaultdict(list)
    for diagnostic in found:
        if diagnostic.fix:
            by_path[inside(root, diagnostic.span.path)].append(diagnostic.fix)
    made = 0
    for path, fixes in by_path.items():
        # Line endings stay as the author's editor left them.
        lines = lines_of(path.read_bytes().decode("utf-8"))
        for fix in fixes:
            line = lines[fix.line - 1]
            ending = ending_of(line)
            if line.removesuffix(ending).removeprefix(BYTE_ORDER_MARK) == fix.old:
                lines[fix.line - 1] = fix.new + ending
                made += 1
        path.write_bytes("".join(lines).encode("utf-8"))
    return made
