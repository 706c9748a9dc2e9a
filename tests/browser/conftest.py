"""A browser, two built sites, and visits that remember what went wrong."""

import functools
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

import pytest

from triptych.build.build import build
from triptych.build.options import BuildOptions
from triptych.deck.project import open_project
from triptych.render.outputs import OUTPUTS

if TYPE_CHECKING:  # the tests say what to install where it is missing
    from playwright.sync_api import (
        Browser,
        FloatRect,
        Locator,
        Page,
        Request,
        ViewportSize,
    )

ROOT = Path(__file__).parents[2]
ADDRESSES = {
    "base_url": "https://someone.github.io/interview-questions/",
    "repository": "https://github.com/someone/interview-questions",
}
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(slots=True)
class Visit:
    """A page that is open, and all that it asked for or complained about."""

    page: "Page"
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def note_lost(self, request: "Request") -> None:
        """Remember a request that got no answer, unless the visit went on before."""
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"lost: {request.url}")

    def open(self, url: str) -> None:
        """Go to `url` and wait until all of it is there."""
        self.page.goto(url, wait_until="load")
        self.page.evaluate("document.fonts.ready.then(() => true)")


def blocks_run(page: "Page", act: Callable[[], object]) -> int:
    """Return how often blocks of the site's scripts run while `act` does its work.

    The same on every machine, however busy, which no time is.
    """
    session = page.context.new_cdp_session(page)
    session.send("Profiler.enable")
    counting = {"callCount": True, "detailed": True}
    session.send("Profiler.startPreciseCoverage", counting)
    act()
    scripts = session.send("Profiler.takePreciseCoverage")["result"]
    session.detach()
    functions = (f for s in scripts if s["url"].endswith(".js") for f in s["functions"])
    return sum(part["count"] for function in functions for part in function["ranges"])


class Visitor(Protocol):
    """Opens a new page: `with visit(width=320, scheme="dark") as it:`."""

    def __call__(
        self,
        width: int = 1280,
        scheme: str = "light",
        **options: Any,  # noqa: ANN401 - those of Playwright
    ) -> AbstractContextManager[Visit]: ...


_SCHEMES: Mapping[str, Literal["light", "dark"]] = {"light": "light", "dark": "dark"}


def box_of(part: "Locator") -> "FloatRect":
    """Return the place of a part of a page that must be shown."""
    box = part.bounding_box()
    assert box
    return box


def attribute(part: "Locator", name: str) -> str:
    """Return the value of an attribute that must be there."""
    value = part.get_attribute(name)
    assert value is not None, name
    return value


def far_from_midnight() -> str:
    """Return a time zone where it is about noon, so that today is the same later."""
    east = 12 - datetime.now(UTC).hour
    return f"Etc/GMT{-east:+d}"  # which counts to the west


@pytest.fixture(scope="session")
def browser(requires: Callable[[str, str], None]) -> Iterator["Browser"]:
    requires("playwright", "pip install '.[test]'")
    requires("axe_playwright_python", "pip install '.[test]'")
    requires("chromium", "apt-get install chromium")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - may be missing

    with sync_playwright() as playwright:
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: "Browser") -> Visitor:
    """Return what opens a new page."""

    @contextmanager
    def visiting(
        width: int = 1280,
        scheme: str = "light",
        **options: Any,  # noqa: ANN401 - those of Playwright
    ) -> Iterator[Visit]:
        size: ViewportSize = {"width": width, "height": 900}
        options = {"timezone_id": far_from_midnight(), **options}
        context = browser.new_context(
            viewport=size, color_scheme=_SCHEMES[scheme], **options
        )
        visit = Visit(context.new_page())
        visit.page.on("request", lambda request: visit.requests.append(request.url))
        # Playwright leaves a mark on what it calls, and a value with slots has no room.
        visit.page.on("requestfailed", lambda request: visit.note_lost(request))  # noqa: PLW0108
        visit.page.on("console", lambda said: visit.complaints.append(said.text))
        visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
        yield visit
        context.close()

    return visiting


@pytest.fixture(scope="session")
def blank(browser: "Browser") -> Iterator["Page"]:
    """Return an empty page in UTC, to run parts of scripts that need no page."""
    context = browser.new_context(timezone_id="UTC")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the sample deck's site, downloads included."""
    return build_site("tests/sample", tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the site of this repository's own deck, as it is published.

    Its addresses, for which the deck has placeholders, are as long as real ones.
    """
    content = tmp_path_factory.mktemp("content") / "deck"
    shutil.copytree(ROOT / "content", content)
    file = content / "deck.toml"
    text = file.read_text("utf-8")
    for name, url in ADDRESSES.items():
        text, count = re.subn(f'(?m)^{name} = ".*"$', f'{name} = "{url}"', text)
        assert count == 1, name
    file.write_text(text, "utf-8")
    return build_site(content, tmp_path_factory.mktemp("real"), downloads=False)


@pytest.fixture(scope="session")
def served(sample: Path) -> Iterator[tuple[str, ThreadingHTTPServer]]:
    """Serve the sample site; yield its address and the server."""
    with serving(sample) as found:
        yield found


@contextmanager
def serving(folder: Path) -> Iterator[tuple[str, ThreadingHTTPServer]]:
    """Serve a folder; yield its address and the server."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    handler = functools.partial(Quiet, directory=os.fspath(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/", server
    server.shutdown()
    server.server_close()
    thread.join()


def build_site(content: str | Path, dist: Path, *, downloads: bool = True) -> Path:
    """Build a deck into `dist`; return the folder of its site."""
    project = open_project(ROOT / content)
    outputs = tuple(OUTPUTS) if downloads else ("site",)
    options = BuildOptions(jobs=1, downloads=downloads)
    report, _ = build(project, dist, outputs, options)
    assert report.catalog is not None
    return dist / "site"
