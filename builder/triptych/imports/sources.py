"""The kinds of sources, and which one a file or a folder is."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType

from triptych.errors import TriptychError
from triptych.imports import anki_notes, delimited, markdown_source
from triptych.imports.found import Collection
from triptych.imports.markdown_notes import SHAPES
from triptych.progress import Progress, no_progress

Reader = Callable[[Path], Collection]

KINDS: Mapping[str, Reader] = MappingProxyType(
    {
        "markdown": markdown_source.read,
        **{name: partial(markdown_source.read, shape=name) for name in SHAPES},
        markdown_source.PAGES: partial(
            markdown_source.read, shape=markdown_source.PAGES
        ),
        "csv": delimited.read,
        "apkg": anki_notes.read,
    }
)
"""What reads each kind of source, by the name that `--as` gives it."""
_BY_SUFFIX: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(markdown_source.SUFFIXES, "markdown"),
        **dict.fromkeys((".apkg", ".colpkg"), "apkg"),
        **dict.fromkeys((".csv", ".tsv", ".txt"), "csv"),
    }
)


def read(source: Path, kind: str = "", _progress: Progress = no_progress) -> Collection:
    """Return what `source` holds, read as `kind`; by default as what it looks like.

    Raises:
        TriptychError: It cannot be read, or holds no notes.

    """
    return KINDS[kind or _kind(source)](source)


def _kind(source: Path) -> str:
    if source.is_dir():
        return "markdown"
    known = _BY_SUFFIX.get(source.suffix.lower())
    if known is None:
        raise TriptychError(
            f"{source} is of no known kind: say with --as what it is"
            f" ({', '.join(KINDS)})"
        )
    return known
