"""A deck with a look of its own: colours, font, logo, pages, files and templates."""

import re
import zlib
from contextlib import suppress
from pathlib import Path

import pytest
from tests.cases import write_deck
from tests.pages import ask, catalog, site_files

from triptych.build.build import build, check
from triptych.build.cache import Cache
from triptych.build.options import BuildOptions
from triptych.deck.project import open_project
from triptych.deck.templates import folder as built_in_templates
from triptych.dialect.colours import COLOURS, colours_in, contrast, on_dark
from triptych.dialect.pictures import SIGNATURES
from triptych.errors import TriptychError
from triptych.render.settings import RenderSettings
from triptych.render.site.icons import icon
from triptych.typeset.images import size
from triptych.typeset.math.font import math_font
from triptych.values.diagnostics import Severity

STYLE = Path(__file__).parents[1] / "templates/site/style.css"
OURS = '{% extends "builtin/base.html" %}\n'
QUESTION = "=== t/q.md\n---\nquestion: What?\nsummary: This.\n---\nThis, too.\n"
DECK = """\
=== deck.toml
id = "themed"
title = "Themed"
[site]
accent = "#0b57d0"
logo = "media/logo.svg"
[[site.menu]]
title = "About us"
page = "about"
[[site.menu]]
title = "Source"
url = "https://example.org/source"
=== theme.css
@font-face { font-family: "Own"; src: url("static/own.woff2") format("woff2"); }
:root {
  --paper: light-dark(#ffffff, #101214); /* --ink: #eee; */
  --serif: "Own", serif;
}
=== media/logo.svg
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h4v4z"/></svg>
=== pages/about.md
---
title: About
---
Who we **are**.
=== templates/site/base.html
{% extends "builtin/base.html" %}
{% block footer %}<p class="own">Own words.</p>{{ super() }}{% endblock %}
=== templates/site/question.html
{% extends "builtin/question.html" %}
{% block after_answer %}<p class="own">Ask {{ question.id }}.</p>{% endblock %}
"""


def built(deck: Path, dist: Path) -> tuple[Path, list[str]]:
    """Build the site of `deck`; return it, and what there was to say about it."""
    options = BuildOptions(jobs=1, downloads=False)
    report, _ = build(open_project(deck), dist, ("site",), options)
    said = [
        f"{found.span.path}:{found.span.line}: {found.rule}: {found.message}"
        for found in report.diagnostics
    ]
    return dist / "site", said


def test_a_theme_changes_colours_font_logo_menu_pages_and_templates(
    tmp_path: Path,
) -> None:
    deck = write_deck(tmp_path / "deck", DECK + QUESTION)
    (deck / "static").mkdir()
    (deck / "static/own.woff2").write_bytes(math_font(frozenset("abc")))
    (deck / "static/handout.txt").write_text("Words.")
    site, said = built(deck, tmp_path / "dist")
    assert said == []
    css = (site / "style.css").read_text("utf-8")
    ours, _, theirs = css.rpartition("light-dark(#0b57d0")
    accent, paper = (
        re.search(rf"(--\w+):light-dark\({colour}", css)
        for colour in ("#9c2a16", "#fdfcf8")
    )
    assert accent
    assert paper
    assert ours.endswith(f":root{{{accent[1]}:")
    assert theirs.startswith(f",{on_dark('#0b57d0')})}}")
    assert f"{paper[1]}:light-dark(#fff" in theirs
    assert 'url("static/own.woff2")' in css
    assert (site / "static/handout.txt").read_text() == "Words."
    page = (site / "q/q.html").read_text("utf-8")
    assert re.search(r'<img src="../media/logo-\w+.svg" alt="" height="28">', page)
    assert '<a href="../pages/about.html">About us</a>' in page
    assert 'href="https://example.org/source" rel="external">Source</a>' in page
    assert page.count('class="own"') == 2
    assert "Ask q." in page
    about = (site / "pages/about.html").read_text("utf-8")
    assert "Who we <strong>are</strong>." in about
    assert "Guides" not in about
    home = (site / "index.html").read_text("utf-8")
    assert "guides/about" not in home
    assert 'id="Guides"' not in home
    assert '"theme_color": "#0b57d0"' in (site / "site.webmanifest").read_text()


