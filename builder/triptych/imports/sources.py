"""The kinds of sources, and which one a file or a folder is."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import MappingProxyType

from triptych.errors import TriptychError
from triptych.imports import (
    anki_notes,
    crowdanki,
    delimited,
    ki_notes,
    markdown_source,
)
from triptych.imports.found import Collection
from triptych.imports.markdown_notes import SHAPES
from triptych.imports.reading import AS_FOUND, Reading
from triptych.imports.source_files import SUFFIXES
from triptych.imports.text_files import check_encoding
from triptych.progress import Progress, no_progress

Reader = Callable[[Path, Reading], Collection]

_OF_TEXT: Mapping[str, Reader] = MappingProxyType(
    {
        "markdown": markdown_source.read,
        **{name: partial(markdown_source.read, shape=name) for name in SHAPES},
        markdown_source.PAGES: partial(
            markdown_source.read, shape=markdown_source.PAGES
        ),
        "ki": ki_notes.read,
        "csv": delimited.read,
    }
)
"""What reads each kind of source that is text."""
_WITH_PROGRESS: Mapping[str, Callable[[Path, Progress], Collection]] = MappingProxyType(
    {"apkg": anki_notes.read, "crowdanki": crowdanki.read}
)
KINDS = (*_OF_TEXT, *_WITH_PROGRESS)
"""The kinds of sources, as `--as` names them."""
_BY_SUFFIX: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(SUFFIXES, "markdown"),
        **dict.fromkeys((".apkg", ".colpkg"), "apkg"),
        **dict.fromkeys((".csv", ".tsv", ".txt"), "csv"),
    }
)
_MAX_FILES_LOOKED_AT = 5


def read(
    source: Path,
    kind: str = "",
    progress: Progress = no_progress,
    reading: Reading = AS_FOUND,
) -> Collection:
    """Return what `source` holds, read as `kind`; by default as what it looks like.

    Raises:
        TriptychError: It cannot be read, or holds no notes.

    """
    if reading.encoding:
        check_encoding(reading.encoding)
    kind = kind or _kind(source)
    if reading.columns and kind != "csv":
        raise TriptychError(
            f"--columns: {source} is no table, and has no columns (--as csv)"
        )
    if kind in _WITH_PROGRESS:
        found = _WITH_PROGRESS[kind](source, progress)
    else:
        found = _OF_TEXT[kind](source, reading)
    return replace(found, path=source.resolve())


def _kind(source: Path) -> str:
    if crowdanki.is_crowdanki(source):
        return "crowdanki"
    if _is_ki(source):
        return "ki"
    if source.is_dir():
        return "markdown"
    known = _BY_SUFFIX.get(source.suffix.lower())
    if known is None:
        raise TriptychError(
            f"{source} is of no known kind: say with --as what it is"
            f" ({', '.join(KINDS)})"
        )
    return known


def _is_ki(source: Path) -> bool:
    paths = sorted(source.rglob("*.md")) if source.is_dir() else [source]
    texts = (
        path.read_text(encoding="utf-8", errors="replace")
        for path in paths[:_MAX_FILES_LOOKED_AT]
        if path.suffix.lower() == ".md"
    )
    return any(map(ki_notes.is_ki, texts))
