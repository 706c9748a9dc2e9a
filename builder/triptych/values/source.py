"""Files of a deck as they stand on disk, nothing understood yet."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath


@dataclass(frozen=True, slots=True)
class Source:
    """One text file of the deck, as it stands on disk."""

    path: PurePosixPath
    """Relative to the deck folder, so that outputs do not depend on where it lies."""
    text: str
    undecodable: int = 0
    """The first line that is not UTF-8; 0 when all is."""
    is_cut: bool = False
    """Whether the file is larger than what is read of one."""

    def line(self, number: int) -> str:
        """Return line `number`, counted from 1, or nothing past the end."""
        lines = _lines(self.text)
        return lines[number - 1] if 0 < number <= len(lines) else ""


@lru_cache(maxsize=8)
def _lines(text: str) -> list[str]:
    return text.split("\n")


@dataclass(frozen=True, slots=True)
class Folder:
    """A deck folder as it stands on disk, nothing understood yet."""

    root: Path
    deck: Source
    """`deck.toml`."""
    sources: tuple[Source, ...]
    """Questions and guides, by path."""
    files: frozenset[PurePosixPath] = frozenset()
    """All that is no Markdown: what content may refer to as media."""
    misplaced: tuple[PurePosixPath, ...] = ()
    """Markdown that stands where no question or guide does."""
    outside: tuple[PurePosixPath, ...] = ()
    """Links that lead out of the deck: they are not read."""
    changelog: Source | None = None
    """What `triptych release` told learners."""


@dataclass(frozen=True, slots=True)
class Media:
    """A picture that content refers to, as outputs get it."""

    path: PurePosixPath
    """Relative to the deck folder."""
    name: str
    """ASCII, flat, with a hash of the content: the name in every output."""
    data: bytes
    """What is shipped; nothing if that must not be."""
    problem: str = ""
    """Why it must not be shipped, to be put after its name."""
    remedy: str = ""
    taken_out: tuple[str, ...] = ()
    """What is in the file and not in `data`, and a reader might miss."""
