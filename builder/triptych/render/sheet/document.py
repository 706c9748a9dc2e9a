"""Typeset a document of a template and data."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from triptych.deck.templates import template_bytes
from triptych.errors import TriptychError
from triptych.render.made_of import made_of
from triptych.render.settings import RenderSettings
from triptych.render.sheet.glyphs import (
    PLACEHOLDER,
    FontPlan,
    characters,
    encode,
    is_combining,
    plan_fonts,
    with_fonts,
)
from triptych.render.sheet.layout_report import LayoutReport, read_report
from triptych.render.sheet.nodes import Data
from triptych.render.sheet.pictures import (
    FAMILY,
    PICTURES,
    for_print,
    must_be_raster,
    svg_text,
    with_families,
    with_raster,
)
from triptych.values.catalog import Catalog
from triptych.values.source import Media

if TYPE_CHECKING:
    from triptych.render.sheet.pdf import Typesetter

_SHARED = (
    *("basics.typ", "code.typ", "content.typ", "math.typ", "tables.typ"),
    *("handbook-heights.typ", "handbook-index.typ"),
)
_DATA = "data.json"
_MAX_ATTEMPTS = 4

Inputs = Mapping[str, str]
Measure = Callable[[Inputs], LayoutReport]
"""Lays out a document and returns what its template reports."""


Fit = Callable[[Measure, str], Inputs]
"""Chooses the inputs of a template; the text names its fonts and templates."""


def no_fit(_: Measure, __: str) -> Inputs:
    """Choose nothing: the document has one size."""
    return {}


@dataclass(frozen=True, slots=True)
class Document:
    """What Typst is given for one PDF."""

    template: str
    """The main template, in `templates/sheet`."""
    settings: Data
    """The layout, and the metadata of the PDF."""
    data: Mapping[str, Data]
    fit: Fit = no_fit
    """Chooses the inputs of the template, such as the size of the text."""
    fitted_by: str = ""
    """Names `fit` and all that it depends on."""
    pictures: tuple[Media, ...] = ()
    """The pictures that the template shows."""


@dataclass(frozen=True, slots=True)
class Typeset:
    """A finished document."""

    pdf: bytes
    report: LayoutReport


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document as Typst is given it."""

    digest: str
    """Of all that the PDF is made of."""
    base: str
    """A digest of its fonts and templates."""
    files: Mapping[str, bytes]
    marked: Data
    glyphs: FontPlan
    document: Document

    def fit(self, measure: Measure) -> Inputs:
        """Choose the inputs of the template."""
        return self.document.fit(measure, self.base)


def prepared(
    document: Document, catalog: Catalog, settings: RenderSettings
) -> Prepared:
    """Return `document` with its templates and fonts."""
    templates = (document.template, *_SHARED)
    files = {
        name: template_bytes(f"sheet/{name}", settings.templates) for name in templates
    }
    files["main.typ"] = files.pop(document.template)
    glyphs = plan_fonts(
        characters(document.data).union(*map(svg_text, document.pictures)),
        settings.fonts,
        catalog.deck.language,
        families=[FAMILY] if document.pictures or _is_large(document) else [],
    )
    marked = with_fonts(document.data, glyphs)
    font, time = catalog.deck.printing.font, catalog.release.time
    faces = [
        (file.name, number, sha256(file.read_bytes()).digest(), family)
        for file, number, family in glyphs.faces
    ]
    base = made_of("sheet", sorted(files.items()), faces, font)
    # Templates of a deck may read it by this name.
    files["look.json"] = encode(document.settings)
    files |= dict(_pictures(document.pictures, glyphs.missing))
    files[_DATA] = encode(marked, glyphs.missing)
    digest = made_of(base, sorted(files.items()), time, document.fitted_by)
    return Prepared(digest, base, files, marked, glyphs, document)


def typeset(given: Prepared, catalog: Catalog) -> Typeset:
    """Return the PDF of `given`, with what its template reports.

    Raises:
        TriptychError: A picture cannot be drawn, or a template is invalid.

    """
    # Not at the top: most builds after an edit run no Typst.
    from triptych.render.sheet.pdf import BadPictureError  # noqa: PLC0415

    try:
        return _typeset(given, catalog)
    except BadPictureError as error:
        paths = {
            f"{PICTURES}{media.name}": media.path for media in given.document.pictures
        }
        raise TriptychError(f"{paths[error.name]}: {error}") from error


def _typeset(given: Prepared, catalog: Catalog) -> Typeset:
    return typeset_uncached(
        *(given.files, given.marked, given.glyphs, given.fit),
        font=catalog.deck.printing.font,
        time=catalog.release.time,
        template=given.document.template,
    )


def typeset_uncached(  # noqa: PLR0913 - all that a document is made of
    files: Mapping[str, bytes],
    marked: Data,
    glyphs: FontPlan,
    fit: Callable[[Measure], Inputs],
    *,
    font: str,
    time: int,
    template: str,
) -> Typeset:
    """Run Typst until no text lacks a glyph."""
    # Not at the top: most builds after an edit run no Typst.
    from triptych.render.sheet.pdf import (  # noqa: PLC0415
        MissingGlyphsError,
        typesetter,
    )

    missing: frozenset[str] = glyphs.missing
    with typesetter(glyphs.faces, font, template) as typst:
        files = {n: _printable(n, data, typst, glyphs) for n, data in files.items()}
        for _ in range(_MAX_ATTEMPTS):
            try:
                return _fitted(typst, files, fit, time)
            except MissingGlyphsError as error:
                missing |= _to_replace(error.texts)
                files = {**files, _DATA: encode(marked, missing)}
    raise TriptychError("the PDF cannot be typeset with the fonts at hand")


def _printable(name: str, data: bytes, typst: "Typesetter", glyphs: FontPlan) -> bytes:
    """Return a file as a PDF can hold it."""
    if name.endswith(".svg") and must_be_raster(data):
        return with_raster(data, typst.png(with_families(data, glyphs.family_of)))
    return data


def _fitted(
    typst: "Typesetter",
    files: Mapping[str, bytes],
    fit: Callable[[Measure], Inputs],
    time: int,
) -> Typeset:
    tried: dict[tuple[tuple[str, str], ...], LayoutReport] = {}

    def measure(inputs: Inputs) -> LayoutReport:
        # Typst lays out the same document again, where this keeps what it reports.
        key = tuple(sorted(inputs.items()))
        if key not in tried:
            tried[key] = read_report(typst.metadata(files, inputs))
        return tried[key]

    inputs = fit(measure)
    pdf = typst.pdf(files, inputs, time)
    return Typeset(pdf, measure(inputs))


def _to_replace(texts: Iterable[str]) -> frozenset[str]:
    """Return the texts that a placeholder replaces.

    A combining mark that no font can put on its letter is rare, and only Typst finds
    it. Typst reports the letter too, which can be drawn by itself.
    """
    return frozenset(filter(is_combining, texts)) or frozenset(texts)


def _is_large(document: Document) -> bool:
    return isinstance(document.settings, dict) and bool(document.settings.get("large"))


def _pictures(
    pictures: Iterable[Media], missing: frozenset[str]
) -> Iterator[tuple[str, bytes]]:
    for media in pictures:
        yield f"{PICTURES}{media.name}", for_print(media, missing, PLACEHOLDER)
