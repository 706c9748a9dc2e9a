"""The README's pictures show what is built now, and load at once."""

import json
from pathlib import Path

from tests.readme_pictures import FOLDER, MAX_BYTES, STATE, built, digests

ROOT = Path(__file__).parents[1]
NAMES = ("card", "page", "sheet")


def test_the_readme_shows_three_small_pictures() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in NAMES if f"docs/media/{name}.png" not in text] == []
    sizes = [(FOLDER / f"{name}.png").stat().st_size for name in NAMES]
    assert sum(sizes) <= MAX_BYTES


def test_the_pictures_are_of_what_is_built(tmp_path: Path) -> None:
    now = digests(built(tmp_path / "dist"))
    noted = json.loads(STATE.read_text(encoding="utf-8"))
    stale = [name for name in NAMES if noted[name] != now[name]]
    assert stale == [], "run `python -m tests.readme_pictures`, and look at them"
