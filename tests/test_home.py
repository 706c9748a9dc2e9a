"""The home page and the page of the files: what to do first, and how long it takes."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from tests.cases import write_deck
from tests.pages import Site, ask, catalog, print_site, prose

from triptych.build.build import build
from triptych.build.options import BuildOptions
from triptych.deck.project import open_project
from triptych.render.site.effort import daily_minutes, daily_questions
from triptych.values.artifact import Download
from triptych.values.deck import Topic
from triptych.values.meta import Kind
from triptych.values.question import Part
from triptych.values.ui_strings import UiString


def home(site: Site) -> str:
    return re.sub(r"\s+", " ", site["index.html"])


def test_the_home_page_starts_with_the_first_question_to_study() -> None:
    deck = catalog(ask("later"), ask("first"), ask("gone", retired=True))
    deck = replace(deck, study_order=("gone", "first", "later"))
    html = home(print_site(deck))
    assert re.search(r'class="start asks"><a class="primary" href="q/first.html"', html)


def test_topics_say_what_they_hold_and_how_long_they_take() -> None:
    deck = catalog(
        *(ask(f"q{n}", minutes=30, tags=("trees", f"t{n}")) for n in range(9)),
        ask("alone", "more"),
    )
    described = replace(
        deck.deck, topics=(*deck.deck.topics[:1], Topic("more", "M", "About."))
    )
    site = print_site(replace(deck, deck=described))
    (reported,) = site.page("topics/more.html").all("meta", name="description")
    assert reported["content"] == "About."
    html = home(site)
    assert "10 questions · about 5 hours" in html
    assert "<p>trees, t0, t1, t2, t3</p>" in html
    assert "9 questions · about 4 hours" in html
    assert "<p>About.</p>" in html
    assert "1 question · 2 minutes" in html


def test_the_plan_is_computed_from_the_deck() -> None:
    questions = [ask(f"q{n}") for n in range(28)]
    coding = [ask(f"c{n}", kind=Kind.CODING, minutes=20) for n in range(28)]
    assert daily_minutes(questions) == 6
    assert daily_minutes(questions + coding) == 6 + 20 + 16
    # Each card is seen once, and comes back four times; ten seconds each.
    card = Part("c", prose("P"), prose("T"), 1)
    words = ask("words", kind=Kind.CARDS, minutes=0, cards=(card,) * 168)
    assert daily_minutes([words]) == 5
    assert (daily_questions(28), daily_questions(29)) == (1, 2)


def test_guides_stand_in_the_order_that_the_deck_gives(tmp_path: Path) -> None:
    guides = "".join(
        f"=== guides/{name}.md\n---\ntitle: Guide {name}\n---\nRead.\n"
        for name in "abc"
    )
    deck = write_deck(
        tmp_path / "deck",
        '=== deck.toml\nid = "d"\ntitle = "D"\n[site]\nguides = ["c", "b"]\n'
        f"{guides}=== t/q.md\n---\nquestion: What?\n---\nThis.\n",
    )
    options = BuildOptions(jobs=1, downloads=False)
    build(open_project(deck), tmp_path / "dist", ("site",), options)
    html = (tmp_path / "dist/site/index.html").read_text("utf-8")
    assert re.findall(r"Guide (\w)</a>", html) == ["c", "b", "a"]
    assert "In four weeks: 1 new question and about 1 min a day" in html


@pytest.fixture(scope="module")
def offered() -> Site:
    short = ask("short", summary=prose("In <b>short</b>."), answer=prose("The answer."))
    formula = ask("x", summary=prose("S"), answer=prose(r"\(x\)"))
    deck = catalog(formula, short)
    return print_site(deck, downloads=[Download("d.apkg", UiString("Anki deck"), b"x")])


def test_the_files_say_what_to_do_with_the_deck_and_show_a_card(offered: Site) -> None:
    html = offered["downloads.html"]
    assert [f"Install {app}." in html for app in ("Anki", "AnkiDroid", "AnkiMobile")]
    assert html.count("<ol>") == 3
    card = html[html.index('id="Card"') :]
    assert card.count("What is short?") == 2
    assert card.count("In <b>short</b>.") == card.count("The answer.") == 1
    assert "{{" not in html
    assert len(offered.page("downloads.html").all("h1")) == 1
    assert offered["card.css"].startswith(".anki-card {")
    assert re.search(r"--paper: light-dark\(#\w+, #\w+\)", offered["card.css"])


def test_the_card_on_the_page_has_no_id_and_keeps_its_words() -> None:
    html = (
        '<h2 id="x">Why</h2><section lang="en">a &lt; b &amp;&nbsp;&#39; id="y"'
        '</section><br><p title="&quot;">z</p>'
    )
    deck = catalog(ask("a", summary=prose("S"), answer=prose(html)))
    site = print_site(deck, downloads=[Download("d.apkg", UiString("D"), b"x")])
    shown = (
        '<h2>Why</h2><div lang="en">a &lt; b &amp;&nbsp;&#39; id="y"'
        '</div><br><p title="&quot;">z</p>'
    )
    assert shown in site["downloads.html"]


def test_without_a_deck_to_download_there_is_no_card() -> None:
    site = print_site(catalog(ask("x")), downloads=[])
    assert "card.css" not in site.files
    assert "Install" not in site["downloads.html"]
