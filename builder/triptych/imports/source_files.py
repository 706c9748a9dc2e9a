"""Which files of a folder of Markdown are read, and which are not."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from triptych.imports.found import LeftOut

SUFFIXES = frozenset({".md", ".markdown", ".mdx"})
_OTHER_SUFFIXES = frozenset(
    (".csv", ".tsv", ".txt", ".apkg", ".colpkg", ".rst", ".org", ".html", ".ipynb")
)
_SKIPPED = frozenset({"node_modules", "__pycache__"})


def files_in(folder: Path, prefix: str = "") -> Iterator[PurePosixPath]:
    """Yield the Markdown files below `folder`, in the order of their names."""
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith(".") or entry.name in _SKIPPED:
            continue
        if entry.is_dir() and not entry.is_symlink():
            yield from files_in(entry, f"{prefix}{entry.name}/")
        elif entry.suffix.lower() in SUFFIXES and entry.is_file():
            yield PurePosixPath(f"{prefix}{entry.name}")


def others_in(source: Path) -> Iterator[LeftOut]:
    """Yield the files of a folder that are no Markdown, and might hold questions."""
    for path in sorted(source.rglob("*")) if source.is_dir() else ():
        name = path.relative_to(source)
        is_skipped = any(p.startswith(".") or p in _SKIPPED for p in name.parts)
        if path.suffix.lower() in _OTHER_SUFFIXES and path.is_file() and not is_skipped:
            yield LeftOut("files", "they are no Markdown: import each", name.as_posix())
