"""In the book any prose is XHTML that the schema of EPUB allows, and reads the same."""

import random
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.books import build_book
from tests.constructs import CONTAINERS, INLINES, LEAVES
from tests.pages import read_page

from triptych.dialect.html_policy import ATTRIBUTES, VOID
from triptych.dialect.html_policy import TAGS as TAGS_ALLOWED
from triptych.parse.document import parse
from triptych.parse.markdown import inline
from triptych.typeset.context import Context
from triptych.typeset.html_writer import has_raw_html
from triptych.typeset.page_links import put_links
from triptych.typeset.prose import typeset
from triptych.values.document import Tokens
from triptych.values.form import Form, made_for
from triptych.values.source import Media, Source
from triptych.values.xhtml import (
    Formula,
    Id,
    LinkEnd,
    LinkStart,
    MediaSource,
    Part,
    PlaceLink,
    Xhtml,
)

TAGS = (
    *("<b>", "</b>", "<p>", "</p>", "<div>", "</div>", "<table>", "</table>", "<tr>"),
    *("<td>", "</td>", "<th colspan=0>", "<caption>", "<tbody>", "<tfoot>", "<thead>"),
    *("<colgroup>", "<col>", "<ul>", "</ul>", "<li>", "</li>", "<ol start=x type=a>"),
    *("<dl>", "<dt>", "<dd>", "</dl>", "<ruby>", "<rt>", "<rp>", "</ruby>", "<hr>"),
    *("<figure>", "<figcaption>", "</figure>", "<details>", "<summary>", "</details>"),
    *("<h1>", "</h1>", "<h3 id=q>", "<a href='#x'>", "</a>", "<dfn>", "</dfn>", "<br>"),
    *("<pre>", "</pre>", "<code>", "</code>", "<section class=footnotes>", "<wbr>"),
    *("<img src=media/x.svg>", "<img src='https://e.org/i.png'>", "<script>x</script>"),
    *('<span lang=xx dir=rtl title="&lt;">', "</span>", "<plaintext>", "<!-- c -->"),
    *('<a href="https://e.org/a b">', "<del>", "</del>", "&nbsp;", "&lt;", "&#7;"),
)
"""Raw HTML, in whatever order."""
MARKDOWN = (
    *("text", "*em*", "`a<b>`", "$x<y$", "\n\n$$\n\\texttt{a}+b\n$$\n\n", "\n\n"),
    *("\n\n# H\n\n", "\n\n## K {#k}\n\n", "\n\n- a\n- b\n\n", "\n\n> q\n\n", "\x07"),
    *("\n\n> [!NOTE]\n> n\n\n", "\n\n```python\nx < 1\n```\n\n", "\n\n    ind\n\n"),
    *("\n\n```python test\nassert 1\n```\n\n", "\n\n| a |\n|--:|\n| *2* |\n\n", '"'),
    *(
        "[l](https://e.org)",
        "[p](b.md#x)",
        "[h](#k)",
        "[g](gone.txt)",
        "![i](media/x.svg)",
    ),
    *(
        "\n\n![](media/x.svg)\n\n",
        "[^1]",
        "\n\n[^1]: [l](#k)\n\n",
        "![s](media/s.mp3)",
        "![](media/s.ogg)",
    ),
    *(
        "\n\n- [ ] todo\n- [x] done\n\n",
        "\n\nterm\n: def\n\n",
        "~~s~~",
        "  \n",
        "\u0633",
    ),
)
NAMES = sorted(
    TAGS_ALLOWED - VOID | {"ol type=a start=3", "li value=2", "details open", "p id=p"}
)


def element(name: str, inner: list[str]) -> str:
    return f"<{name}>{''.join(inner)}</{name.split(maxsplit=1)[0]}>"


