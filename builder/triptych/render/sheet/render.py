"""The files of the sheet."""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from types import MappingProxyType

from triptych.deck.templates import template_bytes
from triptych.errors import TriptychError
from triptych.render.output import ALONE, Context
from triptych.render.settings import Settings
from triptych.render.sheet.contents import contents, dressed
from triptych.render.sheet.glyphs import encoded, is_mark, plan, visible
from triptych.render.sheet.language import declared
from triptych.render.sheet.nodes import Data
from triptych.render.sheet.pdf import LackingGlyphsError, pdf
from triptych.values.artifact import Artifact
from triptych.values.catalog import Catalog

_TEMPLATES = ("content.typ", "math.typ")
_ATTEMPTS = 4
# The size of text by columns: narrow ones want small type, so that a line keeps some 45
# characters.
_POINTS: Mapping[int, float] = MappingProxyType({2: 8.8, 3: 7.9, 4: 7.0})


def render(
    catalog: Catalog, settings: Settings, _: Context = ALONE
) -> Iterator[Artifact]:
    """Yield the cheat sheet of `catalog`."""
    path = PurePosixPath("sheet", f"{catalog.deck.id}-cheatsheet.pdf")
    yield Artifact(path, _cheatsheet(catalog, settings))


def _cheatsheet(catalog: Catalog, settings: Settings) -> bytes:
    data = contents(catalog, settings.base_url)
    used = encoded(data).decode()
    glyphs = plan(used, settings.fonts, catalog.deck.language)
    templates = {name: _template(name, settings) for name in _TEMPLATES}
    drawn = dressed(data, glyphs)
    files = {
        "main.typ": _template("cheatsheet.typ", settings),
        **templates,
        "look.json": encoded(_look(catalog)),
    }
    lacking, font = glyphs.missing, catalog.deck.sheet.font
    for _ in range(_ATTEMPTS):
        files["sheet.json"] = encoded(drawn, lacking)
        try:
            return pdf(files, glyphs.faces, font=font, time=catalog.release.time)
        except LackingGlyphsError as error:
            # A mark that no font can put on its letter: rare, and seen by Typst alone.
            # Typst names its letter, too, which is drawn without it: it lacks nothing.
            lacking |= set(filter(is_mark, error.texts)) or error.texts
    raise TriptychError("the sheet cannot be typeset with the fonts at hand")


def _template(name: str, settings: Settings) -> bytes:
    return template_bytes(f"sheet/{name}", settings.templates)


def _look(catalog: Catalog) -> Data:
    """Return how the sheet looks, and what a reader of PDF says about it."""
    deck, sheet = catalog.deck, catalog.deck.sheet
    language = declared(deck.language)
    keywords: list[Data] = [topic.title for topic in catalog.topics]
    return {
        "title": visible(deck.title, deck.id),
        "author": visible(sheet.author, deck.title),
        "description": deck.description,
        "keywords": keywords,
        "lang": language.code,
        "region": language.region,
        "dir": language.direction,
        "paper": sheet.paper,
        "landscape": sheet.landscape,
        "columns": sheet.columns,
        "size": _POINTS[sheet.columns],
        "names": [visible(q.prompt.plain, q.id) for q in catalog.current],
    }
