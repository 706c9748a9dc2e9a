"""Output files that are not on disk yet."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from triptych.values.ui_strings import UiString


@dataclass(frozen=True, slots=True)
class Step:
    """The place of a file among those that a learner imports one after another."""

    since: str
    """The release that the learner has."""
    number: int
    """Counted from 1."""
    title: str
    """What the file brings: a key in `[downloads]` of the string table."""


@dataclass(frozen=True, slots=True)
class Artifact:
    """One output file, not yet on disk."""

    path: PurePosixPath
    """Relative to `dist/`, such as `site/q/overfitting.html`."""
    data: bytes
    step: Step | None = None
    """For a file that is one of several that learners import in order."""
    title: tuple[str, ...] = ()
    """What it is, for a download: keys in `[downloads]` of the string table."""


@dataclass(frozen=True, slots=True)
class Download:
    """A finished file that the site offers."""

    name: str
    title: UiString
    data: bytes
    step: Step | None = None
