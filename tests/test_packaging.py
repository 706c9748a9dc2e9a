"""What is installed: a wheel works far from the repository, an edit shows at once."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
_PARTS = ("builder", "man", "templates", "pyproject.toml", "setup.py", "MANIFEST.in")
_ABOUT = ("CHANGELOG.md", "LICENSE", "README.md")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of what packages are made of: a build leaves files behind."""
    folder = tmp_path_factory.mktemp("source")
    for name in (*_PARTS, *_ABOUT):
        part = ROOT / name
        if part.is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(part, folder / name, ignore=ignored)
        else:
            shutil.copy(part, folder / name)
    return folder


@pytest.fixture(scope="module")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "pip", "wheel", "--no-deps", "-w", folder, source)
    (made,) = folder.glob("*.whl")
    return zipfile.ZipFile(made)


def run(
    *command: str | Path, cwd: Path | None = None, env: dict[str, str] | None = None
) -> str:
    done = subprocess.run(
        [str(word) for word in command],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env=env,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_wheel_holds_every_template_and_nothing_foreign(
    wheel: zipfile.ZipFile,
) -> None:
    shipped = {
        name.removeprefix("triptych/_templates/"): wheel.read(name)
        for name in wheel.namelist()
        if name.startswith("triptych/_templates/")
    }
    templates = {
        path.relative_to(ROOT / "templates").as_posix(): path.read_bytes()
        for path in (ROOT / "templates").rglob("*")
        if path.is_file()
    }
    assert shipped == templates
    tops = {name.split("/")[0] for name in wheel.namelist()}
    others = {top for top in tops if not top.endswith((".data", ".dist-info"))}
    assert others == {"triptych"}
    data = [name for name in wheel.namelist() if ".data/" in name]
    assert [name.split("/data/")[1] for name in data] == ["share/man/man1/triptych.1"]
    assert any(name.endswith("licenses/LICENSE") for name in wheel.namelist())


def test_an_installed_wheel_makes_and_builds_a_deck_anywhere(
    wheel: zipfile.ZipFile, tmp_path: Path
) -> None:
    installed = tmp_path / "installed"
    wheel.extractall(installed)
    here = {**os.environ, "PYTHONPATH": str(installed)}
    where = "import triptych.deck.templates as t; print(t.folder())"
    found = run(sys.executable, "-c", where, cwd=tmp_path, env=here)
    assert Path(found.strip()) == installed / "triptych/_templates"
    run(sys.executable, "-m", "triptych", "init", "deck", cwd=tmp_path, env=here)
    deck = tmp_path / "deck"
    run(sys.executable, "-m", "triptych", "build", "--strict", cwd=deck, env=here)
    assert (deck / "dist/manifest.json").is_file()


def test_an_editable_install_reads_the_templates_where_they_are_edited(
    source: Path, tmp_path: Path
) -> None:
    run(sys.executable, "-m", "venv", tmp_path / "venv")
    python = tmp_path / "venv/bin/python"
    run(python, "-m", "pip", "install", "--no-deps", "-e", source)
    where = "import triptych.deck.templates as t; print(t.folder())"
    found = run(python, "-c", where, cwd=tmp_path)
    assert Path(found.strip()) == source / "templates"
