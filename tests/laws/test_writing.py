"""Whatever stands in the way of a file, it is written, and nothing else is touched."""

import io
import os
import stat
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triptych.deck.write import create_files, replace_file, staged_name, write_files
from triptych.emit.emit import emit
from triptych.errors import TriptychError
from triptych.render.site.site_zip import site_zip
from triptych.values.artifact import Artifact

NEW = b"new"
Obstacle = Callable[[Path, Path], None]
OBSTACLES: dict[str, Obstacle] = {
    "nothing": lambda _place, _other: None,
    "another file": lambda place, _: _put(place, b"old"),
    "the same file": lambda place, _: _put(place, NEW),
    "a link to another file": lambda place, other: place.symlink_to(other),
    "a link to the same bytes": lambda place, other: _linked(place, other, NEW),
    "a link to nothing": lambda place, other: place.symlink_to(other / "none"),
    "a staged file": lambda place, _: _put(staged_name(place), b"half"),
    "a staged link": lambda place, other: staged_name(place).symlink_to(other),
    "a staged link to nothing": lambda place, other: staged_name(place).symlink_to(
        other.with_name("none")
    ),
}
FOLDERS: dict[str, Obstacle] = {
    "a folder": lambda place, _: (place / "deep").mkdir(parents=True),
    "a link to a folder": lambda place, other: place.symlink_to(other.parent),
}


def _put(place: Path, data: bytes) -> None:
    place.write_bytes(data)


def _linked(place: Path, other: Path, data: bytes) -> None:
    other.write_bytes(data)
    place.symlink_to(other)


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """Return a file that no writing may change."""
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "kept").write_bytes(b"kept")
    return folder / "kept"


def files(folder: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("name", [*OBSTACLES, *FOLDERS])
def test_an_output_is_written_over_any_existing_entry(
    name: str, outside: Path, tmp_path: Path
) -> None:
    artifact = Artifact(PurePosixPath("site/q/a.html"), NEW)
    dist = tmp_path / "dist"
    emit([artifact], dist, outputs=["site"], about={})
    (dist / "site/q/a.html").unlink()
    {**OBSTACLES, **FOLDERS}[name](dist / "site/q/a.html", outside)
    before = files(outside.parent)
    emit([artifact], dist, outputs=["site"], about={})
    found = [path for path in (dist / "site").rglob("*") if not path.is_dir()]
    assert found == [dist / "site/q/a.html"]
    assert not found[0].is_symlink()
    assert found[0].read_bytes() == NEW
    assert files(outside.parent) == before


@pytest.mark.parametrize("write", ["one", "many"])
@pytest.mark.parametrize("name", OBSTACLES)
def test_a_file_is_written_over_any_existing_entry(
    name: str, write: str, outside: Path, tmp_path: Path
) -> None:
    place = tmp_path / "a.md"
    OBSTACLES[name](place, outside)
    before = files(outside.parent)
    if write == "one":
        replace_file(place, NEW)
    else:
        write_files({place: NEW})
    assert place.read_bytes() == NEW
    assert not place.is_symlink()
    assert not staged_name(place).is_symlink()
    assert not staged_name(place).exists()
    assert files(outside.parent) == before


PAGES = st.dictionaries(
    st.sampled_from(["q/a.html", "q/b.html", "b.html", "a.css", "q/a-b.html"]),
    st.binary(max_size=4),
    min_size=1,
)


@given(PAGES, st.randoms(use_true_random=False))
def test_an_archive_has_its_files_by_name(
    pages: dict[str, bytes], random: Random
) -> None:
    made = [Artifact(PurePosixPath("site", name), data) for name, data in pages.items()]
    random.shuffle(made)
    data = site_zip("deck", made)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        assert names == [
            f"deck/{PurePosixPath(n)}" for n in sorted(map(PurePosixPath, pages))
        ]
        assert {name: archive.read(f"deck/{name}") for name in pages} == pages


@pytest.mark.parametrize("name", ["a" * 255, "é" * 127, "中" * 85, "é" * 126 + ".md"])
def test_a_name_may_be_as_long_as_file_systems_allow(name: str, tmp_path: Path) -> None:
    name = name.encode()[:255].decode(errors="ignore")
    write_files({tmp_path / name: NEW})
    replace_file(tmp_path / name, NEW * 2)
    assert files(tmp_path) == {str(tmp_path / name): NEW * 2}


@pytest.mark.skipif(os.name == "nt", reason="modes are of Unix")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o755])
def test_a_file_keeps_its_mode(mode: int, tmp_path: Path) -> None:
    place = tmp_path / "a.md"
    _put(place, b"old")
    place.chmod(mode)
    write_files({place: NEW})
    assert stat.S_IMODE(place.stat().st_mode) == mode


def test_nothing_is_left_beside_files_that_cannot_all_be_written(
    tmp_path: Path,
) -> None:
    _put(tmp_path / "file", b"kept")
    with pytest.raises(TriptychError, match="no file was changed"):
        write_files({tmp_path / "a.md": NEW, tmp_path / "file" / "b.md": NEW})
    assert files(tmp_path) == {str(tmp_path / "file"): b"kept"}


@pytest.mark.skipif(os.name == "nt", reason="a folder is replaced there, too")
def test_what_is_left_to_write_stays_staged(tmp_path: Path) -> None:
    """The next run sees by it that this one was not finished."""
    places = [tmp_path / name for name in ("a.md", "b.md", "c.md")]
    (tmp_path / "b.md").mkdir()
    with pytest.raises(TriptychError, match="1 of 3 files were changed"):
        write_files(dict.fromkeys(places, NEW))
    assert files(tmp_path) == {
        str(place): NEW for place in (places[0], *map(staged_name, places[1:]))
    }


@pytest.mark.parametrize("name", OBSTACLES)
def test_a_new_file_takes_no_place_that_is_taken(
    name: str, outside: Path, tmp_path: Path
) -> None:
    place = tmp_path / "a.md"
    OBSTACLES[name](place, outside)
    before = files(outside.parent)
    is_free = name in {"nothing", "the same file", "a link to the same bytes"}
    if is_free or name.startswith("a staged"):
        create_files({place: NEW})
        assert place.read_bytes() == NEW
    else:
        with pytest.raises(TriptychError, match="already"):
            create_files({place: NEW})
    assert files(outside.parent) == before


def test_a_temporary_folder_is_enough() -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_files({Path(folder, "deep", "er", "a.md"): NEW})
        assert Path(folder, "deep/er/a.md").read_bytes() == NEW
