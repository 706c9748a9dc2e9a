"""Output files that are not on disk yet."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from triptych.values.words import Word


@dataclass(frozen=True, slots=True)
class Artifact:
    """One output file, not yet on disk."""

    path: PurePosixPath
    """Relative to `dist/`, such as `site/q/overfitting.html`."""
    data: bytes


@dataclass(frozen=True, slots=True)
class Download:
    """A finished file that the site offers."""

    name: str
    title: Word
    data: bytes
