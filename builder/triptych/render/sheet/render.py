"""The files for paper."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial

from triptych.render.made_of import made_of
from triptych.render.output import DEFAULT_CONTEXT, RenderContext
from triptych.render.settings import RenderSettings
from triptych.render.sheet.contents import contents, made_of_sheet
from triptych.render.sheet.document import (
    Document,
    Prepared,
    Typeset,
    prepared,
    typeset,
)
from triptych.render.sheet.fit import SheetFit
from triptych.render.sheet.flashcards import flashcards
from triptych.render.sheet.handbook import handbooks
from triptych.render.sheet.look import look
from triptych.render.sheet.products import file_path, title_keys
from triptych.render.sheet.self_test import self_test
from triptych.render.sheet.told import diagnostics
from triptych.values.artifact import Artifact
from triptych.values.catalog import Catalog
from triptych.values.kept import Keep


def render(
    catalog: Catalog,
    settings: RenderSettings,
    context: RenderContext = DEFAULT_CONTEXT,
) -> Iterator[Artifact]:
    """Yield the PDFs that the deck or the command line names."""
    printing = catalog.deck.printing
    told = set()
    topics = {topic.id: topic.title for topic in catalog.topics}
    for product in settings.products or printing.products:
        for paper in printing.papers:
            for part, made in _parts(product, paper, catalog, settings, context.keep):
                told |= set(diagnostics(made.told))
                path = file_path(
                    catalog.deck.id,
                    product,
                    edition_id=settings.edition_id,
                    part=part,
                    paper=paper,
                    first_paper=printing.papers[0],
                )
                topic = topics.get(part, part)
                title = title_keys(product, paper, printing.papers, topic)
                yield Artifact(path, made.pdf, title=title)
    for diagnostic in sorted(told, key=lambda found: found.sort_key):
        context.tell(diagnostic)


def _parts(
    product: str, paper: str, catalog: Catalog, settings: RenderSettings, keep: Keep
) -> Iterator[tuple[str, Typeset]]:
    """Yield the PDFs of a product, each with the name of its part."""

    @cache
    def ready() -> dict[str, Prepared]:
        documents = _DOCUMENTS[product](catalog, settings, paper, keep)
        return {
            part: prepared(document, catalog, settings) for part, document in documents
        }

    # Only of the sheet it is known what it shows of a question.
    known = made_of_sheet(catalog, settings) if product == "sheet" else ""
    parts = keep(
        known and made_of("given to typst", known, paper),
        lambda: [(part, given.digest) for part, given in ready().items()],
    )
    for part, digest in parts:
        yield part, typeset(digest, partial(_part, ready, part), catalog, keep)


def _part(ready: Callable[[], Mapping[str, Prepared]], part: str) -> Prepared:
    return ready()[part]


def _sheet(
    catalog: Catalog, settings: RenderSettings, paper: str, _keep: Keep
) -> Iterator[tuple[str, Document]]:
    printing = catalog.deck.printing
    fit = SheetFit(printing.pages, printing.columns, len(catalog.current))
    layout = {"landscape": printing.landscape, "columns": printing.columns}
    document = Document(
        "cheatsheet.typ",
        {**look(catalog, settings, paper), **layout},
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


_DOCUMENTS = {
    "cards": _cards,
    "handbook": handbooks,
    "self-test": _self_test,
    "sheet": _sheet,
}
