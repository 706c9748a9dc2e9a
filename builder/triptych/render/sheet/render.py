"""The files of the sheet."""

from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from pathlib import PurePosixPath
from types import MappingProxyType

from triptych.deck.templates import template_bytes
from triptych.errors import TriptychError
from triptych.render.made_of import made_of
from triptych.render.output import DEFAULT_CONTEXT, RenderContext
from triptych.render.settings import RenderSettings
from triptych.render.sheet.contents import (
    contents,
    made_of_contents,
    used_characters,
    with_fonts,
)
from triptych.render.sheet.glyphs import bookmark_text, encode, is_combining, plan_fonts
from triptych.render.sheet.language import language_of_tag
from triptych.render.sheet.nodes import Data
from triptych.render.sheet.pdf import MissingGlyphsError, typeset_pdf
from triptych.values.artifact import Artifact
from triptych.values.catalog import Catalog
from triptych.values.kept import Keep

_TEMPLATES = ("content.typ", "math.typ")
_MAX_ATTEMPTS = 4
# The size of the text by the number of columns: a line should have about 45 characters.
_POINTS: Mapping[int, float] = MappingProxyType({2: 8.8, 3: 7.9, 4: 7.0})


def render(
    catalog: Catalog,
    settings: RenderSettings,
    context: RenderContext = DEFAULT_CONTEXT,
) -> Iterator[Artifact]:
    """Yield the cheat sheet of `catalog`."""
    path = PurePosixPath("sheet", f"{catalog.deck.id}-cheatsheet.pdf")
    yield Artifact(path, _cheatsheet(catalog, settings, context.keep))


def _cheatsheet(catalog: Catalog, settings: RenderSettings, keep: Keep) -> bytes:
    used = used_characters(catalog, settings, keep)
    glyphs = plan_fonts(used, settings.fonts, catalog.deck.language)
    templates = {name: _template(name, settings) for name in _TEMPLATES}
    files = {
        "main.typ": _template("cheatsheet.typ", settings),
        **templates,
        "look.json": encode(_layout(catalog)),
    }
    font, time = catalog.deck.sheet.font, catalog.release.time
    faces = [
        (file.name, number, sha256(file.read_bytes()).digest(), family)
        for file, number, family in glyphs.faces
    ]
    shared = made_of(sorted(files.items()), faces, font, time)

    @cache
    def marked() -> Data:
        return with_fonts(contents(catalog, settings.base_url), glyphs)

    def typeset() -> bytes:
        missing = glyphs.missing
        for _ in range(_MAX_ATTEMPTS):
            sheet = {"sheet.json": encode(marked(), missing)}
            try:
                return typeset_pdf(files | sheet, glyphs.faces, font=font, time=time)
            except MissingGlyphsError as error:
                # A combining mark that no font can put on its letter: rare, and only
                # Typst finds it. Typst reports the letter too, which can be drawn by
                # itself.
                missing |= set(filter(is_combining, error.texts)) or error.texts
        raise TriptychError("the sheet cannot be typeset with the fonts at hand")

    known = made_of_contents(catalog, settings)
    # What Typst is given is the same after most edits, also of questions on the sheet.
    given = keep(
        known and made_of("given to typst", known, shared),
        lambda: made_of("sheet", encode(marked(), glyphs.missing), shared),
    )
    return keep(given, typeset)


def _template(name: str, settings: RenderSettings) -> bytes:
    return template_bytes(f"sheet/{name}", settings.templates)


def _layout(catalog: Catalog) -> Data:
    """Return the layout of the sheet and the metadata of the PDF."""
    deck, sheet = catalog.deck, catalog.deck.sheet
    language = language_of_tag(deck.language)
    keywords: list[Data] = [topic.title for topic in catalog.topics]
    return {
        "title": bookmark_text(deck.title, deck.id),
        "author": bookmark_text(sheet.author, deck.title),
        "description": deck.description,
        "keywords": keywords,
        "lang": language.code,
        "region": language.region,
        "dir": language.direction,
        "paper": sheet.paper,
        "landscape": sheet.landscape,
        "columns": sheet.columns,
        "size": _POINTS[sheet.columns],
        "names": [bookmark_text(q.prompt.plain, q.id) for q in catalog.current],
    }
