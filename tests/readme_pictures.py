"""Take the README's pictures of a card, a page and the sheet, from a built deck.

Run it as `python -m tests.readme_pictures` when `test_readme_pictures.py` says that
they are stale. It needs Chromium and poppler. The deck is the part of this
repository's deck that the pictures show, so that a change elsewhere makes none stale.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from triptych.build.build import build, check_and_typeset, settings_of
from triptych.build.options import BuildOptions
from triptych.build.where import where
from triptych.deck.project import open_project
from triptych.notes.sides import card_sides

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "media"
STATE = FOLDER / "pictures.json"
MAX_BYTES = 300_000
"""All pictures together, so that the README loads at once."""
QUESTION = "overfitting"
OPTIONS = BuildOptions(where=where("topic=fundamentals or topic=classical-models"))
_WIDTH, _HEIGHT = 390, 600
_LINKED = re.compile(r'(?:href|src)="(\.\./(?:media/)?[\w.-]+\.(?:css|svg|png))"')


def built(dist: Path) -> dict[str, list[bytes]]:
    """Build what the pictures show in `dist`; return the files of each."""
    project = open_project(ROOT / "content")
    build(project, dist, ("anki", "sheet", "site"), OPTIONS)
    page = dist / "site" / "q" / f"{QUESTION}.html"
    linked = sorted(set(_LINKED.findall(page.read_text(encoding="utf-8"))))
    page_files = [page, *((page.parent / path).resolve() for path in linked)]
    shown = write_card(dist)
    (sheet,) = (dist / "sheet").glob("*-cheatsheet.pdf")
    return {
        "card": [path.read_bytes() for path in shown],
        "page": [path.read_bytes() for path in page_files],
        "sheet": [sheet.read_bytes()],
    }


def write_card(dist: Path) -> list[Path]:
    """Write the back of the question's card, as the package has it, and its pictures.

    The files that were written are returned.
    """
    project = open_project(ROOT / "content")
    catalog = check_and_typeset(project, OPTIONS).catalog
    if catalog is None:
        raise SystemExit("the deck has errors: see triptych check")
    plan = settings_of(project, OPTIONS).plan(catalog)
    note = next(note for note in plan.notes if note.id == QUESTION)
    sides = next(iter(card_sides(note, plan)))
    css = plan.types[note.type].type.css
    html = (
        '<!DOCTYPE html><html><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f'<style>{css}</style></head><body class="card">{sides.back}</body></html>'
    )
    page = dist / "card.html"
    page.write_text(html, encoding="utf-8")
    pictures = [item for item in catalog.media.values() if item.name in note.media]
    for picture in pictures:
        (dist / picture.name).write_bytes(picture.data)
    return [page, *(dist / picture.name for picture in pictures)]


def digests(files: dict[str, list[bytes]]) -> dict[str, str]:
    """Return a digest of the files that each picture shows."""
    return {
        name: hashlib.sha256(b"\0".join(parts)).hexdigest()
        for name, parts in files.items()
    }


def take(dist: Path) -> None:
    """Take the pictures of the files in `dist`."""
    FOLDER.mkdir(exist_ok=True)
    site = dist / "site" / "q" / f"{QUESTION}.html"
    for name, file in (("card", dist / "card.html"), ("page", site)):
        _photograph(file.as_uri(), FOLDER / f"{name}.png")
    (sheet,) = (dist / "sheet").glob("*-cheatsheet.pdf")
    target = FOLDER / "sheet"
    command = [
        "pdftoppm",
        "-png",
        "-gray",
        "-singlefile",
        "-f",
        "1",
        "-l",
        "1",
        "-r",
        "66",
    ]
    subprocess.run([*command, str(sheet), str(target)], check=True)


def _photograph(address: str, target: Path) -> None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - not for digests

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(
            viewport={"width": _WIDTH, "height": _HEIGHT}, color_scheme="light"
        )
        page.goto(address)
        page.screenshot(path=str(target))
        browser.close()


def main() -> int:
    """Build, take the pictures, and note what they show."""
    with tempfile.TemporaryDirectory() as folder:
        dist = Path(folder, "dist")
        files = built(dist)
        take(dist)
    state = digests(files)
    STATE.write_text(json.dumps(state, indent=1) + "\n", encoding="utf-8")
    sizes = {path.name: path.stat().st_size for path in FOLDER.glob("*.png")}
    print(sizes, sum(sizes.values()))
    return int(sum(sizes.values()) > MAX_BYTES)


if __name__ == "__main__":
    sys.exit(main())
