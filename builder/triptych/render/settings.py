"""What a renderer may know besides the catalog."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from triptych.deck.strings import built_in, strings
from triptych.notes.history import History
from triptych.values.catalog import Catalog
from triptych.values.deck import Deck
from triptych.values.words import Strings

if TYPE_CHECKING:
    from triptych.notes.plan import Plan


@dataclass(frozen=True, slots=True)
class RenderSettings:
    """What a renderer may know besides the catalog."""

    base_url: str = ""
    """Where the site will stand, with a slash at the end; empty when unknown."""
    templates: Path | None = None
    """The deck's own templates, which override the built-in ones."""
    fonts: Path | None = None
    """The deck's own fonts, for the sheet."""
    strings: Strings = field(default_factory=built_in, compare=False)
    """The words that outputs add to the deck's own text."""
    history: History = field(default_factory=History, compare=False)
    """What releases have settled; from the ledger."""
    planned: "Callable[[], Plan] | None" = field(default=None, compare=False)
    """Gives the notes of the catalog, worked out by the first who asks."""

    def plan(self, catalog: Catalog) -> "Plan":
        """Return the notes of `catalog` as Anki is to get them."""
        if self.planned:
            return self.planned()
        from triptych.notes.plan import plan  # noqa: PLC0415 - `init` needs no Markdown

        return plan(catalog, self.history, self.templates, self.strings)

    def planning(self, catalog: Catalog) -> "RenderSettings":
        """Return the same settings, with which the notes are worked out once."""
        return replace(self, planned=cache(partial(self.plan, catalog)))


def render_settings(
    deck: Deck, root: Path, base_url: str | None = None
) -> RenderSettings:
    """Return the settings of a run on the deck that stands at `root`."""
    url = base_url if base_url is not None else deck.site.base_url
    fonts = deck.sheet.fonts
    templates = root / "templates"
    return RenderSettings(
        base_url=url if not url or url.endswith("/") else f"{url}/",
        templates=templates if templates.is_dir() else None,
        fonts=root / fonts if fonts else None,
        strings=strings(root),
    )
