"""Raw HTML, every element with every attribute, comes out as the policy allows."""

from html.parser import HTMLParser
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triptych.dialect.html_policy import (
    ATTRIBUTES,
    CLASSES,
    GLOBAL_ATTRIBUTES,
    RARE_CLASSES,
    RARE_ELEMENTS,
    TAGS,
)
from triptych.dialect.links import destination
from triptych.parse.document import parse
from triptych.parse.markdown import inline
from triptych.typeset.card import cloze_html
from triptych.typeset.cloze import guard
from triptych.typeset.context import Context
from triptych.typeset.prose import typeset
from triptych.typeset.question import question
from triptych.values.form import Form
from triptych.values.prose import Prose
from triptych.values.source import Source

WORDS = """
a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound
big blink blockquote body br button canvas caption center cite code col colgroup command
content data datalist dd del details dfn dialog dir div dl dt em embed fieldset
figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup
hr html i iframe image img input ins isindex kbd keygen label legend li link listing
main map mark marquee math menu menuitem meta meter multicol nav nextid nobr noembed
noframes noscript object ol optgroup option output p param picture plaintext portal pre
progress q rb rp rt rtc ruby s samp script search section select shadow slot small
source spacer span strike strong style sub summary sup svg table tbody td template
textarea tfoot th thead time title tr track tt u ul var video wbr xmp x-own svg:script
animate foreignObject set use mtext maction
"""
ELEMENTS = WORDS.split()
"""The elements of HTML, old and new, and some of SVG and MathML."""
LINKS = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java&#10;script:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
    "ftp://host/x",
    "other.md",
    "../other.html",
    "/absolute",
    "//host/x",
    "?query",
    "\\\\host\\x",
    "https&#58;//host",
    "https://host/x",
    "mailto:a@host",
    "#place",
)
"""Destinations: what is allowed, and what must not come through."""
OUT = ("http:", "https:", "mailto:", "#")
NEVER = frozenset(
    {
        *("script", "style", "iframe", "object", "embed", "form", "input", "button"),
        *("textarea", "select", "base", "link", "meta", "svg", "math", "template"),
        *("plaintext", "frame", "frameset", "noscript", "title", "html", "body"),
    }
)
"""What no policy may allow: it runs, asks, or changes how the page is read."""
TEMPLATES = Path(__file__).parents[2] / "templates/site"


