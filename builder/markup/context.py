"""What the writers of markup must know besides the tokens."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from builder.links import Shows, picture
from builder.model import Media


@dataclass(frozen=True, slots=True)
class Context:
    """Where a piece of prose stands, and what it may refer to."""

    path: PurePosixPath
    files: Container[PurePosixPath]
    load: Callable[[PurePosixPath], Media]
    """Read one of `files`."""
    outputs: Mapping[str, str] = field(default_factory=dict)
    """What each `run` block printed, by its text."""
    layer: str = ""
    """Keeps the footnotes of a page apart."""

    def media(self, src: str) -> Media | None:
        """Return the file that the image `src` shows, if it is one of ours."""
        found = picture(src, self.path, self.files)
        return self.load(found.path) if found.shows is Shows.FILE else None
