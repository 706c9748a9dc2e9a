"""The manifest lists exactly the files of `dist/`, and names what they are made of."""

import hashlib
import json
import re
import shutil
import tempfile
import tomllib
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cases import write_deck

from triptych.build.build import check_and_typeset, settings_of
from triptych.build.libraries import libraries
from triptych.build.manifest import manifest_header
from triptych.build.options import BuildOptions
from triptych.deck.project import open_project
from triptych.dialect.files import MANIFEST_FILE
from triptych.emit.emit import emit
from triptych.values.artifact import Artifact

ROOT = Path(__file__).parents[2]
OUTPUTS = ("anki", "sheet", "site")
NAMES = ("a", "b", "deep/a", "deep/er/c")
FILES = st.dictionaries(
    st.sampled_from([f"{output}/{name}" for output in OUTPUTS for name in NAMES]),
    st.binary(max_size=3),
)
CHOSEN = st.sets(st.sampled_from(OUTPUTS), min_size=1).map(sorted).map(tuple)
LOST = st.sets(
    st.sampled_from([*OUTPUTS, *(f"{o}/{n}" for o in OUTPUTS for n in NAMES)])
)
BUILDS = st.lists(st.tuples(CHOSEN, FILES, LOST), min_size=1, max_size=5)


def lose(dist: Path, name: str) -> None:
    """Delete a file or a folder, as somebody might between two builds."""
    place = dist / name
    if place.is_dir():
        shutil.rmtree(place)
    elif place.is_file():
        place.unlink()


def digests(dist: Path) -> dict[str, str]:
    return {
        path.relative_to(dist).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in dist.rglob("*")
        if path.is_file() and path.parent != dist
    }


@given(BUILDS)
@settings(max_examples=60, deadline=None)
def test_the_manifest_lists_what_is_there(
    builds: list[tuple[tuple[str, ...], dict[str, bytes], set[str]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        dist = Path(folder)
        for outputs, files, lost in builds:
            made = [
                Artifact(PurePosixPath(name), data)
                for name, data in sorted(files.items())
                if name.partition("/")[0] in outputs
            ]
            emit(made, dist, outputs=outputs, about={"deck": "d"})
            listed = json.loads((dist / MANIFEST_FILE).read_bytes())["files"]
            assert listed == digests(dist)
            assert list(listed) == sorted(listed)
            for name in lost:
                lose(dist, name)


DECK = """=== deck.toml
id = "d"
title = "D"
=== t/a.md
---
question: What is it?
---
![A circle](a.svg)
=== t/a.svg
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="4"/></svg>
"""


def inputs(content: Path, edition: str = "") -> object:
    """Return the digest of all that the outputs of a deck are made of."""
    project, options = open_project(content), BuildOptions(edition=edition)
    catalog = check_and_typeset(project).catalog
    assert catalog
    return manifest_header(project, catalog, settings_of(project, options), {})[
        "inputs"
    ]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("deck.toml", '"D"', '"E"'),
        ("t/a.md", "it?", "that?"),
        ("t/a.svg", 'r="4"', 'r="3"'),
    ],
)
def test_the_manifest_differs_between_decks_by_every_file(
    name: str, old: str, new: str, tmp_path: Path
) -> None:
    content = write_deck(tmp_path, DECK)
    before = inputs(content)
    assert inputs(content) == before
    text = (content / name).read_text(encoding="utf-8")
    (content / name).write_text(text.replace(old, new), encoding="utf-8")
    assert inputs(content) != before


def test_the_manifest_differs_between_editions_and_names_of_files(
    tmp_path: Path,
) -> None:
    content = write_deck(tmp_path, DECK.replace("question:", "id: a\nquestion:"))
    before = inputs(content)
    assert inputs(content, "First") not in {before, inputs(content, "Second")}
    (content / "t/a.md").rename(content / "t/b.md")
    assert inputs(content) != before


def test_every_library_is_in_the_manifest_unless_no_output_depends_on_it() -> None:
    # What builds keep depends on the same list.
    required = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    names = {
        re.split(r"[<>=]", line)[0] for line in required["project"]["dependencies"]
    }
    tools = {"click", "markdownify", "watchfiles"}
    assert {*libraries()} == names - tools | {"markupsafe"}  # which jinja2 depends on
