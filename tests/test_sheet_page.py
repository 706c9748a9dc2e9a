"""The page of the sheet shows what the PDF shows, made of the same trees."""

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sheets import cards, deck

from triptych.render.settings import RenderSettings
from triptych.render.site.pages import sheet_pages
from triptych.render.site.templates import site_of
from triptych.typeset.tree_html import tree_html
from triptych.values.catalog import Catalog
from triptych.values.tree import Node, flat_text, kind, text

WHOLE = """---
question: What is {n}?
kind: {kind}
difficulty: hard
summary: Summary of {n}.
---
Answer.

$$a_{{{n}}} = 1$$ {{.key}}

```python {{.key}}
code_{n} = "<b>"
```

## Pitfalls
### Wrong {n} with `x++` {{#w}}
Right {n}. More.
"""
PLAIN = """---
question: What of {n}?
---
It follows:

- one {n}
- [two](q2.md)

| a | b |
|---|--:|
| c | $d$ |
"""


def asked() -> Catalog:
    questions = [WHOLE.format(n=n, kind=("concept", "coding")[n % 2]) for n in range(4)]
    return deck(*questions, *(PLAIN.format(n=n) for n in range(4, 6)))


def page(catalog: Catalog) -> str:
    (made,) = sheet_pages(site_of(catalog, RenderSettings()))
    return made.data.decode()


def words(html: str) -> str:
    """Return the text of HTML without white space, and formulas as LaTeX."""
    # A formula whose LaTeX is its text has no other.
    latex = re.compile(r'<math[^>]* data-tex="([^"]*)"[^>]*>.*?</math>', re.DOTALL)
    plain = re.sub(r"<[^>]*>", "", latex.sub(r"\1", html))
    return re.sub(r"\s", "", unescape(plain))


def test_the_page_has_the_blocks_of_the_pdf_once_and_in_order() -> None:
    catalog = asked()
    html = page(catalog)
    shown = re.findall(
        r'<dt id="(.*?)".*?class="place">(\d+)<.*?</dt>\s*<dd[^>]*>(.*?)</dd>',
        html,
        re.DOTALL,
    )
    drawn = cards(catalog)
    assert [(i, int(n)) for i, n, _ in shown] == [
        (card["id"], card["number"]) for card in drawn
    ]
    for card, (_, _, answer) in zip(drawn, shown, strict=True):
        for part in ("body", "formulas", "code", "wrong", "right"):
            for node in card[part]:
                # A fence's language is among the words of its node.
                said = text(node) if kind(node) == "fence" else flat_text(node)
                assert words(answer).count(re.sub(r"\s", "", said)) == 1, said
        assert ("<s>" in answer) == bool(card["right"])
        assert answer.count("<pre") == len(card["code"])


def test_marks_and_pitfalls_are_there_and_nothing_is_markup() -> None:
    html = page(asked())
    assert html.count(' data-tex="a_{') == 4
    assert html.count("&lt;b&gt;") == 4
    assert html.count("<s>Wrong") == 4
    assert html.count("Right 0.") == 1
    assert "More." not in html
    assert '<a href="q/q2.html">two</a>' in html
    assert html.count('class="align-right"') == 4


@pytest.mark.parametrize("hostile", ['"><script>x</script>', "&lt;", "' onx='1"])
def test_text_stays_text(hostile: str) -> None:
    written = tree_html(_everywhere(hostile))
    assert "<script" not in written
    assert written.count(hostile.replace("&", "&amp;")[:1]) >= 1
    assert hostile in unescape(re.sub(r"<[^>]*>", "", written))


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20))
@settings(max_examples=60, deadline=None)
def test_any_text_is_written_as_it_is(said: str) -> None:
    html = tree_html((("p", said), ("ul", (("em", said),)), ("note", ("p", said))))
    assert unescape(re.sub(r"<[^>]*>", "", html)).count(said) >= 3


def _everywhere(said: str) -> tuple[Node, ...]:
    return (
        ("p", said, ("code", said), ("em", said), ("img", "n.png", said)),
        ("p", ("link", f"https://e.org/{said}", said), ("note", ("p", said))),
        ("fence", said, "", (("run", "k", said),), (("run", said, "x"),)),
        ("ul", (("box", True), ("p", said))),
        ("table", ("left",), (("p", said),), ((("p", said),),)),
        ("dl", (("p", said), ((("p", said),),))),
        ("ol", 3, (("quote", ("h", 3, said)), ("figure", "n.png", said))),
        ("p", ("ref", "t/q.md#a", said), ("kbd", said), ("isolate", said)),
    )