def test_pages_are_in_the_menu_unless_the_deck_has_its_own(tmp_path: Path) -> None:
    page = "=== pages/about.md\n---\ntitle: About\n---\nUs.\n"
    deck = write_deck(
        tmp_path / "deck", f'=== deck.toml\nid = "d"\ntitle = "D"\n{page}{QUESTION}'
    )
    site, said = built(deck, tmp_path / "dist")
    assert said == []
    assert '<a href="pages/about.html">About</a>' in (site / "index.html").read_text()


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("@import 'x.css';", "bad-theme"),
        ("p { background: url(https://far.example/x.png); }", "bad-theme"),
        ("p { background: url('//far.example/x.png'); }", "bad-theme"),
        ("p { background: u\\72l('//far.example/x.png'); }", "bad-theme"),
        ("@\\69mport 'x.css';", "bad-theme"),
        ("p { background: url(../x.png); }", "bad-theme"),
        ("p { width: expression(alert(1)); }", "bad-theme"),
        (":root { --ink: #999; }", "weak-contrast"),
        (":root { --paper: light-dark(#fff, #888); }", "weak-contrast"),
        ("/* @import url(https://far.example/); --ink: #999 */", ""),
        (":root { --ink: #111; --paper: light-dark(#fff, #eee); }", "weak-contrast"),
        (":root { --ink: light-dark(#111, #eee); overscroll-behavior: none; }", ""),
    ],
)
def test_a_theme_that_fetches_or_cannot_be_read_is_reported(
    css: str, expected: str, tmp_path: Path
) -> None:
    deck = write_deck(
        tmp_path / "deck",
        f'=== deck.toml\nid = "d"\ntitle = "D"\n=== theme.css\n\n{css}\n{QUESTION}',
    )
    _, said = built(deck, tmp_path / "dist")
    rules = {line.split(": ")[1] for line in said}
    assert rules == ({expected} if expected else set())
    assert all(line.startswith("theme.css:2: ") for line in said)


def test_a_warning_states_the_contrast(tmp_path: Path) -> None:
    text = (
        f'=== deck.toml\nid = "d"\ntitle = "D"\n[site]\naccent = "#ffcc00"\n{QUESTION}'
    )
    _, said = built(write_deck(tmp_path / "deck", text), tmp_path / "dist")
    assert said[0] == (
        "deck.toml:4: weak-contrast: `accent` on `code-paper` has a contrast of 1.5 in"
        " the light scheme; text needs 4.5"
    )


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("page.html", b"<p>a</p>"),
        ("script.js", b"alert(1)"),
        ("sheet.css", b"p{}"),
        ("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
        ("x.png", b"<html>"),
        ("x.woff2", b"<html>"),
        ("x.pdf", b"<html>"),
        ("x.txt", b"\0"),
        ("x.json", b"<html>"),
        ("odd name.txt", b"a"),
        ("deep/er/page.htm", b"<p>"),
    ],
)
def test_static_files_that_could_run_something_are_refused(
    name: str, data: bytes, tmp_path: Path
) -> None:
    deck = write_deck(
        tmp_path / "deck", f'=== deck.toml\nid = "d"\ntitle = "D"\n{QUESTION}'
    )
    place = deck / "static" / name
    place.parent.mkdir(parents=True)
    place.write_bytes(data)
    site, said = built(deck, tmp_path / "dist")
    assert [line.split(": ")[1] for line in said] == ["bad-static-file"]
    assert not site.exists()


def test_a_logo_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    text = f'=== deck.toml\nid = "d"\ntitle = "D"\n[site]\nlogo = "no.svg"\n{QUESTION}'
    _, said = built(write_deck(tmp_path / "deck", text), tmp_path / "dist")
    assert said == ["deck.toml:4: bad-theme: the logo `no.svg` is no file of the deck"]


@pytest.mark.parametrize(
    "menu",
    [
        '[[site.menu]]\ntitle = "A"',
        '[[site.menu]]\ntitle = "A"\nurl = "javascript:alert(1)"',
        '[[site.menu]]\ntitle = "A"\npage = "../x"',
        '[[site.menu]]\ntitle = "A"\npage = "x"\nurl = "https://e.org/"',
    ],
)
def test_a_wrong_menu_is_an_error(menu: str, tmp_path: Path) -> None:
    text = f'=== deck.toml\nid = "d"\ntitle = "D"\n{menu}\n{QUESTION}'
    _, said = built(write_deck(tmp_path / "deck", text), tmp_path / "dist")
    assert [line.split(": ")[1] for line in said] == ["wrong-setting"]


@pytest.mark.parametrize("name", ["base.html", "question.html"])
def test_a_template_that_extends_itself_is_an_error(name: str, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / name).write_text(f'{{% extends "{name}" %}}')
    with pytest.raises(TriptychError, match=rf'extends "builtin/{name}"'):
        list(site_files(catalog(ask("x")), RenderSettings(templates=tmp_path)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '{% extends "builtin/bse.html" %}',
            "no template `builtin/bse.html`: did you mean `builtin/base.html`?",
        ),
        ('{% include "x.html" %}', "no template `x.html`"),
        (
            '{% extends "builtin/base.html" %}\n{% block footr %}{% endblock %}',
            "`site/base.html:2` fills the block `footr`, which nothing draws: did",
        ),
        (
            OURS + "\n{% block head %}{{ x }}{% endblock %}",
            "the template `site/base.html:3` is broken: 'x' is undefined",
        ),
        (
            '{% extends "builtin/base.html" %}\n{% block footer %}{% if %}',
            "`site/base.html:2` is broken: Expected an expression",
        ),
    ],
)
def test_a_broken_template_is_named_with_its_line(
    text: str, expected: str, tmp_path: Path
) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/base.html").write_text(text)
    with pytest.raises(TriptychError) as caught:
        list(site_files(catalog(ask("x")), RenderSettings(templates=tmp_path)))
    assert expected in str(caught.value)


