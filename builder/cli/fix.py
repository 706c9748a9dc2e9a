"""``check --fix``: make the edits that findings carry."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from builder.diagnostics import Diagnostic, Fix
from builder.read import inside


def apply_fixes(root: Path, found: Iterable[Diagnostic]) -> int:
    """Edit the files of the deck at `root`; return how many edits were made."""
    by_path: dict[Path, list[Fix]] = defaultdict(list)
    for diagnostic in found:
        if diagnostic.fix:
            by_path[inside(root, diagnostic.span.path)].append(diagnostic.fix)
    made = 0
    for path, fixes in by_path.items():
        # Line endings stay as the author's editor left them.
        text = path.read_bytes().decode("utf-8")
        lines = text.splitlines(keepends=True)
        for fix in fixes:
            line = lines[fix.line - 1]
            ending = line[len(line.rstrip("\r\n")) :]
            if line.rstrip("\r\n").removeprefix("\ufeff") == fix.old:
                lines[fix.line - 1] = fix.new + ending
                made += 1
        path.write_bytes("".join(lines).encode("utf-8"))
    return made