PIECE = st.recursive(
    st.sampled_from(TAGS) | st.sampled_from(MARKDOWN),
    lambda inner: st.builds(
        element, st.sampled_from(NAMES), st.lists(inner, max_size=4)
    ),
    max_leaves=12,
)
PIECES = st.lists(PIECE, max_size=6)
FILES = frozenset(map(PurePosixPath, ("media/x.svg", "media/s.mp3", "media/s.ogg")))
PHRASING = frozenset(
    [
        *("a", "abbr", "audio", "b", "br", "cite", "code", "del", "dfn", "em", "i"),
        *("img", "ins", "kbd", "mark", "math", "q", "rp", "rt", "ruby", "s", "samp"),
        *("small", "span", "strong", "sub", "sup", "u", "var", "wbr"),
    ]
)
_LISTS, _ROWS = frozenset({"ul", "ol"}), frozenset({"tbody", "thead", "tfoot"})
_TABLE, _LIST = frozenset({"table"}), frozenset({"dl"})
PARENTS = {
    "li": _LISTS,
    "td": frozenset({"tr"}),
    "th": frozenset({"tr"}),
    "tr": _TABLE | _ROWS,
    "dt": _LIST,
    "dd": _LIST,
    "summary": frozenset({"details"}),
    "figcaption": frozenset({"figure"}),
    "rt": frozenset({"ruby"}),
    "rp": frozenset({"ruby"}),
    "col": frozenset({"colgroup"}),
    **dict.fromkeys(("caption", "colgroup", *_ROWS), _TABLE),
}
"""The elements that are nowhere but in one of these."""
CHILDREN = {
    **dict.fromkeys(_LISTS, frozenset({"li"})),
    "tr": frozenset({"td", "th"}),
    **dict.fromkeys(_ROWS, frozenset({"tr"})),
    "dl": frozenset({"dt", "dd"}),
}
"""The elements that have no other children, and no text."""
TABLE = ("caption", "colgroup", "thead", "tbody", "tfoot")
"""What is in a table, in this order."""
AT_MOST_ONE = {
    "figure": frozenset({"figcaption"}),
    "table": frozenset({"caption", "thead", "tfoot"}),
    "details": frozenset({"summary"}),
}
"""What an element has once, or not at all."""


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 2"/>'


OWNERS = {
    key: frozenset(tag for tag, keys in ATTRIBUTES.items() if key in keys)
    for key in ("colspan", "open", "reversed", "rowspan", "scope", "start", "type")
}
"""The elements that may have an attribute which others may not."""


def load(path: PurePosixPath) -> Media:
    return Media(path, path.name, SVG)


CONTEXT = Context(
    PurePosixPath("t/q.md"),
    FILES,
    load,
    layer="a",
    forms=made_for(frozenset({Form.EPUB})),
)


def answer(text: str) -> Tokens:
    source = Source(CONTEXT.path, f"---\nquestion: Q?\n---\n{text}\n")
    return parse(source).layers.answer


def written(part: Part) -> str:
    match part:
        case str(text) | Formula(text):
            return text
        case Id(name):
            return f' id="{escape(name)}"'
        case PlaceLink(name):
            return f' href="#{escape(name)}"'
        case LinkStart(path, _):
            return f'<a href="{escape(path)}">'
        case LinkEnd(_):
            return "</a>"
        case MediaSource(name):
            return f' src="{name}"'


def tree(parts: Xhtml) -> ET.Element:
    xhtml = "".join(map(written, parts))
    return ET.fromstring(f'<div xmlns:epub="e">{xhtml}</div>')  # noqa: S314 - ours


def name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def inner(element: ET.Element) -> Iterator[tuple[ET.Element, ET.Element]]:
    """Yield each element within, but those of formulas, with its parent."""
    for child in element:
        yield element, child
        if name(child) != "math":
            yield from inner(child)


def faults(root: ET.Element, *, in_line: bool) -> Iterator[str]:
    for parent, child in inner(root):
        outer, own = name(parent), name(child)
        if outer not in PARENTS.get(own, {outer}):
            yield f"{own} in {outer}"
        if own not in CHILDREN.get(outer, {own}):
            yield f"{own} in {outer}"
        holds_lines = outer in PHRASING - {"a", "del", "ins"} or outer in {"p", "pre"}
        is_line = holds_lines or (in_line and parent is root)
        if is_line and own not in PHRASING:
            yield f"{own} in a line of {outer}"
        if outer in CHILDREN and (parent.text or child.tail or "").strip():
            yield f"text in {outer}"
        yield from (
            f"{key} of {own}"
            for key in child.attrib
            if own not in OWNERS.get(key, {own})
        )
    for element in root.iter():
        links = [child for child in element.iter() if name(child) == "a"]
        if name(element) == "a" and len(links) > 1:
            yield "a in a"
        yield from disorder(name(element), [name(child) for child in element])


