"""Whatever shows a picture brings it along, and a picture cannot run anything."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from tests.cases import write_deck

from triptych.build.build import build
from triptych.build.catalog import assemble
from triptych.deck.project import open_project
from triptych.deck.strings import built_in
from triptych.deck.svg import Unsafe, drawing
from triptych.notes.content import media_of
from triptych.notes.fields import fields as fields_of
from triptych.notes.strings import card_strings
from triptych.notes.which import notes_of
from triptych.values.catalog import Catalog
from triptych.values.deck import Deck, Topic
from triptych.values.meta import Meta
from triptych.values.prose import Prose
from triptych.values.question import Cloze, Guide, Part, Question
from triptych.values.source import Media

PICTURE = Media(PurePosixPath("media/x.svg"), "x.svg", b"<svg/>")
SHOWN = f'<img src="{PICTURE.name}">'
SHOWING = Prose(site=SHOWN, card=SHOWN, media=(PICTURE.name,))
META = Meta("x", PurePosixPath("t/x.md"))
QUESTION = Question(
    META,
    Prose(),
    follow_ups=(Part("a", Prose(), Prose(), 1),),
    pitfalls=(Part("b", Prose(), Prose(), 2),),
    rubric=(Prose(),),
    hints=(Prose(),),
    summary_cloze=Cloze("{{c1::x}}", (1,), "d"),
)
GUIDE = Guide(META, Prose(), Prose(), Prose())
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'


def svg_danger(data: bytes) -> str:
    """Return why an SVG is refused; nothing if it is not."""
    try:
        drawing(data)
    except Unsafe as unsafe:
        return str(unsafe)
    return ""


def showing(value: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - any field
    """Yield each way to let one prose in `value` show the picture, with its place."""
    if isinstance(value, Prose):
        yield "", SHOWING
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            for place, changed in showing(item):
                yield place, (*value[:number], changed, *value[number + 1 :])
    elif is_dataclass(value) and not isinstance(value, type | Meta):
        for field in fields(value):
            for place, changed in showing(getattr(value, field.name)):
                name = f"{field.name} {place}".strip()
                yield name, replace(value, **{field.name: changed})


@pytest.mark.parametrize(("place", "made"), [*showing(QUESTION), *showing(GUIDE)])
def test_a_picture_is_in_the_catalog_wherever_it_is_shown(
    place: str, made: Question | Guide
) -> None:
    questions = [made] if isinstance(made, Question) else []
    guides = [made] if isinstance(made, Guide) else []
    deck = Deck("d", "D", topics=(Topic("t", "T"),))
    pictures = {PICTURE.name: PICTURE, "other.svg": PICTURE}
    catalog = assemble(Catalog(deck, tuple(questions), tuple(guides)), pictures)
    assert catalog.media == {PICTURE.name: PICTURE}, place


@pytest.mark.parametrize(("place", "made"), [*showing(QUESTION)])
def test_a_note_brings_the_pictures_that_its_fields_show(
    place: str, made: Question
) -> None:
    words_ = card_strings(built_in(), "en")
    for note in notes_of(made):
        shown = any(PICTURE.name in html for html in fields_of(note, words_).values())
        assert not shown or media_of(note) == {PICTURE.name}, (place, note.id)


def test_some_note_shows_the_picture_wherever_a_card_can() -> None:
    words_ = card_strings(built_in(), "en")
    places = {
        place
        for place, made in showing(QUESTION)
        for note in notes_of(made)
        if any(PICTURE.name in html for html in fields_of(note, words_).values())
    }
    assert len(places) > 8
    assert not any(place.startswith("depth") for place in places)


def test_an_unused_picture_outside_the_deck_stops_no_build(
    tmp_path: Path,
) -> None:
    (tmp_path / "out.svg").write_text(SVG.format(""))
    deck = write_deck(tmp_path / "deck", "---\nquestion: W?\n---\nThis.\n")
    (deck / "media").mkdir()
    (deck / "media/x.svg").symlink_to(tmp_path / "out.svg")
    report, emitted = build(open_project(deck), tmp_path / "dist", ("site",))
    assert emitted, report.diagnostics
    assert list((tmp_path / "dist").rglob("*out*")) == []


def test_every_picture_of_the_site_is_there(tmp_path: Path) -> None:
    names = ["question", "answer", "depth", "title", "guide", "follow-up", "pitfall"]
    shown = {name: f"![{name}](media/{name}.svg)" for name in names}
    parts = [f"=== media/{name}.svg\n{SVG.format('')}<!--{name}-->" for name in names]
    question = (
        f"---\nquestion: '{shown['question']} What?'\n---\n{shown['answer']}\n\n"
        f"## In depth\n\n{shown['depth']}\n\n"
        f"## Follow-ups\n\n### A? {{#a}}\n\n{shown['follow-up']}\n\n"
        f"## Pitfalls\n\n### B. {{#b}}\n\n{shown['pitfall']}\n"
    )
    guide = f"---\ntitle: '{shown['title']} G'\n---\n{shown['guide']}\n"
    text = "\n".join([f"=== t/q.md\n{question}", f"=== guides/g.md\n{guide}", *parts])
    project = open_project(write_deck(tmp_path / "deck", text))
    report, emitted = build(project, tmp_path / "dist", ("site",))
    assert emitted, report.diagnostics
    sources: set[str] = set()
    for page in (tmp_path / "dist/site").rglob("*.html"):
        for source in re.findall(r'<img src="([^"]+)"', page.read_text("utf-8")):
            assert (page.parent / source).is_file(), (page.name, source)
            sources.add(source.rpartition("/")[2].rpartition("-")[0])
    assert sources == set(names)


RUNNING = (
    *("script", "foreignObject", "iframe", "object", "embed", "handler"),
    *("animate", "set"),
)
"""Elements of an SVG that run something, hold HTML, or change links later."""
NAMES = """
g defs symbol use path rect circle ellipse line polyline polygon text tspan textPath
title desc metadata linearGradient radialGradient stop pattern clipPath mask marker
filter feGaussianBlur feOffset feBlend feMerge feMergeNode switch view style image a
"""
DRAWING = NAMES.split()
"""Elements that only draw or describe."""


@pytest.mark.parametrize("name", RUNNING)
@pytest.mark.parametrize(
    "written",
    ["<{0}/>", "<g><{0}>x</{0}></g>", '<{0} xmlns="http://www.w3.org/1999/xhtml"/>'],
)
def test_an_svg_with_an_element_that_runs_is_refused(name: str, written: str) -> None:
    for spelling in (name, name.lower(), name.upper(), f"x:{name}"):
        root = SVG.replace("<svg ", '<svg xmlns:x="http://www.w3.org/2000/svg" ')
        data = root.format(written.format(spelling)).encode()
        assert svg_danger(data), data


@pytest.mark.parametrize("name", DRAWING)
def test_an_svg_that_only_draws_is_accepted(name: str) -> None:
    assert svg_danger(SVG.format(f'<{name} id="a"/>').encode()) == ""


@pytest.mark.parametrize("element", DRAWING)
@pytest.mark.parametrize(
    "attribute",
    [
        *('href="https://x"', 'href="//x"', 'href="x.svg"', 'href=" javascript:x"'),
        *('xlink:href="https://x"', 'src="file:///x"', 'href="data:text/html,x"'),
        *('fill="url(https://x)"', "style=\"fill: url( 'https://x' )\""),
        *('style="@import x"', 'onload="x"', 'OnClick="x"', 'filter="url(x.svg#y)"'),
    ],
)
def test_an_svg_that_reaches_outside_is_refused(element: str, attribute: str) -> None:
    root = SVG.replace("<svg ", '<svg xmlns:xlink="http://www.w3.org/1999/xlink" ')
    assert svg_danger(root.format(f"<{element} {attribute}/>").encode())


@pytest.mark.parametrize(
    "data",
    [
        b"not XML",
        b'<?xml-stylesheet href="x.css"?><svg/>',
        b'<!DOCTYPE svg [<!ENTITY x "y">]><svg>&x;</svg>',
        SVG.format("<style>@import 'x'</style>").encode(),
        SVG.format("<style>a { fill: url(https://x) }</style>").encode(),
    ],
)
def test_an_svg_that_is_more_than_a_picture_is_refused(data: bytes) -> None:
    assert svg_danger(data)
