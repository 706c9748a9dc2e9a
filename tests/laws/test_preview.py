"""Every answer of the preview says what it is, and that it is not to be kept."""

import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest
from tests.cases import write_deck
from tests.previews import Serving, serving

ADDRESSES = {
    "": "text/html",
    "index.html": "text/html",
    "q/question.html": "text/html",
    "style.css": "text/css",
    "script.js": "text/javascript",
    "icon.svg": "image/svg+xml",
    "robots.txt": "text/plain",
    "site.webmanifest": "application/manifest+json",
    "no-such-page.html": "text/html",
    "../deck.toml": "text/html",
    "%2e%2e/manifest.json": "text/html",
    "__triptych__/live.js": "text/javascript",
    "__triptych__/live.css": "text/css",
    "__triptych__/none": "text/plain",
}


@pytest.fixture(scope="module")
def at_work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    folder: Path = tmp_path_factory.mktemp("preview") / "content"
    deck = write_deck(folder, "---\nquestion: What?\n---\nThis.\n")
    with serving(deck, "--dist", str(folder.parent / "dist")) as server:
        yield server


def headers(url: str, method: str) -> Message:
    request = urllib.request.Request(url, method=method)  # noqa: S310 - our own server
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
            found: Message = answer.headers
            return found
    except urllib.error.HTTPError as error:
        with error:
            return error.headers


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_an_answer_says_what_it_is(at_work: Serving, address: str, method: str) -> None:
    found = headers(at_work.url + address, method)
    assert found.get_content_type() == ADDRESSES[address]
    assert found["X-Content-Type-Options"] == "nosniff"
    assert found["Cache-Control"] == "no-store"
