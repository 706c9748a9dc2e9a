"""The files of the sheet."""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from types import MappingProxyType

from triptych.render.output import DEFAULT_CONTEXT, RenderContext
from triptych.render.settings import RenderSettings
from triptych.render.sheet.contents import contents
from triptych.render.sheet.document import Document, typeset
from triptych.render.sheet.glyphs import bookmark_text
from triptych.render.sheet.language import language_of_tag
from triptych.render.sheet.nodes import Data
from triptych.render.sheet.told import diagnostic
from triptych.values.artifact import Artifact
from triptych.values.catalog import Catalog

# The size of the text by the number of columns: a line should have about 45 characters.
_POINTS: Mapping[int, float] = MappingProxyType({2: 8.8, 3: 7.9, 4: 7.0})


def render(
    catalog: Catalog,
    settings: RenderSettings,
    context: RenderContext = DEFAULT_CONTEXT,
) -> Iterator[Artifact]:
    """Yield the cheat sheet of `catalog`."""
    path = PurePosixPath("sheet", f"{catalog.deck.id}-cheatsheet.pdf")
    data = contents(catalog, settings.base_url)
    document = Document("cheatsheet.typ", _layout(catalog), data)
    made = typeset(document, catalog, settings, context.keep)
    for told in made.told:
        context.tell(diagnostic(told))
    yield Artifact(path, made.pdf)


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