@pytest.mark.parametrize(
    "by", ["{{% include '{}' %}}", "{{% set x = '{}' %}}{{% include x %}}"]
)
@pytest.mark.parametrize("start", ["", "builtin/", "..\\\\"])
def test_a_template_includes_no_file_outside_the_templates(
    by: str, start: str, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("A secret.")
    way = "/".join([".."] * (len(built_in_templates().parts) + 1))
    own = "=== templates/site/footer.html\n" + by.format(f"{start}{way}{secret}") + "\n"
    deck = write_deck(tmp_path / "deck", own + QUESTION)
    options = BuildOptions(jobs=1, downloads=False)
    with suppress(TriptychError):
        build(open_project(deck), tmp_path / "dist", ("site",), options)
    pages = (tmp_path / "dist").rglob("*.html")
    assert not [page for page in pages if "A secret." in page.read_text()]


@pytest.mark.parametrize("chance", ["lipsum()", "[1, 2, 3] | random"])
def test_nothing_in_a_template_is_left_to_chance(chance: str, tmp_path: Path) -> None:
    own = f"=== templates/site/footer.html\n{{{{ {chance} }}}}\n"
    deck = write_deck(tmp_path / "deck", own + QUESTION)
    (found, *_) = check(open_project(deck)).diagnostics
    assert (found.rule, found.severity) == ("bad-template", Severity.ERROR)


def test_a_mistake_in_a_template_is_reported_anew_after_each_edit(
    tmp_path: Path,
) -> None:
    own = "=== templates/site/guide.html\n"
    deck = write_deck(tmp_path / "deck", own + "{{ gide.title }}\n" + QUESTION)
    cache = Cache(tmp_path / "cache")

    def found() -> list[str]:
        options = BuildOptions(jobs=1, cache=cache, downloads=False)
        report, _ = build(open_project(deck), tmp_path / "dist", ("site",), options)
        return [f"{one.span.path.name}:{one.span.line}" for one in report.diagnostics]

    assert found() == ["guide.html:1"]
    template = deck / "templates/site/guide.html"
    template.write_text("\n{{ gide.title }}")
    assert found() == ["guide.html:2"]
    template.write_text("{{ guide.title }}")
    assert found() == []


def test_a_template_may_have_blocks_of_its_own_in_those_of_ours(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/question.html").write_text(
        '{% extends "builtin/question.html" %}'
        "{% block footer %}<p>{% block mine %}Mine{% endblock %}</p>{% endblock %}"
    )
    files = site_files(catalog(ask("x")), RenderSettings(templates=tmp_path))
    pages = {str(file.path): file.data for file in files}
    assert b"<p>Mine</p>" in pages["site/q/x.html"]


def test_the_named_colours_are_those_of_the_style() -> None:
    found = colours_in(STYLE.read_text("utf-8").partition("[data-theme")[0])
    assert {name: pair for name, (pair, _) in found.items()} == dict(COLOURS)


@pytest.mark.parametrize("colour", ["#0b57d0", "#000000", "#9c2a16", "#ffffff"])
def test_an_accent_can_be_read_in_the_dark(colour: str) -> None:
    for background in ("paper", "code-paper", "tint"):
        assert contrast(on_dark(colour), COLOURS[background][1]) >= 4.5


def test_templates_that_extend_each_other_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/base.html").write_text('{% extends "question.html" %}')
    with pytest.raises(TriptychError, match="by way of others"):
        list(site_files(catalog(ask("x")), RenderSettings(templates=tmp_path)))


def test_home_screens_get_the_icon_in_the_accent() -> None:
    data = icon(192, "#0b57d0")
    assert SIGNATURES[".png"].match(data)
    assert size(data) == (192, 192)
    assert data == icon(192, "#0b57d0") != icon(192, "#9c2a16")
    rows = zlib.decompress(data[data.index(b"IDAT") + 4 : -16])
    middle = rows[96 * 193 + 1 : 97 * 193]
    assert (middle[0], middle[96]) == (0, 63)
    assert len(rows) == 192 * 193


def test_folders_of_guides_and_pages_are_no_topics(tmp_path: Path) -> None:
    page = "---\ntitle: Page\n---\nText.\n"
    text = "".join(f"=== {name}/a.md\n{page}" for name in ("guides", "pages"))
    question = "=== topic/a.md\n---\nquestion: What?\n---\nSo.\n"
    deck = open_project(write_deck(tmp_path, text + question)).deck
    assert [topic.id for topic in deck.topics] == ["topic"]
