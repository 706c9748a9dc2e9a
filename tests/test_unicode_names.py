"""Names in NFC and NFD are one name: of pictures, of files, of tags and of places."""

import unicodedata
from pathlib import Path

import pytest

from triptych.build.build import build, check
from triptych.deck.project import open_project
from triptych.notes.names import tag

NAME = "Übersicht-é"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'


@pytest.mark.parametrize("disk", ["NFC", "NFD"])
@pytest.mark.parametrize("written", ["NFC", "NFD"])
def test_a_name_is_found_in_either_form(
    disk: str, written: str, tmp_path: Path
) -> None:
    there = unicodedata.normalize(disk, NAME)  # type: ignore[arg-type]
    here = unicodedata.normalize(written, NAME)  # type: ignore[arg-type]
    deck = tmp_path / "deck"
    for folder in ("t", "media"):
        (deck / folder).mkdir(parents=True)
    (deck / "deck.toml").write_text('id = "d"\ntitle = "D"\n')
    (deck / f"media/{there}.svg").write_text(SVG)
    (deck / f"t/{there}.md").write_text(
        f"---\nid: a\nquestion: What?\ntags: [{there}]\n---\nThis.\n\n"
        f"## {there}\n\nMore.\n"
    )
    (deck / "t/b.md").write_text(
        f"---\nquestion: Where?\ntags: [{here}]\n---\n![p](media/{here}.svg)"
        f" [a]({here}.md) [b]({here}.md#{here.lower()})\n"
    )
    project = open_project(deck)
    assert check(project).diagnostics == ()
    build(project, tmp_path / "dist")
    page = (tmp_path / "dist/site/q/b.html").read_text()
    assert 'href="a.html"' in page or 'href="../q/a.html"' in page
    assert len(list((tmp_path / "dist/site/tags").iterdir())) == 1


def test_a_slash_parts_the_levels_of_a_tag() -> None:
    assert tag("a/b") == tag("a::b") == "a::b"
