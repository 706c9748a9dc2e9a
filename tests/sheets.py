"""Helpers for the tests of the sheet: small decks, and the contents of a PDF."""

import io
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from triptych.parse.document import parse
from triptych.render.settings import RenderSettings
from triptych.render.sheet.contents import contents
from triptych.render.sheet.render import render
from triptych.typeset.context import Context
from triptych.typeset.question import question
from triptych.values.catalog import Catalog
from triptych.values.deck import Deck, Topic
from triptych.values.question import Question
from triptych.values.source import Media, Source

POPPLER = "apt-get install poppler-utils"
WHITE = 200
"""From this grey on, a pixel has no ink."""


class Word(NamedTuple):
    """A word on a page, with its place in points from the left and from the top."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def ask(markdown: str, name: str = "q1", topic: str = "topic") -> Question:
    """Return the question of a file with this text; it may lack front matter."""
    if not markdown.startswith("---"):
        markdown = f"---\nquestion: What?\n---\n{markdown}"
    path = PurePosixPath(topic, f"{name}.md")
    return question(
        parse(Source(path, markdown)), Context(path, frozenset(), _no_media)
    )


def _no_media(path: PurePosixPath) -> Media:
    raise AssertionError(path)


def deck(*questions: Question | str, **options: Any) -> Catalog:  # noqa: ANN401
    """Return a catalog of `questions`; `options` go to its `Deck`."""
    asked = tuple(
        ask(item, f"q{number}") if isinstance(item, str) else item
        for number, item in enumerate(questions, 1)
    )
    names = dict.fromkeys(question.meta.topic for question in asked)
    topics = tuple(Topic(name, name.title()) for name in names)
    return Catalog(
        Deck(**{"id": "d", "title": "Deck", "topics": topics} | options),
        asked,
        pages={str(question.meta.path): f"q/{question.id}.html" for question in asked},
        numbers={question.id: number for number, question in enumerate(asked, 1)},
    )


def cards(catalog: Catalog) -> list[dict[str, Any]]:
    """Return what the template of the cheat sheet gets of each card."""
    made: Any = contents(catalog, RenderSettings())
    return [card for topic in made["topics"] for card in topic["cards"]]


def pdf(catalog: Catalog, settings: RenderSettings | None = None) -> bytes:
    """Return the cheat sheet of `catalog`."""
    (artifact,) = render(catalog, settings or RenderSettings())
    assert artifact.path == PurePosixPath(f"sheet/{catalog.deck.id}-cheatsheet.pdf")
    return artifact.data


def read(data: bytes) -> PdfReader:
    """Open a PDF."""
    return PdfReader(io.BytesIO(data))


def text(data: bytes) -> str:
    """Return the text of a PDF on one line."""
    pages = (page.extract_text() for page in read(data).pages)
    return re.sub(r"\s+", " ", " ".join(pages))


def spoken(data: bytes) -> list[tuple[str, str]]:
    """Return the kind and alternative text of each structure element, in order."""
    return list(_elements(read(data).root_object["/StructTreeRoot"]))


def _elements(element: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - pypdf's
    element = element.get_object()
    if isinstance(element, ArrayObject):
        for child in element:
            yield from _elements(child)
    elif isinstance(element, DictionaryObject):
        if "/S" in element:
            yield str(element["/S"]), str(element.get("/Alt", ""))
        if "/K" in element:
            yield from _elements(element["/K"])


def words(data: bytes, folder: Path) -> list[Word]:
    """Return the words of a PDF with their places, as poppler finds them."""
    path = folder / "sheet.pdf"
    path.write_bytes(data)
    done = subprocess.run(
        ["pdftotext", "-bbox", path, "-"], capture_output=True, text=True, check=True
    )
    found = re.findall(
        r'<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)</word>',
        done.stdout,
    )
    return [Word(word, *map(float, place)) for *place, word in found]


def inked(data: bytes, number: int, folder: Path) -> list[tuple[float, float]]:
    """Return where page `number` has ink, in millimetres from the top left."""
    path, page, stem = folder / "printed.pdf", str(number), folder / f"page-{number}"
    path.write_bytes(data)
    subprocess.run(
        ["pdftoppm", "-r", "144", "-gray", "-f", page, "-l", page, path, stem],
        check=True,
    )
    (image,) = folder.glob(f"{stem.name}*.pgm")
    _, size, _, pixels = image.read_bytes().split(b"\n", 3)
    width = int(size.split()[0])
    mm = 25.4 / 144
    return [
        (place % width * mm, place // width * mm)
        for place, grey in enumerate(pixels)
        if grey < WHITE
    ]
