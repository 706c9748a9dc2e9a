"""``triptych serve``: a preview that follows the author and writes only into dist/."""

import os
import re
import shutil
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from html import unescape
from pathlib import Path
from threading import Thread
from typing import Self
from urllib.parse import quote

import pytest
from click.testing import CliRunner
from tests.cases import write_deck
from tests.previews import serving
from watchfiles import Change

from triptych.build.build import build
from triptych.build.options import BuildOptions
from triptych.cli.main import cli
from triptych.deck.project import open_project
from triptych.deck.templates import folder as template_folder
from triptych.deck.templates import template
from triptych.errors import TriptychError
from triptych.serve import watch
from triptych.serve.card_math import typeset_formulas
from triptych.serve.hosts import is_own_host
from triptych.serve.pages import file_for_url, media_type, with_live_reload
from triptych.serve.preview import Preview, Problem
from triptych.serve.server import Server

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
        request = "{} / HTTP/1.1\r\nHost: localhost\r\n\r\n".format
        answer = spoken(server.url, request("GET"))
        assert answer.endswith(b"\r\n\r\n" + home)
        # The headers are the same, but for the moment.
        heads = [answer.removesuffix(home), spoken(server.url, request("HEAD"))]
        told = [[b for b in h.split(b"\r\n") if b[:5] != b"Date:"] for h in heads]
        assert told[0] == told[1]
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


def test_a_page_waits_for_the_build_that_is_being_written(tmp_path: Path) -> None:
    preview, seen = Preview(tmp_path), list[str]()
    reader = Thread(target=lambda: seen.append(preview.build(timeout=60)))
    with preview.building():
        reader.start()
        reader.join(timeout=0.3)
        assert seen == []
        (tmp_path / "manifest.json").write_text("{}")
        preview.announce(())
        reader.join()
    assert seen == [preview.build(timeout=0)] != [""]


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


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8000", 200),
        ("LOCALHOST", 200),
        ("127.0.0.1:1", 200),
        ("[::1]:8000", 200),
        ("evil.example:8000", 421),
        ("localhost.evil.example", 421),
        ("192.168.1.7", 421),
        ("", 421),
    ],
)
def test_only_this_machines_own_names_are_answered(
    deck: Path, host: str, status: int
) -> None:
    with serving(deck) as server:
        answer = spoken(server.url, f"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n")
    assert answer.startswith(f"HTTP/1.1 {status} ".encode())
    assert (b"What is one?" in answer) == (status == 200)
    # No page of the preview is kept, or taken for something else.
    assert b"\r\nCache-Control: no-store\r\n" in answer
    assert b"\r\nX-Content-Type-Options: nosniff\r\n" in answer


@pytest.mark.parametrize(
    ("listening", "host", "own"),
    [
        ("deck.lan", "deck.lan:8000", True),
        ("Deck.lan", "deck.LAN:8000", True),
        ("deck.lan", "other.lan:8000", False),
        ("0.0.0.0", "192.168.1.7:8000", True),  # noqa: S104 - named only
        ("0.0.0.0", "evil.example", False),  # noqa: S104 - named only
        ("::", "[fe80::1]:8000", True),
        ("", "192.168.1.7", True),
        ("", "", False),
        ("::", "", False),
    ],
)
def test_the_host_that_was_given_is_a_name_too(
    listening: str, host: str, *, own: bool
) -> None:
    assert is_own_host(host, listening) == own


@pytest.mark.parametrize(
    ("listening", "name"),
    [("0.0.0.0", "localhost"), ("127.0.0.1", "127.0.0.1")],  # noqa: S104 - not served
)
def test_the_address_that_is_printed_can_be_opened(
    listening: str, name: str, tmp_path: Path
) -> None:
    with Server((listening, 0), Preview(tmp_path), lambda _: None) as server:
        assert server.url == f"http://{name}:{server.server_address[1]}/"


def test_slow_headers_are_not_waited_for(
    deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("triptych.serve.server._MAX_HEADER_SECONDS", 0.3)
    server = Server(("127.0.0.1", 0), Preview(deck), lambda _: None)
    server.start()
    port = server.server_address[1]
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\n")
        with suppress(OSError):
            for _ in range(200):
                # Each byte comes in time, and the headers never end.
                connection.sendall(b"x")
                time.sleep(0.1)
            pytest.fail("the server still waits")
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    "path", ["a" * 5000, "a/" * 3000, "%61" * 10_000, "/[x", "q/" + "é" * 300]
)
def test_an_address_that_no_file_can_have_is_missing(deck: Path, path: str) -> None:
    with serving(deck) as server:
        status, _ = server.get(quote(path, safe="/%["))
        assert status == 404
        server.process.send_signal(signal.SIGINT)
        _, errors = server.process.communicate(timeout=30)
    assert errors.strip() == ""


