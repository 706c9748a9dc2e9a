"""The site to take away: a whole archive, the same bytes for the same pages."""

import io
import stat
import zipfile
from pathlib import PurePosixPath

import pytest

from triptych.emit import archive as archive_module
from triptych.emit.archive import Entry, entry, zip_archive
from triptych.render.site.site_zip import site_zip
from triptych.values.artifact import Artifact, Summary

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


@pytest.mark.parametrize("is_large", [False, True])
def test_both_formats_of_an_archive_say_the_same(
    monkeypatch: pytest.MonkeyPatch, *, is_large: bool
) -> None:
    if is_large:
        monkeypatch.setattr(archive_module, "_MAX_ENTRIES", 0)
    text, picture = b"word " * 99, bytes(range(256))
    made = zip_archive([entry("ü.txt", text), entry("a.png", picture, compress=False)])
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        assert [archive.read(file) for file in archive.infolist()] == [text, picture]
        for file, method in zip(
            archive.infolist(),
            (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED),
            strict=True,
        ):
            assert file.compress_type == method
            assert file.date_time == (1980, 1, 1, 0, 0, 0)
            assert file.create_system == 3  # Unix, whose modes these are
            assert stat.S_IMODE(file.external_attr >> 16) == 0o644
        assert archive.namelist() == ["ü.txt", "a.png"]


@pytest.mark.parametrize(
    ("count", "size", "is_large"),
    [
        (0xFFFE, 0, False),
        (0xFFFF, 0, True),
        # The same bytes again and again, which take no memory.
        (2047, 1 << 20, False),
        (2048, 1 << 20, True),
    ],
)
def test_what_is_too_much_for_the_format_gets_the_larger_one(
    monkeypatch: pytest.MonkeyPatch, count: int, size: int, *, is_large: bool
) -> None:
    for name in ("_plain_archive", "_large_archive"):
        monkeypatch.setattr(archive_module, name, lambda _, name=name: name)
    file = Entry("a", bytes(size), Summary("", 0, size), is_deflated=False)
    made: object = zip_archive([file] * count)
    assert made == ("_large_archive" if is_large else "_plain_archive")
