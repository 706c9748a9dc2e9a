"""The book: an EPUB 3.3 that opens anywhere, whatever the deck."""

import io
import zipfile
from pathlib import Path

import pytest
from tests.books import OpenBook, open_book

from triptych.build.build import build
from triptych.build.options import BuildOptions
from triptych.deck.project import open_project

SAMPLE = Path(__file__).parent / "sample"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    dist = tmp_path_factory.mktemp("dist")
    build(open_project(SAMPLE), dist, ["epub"], BuildOptions(jobs=1))
    return (dist / "epub/sample.epub").read_bytes()


@pytest.fixture(scope="module")
def book(made: bytes) -> OpenBook:
    return open_book(made)


def test_readers_know_the_file_by_its_first_bytes(made: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        first = archive.infolist()[0]
    assert first.filename == "mimetype"
    assert first.compress_type == zipfile.ZIP_STORED
    assert made[30:58] == b"mimetypeapplication/epub+zip"


def test_every_question_and_guide_is_a_page_in_reading_order(book: OpenBook) -> None:
    assert book.pages == [
        *("cover.xhtml", "title.xhtml", "contents.xhtml", "guide-start.xhtml"),
        *("topic-basics.xhtml", "q-mean.xhtml", "q-code-mean.xhtml"),
        *("topic-traps.xhtml", "q-minimal.xhtml", "q-right-to-left.xhtml"),
        "q-nasty.xhtml",
    ]


def test_all_pages_are_well_formed_and_no_link_is_broken(book: OpenBook) -> None:
    assert list(book.broken_links()) == []


def test_a_build_makes_the_book_only_where_it_is_named(tmp_path: Path) -> None:
    project = open_project(SAMPLE)
    build(project, tmp_path / "usual", options=BuildOptions(jobs=1))
    assert not (tmp_path / "usual/epub").exists()
    build(project, tmp_path / "named", ["epub", "site"], BuildOptions(jobs=1))
    book = (tmp_path / "named/epub/sample.epub").read_bytes()
    assert (tmp_path / "named/site/downloads/sample.epub").read_bytes() == book
    files = (tmp_path / "named/site/downloads.html").read_text()
    assert "Book for e-readers" in files
