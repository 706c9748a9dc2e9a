"""What `triptych build` was asked for."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """The arguments of `triptych build`, with the folders that they mean."""

    content: Path
    dist: Path
    outputs: tuple[str, ...]
    """The names of the outputs; empty for the usual ones."""
    downloads: bool
    strict: bool
    drafts: bool
    since: str
    base_url: str | None
    where: str | None
    name: str | None = None
    """How the edition is called; its `where` unless said."""
    shift: tuple[float, float] = (0, 0)
    """How far the backs of cards are moved right and down, in millimetres."""
    products: tuple[str, ...] = ()
    """The PDFs to make; empty for those of the deck."""
