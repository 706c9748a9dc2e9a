"""The settings of the outputs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from triptych.deck.fonts import font_folder
from triptych.deck.strings import built_in, strings
from triptych.dialect.links import resolvable
from triptych.notes.history import History
from triptych.values.catalog import Catalog
from triptych.values.deck import Deck
from triptych.values.ui_strings import Strings

if TYPE_CHECKING:
    from triptych.notes.kept import KeptType
    from triptych.notes.plan import Plan


@dataclass(frozen=True, slots=True)
class RenderSettings:
    """What an output uses besides the catalog."""

    base_url: str = ""
    """The URL of the site, with a slash at the end; empty when unknown."""
    templates: Path | None = None
    """The folder of the deck's templates, which override the built-in ones."""
    edition: str = ""
    """What an edition of some questions is called; empty for the whole deck."""
    shift: tuple[float, float] = (0, 0)
    """How far the backs of cards are moved right and down, in millimetres."""
    products: tuple[str, ...] = ()
    """The PDFs to make; empty for those that the deck names."""
    fonts: Path | None = None
    """The folder of the deck's fonts, for the sheet."""
    strings: Strings = field(default_factory=built_in, compare=False)
    """The words that outputs add to the deck's text."""
    history: History = field(default_factory=History, compare=False)
    """The releases so far, from the ledger."""
    kept_types: "Mapping[str, KeptType]" = field(default_factory=dict, compare=False)
    """The note types of imported notes, by key."""
    cached_plan: "Callable[[], Plan] | None" = field(default=None, compare=False)
    """Computes the plan of the notes on its first call, then returns the same one."""

    def plan(self, catalog: Catalog) -> "Plan":
        """Return the notes of `catalog` as Anki imports them."""
        if self.cached_plan:
            return self.cached_plan()
        from triptych.notes.plan import plan  # noqa: PLC0415 - `init` needs no Markdown

        return plan(
            catalog, self.history, self.templates, self.strings, self.kept_types
        )

    def with_cached_plan(self, catalog: Catalog) -> "RenderSettings":
        """Return the same settings, which compute the plan of `catalog` only once."""
        return replace(self, cached_plan=cache(partial(self.plan, catalog)))


def render_settings(
    deck: Deck, root: Path, base_url: str | None = None
) -> RenderSettings:
    """Return the settings for the deck in the folder `root`."""
    url = resolvable(base_url if base_url is not None else deck.site.base_url)
    fonts = deck.printing.fonts
    templates = root / "templates"
    return RenderSettings(
        base_url=url if not url or url.endswith("/") else f"{url}/",
        templates=templates if templates.is_dir() else None,
        fonts=font_folder(root, fonts) if fonts else None,
        strings=strings(root),
    )
