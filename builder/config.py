"""``deck.toml`` becomes a ``Deck``; what a run was asked for becomes ``Settings``."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """What a renderer may know besides the catalog."""

    base_url: str = ""
    """Where the site will stand, with a slash at the end; empty when unknown."""
    templates: Path | None = None
    """The deck's own templates, which override the built-in ones."""
    fonts: Path | None = None
    """The deck's own fonts, for the sheet."""
