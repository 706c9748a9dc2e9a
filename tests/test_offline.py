"""The site to take away: a whole archive, the same bytes for the same pages."""

import io
import zipfile
from pathlib import PurePosixPath

from triptych.emit.archive import entry, site_zip, zip_archive
from triptych.values.artifact import Artifact

PAGES = [
    Artifact(PurePosixPath(f"site/q/{number}.html"), f"page {number} é ".encode() * 50)
    for number in range(40)
]
LEFT_OUT = Artifact(PurePosixPath("site/downloads/deck.apkg"), b"deck")


def test_the_archive_holds_the_pages_and_no_downloads() -> None:
    made = site_zip("deck-site", [*PAGES, LEFT_OUT])
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == len(PAGES)
        for page in PAGES:
            inside = f"deck-site/q/{page.path.name}"
            assert archive.read(inside) == page.data
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


def test_the_order_of_the_pages_changes_no_byte() -> None:
    assert site_zip("d", list(reversed(PAGES))) == site_zip("d", PAGES)


def test_names_in_an_archive_are_read_in_any_language() -> None:
    names = ["a.txt", "Übung/ü.txt", "图/一.png"]
    made = zip_archive(entry(name, name.encode()) for name in names)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.namelist() == names
        assert [archive.read(name).decode() for name in names] == names
