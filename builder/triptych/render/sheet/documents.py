"""The documents of each product, as Typst is given them."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from triptych.render.settings import RenderSettings
from triptych.render.sheet.contents import contents
from triptych.render.sheet.document import Document
from triptych.render.sheet.document_settings import document_settings
from triptych.render.sheet.fit import SheetFit
from triptych.render.sheet.flashcards import flashcards
from triptych.render.sheet.handbook import handbooks
from triptych.render.sheet.self_test import self_test
from triptych.values.catalog import Catalog
from triptych.values.kept import Keep

_Documents = Callable[
    [Catalog, RenderSettings, str, Keep], Iterator[tuple[str, Document]]
]
"""Yields the documents of a product for a size of paper, each with its part."""


def _sheet(
    catalog: Catalog, settings: RenderSettings, paper: str, _keep: Keep
) -> Iterator[tuple[str, Document]]:
    printing = catalog.deck.printing
    fit = SheetFit(printing.pages, printing.columns, len(catalog.current))
    layout = {"landscape": printing.landscape, "columns": printing.columns}
    document = Document(
        "cheatsheet.typ",
        {**document_settings(catalog, settings, paper), **layout},
        contents(catalog, settings),
        fit,
        repr(fit),
    )
    yield "", document


def _cards(
    catalog: Catalog, settings: RenderSettings, paper: str, keep: Keep
) -> Iterator[tuple[str, Document]]:
    yield "", flashcards(catalog, settings, paper, keep)


def _self_test(
    catalog: Catalog, settings: RenderSettings, paper: str, _keep: Keep
) -> Iterator[tuple[str, Document]]:
    yield "", self_test(catalog, settings, paper)


DOCUMENTS: Mapping[str, _Documents] = MappingProxyType(
    {"cards": _cards, "handbook": handbooks, "self-test": _self_test, "sheet": _sheet}
)
