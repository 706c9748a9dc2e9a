"""The sample deck, which uses every feature, comes out as it is kept here.

`pytest --update` rewrites what is kept; read the difference before you commit it.
"""

import io
import json
import re
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from triptych.build.build import build
from triptych.build.outputs import RenderOptions, render_outputs
from triptych.build.timing import Timings
from triptych.deck.project import open_project
from triptych.render.settings import render_settings
from triptych.values.artifact import Artifact
from triptych.values.catalog import Catalog

HERE = Path(__file__).parent
GOLDEN = HERE / "golden"
SAMPLE = HERE / "sample"
WHOLE = ("index", "q/average")
"""One page with all that pages share, and a redirect; of others, what is their own."""
PAGES = (*WHOLE, "q/mean", "q/code-mean", "q/nasty", "tests/code-mean", "topics/traps")


LINE_FEED = "\N{DOWNWARDS ARROW WITH CORNER LEFTWARDS}"
"""Stands before each line feed that a page has, in what is kept of it."""


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    report, _ = build(open_project(SAMPLE), tmp_path_factory.mktemp("dist"))
    assert report.catalog
    return report.catalog


def rendered(catalog: Catalog, output: str) -> dict[str, Artifact]:
    settings = render_settings(catalog.deck, SAMPLE)
    found, _ = render_outputs(
        catalog, settings, [output], RenderOptions(downloads=False), Timings()
    )
    return {str(artifact.path): artifact for artifact in found}


def one_tag_a_line(html: str) -> str:
    """Return `html` with a line for each start tag, so that a difference can be read.

    A line feed of its own is marked, so that every difference shows.
    """
    assert LINE_FEED not in html
    marked = html.replace("\n", f"{LINE_FEED}\n")
    return re.sub(r"(?<!\n)(?=<[^/])", "\n", marked).lstrip("\n") + "\n"


def compare(name: str, text: str, *, update: bool) -> None:
    path = GOLDEN / name
    if update:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), f"{name} differs: see --update"


def notes(package: bytes) -> list[dict[str, object]]:
    """Return the notes of a package with their fields by name, tags and cards."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        data = archive.read("collection.anki2")
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(data)
        models, decks = map(
            json.loads, database.execute("SELECT models, decks FROM col").fetchone()
        )
        found = []
        rows = database.execute("SELECT id, guid, mid, tags, flds FROM notes")
        for note, guid, model, tags, fields in rows.fetchall():
            names = [field["name"] for field in models[str(model)]["flds"]]
            cards = database.execute(
                "SELECT ord, did, due FROM cards WHERE nid = ? ORDER BY ord", (note,)
            )
            found.append(
                {
                    "guid": guid,
                    "type": models[str(model)]["name"],
                    "tags": tags.split(),
                    "cards": [
                        [ord_, decks[str(deck)]["name"], due]
                        for ord_, deck, due in cards
                    ],
                    "fields": {
                        key: value
                        for key, value in zip(names, fields.split("\x1f"), strict=True)
                        if value
                    },
                }
            )
    return found


def test_the_notes_of_the_sample(catalog: Catalog, update: bool) -> None:  # noqa: FBT001
    package = rendered(catalog, "anki")["anki/sample.apkg"].data
    text = json.dumps(notes(package), ensure_ascii=False, indent=1) + "\n"
    compare("anki/notes.json", text, update=update)


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_of_the_sample(catalog: Catalog, page: str, update: bool) -> None:  # noqa: FBT001
    html = rendered(catalog, "site")[f"site/{page}.html"].data.decode()
    if page not in WHOLE:
        start, end = html.index("<main"), html.index("</main>")
        html = html[start:end] + "</main>\n"
    compare(f"site/{page}.html", one_tag_a_line(html), update=update)
