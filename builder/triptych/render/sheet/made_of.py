"""What the sheet is made of, so that it can be kept."""

from triptych.render.made_of import made_of, of_view, own_files
from triptych.render.settings import RenderSettings
from triptych.values.catalog import Catalog

_STRINGS = ("print", "card", "site")


def made_of_sheet(catalog: Catalog, settings: RenderSettings) -> str:
    """Return a digest of what the sheet shows; empty if it is not known."""
    shown = of_view(catalog, "card", catalog.current)
    if shown is None:
        return ""
    language = catalog.deck.language
    strings = [settings.strings.section(name, language) for name in _STRINGS]
    return made_of(
        shown,
        catalog.deck,
        catalog.release,
        [catalog.number(question) for question in catalog.current],
        sorted(catalog.pages.items()),
        (settings.base_url, settings.edition),
        strings,
        [sorted(own_files(f)) for f in (settings.templates, settings.fonts)],
        sorted(catalog.media),
    )
