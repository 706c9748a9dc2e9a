"""A deck of guides without questions, such as documentation, is a site."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.cases import write_deck

from triptych.build.build import build
from triptych.cli.main import cli
from triptych.deck.project import open_project
from triptych.errors import TriptychError

GUIDES_ALONE = "=== guides/how.md\n---\ntitle: How\n---\nAs it is shown.\n"


def test_a_deck_of_guides_alone_is_a_site(tmp_path: Path) -> None:
    deck = write_deck(tmp_path / "deck", GUIDES_ALONE)
    arguments = ["build", "--strict", "--content", str(deck), "--dist"]
    reported = CliRunner().invoke(cli, [*arguments, str(tmp_path / "dist")])
    assert reported.exit_code == 0
    assert "there is no question: only site was made\n" in reported.output
    made = {path.name for path in (tmp_path / "dist").iterdir() if path.is_dir()}
    assert made == {"site"}
    site = tmp_path / "dist/site"
    assert {path.name for path in (site / "downloads").iterdir()} == {"test-site.zip"}
    home = (site / "index.html").read_text(encoding="utf-8")
    assert 'href="guides/how.html"' in home
    assert not re.search(r"question|sheet\.html|tags\.html", home)


@pytest.mark.parametrize(
    ("outputs", "made"),
    [(["epub"], "epub was"), (["epub", "site"], "epub and site were")],
)
def test_what_was_made_of_guides_alone_is_named(
    outputs: list[str], made: str, tmp_path: Path
) -> None:
    deck = write_deck(tmp_path / "deck", GUIDES_ALONE)
    folders = ["--content", str(deck), "--dist", str(tmp_path / "dist")]
    reported = CliRunner().invoke(cli, ["build", *outputs, *folders])
    assert reported.exit_code == 0
    assert f"there is no question: only {made} made\n" in reported.stderr


def test_no_page_of_guides_alone_links_to_a_page_that_is_not_made(
    tmp_path: Path,
) -> None:
    deck = write_deck(tmp_path / "deck", GUIDES_ALONE)
    build(open_project(deck), tmp_path / "dist", ("site",))
    site = tmp_path / "dist/site"
    missing = [
        (page.name, url)
        for page in site.rglob("*.html")
        for url in re.findall(r'<a [^>]*href="([^":#?]+)', page.read_text("utf-8"))
        if page.name != "404.html" and not (page.parent / url).exists()
    ]
    assert missing == []


def test_no_deck_and_no_sheet_is_made_of_guides_alone(tmp_path: Path) -> None:
    deck = write_deck(tmp_path / "deck", GUIDES_ALONE)
    why = "no question to make anki, sheet of: only epub and site can be made of guides"
    with pytest.raises(TriptychError, match=why):
        build(open_project(deck), tmp_path / "dist", ("anki", "sheet"))
    assert not (tmp_path / "dist").exists()


def test_outputs_of_questions_that_are_gone_are_removed(tmp_path: Path) -> None:
    question = "=== topic/a.md\n---\nquestion: What?\n---\nThat.\n"
    deck = write_deck(tmp_path / "deck", GUIDES_ALONE + question)
    build(open_project(deck), tmp_path / "dist")
    assert (tmp_path / "dist/anki/test.apkg").exists()
    (deck / "topic/a.md").unlink()
    build(open_project(deck), tmp_path / "dist")
    assert list((tmp_path / "dist").rglob("*.apkg")) == []
    assert list((tmp_path / "dist").rglob("*.pdf")) == []
