"""The same deck makes the same bytes, whatever the machine."""

import io
import os
import sqlite3
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from triptych.ledger.lock import Ledger
from triptych.notes.history import History
from triptych.render.anki.package import PackedDeck, package
from triptych.render.settings import RenderSettings
from triptych.values.catalog import Catalog
from triptych.values.source import Media

Pack = Callable[[Catalog], bytes]

_PROGRAM = """
import runpy, sys
from hashlib import sha256
from triptych.render.settings import RenderSettings
from triptych.render.anki.render import render
made = runpy.run_path(sys.argv[1])
(artifact,) = render(made["sample"](), RenderSettings())
print(sha256(artifact.data).hexdigest())
"""


def opened(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(data))


def test_hash_seed_zone_umask_and_locale_do_not_matter(
    pack: Pack, catalog: Catalog, tmp_path: Path
) -> None:
    expected = sha256(pack(catalog)).hexdigest()
    root = Path(__file__).parents[2]
    conftest = Path(__file__).with_name("conftest.py")
    for seed, zone in (("1", "Pacific/Kiritimati"), ("2", "America/Caracas")):
        made = subprocess.run(
            [sys.executable, "-c", _PROGRAM, str(conftest)],
            env={
                **os.environ,
                "PYTHONHASHSEED": seed,
                "TZ": zone,
                "LC_ALL": "C",
                "PYTHONPATH": os.pathsep.join((str(root / "builder"), str(root))),
            },
            cwd=tmp_path,
            umask=0o077,
            capture_output=True,
            text=True,
            check=True,
        )
        assert made.stdout.strip() == expected


def test_no_file_is_left_behind(
    pack: Pack, catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    pack(catalog)
    assert list(tmp_path.iterdir()) == []


def test_entries_have_one_date_and_are_deflated(pack: Pack, catalog: Catalog) -> None:
    entries = opened(pack(catalog)).infolist()
    assert [entry.filename for entry in entries] == ["collection.anki2", "media", "0"]
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.create_system for entry in entries} == {3}
    assert entries[0].compress_size < entries[0].file_size / 4


def test_the_database_does_not_name_the_sqlite_that_wrote_it(
    pack: Pack, catalog: Catalog
) -> None:
    database = opened(pack(catalog)).read("collection.anki2")
    assert struct.unpack(">I", database[96:100]) == (3_040_001,)
    assert struct.unpack(">H", database[16:18]) == (4096,)


def test_the_database_is_valid(pack: Pack, catalog: Catalog, tmp_path: Path) -> None:
    path = tmp_path / "collection.anki2"
    path.write_bytes(opened(pack(catalog)).read("collection.anki2"))
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM notes").fetchone() == (7,)


def test_without_a_ledger_every_mod_is_the_first_second(
    pack: Pack, catalog: Catalog, tmp_path: Path
) -> None:
    path = tmp_path / "collection.anki2"
    path.write_bytes(opened(pack(catalog)).read("collection.anki2"))
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT DISTINCT mod FROM notes").fetchall() == [(1,)]


def test_media_lie_in_the_order_of_their_names() -> None:
    files = {"b-2.svg": b"<svg/>", "a-1.png": b"\x89PNG"}
    archive = opened(package([PackedDeck("D")], [], files))
    assert archive.read("media") == b'{"0": "a-1.png", "1": "b-2.svg"}'
    assert archive.read("0") == b"\x89PNG"
    assert archive.read("1") == b"<svg/>"


def test_only_media_that_cards_show_are_in_the_package(
    pack: Pack, catalog: Catalog
) -> None:
    (shown,) = catalog.media.values()
    other = Media(shown.path, "depth-only-1.svg", shown.data)
    more = replace(catalog, media={**catalog.media, other.name: other})
    assert pack(more) == pack(catalog)


def test_a_subdeck_of_two_topics_is_packed_once(
    pack: Callable[..., bytes], catalog: Catalog, tmp_path: Path
) -> None:
    path = tmp_path / "collection.anki2"
    both = {topic.id: "Sample Deck::Both" for topic in catalog.deck.topics}
    history = History(Ledger(decks={"": "Sample Deck", **both}))
    data = pack(catalog, RenderSettings(history=history))
    path.write_bytes(opened(data).read("collection.anki2"))
    with closing(sqlite3.connect(path)) as connection:
        guids = connection.execute("SELECT guid FROM notes").fetchall()
        assert len(guids) == len(set(guids)) > 1
        used = connection.execute("SELECT DISTINCT did FROM cards").fetchall()
        assert len(used) == 1


def test_a_missing_medium_makes_no_package(pack: Pack, catalog: Catalog) -> None:
    with pytest.raises(KeyError):
        pack(replace(catalog, media={}))


def test_the_database_has_no_remains_of_deleted_rows(
    pack: Pack, catalog: Catalog
) -> None:
    database = opened(pack(catalog)).read("collection.anki2")
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(database)
        connection.execute("VACUUM")
        assert connection.serialize()[100:] == database[100:]
