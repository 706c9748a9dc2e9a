"""The files for paper.

Most builds after an edit find them among what was kept. So what makes them is imported
where they are made.
"""

from collections.abc import Iterator
from functools import cache, partial
from typing import TYPE_CHECKING

from triptych.render.made_of import made_of
from triptych.render.output import DEFAULT_CONTEXT, RenderContext
from triptych.render.settings import RenderSettings
from triptych.render.sheet.findings import findings
from triptych.render.sheet.made_of import made_of_sheet
from triptych.render.sheet.products import file_path, title_keys
from triptych.values.artifact import Artifact
from triptych.values.catalog import Catalog
from triptych.values.diagnostics import Finding, Span
from triptych.values.kept import Keep

if TYPE_CHECKING:
    from triptych.render.sheet.document import Prepared


def render(
    catalog: Catalog,
    settings: RenderSettings,
    context: RenderContext = DEFAULT_CONTEXT,
) -> Iterator[Artifact]:
    """Yield the PDFs that the deck or the command line names."""
    printing = catalog.deck.printing
    found: set[tuple[str, Finding]] = set()
    topics = {topic.id: topic.title for topic in catalog.topics}
    for product in settings.products or printing.products:
        for paper in printing.papers:
            for part, pdf, in_part in _parts(
                product, paper, catalog, settings, context.keep
            ):
                found.update(in_part)
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
                yield Artifact(path, pdf, title=title)
    for rule, finding in sorted(found, key=_place):
        context.report(rule, finding)


def _place(found: tuple[str, Finding]) -> tuple[Span, str, str]:
    rule, finding = found
    return finding.span, rule, finding.message


def _parts(
    product: str, paper: str, catalog: Catalog, settings: RenderSettings, keep: Keep
) -> Iterator[tuple[str, bytes, tuple[tuple[str, Finding], ...]]]:
    """Yield the PDFs of a product, each with its part, and what was found in it."""

    @cache
    def ready() -> "dict[str, Prepared]":
        from triptych.render.sheet.document import prepared  # noqa: PLC0415
        from triptych.render.sheet.documents import DOCUMENTS  # noqa: PLC0415

        documents = DOCUMENTS[product](catalog, settings, paper, keep)
        return {
            part: prepared(document, catalog, settings) for part, document in documents
        }

    def make(part: str) -> tuple[bytes, tuple[tuple[str, Finding], ...]]:
        from triptych.render.sheet.document import typeset  # noqa: PLC0415

        made = typeset(ready()[part], catalog)
        return made.pdf, tuple(findings(made.report.remarks))

    # Only of the sheet it is known what it shows of a question.
    known = made_of_sheet(catalog, settings) if product == "sheet" else ""
    parts = keep(
        known and made_of("given to typst", known, paper),
        lambda: [(part, given.digest) for part, given in ready().items()],
    )
    for part, digest in parts:
        yield part, *keep(digest, partial(make, part))