class Elements(HTMLParser):
    """What a browser would see: elements with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []
        self.tags: set[str] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.found += [(tag, name, value or "") for name, value in attrs]


def attributes_of(html: str, name: str) -> set[str]:
    return {value for _, found, value in Elements(html).found if found == name}


PAGES = "".join(path.read_text("utf-8") for path in TEMPLATES.rglob("*.html"))
PAGE_IDS = attributes_of(PAGES, "id")
PAGE_CLASSES = {
    word for value in attributes_of(PAGES, "class") for word in value.split()
}
VALUES = {
    "class": sorted(PAGE_CLASSES) + sorted(CLASSES) + ["own", "code", "highlight"],
    "id": [*sorted(PAGE_IDS), "own-1", "a b", "a.b", "", "x\"'>", "😀"],
    "lang": ["en", "x"],
    "dir": ["rtl"],
    "title": ["A title"],
    **dict.fromkeys(
        ("href", "src", "srcset", "action", "formaction", "xlink:href", "data"), LINKS
    ),
    **dict.fromkeys(("poster", "background", "cite", "ping", "longdesc"), LINKS),
    **dict.fromkeys(("onclick", "onerror", "ontoggle", "onx", "on"), ("alert(1)",)),
    **dict.fromkeys(("style", "srcdoc", "name", "target", "rel", "is"), ("x", "a:b")),
    **dict.fromkeys(("data-role", "tabindex", "aria-label", "accesskey"), ("1",)),
    **dict.fromkeys(("open", "value", "start", "colspan", "http-equiv"), ("1",)),
}


PATH = PurePosixPath("t/q.md")
CONTEXT = Context(
    PATH,
    frozenset(),
    lambda path: pytest.fail(str(path)),
    forms=frozenset({Form.CARD, Form.SITE}),
)


def forms(markdown: str) -> tuple[str, str]:
    """Return an answer as the site shows it, less the links to pages, and as a card."""
    text = f"---\nquestion: What?\n---\n{markdown}\n"
    answer = question(parse(Source(PATH, text)), CONTEXT).answer
    assert set(answer.rare) >= rare_in(answer)
    return answer.site, answer.card


def line_forms(markdown: str) -> tuple[str, str, str, str]:
    """Return a line of prose on the site, in a link, on a card and as a cloze."""
    tokens = inline(markdown)
    made = typeset(tokens, CONTEXT)
    assert set(made.rare) >= rare_in(made)
    return made.site, made.label, made.card, cloze_html(tokens, CONTEXT, guard)


def rare_in(prose: Prose) -> set[str]:
    """Return the rare elements and classes of the HTML for the site."""
    classes = {w for v in attributes_of(prose.site, "class") for w in v.split()}
    return Elements(prose.site).tags & RARE_ELEMENTS | classes & RARE_CLASSES


def offences(html: str) -> list[tuple[str, str, str]]:
    """Return what of `html` the policy does not allow."""
    elements = Elements(html)
    found = [(tag, "", "") for tag in elements.tags if tag in NEVER or tag not in TAGS]
    for tag, name, value in elements.found:
        allowed = name in ATTRIBUTES.get(tag, frozenset()) | GLOBAL_ATTRIBUTES
        if name == "class":
            allowed = set(value.split()) <= CLASSES and bool(value)
        elif name == "id":
            allowed = value not in PAGE_IDS and value.replace("-", "").isalnum()
        elif name in {"href", "src"}:
            allowed &= value.lower().startswith(OUT)
        if not allowed:
            found.append((tag, name, value))
    return found


@pytest.mark.parametrize("tag", ELEMENTS)
def test_no_element_keeps_what_the_policy_refuses(tag: str) -> None:
    tries = [(name, value) for name, values in VALUES.items() for value in values]
    written = [
        f"<{tag} {name}={quote}{value}{quote}>x</{tag}>"
        for name, value in tries
        for quote in "\"'"
        if quote not in value
    ]
    line = " and ".join(["Text", *written])
    for html in (*forms("\n\n".join(written)), *forms(line), *line_forms(line)):
        assert offences(html) == []


@given(
    st.lists(
        st.tuples(
            st.sampled_from(ELEMENTS),
            st.sampled_from([(n, v) for n, values in VALUES.items() for v in values]),
            st.sampled_from(["{} {}={!r}>", "{}\n{} = {!r} >", "{}/{}={!r}/>"]),
            st.sampled_from(["", "</{}>", "</{}\n>", "\n\n"]),
        ),
        min_size=1,
        max_size=6,
    )
)
@settings(max_examples=150, deadline=None)
def test_no_nesting_keeps_what_the_policy_refuses(
    pieces: list[tuple[str, tuple[str, str], str, str]],
) -> None:
    html = "".join(
        f"<{opening.format(tag, name, value)}x{closing.format(tag)}"
        for tag, (name, value), opening, closing in pieces
    )
    made_of_text, made_of_line = forms(html), line_forms(html)
    for made in (*made_of_text, *made_of_line):
        assert offences(made) == [], html
    # A page has one title, its prompt.
    for shown in (made_of_text[0], *made_of_line[:2]):
        assert "h1" not in Elements(shown).tags, html


def test_what_the_policy_allows_comes_through() -> None:
    for html in forms('<p class="cloze" id="own-1" lang="de">a</p>\n\n<b>c</b>'):
        assert '<p class="cloze" id="own-1" lang="de">' in html
    for link in LINKS[-3:]:
        for html in forms(f'Text <a href="{link}">b</a>.'):
            assert f'href="{link}"' in html


@given(st.text(max_size=30) | st.sampled_from(LINKS))
def test_a_link_of_markdown_leaves_only_by_an_allowed_scheme(href: str) -> None:
    url = destination(href, PurePosixPath("t/q.md")).url
    assert not url or url.lower().startswith(OUT)
