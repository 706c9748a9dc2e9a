"""Output files that are not on disk yet."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any

from triptych.quick_pickle import quick_pickle
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


_COMPRESSION_LEVEL = 6


@quick_pickle
@dataclass(frozen=True, slots=True)
class Summary:
    """What is known of a file's bytes without them."""

    sha256: str
    crc32: int
    size: int


@dataclass(frozen=True, slots=True)
class Artifact:
    """One output file, not yet on disk."""

    path: PurePosixPath
    """Relative to `dist/`, such as `site/q/overfitting.html`."""
    data: bytes
    step: Step | None = None
    """For a file that is one of several that learners import in order."""
    title: tuple[str, ...] = ()
    """What it is, for a download: keys in `[downloads]` of the string table.

    What begins with `=` is no key, but words of the deck.
    """

    @property
    def summary(self) -> Summary:
        """Return what archives and lists of files say of the bytes."""
        return summary_of(self.data)

    @property
    def deflated(self) -> bytes:
        """Return the bytes as zip archives have them."""
        return deflate(self.data)


def summary_of(data: bytes) -> Summary:
    """Return what is known of `data` without them."""
    return Summary(sha256(data).hexdigest(), zlib.crc32(data), len(data))


def deflate(data: bytes) -> bytes:
    """Return `data` compressed, without a header."""
    packer = zlib.compressobj(_COMPRESSION_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def inflate(deflated: bytes) -> bytes:
    """Return the bytes that `deflate` compressed.

    Raises:
        zlib.error: They were not compressed so.

    """
    return zlib.decompress(deflated, -zlib.MAX_WBITS)


class KeptArtifact(Artifact):
    """An output file whose bytes are loaded when they are needed."""

    __slots__ = ("_loaders", "deflated", "summary")

    _loaders: dict[str, Callable[[], bytes]]

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - of any field
        # Python calls this only for a slot without a value.
        if name not in {"data", "deflated"}:
            raise AttributeError(name)
        return self._loaders[name]()

    def __reduce__(self) -> tuple[type[Artifact], tuple[object, ...]]:
        """Send the whole file to another process."""
        return Artifact, (self.path, self.data, self.step, self.title)


def kept_artifact(
    file: Artifact,
    summary: Summary,
    load: Callable[[], bytes],
    load_deflated: Callable[[], bytes],
) -> KeptArtifact:
    """Return `file`, whose bytes are loaded when they are needed."""
    artifact = object.__new__(KeptArtifact)
    for name in ("path", "step", "title"):
        object.__setattr__(artifact, name, getattr(file, name))
    object.__setattr__(artifact, "summary", summary)
    loaders = {"data": load, "deflated": load_deflated}
    object.__setattr__(artifact, "_loaders", loaders)
    return artifact


@dataclass(frozen=True, slots=True)
class Download:
    """A finished file that the site offers."""

    name: str
    title: UiString
    data: bytes
    step: Step | None = None
