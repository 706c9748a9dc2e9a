"""``triptych serve``: a preview that follows the author and writes only into dist/."""

import os
import re
import shutil
import socket
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner
from tests.cases import write_deck
from tests.previews import serving

from triptych.build.build import build
from triptych.build.options import BuildOptions
from triptych.cli.main import cli
from triptych.deck.project import open_project
from triptych.errors import TriptychError
from triptych.serve.pages import file_for_url, media_type, with_live_reload
from triptych.serve.preview import Preview, Problem

DECK = """\
=== topic/one.md
---
question: What is one?
---
The answer is one.
=== topic/two.md
---
question: What is two?
---
The answer is two.
"""
OUTSIDE = [
    "/../manifest.json",
    "/%2e%2e/manifest.json",
    "/..%2fmanifest.json",
    "/q/../../manifest.json",
    "/..\\manifest.json",
    "/..%5cmanifest.json",
    "//etc/passwd",
    "/%2fetc%2fpasswd",
    "/.hidden",
    "/link/passwd",
    "/secret",
    "/C:/windows",
    "/index.html%00.css",
    "/q",
    "/missing.html",
]


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    return write_deck(tmp_path / "content", DECK)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a folder that has links out of itself."""
    site = tmp_path / "dist/site"
    (site / "q").mkdir(parents=True)
    for name in ("index.html", ".hidden", "q/a b.html"):
        (site / name).write_text(name)
    (tmp_path / "dist/manifest.json").write_text("{}")
    (site / "link").symlink_to("/etc")
    (site / "secret").symlink_to("/etc/passwd")
    return site


def files(root: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(path.relative_to(root)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in root.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("url", OUTSIDE)
def test_no_address_leads_out_of_the_site(site: Path, url: str) -> None:
    assert file_for_url(site, url) is None


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("/", "index.html"),
        ("/index.html?x=/../y#z", "index.html"),
        ("/q/a%20b.html", "q/a b.html"),
    ],
)
def test_an_address_leads_to_its_file(site: Path, url: str, name: str) -> None:
    assert file_for_url(site, url) == site / name


def test_a_page_is_made_live_and_may_listen() -> None:
    policy = (
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
    )
    page = f'<html lang="en"><head>{policy}</head><body></head></body></html>'
    made = with_live_reload(page.encode(), "b1").decode()
    assert made.startswith('<html data-preview lang="en">')
    assert "content=\"connect-src 'self'; default-src 'none'\"" in made
    assert made.count('data-build="b1"') == 1
    assert made.index("live.js") < made.index("<body>")


def test_files_have_the_types_that_browsers_insist_on() -> None:
    assert media_type("style.css") == "text/css; charset=utf-8"
    assert media_type("script.JS") == "text/javascript; charset=utf-8"
    assert media_type("x.apkg") == "application/octet-stream"


def test_news_reach_who_waits_and_only_once(tmp_path: Path) -> None:
    preview = Preview(tmp_path)
    first = preview.wait(-1, 0)
    assert first is not None
    assert (first.number, first.build, first.problems) == (0, "", ())
    assert preview.wait(first.number, 0) is None
    (tmp_path / "manifest.json").write_text("{}")
    problems = (Problem("error", "wrong"),)
    preview.announce(problems)
    second = preview.wait(first.number, 0)
    assert second is not None
    assert second.problems == problems
    assert second.build


def test_a_served_site_is_the_site_that_build_makes(deck: Path, tmp_path: Path) -> None:
    before = files(deck)
    with serving(deck) as server:
        status, home = server.get("")
        assert status == 200
        assert b"live.js" in home
        for url in OUTSIDE:
            assert server.get(url.lstrip("/"))[0] == 404
        assert server.interrupt()[0] == 130
    assert files(deck) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["content", "dist"]
    build(
        open_project(deck),
        tmp_path / "again",
        ("site",),
        BuildOptions(jobs=1, downloads=False),
    )
    made = {name: data for name, (data, _) in files(tmp_path / "dist").items()}
    assert made == {n: data for n, (data, _) in files(tmp_path / "again").items()}
    assert not any(b"__triptych__" in data for data in made.values())


def test_a_change_is_built_and_a_mistake_keeps_the_last_build(deck: Path) -> None:
    page, question = "q/one.html", deck / "topic/one.md"
    sound = question.read_text()
    with serving(deck) as server, server.news() as news:
        first = next(news)
        question.write_text(sound.replace("is one.", "is 1."))
        second = next(news)
        assert second["build"] != first["build"]
        assert b"The answer is 1." in server.get(page)[1]
        question.write_text(sound.replace("question:", "qustion:"))
        third = next(news)
        assert third["build"] == second["build"]
        [problem] = third["problems"]
        assert problem["place"].endswith("topic/one.md:2:1")
        assert (problem["severity"], problem["rule"]) == ("error", "unknown-key")
        assert problem["hint"] == "did you mean `question`?"
        place = (deck / "topic/one.md").as_posix()
        assert problem["link"] == f"vscode://file{quote(place)}:2:1"
        assert b"The answer is 1." in server.get(page)[1]
        question.write_text(sound)
        fourth = next(news)
        assert not fourth["problems"]
        assert b"The answer is one." in server.get(page)[1]
        code, out, err = server.interrupt()
    assert code == 130
    assert "1 error; the last build stays\n" in out
    assert "; no problems (1 fixed)\n" in out
    assert err.strip() == ""


def test_a_picture_that_changes_is_shown_anew(deck: Path) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="9"/>'
    picture = deck / "media/square.svg"
    picture.parent.mkdir()
    picture.write_text(svg.format(8))
    with (deck / "topic/one.md").open("a") as file:
        file.write("\n![A square](media/square.svg)\n")
    with serving(deck) as server, server.news() as news:
        next(news)
        picture.write_text(svg.format(9))
        next(news)
        found = re.search(rb"media/square-\w+\.svg", server.get("q/one.html")[1])
        assert found
        assert svg.format(9).encode() == server.get(found[0].decode())[1]


def test_an_unfinished_build_is_not_shown(deck: Path, tmp_path: Path) -> None:
    with serving(deck) as server:
        (tmp_path / "dist/manifest.json").unlink()
        status, page = server.get("q/one.html")
    assert status == 503
    assert b"The answer" not in page
    assert b"live.js" in page


def test_a_deck_that_never_built_says_why(deck: Path) -> None:
    (deck / "topic/one.md").write_text("no front matter")
    with serving(deck) as server, server.news() as news:
        assert next(news)["problems"][0]["rule"] == "no-front-matter"
        assert server.get("")[0] == 503
        shutil.rmtree(deck)
        assert "deck.toml" in next(news)["problems"][0]["message"]


def test_a_port_that_is_taken_is_named(deck: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        result = CliRunner().invoke(
            cli, ["serve", "--content", str(deck), "--port", port]
        )
    assert isinstance(result.exception, TriptychError)
    assert f"port {port}" in str(result.exception)


def test_without_a_deck_nothing_is_served(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["serve", "--content", os.fspath(tmp_path)])
    assert isinstance(result.exception, TriptychError)
