"""An untrusted SVG is refused, or shipped without danger; a valid one is unchanged."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.hostile_svgs import HOSTILE, NAMESPACES

from triptych.deck.svg import Unsafe, drawing
from triptych.dialect import svg_policy as policy

CONTENT = Path(__file__).parents[1] / "content"
SVG = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'


_IN_STYLE = re.compile(
    r"\\|@|/\*|url\((?!\s*['\"]?#)|image-set|script:|import(?!ant)|far\.example|expression"
)


def dangers(data: bytes) -> Iterator[str]:
    """Yield what is dangerous in an SVG, by a second, blunter reading."""
    text = data.decode()
    yield from re.findall("<[!?]", text)
    for element in ET.fromstring(text).iter():  # noqa: S314 - our own files
        name = element.tag.removeprefix(f"{{{policy.SVG}}}")
        if name not in policy.ELEMENTS:
            yield f"<{name}>"
        if name == "style":
            yield from _IN_STYLE.findall(element.text or "")
        for key, value in element.attrib.items():
            plain = key.removeprefix(f"{{{policy.XLINK}}}")
            if plain.lower().startswith("on") or plain in {"src", "srcset", "base"}:
                yield key
            if plain == "href" and not value.strip().startswith(("#", "data:image/")):
                yield f"{key}={value}"
            if plain != "href" and not plain.startswith("aria-"):
                yield from _IN_STYLE.findall(value)


@pytest.mark.parametrize("data", HOSTILE, ids=range(len(HOSTILE)))
def test_an_untrusted_drawing_is_refused_or_harmless(data: bytes) -> None:
    try:
        shipped = drawing(data).data
    except Unsafe:
        return
    assert list(dangers(shipped)) == []
    # What was written passes as it is: a second reading finds the same.
    assert drawing(shipped).data == shipped


@pytest.mark.parametrize(
    "content",
    [
        *(f"<{name} xmlns='http://www.w3.org/1999/xhtml'/>" for name in ("p", "g")),
        "<image srcset='https://far.example/x 2x'/>",
        "<image href='data:image/png;base64,iVBORw0KGgo{}'/>".format("A" * 360_001),
        "<style>@im/**/port 'x'</style>",
        "<style>g{fill:u/**/rl(x)}</style>",
        "<g style='fill:\\75rl(x)'/>",
        *(f"{f'<{name}>' * 120}{f'</{name}>' * 120}" for name in ("g", "a", "x")),
        "<g OnClick='x'/>",
    ],
)
def test_what_no_picture_needs_is_refused(content: str) -> None:
    with pytest.raises(Unsafe):
        drawing(SVG.format(content).encode())


def copies(levels: int, each: int) -> str:
    """Return groups, each of which copies the one before several times."""
    groups = (
        f'<g id="a{n}">{f"""<use href="#a{n - 1}"/>""" * each}</g>'
        for n in range(1, levels + 1)
    )
    return SVG.format('<g id="a0"></g>' + "".join(groups))


@pytest.mark.parametrize(
    ("levels", "each", "is_drawn"),
    [(1, 100, True), (2, 100, True), (100, 1, True), (3, 100, False), (30, 2, False)],
)
def test_copies_of_copies_are_counted(
    levels: int, each: int, *, is_drawn: bool
) -> None:
    data = copies(levels, each).encode()
    if is_drawn:
        assert drawing(data).data == data
        return
    with pytest.raises(Unsafe, match="copies its parts too often"):
        drawing(data)


def test_a_part_that_copies_itself_is_refused() -> None:
    with pytest.raises(Unsafe, match="copies its parts too often"):
        drawing(SVG.format('<g id="a"><use href="#a"/></g>').encode())


def test_there_are_many_hostile_files() -> None:
    assert len(set(HOSTILE)) == len(HOSTILE) > 100
    seen = 0
    for data in HOSTILE:
        try:
            seen += bool(list(dangers(data)))
        except (UnicodeDecodeError, ET.ParseError):
            seen += 1
    # The blunter reading finds nearly all of them dangerous as they were written.
    assert seen > len(HOSTILE) * 0.9


NAMES = [
    *sorted(policy.ELEMENTS | policy.TRANSPARENT | policy.IGNORED_ELEMENTS),
    *sorted(policy.ACTIVE),
    *("foreignObject", "animateMotion", "blink", "h:div", "h:script", "x", "feImage"),
]
ATTRIBUTES = [
    *sorted(policy.PROPERTIES | policy.VALUES | policy.TEXTS.keys()),
    *("href", "xlink:href", "style", "onload", "OnClick", "src", "srcset", "xml:base"),
    *("data-x", "xml:space", "begin", "to", "attributeName", "h:style", "ev:event"),
]
PIECES = [
    *("#a", "url(#a)", "url(", "https://far.example/x", ")", "'", '"', "\\75rl", ";"),
    *(":", "{", "}", "@import", "/*", "*/", "image-set(", "javascript:", "fill", "red"),
    *("data:image/png;base64,iVBORw0KGgo=", "rgb(1,2,3)", "1", " ", "!important"),
    *("\\", "\n", "expression(", "var(--x)", "--x", "<", "&", ">", "é", "-"),
]
VALUES = st.lists(st.sampled_from(PIECES), max_size=7).map("".join)


def quoted(text: str) -> str:
    for character, written in (("&", "amp"), ("<", "lt"), (">", "gt"), ('"', "quot")):
        text = text.replace(character, f"&{written};")
    return text


def element(name: str, attributes: dict[str, str], content: list[str]) -> str:
    written = "".join(f' {k}="{quoted(v)}"' for k, v in attributes.items())
    return f"<{name}{written}>{''.join(content)}</{name}>"


ELEMENTS = st.recursive(
    VALUES.map(quoted),
    lambda inner: st.builds(
        element,
        st.sampled_from(NAMES),
        st.dictionaries(st.sampled_from(ATTRIBUTES), VALUES, max_size=3),
        st.lists(inner, max_size=3),
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(st.lists(ELEMENTS, max_size=3).map("".join))
def test_whatever_is_shipped_is_harmless(content: str) -> None:
    data = f"<svg {NAMESPACES}>{content}</svg>".encode()
    try:
        shipped = drawing(data).data
    except Unsafe:
        return
    assert list(dangers(shipped)) == []
    assert drawing(shipped).data == shipped


ALLOWED = st.recursive(
    st.text("ab <&é", max_size=5).map(quoted),
    lambda inner: st.builds(
        element,
        st.sampled_from(sorted(policy.ELEMENTS - {"style", "use", "image"})),
        st.dictionaries(
            st.sampled_from(sorted(policy.PROPERTIES | policy.VALUES)),
            st.sampled_from(["1", "none", "url(#a)", "1 2,3", "#fff", "rgb(1, 2, 3)"]),
            max_size=3,
        ),
        st.lists(inner, max_size=3),
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(ALLOWED)
def test_a_picture_within_the_lists_keeps_every_byte(content: str) -> None:
    data = SVG.format(content).encode()
    assert drawing(data).data == data
    assert drawing(data).removed == ()


@settings(deadline=None)
@given(ALLOWED)
def test_a_rewritten_picture_has_the_same_content(content: str) -> None:
    data = SVG.format(content).encode()
    anew = drawing(b"<!-- a comment -->" + data).data
    assert ET.canonicalize(anew) == ET.canonicalize(data)


def test_the_figures_of_the_deck_keep_every_byte() -> None:
    figures = sorted((CONTENT / "media").glob("*.svg"))
    assert figures
    for figure in figures:
        assert drawing(figure.read_bytes()).data == figure.read_bytes(), figure.name


PNG = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ"


@pytest.mark.parametrize(
    ("given", "kept", "removed"),
    [
        ("<metadata><x xmlns='http://x'/></metadata><g/>", "<g></g>", ()),
        ("<a href='#x'><text>go</text></a>", "<text>go</text>", ()),
        ("<switch><text>go</text></switch>", "<text>go</text>", ()),
        ("<blink><g/></blink><blink/>", "", ("<blink>",)),
        ("<g data-x='1' x:y='2' xmlns:x='http://x'/>", "<g></g>", ()),
        ("<g wobble='1'/>", "<g></g>", ("wobble",)),
        ("<?x y?><g/>", "<g></g>", ()),
        ("<!--x--><g style='FILL:red'/>", '<g style="FILL:red"></g>', ()),
        ("<g style='fill:red;-x-y:1;clip:a'/>", '<g style="fill:red"></g>', ("clip",)),
        ("<style>g{fill:red}/* x */</style>", "<style>g{fill:red}</style>", ()),
        (
            "<style>@media print{g{fill:red}}b{fill:blue}</style>",
            "<style>b{fill:blue}</style>",
            ("@media print",),
        ),
        (f"<!--x--><image href='{PNG}'/>", f'<image href="{PNG}"></image>', ()),
        ("<!--x--><text>a\t&lt;&#13;</text>", "<text>a\t&lt;&#13;</text>", ()),
        ("<!--x--><g aria-label='a&#10;b'/>", '<g aria-label="a&#10;b"></g>', ()),
    ],
)
def test_what_is_kept_and_what_is_reported(
    given: str, kept: str, removed: tuple[str, ...]
) -> None:
    found = drawing(SVG.format(given).encode())
    assert found.data.decode() == f"{SVG.format(kept)}\n"
    assert found.removed == removed


def test_a_picture_without_its_namespace_is_shown_all_the_same() -> None:
    assert drawing(b"<svg><g/></svg>").data.decode() == SVG.format("<g></g>") + "\n"


def test_a_picture_of_a_plotting_library_is_shipped_without_a_word() -> None:
    data = (
        '<?xml version="1.0" encoding="utf-8" standalone="no"?>\n'
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"\n'
        '  "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n'
        '<svg xmlns:xlink="http://www.w3.org/1999/xlink" width="9pt" height="9pt"'
        ' viewBox="0 0 9 9" xmlns="http://www.w3.org/2000/svg" version="1.1">\n'
        '<metadata><rdf:RDF xmlns:cc="http://creativecommons.org/ns#"'
        ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><cc:Work>'
        '<cc:type rdf:resource="http://purl.org/dc/dcmitype/StillImage"/>'
        "</cc:Work></rdf:RDF></metadata>\n"
        '<defs><style type="text/css">*{stroke-linejoin: round; stroke-linecap: butt}'
        '</style><path id="m1" d="M 0 0 L 1 1" style="stroke: #000; stroke-width: 1"/>'
        '</defs><g clip-path="url(#p1)"><use xlink:href="#m1" x="1" y="2"'
        ' style="fill: #1f77b4; stroke: #000000"/></g></svg>\n'
    )
    found = drawing(data.encode())
    assert found.removed == ()
    assert b'xmlns:xlink="http://www.w3.org/1999/xlink"' in found.data
    assert b'<use xlink:href="#m1"' in found.data
    assert b"metadata" not in found.data
    assert b"*{stroke-linejoin:round;stroke-linecap:butt}" in found.data
