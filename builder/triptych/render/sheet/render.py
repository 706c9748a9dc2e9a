"""The files for paper."""

from collections.abc import Iterator

from triptych.render.output import DEFAULT_CONTEXT, RenderContext
from triptych.render.settings import RenderSettings
from triptych.render.sheet.contents import contents
from triptych.render.sheet.document import Document, typeset
from triptych.render.sheet.fit import SheetFit
from triptych.render.sheet.look import look
from triptych.render.sheet.products import file_path, title_keys
from triptych.render.sheet.told import diagnostics
from triptych.values.artifact import Artifact
from triptych.values.catalog import Catalog


def render(
    catalog: Catalog,
    settings: RenderSettings,
    context: RenderContext = DEFAULT_CONTEXT,
) -> Iterator[Artifact]:
    """Yield the PDFs that the deck or the command line names."""
    printing = catalog.deck.printing
    told = set()
    for product in settings.products or printing.products:
        for paper in printing.papers:
            document = _DOCUMENTS[product](catalog, settings, paper)
            made = typeset(document, catalog, settings, context.keep)
            told |= set(diagnostics(made.told))
            path = file_path(
                catalog.deck.id,
                product,
                edition=settings.edition,
                paper=paper,
                first_paper=printing.papers[0],
            )
            title = title_keys(product, paper, printing.papers)
            yield Artifact(path, made.pdf, title=title)
    for diagnostic in sorted(told, key=lambda found: found.sort_key):
        context.tell(diagnostic)


def _sheet(catalog: Catalog, settings: RenderSettings, paper: str) -> Document:
    printing = catalog.deck.printing
    fit = SheetFit(printing.pages, printing.columns, len(catalog.current))
    layout = {"landscape": printing.landscape, "columns": printing.columns}
    return Document(
        "cheatsheet.typ",
        {**look(catalog, settings, paper), **layout},
        contents(catalog, settings),
        fit,
        repr(fit),
    )


_DOCUMENTS = {"sheet": _sheet}
