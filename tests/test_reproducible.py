"""Same input, same bytes: across hash seeds, time zones, umasks, places and jobs."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parent / "sample"


def build(content: Path, dist: Path, *arguments: str, **environment: str) -> None:
    command = [sys.executable, "-m", "triptych", "build", *arguments]
    command += ["--content", str(content), "--dist", str(dist)]
    done = subprocess.run(
        command,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        umask=int(environment.get("UMASK", "22"), 8),
    )
    assert done.returncode == 0, done.stderr


def files(dist: Path) -> dict[str, bytes]:
    return {
        path.relative_to(dist).as_posix(): path.read_bytes()
        for path in sorted(dist.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    dist = tmp_path_factory.mktemp("first")
    build(SAMPLE, dist, "--jobs", "1", PYTHONHASHSEED="1", TZ="UTC")
    return files(dist)


def test_another_machine_makes_the_same_bytes(
    first: dict[str, bytes], tmp_path: Path
) -> None:
    content = tmp_path / "elsewhere" / "deep" / "deck"
    shutil.copytree(SAMPLE, content)
    for path in content.rglob("*"):
        os.utime(path, (1, 1))
    dist = tmp_path / "dist"
    elsewhere = {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Kiritimati", "UMASK": "077"}
    build(content, dist, "--jobs", "2", LC_ALL="C", **elsewhere)
    second = files(dist)
    assert list(second) == list(first)
    assert [name for name in first if first[name] != second[name]] == []


def test_line_ends_and_file_order_do_not_matter(
    first: dict[str, bytes], tmp_path: Path
) -> None:
    content = tmp_path / "deck"
    shutil.copytree(SAMPLE, content)
    for path in content.rglob("*.md"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    build(content, tmp_path / "dist")
    second = files(tmp_path / "dist")
    assert [name for name in first if first[name] != second[name]] == []


def test_a_second_build_writes_nothing(tmp_path: Path) -> None:
    build(SAMPLE, tmp_path)
    times = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    build(SAMPLE, tmp_path)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == times


def test_no_output_names_the_place_it_was_built_at(first: dict[str, bytes]) -> None:
    here = str(SAMPLE.resolve().parent).encode()
    assert [name for name, data in first.items() if here in data] == []
