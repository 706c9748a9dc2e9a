"""The site in Firefox, from a folder and over the network."""

from collections.abc import Callable, Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from tests.browser.firefox import Firefox, firefox

ANSWER = "document.querySelector('#In-short').getClientRects().length"


@pytest.fixture(scope="module")
def fox(
    tmp_path_factory: pytest.TempPathFactory, requires: Callable[[str, str], None]
) -> Iterator[Firefox]:
    requires("firefox-esr", "apt-get install firefox-esr")
    with firefox(tmp_path_factory.mktemp("profile")) as window:
        yield window


@pytest.fixture(params=["file", "http"])
def address(
    request: pytest.FixtureRequest,
    sample: Path,
    served: tuple[str, ThreadingHTTPServer],
) -> str:
    return f"{sample.as_uri()}/" if request.param == "file" else served[0]


def test_a_question_asks_first_and_the_choice_is_kept(
    fox: Firefox, address: str
) -> None:
    fox.open(f"{address}topics/basics.html")
    fox.run("document.querySelector('main .rows a').click()")
    fox.wait("location.hash === '#Test' && document.readyState === 'complete'")
    assert fox.run(f"return {ANSWER}") == 0
    fox.press(" ")
    assert fox.run(f"return {ANSWER}") > 0
    fox.run("document.querySelector('[role=switch]').click()")
    fox.run("document.querySelector('a[rel=next], a[rel=prev]').click()")
    fox.wait("!location.href.includes('#Test') && document.readyState === 'complete'")
    fox.wait("document.querySelector('.after')?.getClientRects().length")
    fox.run("localStorage.clear()")


def test_the_search_finds_and_opens(fox: Firefox, address: str) -> None:
    fox.open(f"{address}index.html")
    fox.press("/")
    fox.wait("document.activeElement.matches('.finder input')")
    fox.press("compute")
    fox.wait("document.querySelectorAll('.hits a').length === 1")
    fox.press("\ue007")
    fox.wait("location.href.endsWith('/q/code-mean.html#Test')")


def test_a_figure_opens_and_closes(fox: Firefox, address: str) -> None:
    fox.open(f"{address}q/mean.html")
    fox.run("document.querySelector('a.zoom').click()")
    fox.wait("document.querySelector('dialog.figure[open] img')?.complete")
    fox.press("\ue00c")
    fox.wait("!document.querySelector('dialog')")


def test_practice_keeps_what_was_answered(fox: Firefox, address: str) -> None:
    log = "Object.keys(localStorage).find((key) => key.endsWith(':progress'))"
    rows = f"(JSON.parse(localStorage[{log}] || '{{}}').rows || []).length"
    fox.open(f"{address}practice.html#start=new")
    fox.wait("document.querySelector('.grades .primary')")
    fox.press(" ")
    fox.wait("document.querySelector('[data-grade]')")
    fox.press("3")
    fox.wait(f"{rows} === 1")
    fox.open("about:blank")
    fox.open(f"{address}practice.html")
    fox.wait("document.querySelector('.topics')")
    assert fox.run(f"return {rows}") == 1
    fox.run("location.hash = 'mock=concept&seed=balone'")
    fox.wait("document.querySelector('.practice > h2 ~ .card-bar .primary')")
    fox.run("document.querySelector('.card-bar .primary').click()")
    fox.wait("document.querySelector('[role=timer]')")
    fox.run("localStorage.clear()")
