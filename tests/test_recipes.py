"""The recipes in CONTRIBUTING, done as they are written in a copy of the project."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import indent

import pytest
from tests.cases import write_or_delete

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "tests/sample"
_BLOCK = re.compile(
    r"^   ```(\w+)\n   # ([^\n]+)\n(.*?)^   ```$", re.MULTILINE | re.DOTALL
)
_TABLE = "builder/triptych/render/names.py"
_STRINGS = "templates/strings/en.toml"


def recipe(heading: str) -> tuple[str, dict[str, str]]:
    """Return what stands under `heading`, and its code by what the first line says."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = text.split(f"## {heading}\n")[1].split("\n## ")[0]
    blocks = {
        where: re.sub(r"^   ", "", code, flags=re.MULTILINE)
        for _, where, code in _BLOCK.findall(section)
    }
    return section, blocks


def change(path: Path, old: str, new: str) -> None:
    before = path.read_text(encoding="utf-8")
    assert before.count(old) == 1
    path.write_text(before.replace(old, new), encoding="utf-8")


def add(path: Path, after: str, text: str) -> None:
    change(path, after, f"{after}{text}")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    ignored = shutil.ignore_patterns("__pycache__")
    for name in ("builder", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    return tmp_path


def triptych(copy: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "triptych", *arguments],
        env={**os.environ, "PYTHONPATH": str(copy / "builder"), "COLUMNS": "200"},
        cwd=copy,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def add_output(copy: Path) -> None:
    """Add the output as the recipe says."""
    section, blocks = recipe("Add an output")
    title = blocks.pop("[downloads]")
    assert len(blocks) == 2
    for where, code in blocks.items():
        (copy / where).parent.mkdir(exist_ok=True)
        (copy / where).write_text(code, encoding="utf-8")
    (line,) = re.findall(rf"table in `{_TABLE}`: `(.+)`$", section, re.MULTILINE)
    add(copy / _TABLE, '    "anki",\n', f"    {line}\n")
    add(copy / _STRINGS, "\n[downloads]\n", title)


def test_an_output_is_one_folder_and_one_line(copy: Path) -> None:
    add_output(copy)
    assert "text" in triptych(copy, "build", "--help")
    build = ("build", "--no-cache", "--content", str(SAMPLE), "--dist")
    triptych(copy, *build, "some", "text")
    assert {path.name for path in (copy / "some").iterdir() if path.is_dir()} == {
        "text"
    }
    triptych(copy, *build, "all")
    made = (copy / "all/text/sample.tsv").read_text(encoding="utf-8").splitlines()
    assert len(made) == 5
    assert all(line.count("\t") == 1 for line in made)
    offered = copy / "all/site/downloads"
    assert (offered / "sample.tsv").read_text(encoding="utf-8").splitlines() == made
    home = (copy / "all/site/index.html").read_text(encoding="utf-8")
    assert '<a href="downloads/sample.tsv" download>Tab-separated text<' in home


def test_a_deck_may_replace_the_templates_of_a_new_output(copy: Path) -> None:
    add_output(copy)
    section, _ = recipe("Add an output")
    (folder,) = re.findall(r"in a folder of\s+its name in `([a-z]+)/`", section)
    (field,) = re.findall(r"`(\w+=True)`", section)
    output = copy / "builder/triptych/render/text"
    add(output / "__init__.py", '    name="text",\n', f"    {field},\n")
    library = "from triptych.deck.templates import template_bytes\n"
    read = 'template_bytes("text/head.txt", settings.templates)'
    add(output / "render.py", "import PurePosixPath\n\n", library)
    change(output / "render.py", "Catalog, _:", "Catalog, settings:")
    change(output / "render.py", "data = ", f"data = {read} + ")
    files = {
        f"{folder}/text/head.txt": "built in\n",
        "deck/deck.toml": 'id = "d"\ntitle = "D"\n',
        "deck/topic/q.md": "---\nquestion: What?\nsummary: That.\n---\nAn answer.\n",
    }
    for name, text in files.items():
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_text(text, encoding="utf-8")
    build = ("build", "text", "--no-cache", "--content", "deck", "--dist", "dist")
    made = copy / "dist/text/d.tsv"
    triptych(copy, *build)
    assert made.read_text(encoding="utf-8") == "built in\nWhat?\tThat.\n"
    own = copy / "deck/templates/text/head.txt"
    own.parent.mkdir(parents=True)
    own.write_text("of the deck\n", encoding="utf-8")
    triptych(copy, *build, "--strict")
    assert made.read_text(encoding="utf-8") == "of the deck\nWhat?\tThat.\n"


def add_blocks(copy: Path, blocks: dict[str, str], after: dict[str, str]) -> None:
    """Add each block of code after the one place of its file that has this text."""
    assert blocks.keys() == after.keys()
    for where, place in after.items():
        last = place.rstrip("\n").rpartition("\n")[2]
        margin = last[: len(last) - len(last.lstrip())]
        add(copy / where, place, indent(blocks[where], margin))


def test_a_key_is_a_field_a_row_and_a_line(copy: Path) -> None:
    _, blocks = recipe("Add a key")
    places = {
        "builder/triptych/values/meta.py": '    """A date such as 2026-11-22."""\n',
        "builder/triptych/dialect/keys.py": '        "id": Key(KeyShape.ID, "permanent:'
        ' URL, Anki GUID, practice key"),\n',
        "builder/triptych/parse/meta.py": "        figure=front_matter.text"
        '("figure"),\n',
    }
    add_blocks(copy, blocks, places)
    assert "a phrase that helps to remember" in triptych(copy, "schema")
    deck = copy / "deck"
    write_or_delete(deck, "deck.toml", 'id = "d"\ntitle = "D"\n')
    write_or_delete(deck, "t/a.md", "---\nquestion: Why?\nmnemonic: So\n---\nSo.\n")
    triptych(copy, "check", "--strict", "--content", str(deck))
    read = (
        "from pathlib import Path; from triptych.deck.project import open_project;"
        "from triptych.parse.document import parse;"
        f"(source,) = open_project(Path({str(deck)!r})).folder.sources;"
        "print(parse(source).meta.mnemonic)"
    )
    environment = {**os.environ, "PYTHONPATH": str(copy / "builder")}
    command = [sys.executable, "-c", read]
    assert subprocess.check_output(command, env=environment, text=True) == "So\n"


def test_a_setting_is_a_field_a_row_and_what_reads_it(copy: Path) -> None:
    _, blocks = recipe("Add a setting")
    places = {
        "builder/triptych/values/deck.py": '    """A picture beside the title, relative'
        ' to the deck folder; empty for none."""\n',
        "builder/triptych/dialect/settings.py": '    Setting("site", "logo", FILE, "a'
        ' picture beside the title"),\n',
        "templates/site/home.html": "<h1>{{ deck.title }}</h1>\n",
    }
    add_blocks(copy, blocks, places)
    deck = copy / "deck"
    settings = 'id = "d"\ntitle = "D"\n[site]\nmotto = "Step by step"\n'
    write_or_delete(deck, "deck.toml", settings)
    write_or_delete(deck, "t/a.md", "---\nquestion: Why?\n---\nSo.\n")
    triptych(copy, "check", "--strict", "--content", str(deck))
    dist = str(copy / "dist")
    triptych(
        copy, "build", "site", "--no-cache", "--content", str(deck), "--dist", dist
    )
    home = (copy / "dist/site/index.html").read_text(encoding="utf-8")
    assert '<p class="motto">Step by step</p>' in home
