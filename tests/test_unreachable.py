"""Addresses that never resolve are no links, and a real repository takes reports."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.anki.conftest import sample
from tests.pages import print_site, rich_catalog

from triptych.cli.main import cli
from triptych.deck.strings import built_in
from triptych.dialect.links import report_url, resolvable
from triptych.notes.strings import card_strings
from triptych.notes.types import note_types
from triptych.values.deck import Deck, Release, SiteSettings

PLACEHOLDERS = (
    "https://a.example/b/",
    "http://EXAMPLE",
    "https://me:word@x.invalid:8080/",
    "https://deck.test/?q=1",
    "http://localhost:8000/",
    "https://wiki.localhost./",
)
REAL = (
    "https://example.org/deck/",
    "https://test.net/example",
    "https://[::1/",
    "https://exam.ple/a.example/",
)


@pytest.mark.parametrize("url", PLACEHOLDERS)
def test_a_reserved_name_never_resolves(url: str) -> None:
    assert resolvable(url) == report_url(url) == ""


@pytest.mark.parametrize("url", REAL)
def test_any_other_name_may(url: str) -> None:
    assert resolvable(url) == url


def test_reports_go_to_the_form_of_the_host() -> None:
    form = "https://github.com/a/b/issues/new?title="
    for repository in ("https://github.com/a/b", "https://github.com/a/b.git"):
        assert report_url(repository) == form
    assert report_url(f"{REAL[0]}") == "https://example.org/deck/issues/new?title="
    gitlab = report_url("https://gitlab.com/a/b/")
    assert gitlab == "https://gitlab.com/a/b/-/issues/new?issue%5Btitle%5D="


def backs(deck: Deck) -> list[str]:
    """Return the backs of the cards of a deck, without those of the spare template."""
    types = note_types(deck, card_strings(built_in(), "en"))
    return [type_.templates[0].back for type_ in types]


@pytest.mark.parametrize("url", ["", *PLACEHOLDERS])
def test_cards_link_nowhere_without_an_address(url: str) -> None:
    deck = replace(sample().deck, site=SiteSettings(base_url=url, repository=url))
    for back in backs(deck):
        assert "<a " not in back


def test_cards_link_to_their_page_and_to_the_form_for_a_report() -> None:
    deck = replace(
        sample().deck,
        site=SiteSettings("https://example.org/", "https://github.com/a/b"),
    )
    for back in backs(deck):
        assert '<a href="https://example.org/q/{{Page}}">' in back
        form = "https://github.com/a/b/issues/new?title="
        release = "{{#Spare 3}}%20{{Spare 3}}{{/Spare 3}}"
        assert f'<a href="{form}{{{{Id}}}}{release}">' in back


@pytest.mark.parametrize("url", PLACEHOLDERS[:1])
def test_pages_link_nowhere_without_an_address(url: str) -> None:
    catalog = replace(rich_catalog(), release=Release("3", 1_700_000_000))
    deck = replace(catalog.deck, site=SiteSettings(url, url))
    files = print_site(replace(catalog, deck=deck), resolvable(url)).files
    assert not {"feed.xml", "sitemap.xml"} & files.keys()
    assert not [name for name, data in files.items() if url.encode() in data]


def test_a_page_has_the_form_for_a_report_with_id_and_release() -> None:
    catalog = replace(rich_catalog(), release=Release("1.2.0", 1_700_000_000))
    site = SiteSettings(repository="https://github.com/a/b")
    shown = print_site(replace(catalog, deck=replace(catalog.deck, site=site)))
    report = "https://github.com/a/b/issues/new?title=mean%201.2.0"
    assert f'href="{report}"' in shown["q/mean.html"]


def test_build_says_once_which_address_is_a_placeholder(tmp_path: Path) -> None:
    run = CliRunner()
    run.invoke(cli, ["init", str(tmp_path / "deck")], standalone_mode=False)
    settings = tmp_path / "deck/content/deck.toml"
    addresses = (
        '[site]\nbase_url = "https://a.example/"\nrepository = "https://a.test/"'
    )
    text = settings.read_text(encoding="utf-8").replace("[site]", addresses)
    settings.write_text(text, encoding="utf-8")
    places = [
        *("--content", str(settings.parent)),
        *("--dist", str(tmp_path / "dist")),
    ]
    built = run.invoke(cli, ["build", *places], standalone_mode=False)
    pages = (tmp_path / "dist/site").rglob("*.*ml")
    assert not [page for page in pages if "https://a." in page.read_text("utf-8")]
    assert b"https://a." not in next((tmp_path / "dist/sheet").iterdir()).read_bytes()
    said = "https://a.example/ and https://a.test/ are placeholders, not linked to"
    assert built.stderr.count(said) == built.stderr.count("https://a.") / 2 == 1
    checked = run.invoke(cli, ["check", "--strict", *places[:2]], standalone_mode=False)
    assert checked.return_value == 0, checked.output
