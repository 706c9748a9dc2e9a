"""The settings of the outputs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from triptych.deck.fonts import font_folder
from triptych.deck.strings import built_in, strings
from triptych.dialect.folders import TEMPLATES_FOLDER
from triptych.dialect.ids import id_from
from triptych.dialect.links import resolvable
from triptych.notes.history import History
from triptych.render.made_of import made_of, of_view, own_files
from triptych.values.catalog import Catalog
from triptych.values.deck import Deck
from triptych.values.kept import Keep, keep_in_memory, keep_nothing
from triptych.values.ui_strings import Strings

if TYPE_CHECKING:
    from triptych.notes.kept import KeptType
    from triptych.notes.plan import Plan

_MAX_EDITION_CHARS = 80


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
    cached_digest: Callable[[], str] | None = field(default=None, compare=False)
    """Computes on its first call what the plan is made of."""
    once: Keep = field(default=keep_nothing, compare=False)
    """Makes what several steps of a build use once, by name."""

    @property
    def edition_id(self) -> str:
        """Return the name of the edition as a part of a file name."""
        return id_from(self.edition)[:_MAX_EDITION_CHARS].strip("-")

    def plan(self, catalog: Catalog) -> "Plan":
        """Return the notes of `catalog` as Anki imports them."""
        if self.cached_plan:
            return self.cached_plan()
        from triptych.notes.plan import plan  # noqa: PLC0415 - `init` needs no Markdown

        return plan(
            catalog, self.history, self.templates, self.strings, self.kept_types
        )

    def made_of_plan(self, catalog: Catalog) -> str:
        """Return a digest of what the notes are made of; empty if it is not known."""
        if self.cached_digest:
            return self.cached_digest()
        shown = of_view(catalog, "notes", catalog.questions)
        if shown is None:
            return ""
        words = self.strings.section("card", catalog.deck.language)
        return made_of(
            "plan",
            shown,
            catalog.deck,
            catalog.study_order,
            self.history,
            sorted(self.kept_types.items()),
            sorted(
                (key, file.name, sha256(file.data).digest())
                for key, kept in self.kept_types.items()
                for file in kept.files
            ),
            sorted(
                (name, sha256(media.data).digest())
                for name, media in catalog.field_media.items()
            ),
            words,
            sorted(own_files(self.templates)),
        )

    def with_cached_plan(self, catalog: Catalog) -> "RenderSettings":
        """Return the same settings, which compute the plan of `catalog` only once."""
        return replace(
            self,
            cached_plan=cache(partial(self.plan, catalog)),
            cached_digest=cache(partial(self.made_of_plan, catalog)),
            once=keep_in_memory(),
        )


def render_settings(
    deck: Deck, root: Path, base_url: str | None = None
) -> RenderSettings:
    """Return the settings for the deck in the folder `root`."""
    url = resolvable(base_url if base_url is not None else deck.site.base_url)
    fonts = deck.printing.fonts
    templates = root / TEMPLATES_FOLDER
    return RenderSettings(
        base_url=url if not url or url.endswith("/") else f"{url}/",
        templates=templates if templates.is_dir() else None,
        fonts=font_folder(root, fonts) if fonts else None,
        strings=strings(root),
    )
