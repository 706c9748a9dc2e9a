"""The files of a deck before they are parsed."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

TABLES = ("cards.csv", "cards.tsv")
"""The files of a topic that are tables of cards."""


@dataclass(frozen=True, slots=True)
class Source:
    """One text file of the deck, not yet parsed."""

    path: PurePosixPath
    """Relative to the deck folder, so that outputs do not depend on its location."""
    text: str
    undecodable: int = 0
    """The number of the first line that is not UTF-8; 0 if all are."""
    is_cut: bool = False
    """Whether the file is larger than what is read of one."""
    encoding: str = ""
    """What the text is encoded in, where that is known and is not UTF-8."""

    def __hash__(self) -> int:
        """Return the hash of the path, which differs between the files of a deck."""
        return hash(self.path)

    @property
    def is_table(self) -> bool:
        """Whether the file is a table of cards."""
        return self.path.name in TABLES

    def line(self, number: int) -> str:
        """Return line `number`, counted from 1; empty past the end."""
        lines = _lines(self.text)
        return lines[number - 1] if 0 < number <= len(lines) else ""


@lru_cache(maxsize=8)
def _lines(text: str) -> list[str]:
    return text.split("\n")


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of a deck folder, not yet parsed."""

    root: Path
    deck: Source
    """`deck.toml`."""
    sources: tuple[Source, ...]
    """Questions and guides, by path."""
    files: frozenset[PurePosixPath] = frozenset()
    """All files that are not Markdown: content may show them as pictures."""
    misplaced: tuple[PurePosixPath, ...] = ()
    """Markdown files in places where questions and guides cannot be."""
    outside: tuple[PurePosixPath, ...] = ()
    """Symbolic links to files outside the deck, which are not read."""
    unread: tuple[tuple[PurePosixPath, str], ...] = ()
    """What is neither a file nor a folder, and what it is."""
    theme: Source | None = None
    """The style that the deck adds to that of the site."""
    static: tuple["Media", ...] = ()
    """The files that the site offers as they are, by path."""
    changelog: Source | None = None
    """The changelog that `triptych release` writes for learners."""


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or sound that content refers to, as the outputs contain it."""

    path: PurePosixPath
    """Relative to the deck folder."""
    name: str
    """ASCII, flat, with a hash of the content: the name in every output."""
    data: bytes
    """The bytes for the outputs; empty if there is a problem."""
    problem: str = ""
    """Why it cannot be used, as the end of a sentence that starts with its name."""
    remedy: str = ""
    removed: tuple[str, ...] = ()
    """The visible parts of the file that `data` lacks."""