def spoken(url: str, request: str) -> bytes:
    """Return what the server answers to these bytes, up to the end of a page."""
    host, _, port = url.removeprefix("http://").rstrip("/").rpartition(":")
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        closing = request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")
        connection.sendall(closing.encode())
        return b"".join(iter(lambda: connection.recv(1 << 16), b""))


CARDS = """\
=== topic/one.md
---
question: What is <b>one</b> & "two"?
summary: "It is {{c1::the first}} of {{c2::all::how many?}}."
---
The answer is $x<y$, not `\\(z\\)`, and ![a picture](../media/a.svg).
=== topic/one-more.md
---
question: What is one more?
---
The answer is one more.
"""


@pytest.mark.parametrize(
    "text", [r"\(\nonsense\)", r"\(a", r"\(a<b>c</b>\)", r'<i title="\(a\)">b</i>']
)
def test_what_only_looks_like_a_formula_is_left_on_a_card(text: str) -> None:
    assert typeset_formulas(text) == text


def test_the_cards_of_a_question_are_drawn_from_the_real_templates(
    tmp_path: Path,
) -> None:
    deck = write_deck(tmp_path / "content", CARDS)
    (deck / "templates/anki").mkdir(parents=True)
    css = f"{template('anki/style.css')}\n.a::after {{ content: '</style><b>' }}\n"
    (deck / "templates/anki/style.css").write_text(css)
    (deck / "media").mkdir()
    (deck / "media/a.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    )
    with serving(deck) as server:
        status, page = server.get("__triptych__/cards/one.html")
        assert server.get("__triptych__/cards/none.html")[0] == 404
        assert server.get("__triptych__/cards/..%2f..%2fx.html")[0] == 404
        frames = re.findall('title="([^"]*)" srcdoc="([^"]*)"', page.decode())
        pictures = re.findall(r'src="([^"]+\.svg)"', unescape(page.decode()))
        assert server.get(f"media/{pictures[0]}")[0] == 200
    assert status == 200
    # The question, and a card for each of two deletions.
    assert [name for name, _ in frames] == 3 * [
        *("front, light", "back, light", "front, night", "back, night"),
    ]
    shown = [unescape(html) for _, html in frames]
    assert all(css.replace("</", "<\\/") in html for html in shown)
    nightly = ["nightMode" in html.partition("<body")[2] for html in shown]
    assert nightly == 3 * [False, False, True, True]
    assert 'What is <b>one</b> &amp; "two"?' in shown[0]
    assert "The answer is" in shown[1]
    assert "The answer is" not in shown[0]
    assert "<mi>x</mi><mo>&lt;</mo><mi>y</mi>" in shown[1]
    assert r"<code>\(z\)</code>" in shown[1]
    assert '<span class="cloze">[...]</span> of all' in shown[4]
    assert '<span class="cloze">the first</span> of all' in shown[5]
    assert '<span class="cloze">[how many?]</span>' in shown[8]
    assert not any("{{" in html.partition("<body")[2] for html in shown)


def test_what_a_build_writes_starts_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (content := tmp_path / "deck").mkdir()
    dist = content / "out"
    batches = [
        set[str](),
        {str(dist / "site/index.html"), str(dist / "manifest.json")},
        {str(content / "topic/one.md")},
        {str(dist / "manifest.json"), str(template_folder() / "site/base.html")},
    ]

    def changes(
        *_: Path, watch_filter: Callable[[Change, str], bool], **__: object
    ) -> Iterator[set[tuple[Change, str]]]:
        for paths in batches:
            found = {(Change.modified, path) for path in paths}
            yield {change for change in found if watch_filter(*change)}

    builds: list[bool] = []

    class Recorder:
        def __init__(self, *_: object) -> None:
            pass

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def stop(self) -> None:
            builds.append(True)

        def build(self) -> None:
            builds.append(False)

    monkeypatch.setattr(watch, "watch", changes)
    monkeypatch.setattr(watch, "Builder", Recorder)
    monkeypatch.setattr(watch, "start_fork_server", lambda: None)
    server = Server(("127.0.0.1", 0), Preview(dist), lambda _: None)
    try:
        watch.build_on_change(server, content, BuildOptions(), lambda _: ())
    finally:
        server.server_close()
    # At the start, for the question, and in new processes for the template.
    assert builds == [False, False, True, False]
