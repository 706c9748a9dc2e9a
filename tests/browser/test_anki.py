"""From Anki to the page and back: real Anki exports reviews and takes the search."""

import json
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.anki.conftest import PROBE
from tests.browser.conftest import Visitor
from tests.browser.test_practice import ROWS

if TYPE_CHECKING:
    from playwright.sync_api import Page

ANSWERS = [1, 3, 4, 2, 3, 1, 1, 4, 3, 2, 3, 3]


def anki(*steps: dict[str, Any]) -> list[Any]:
    """Do `steps` in a new collection of real Anki."""
    done = subprocess.run(
        [sys.executable, PROBE],
        input=json.dumps(steps),
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[Any] = json.loads(done.stdout)
    return found


def bring_in(page: "Page", file: Path) -> str:
    """Choose a file to bring in; return what the page says before it does so."""
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Bring in").click()
    chooser.value.set_files(file)
    said = page.locator(".notice")
    said.wait_for()
    return said.inner_text()


def test_a_damaged_package_is_refused_with_a_word(
    visit: Visitor, real: Path, tmp_path: Path
) -> None:
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 3, 3, 50, 2**31, 0)
    file = tmp_path / "damaged.apkg"
    file.write_bytes(b"PK\3\4" + bytes(60) + end)
    with visit() as it:
        it.open(f"{real.as_uri()}/practice.html")
        assert "export it from Anki again" in bring_in(it.page, file)
    assert it.complaints == []


def test_reviews_of_anki_come_in_once_and_weak_ones_are_found_there(
    visit: Visitor,
    sample: Path,
    tmp_path: Path,
    requires: Callable[[str, str], None],
) -> None:
    requires("anki", "pip install '.[test]'")
    (package,) = (sample / "downloads").glob("*.apkg")
    old, new = tmp_path / "old.apkg", tmp_path / "new.apkg"
    look = anki({"do": "import", "path": str(package)}, {"do": "look"})[1]
    deck = min((name for name in look["decks"] if name != "Default"), key=len)
    *_, reviews, _, _ = anki(
        {"do": "import", "path": str(package)},
        {"do": "study", "deck": deck, "answers": ANSWERS},
        {"do": "reviews"},
        {"do": "export", "path": str(old)},
        {"do": "export", "path": str(new), "legacy": False},
    )
    assert len(reviews) >= 6
    with visit() as it:
        page = it.page
        it.open(f"{sample.as_uri()}/practice.html")
        said = bring_in(page, old)
        assert f"Entries: 0 here, {len(reviews)} in the file" in said
        page.get_by_role("button", name="Merge").click()
        page.locator(".topics").wait_for()
        expected = [[moment, id_, grade, [], "anki"] for moment, id_, grade in reviews]
        assert page.evaluate(ROWS) == expected
        assert "All of it is here already" in bring_in(page, old)
        page.get_by_role("button", name="Cancel").click()
        assert "Support older Anki versions" in bring_in(page, new)
        page.get_by_role("button", name="Cancel").click()
        broken = tmp_path / "broken.apkg"
        broken.write_bytes(old.read_bytes()[:300])
        assert "no progress of this site" in bring_in(page, broken)
        page.get_by_role("button", name="Cancel").click()
        page.get_by_role("switch", name="Small cards too").click()
        page.get_by_role("button", name="The weak ones in Anki").click()
        search = page.locator(".to-copy").input_value()
    last = {id_: grade for _, id_, grade in reviews}
    weak = sorted(id_ for id_, grade in last.items() if grade == 1)
    assert weak
    found = anki(
        {"do": "import", "path": str(package)}, {"do": "search", "text": search}
    )
    assert found[1] == weak
    assert it.complaints == []