def disorder(name: str, children: list[str]) -> Iterator[str]:
    """Yield what an element has twice, or in another order than it must."""
    for own in set(children) & AT_MOST_ONE.get(name, frozenset()):
        if children.count(own) > 1:
            yield f"{own} twice in {name}"
    if name == "figure" and "figcaption" in children[1:-1]:
        yield "figcaption in the middle"
    if name == "table" and children != sorted(children, key=TABLE.index):
        yield "table in disorder"


@example(["<figure><p>a</p><figcaption>b</figcaption><p>c</p><hr></figure>"])
@example(["<table><thead><tr><td>a</thead><thead><tr><td>b</thead></table>"])
@given(PIECES)
@settings(max_examples=250, deadline=None)
def test_any_prose_is_valid_in_the_book(pieces: list[str]) -> None:
    text = "".join(pieces)
    for tokens in (answer(text), inline(" ".join(text.split()))):
        if not tokens:
            continue
        prose, is_line = typeset(tokens, CONTEXT), tokens[0].type == "inline"
        assert list(faults(tree(prose.epub), in_line=is_line)) == []
        label = tree(prose.epub_label)
        assert list(faults(label, in_line=True)) == []
        assert not any(
            name(e) in {"a", "audio"} or "id" in e.attrib for e in label.iter()
        )
        noted = {part.name for part in prose.epub if isinstance(part, MediaSource)}
        assert noted <= set(prose.media)


NOT_RAW = [
    text
    for text in (*LEAVES, *CONTAINERS, *INLINES)
    if (made := answer(text)) and not has_raw_html(made)
]
"""Without raw HTML, which is repaired."""


@pytest.mark.parametrize("text", NOT_RAW)
def test_prose_has_the_same_words_in_the_book_as_on_the_site(text: str) -> None:
    prose = typeset(answer(text), CONTEXT)
    page = read_page(put_links(prose.site, "", lambda _: None))
    words = "".join(tree(prose.epub).itertext())
    assert re.sub(r"\s+", "", words) == re.sub(r"\s+", "", page.text)


def test_a_formula_is_named_by_its_latex() -> None:
    prose = typeset(answer(r"$x - 1$ and $$\texttt{a} < \frac{1}{2}$$"), CONTEXT)
    names = [e.get("alttext") for e in tree(prose.epub).iter() if name(e) == "math"]
    assert names == ["x - 1", r"\texttt{a} < \frac{1}{2}"]


def test_a_heading_of_the_book_is_no_link_to_itself() -> None:
    assert typeset(answer("# K {#k}"), CONTEXT).epub == (
        "<h2",
        Id("k"),
        ">K</h2>",
    )


def test_tests_that_have_a_page_on_the_site_are_a_line_without_a_link() -> None:
    context = Context(
        CONTEXT.path, FILES, load, forms=CONTEXT.forms, tests_page="tests/q.html"
    )
    prose = typeset(answer("```python test\nassert 1\n```"), context)
    assert prose.epub == ('<p class="tests">Tests</p>',)


@pytest.mark.slow
def test_epubcheck_finds_nothing_in_random_html(
    epubcheck: Callable[[Path], str], tmp_path: Path
) -> None:
    chance = random.Random(7)  # noqa: S311 - the same in each run
    pieces = [piece for piece in (*TAGS, *MARKDOWN) if "media/s." not in piece]
    texts = ["".join(nested(chance, pieces)) for _ in range(150)]
    deck = "\n".join(
        f"=== t/q{n}.md\n---\nquestion: Q?\n---\n{text}" for n, text in enumerate(texts)
    )
    files = {"media/x.svg": load(PurePosixPath("x.svg")).data}
    assert epubcheck(build_book(tmp_path, deck, files)) == ""


def nested(chance: random.Random, pieces: list[str]) -> Iterator[str]:
    """Yield pieces, no two of them equal, with elements around some of them."""
    for piece in chance.sample(pieces, k=chance.randint(1, 14)):
        if chance.random() < 1 / 2:
            yield piece
        else:
            yield element(chance.choice(NAMES), [piece])
