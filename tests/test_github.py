"""Markdown of GitHub is shown alike on the page, on the card and on the sheet."""

import re
from pathlib import Path, PurePosixPath

import pytest
from tests.cases import write_deck

from triptych.build.build import build, check
from triptych.deck.project import open_project
from triptych.notes.content import content_hash
from triptych.notes.which import notes_of
from triptych.parse.document import parse
from triptych.parse.layers import github_names, name_headings
from triptych.parse.markdown import blocks
from triptych.typeset.card import card_html
from triptych.typeset.context import Context
from triptych.typeset.question import question
from triptych.typeset.site import page_html
from triptych.typeset.tree import blocks as tree
from triptych.values.document import Tokens
from triptych.values.source import Source

PATH = PurePosixPath("topic/a.md")
CONTEXT = Context(PATH, frozenset(), lambda _: pytest.fail("no media"))


def page(text: str, *, raw: bool = False) -> str:
    return page_html(blocks(text), CONTEXT, raw=raw)[0]


def card(text: str) -> str:
    return card_html(blocks(text), CONTEXT, raw=False)[0]


def body(text: str) -> Tokens:
    return parse(Source(PATH, f"---\nquestion: What?\n---\n{text}")).layers.answer


def link(address: str, text: str = "") -> str:
    return f'<a href="{address}">{text or address}</a>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("See https://a.org/x_y_z.", f"See {link('https://a.org/x_y_z')}."),
        ("(http://a.org/b(c)d)", f"({link('http://a.org/b(c)d')})"),
        ("*https://a.org*, ~~x~~", f"<em>{link('https://a.org')}</em>, <s>x</s>"),
        ("https://a.org/?a=1&b=2;", None),
        ("http://localhost:8000/a", link("http://localhost:8000/a")),
        ("见https://a.org/b\uff0c好。", f"见{link('https://a.org/b')}\uff0c好。"),
        (
            "https://a.org and https://b.org",
            f"{link('https://a.org')} and {link('https://b.org')}",
        ),
        (
            "xhttps://a.org, https://, https://.a",
            "xhttps://a.org, https://, https://.a",
        ),
        ("`https://a.org`", "<code>https://a.org</code>"),
        ("[https://a.org](https://b.org)", link("https://b.org", "https://a.org")),
        ("<https://a.org>", link("https://a.org")),
        ("javascript://a.org ftp://a.org", "javascript://a.org ftp://a.org"),
    ],
)
def test_a_bare_address_is_a_link(text: str, html: str | None) -> None:
    if html is None:
        shown = "https://a.org/?a=1&amp;b=2"
        html = f"{link(shown)};"
    assert page(text) == f"<p>{html}</p>"
    assert card(text) == f"<p>{html}</p>"


def test_a_bare_address_within_a_raw_link_is_none_of_its_own() -> None:
    text = '<a href="https://b.org">https://a.org</a> https://c.org'
    assert page(text, raw=True).count("<a ") == 2


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "**这是重点\uff08注\uff09**也是",
            "<strong>这是重点\uff08注\uff09</strong>也是",
        ),
        ("他说**「你好」**吗", "他说<strong>「你好」</strong>吗"),
        ("これは*「強調」*です", "これは<em>「強調」</em>です"),
        ("이것은 **강조(強調)**입니다", "이것은 <strong>강조(強調)</strong>입니다"),
        ("a**(b)**c", "a**(b)**c"),
        ("2 * 3 * 4 和 5 * 6", "2 * 3 * 4 和 5 * 6"),
        ("文_字_文", "文_字_文"),
        ("😀**(b)**c", "😀**(b)**c"),
    ],
)
def test_emphasis_beside_punctuation_of_cjk_languages(text: str, html: str) -> None:
    assert page(text) == f"<p>{html}</p>"


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("$`a_1*b*`$", ("math_inline", "a_1*b*")),
        ("Is $`\\text{if $x$}`$ so", ("math_inline", "\\text{if $x$}")),
        ("```math\n\\frac{a}{b}\n```", ("math_block", "\\frac{a}{b}")),
        ("- a\n\n  ```Math\n  a\n  b\n  ```", ("math_block", "a\nb")),
    ],
)
def test_math_in_backticks(text: str, formula: tuple[str, str]) -> None:
    found = [
        (token.type, token.content.strip())
        for block in blocks(text)
        for token in (block, *(block.children or ()))
        if token.type.startswith("math")
    ]
    assert found == [formula]


@pytest.mark.parametrize("text", ["A $`code` and `$HOME`", "$``$", "$` `$", "$`a$"])
def test_dollars_beside_code_are_dollars(text: str) -> None:
    (_, passage, _) = blocks(text)
    assert all(child.markup != "$`" for child in passage.children or ())


ALERT = "> [!WARNING]\n> Never *do* this.\n>\n> - a"


def test_an_alert_has_its_title_on_page_card_and_sheet() -> None:
    html = (
        '<blockquote class="alert" data-kind="warning">\n'
        '<p class="alert-title"><strong>Warning</strong></p>\n'
        "<p>Never <em>do</em> this.</p>\n<ul>\n<li>a</li>\n</ul>\n</blockquote>"
    )
    assert card(ALERT) == html
    # The site has no line breaks between blocks.
    assert page(ALERT) == page(ALERT, raw=True) == html.replace("\n", "")
    assert tree(blocks(ALERT), CONTEXT) == (
        (
            "quote",
            ("p", ("strong", "Warning")),
            ("p", "Never ", ("em", "do"), " this."),
            ("ul", (("p", "a"),)),
        ),
    )


@pytest.mark.parametrize("text", ["> [!NOTE] a", "> [!OTHER]\n> a", "> a\n> [!NOTE]"])
def test_other_quotations_stay_as_they_are(text: str) -> None:
    assert "alert" not in page(text)


@pytest.mark.parametrize(
    "text", ["```\n>>> 1 + 1\n2\n```", "```python\n>>> 1 + 1\n2\n```", "    >>> 1 + 1"]
)
def test_a_block_that_begins_with_a_prompt_is_a_session(text: str) -> None:
    html = page_html(body(text), CONTEXT, raw=False)[0]
    assert 'class="language-pycon"' in html
    assert 'class="language-pycon"' in card_html(body(text), CONTEXT, raw=False)[0]
    block = tree(body(text), CONTEXT)[0]
    assert isinstance(block, tuple)
    assert block[1] == "pycon"


def test_other_code_is_no_session() -> None:
    tokens = body("```\nx >>> 1\n```\n\n```text\n>>> 1\n```\n\n    a >>> b")
    assert "pycon" not in page_html(tokens, CONTEXT, raw=False)[0]


HASHED = """\
---
question: What is https://a.org?
summary: It is {{c1::this}}, see https://a.org/x.
---
See https://a.org/x, and *https://b.org*.

```
>>> 1 + 1
2
```

    >>> 2
"""


@pytest.mark.parametrize(
    ("formula", "hashed"),
    [(1, "5c66120006db822f3d6c"), (2, "aee663f7fbde75f97ef8")],
)
def test_what_reads_as_before_keeps_its_hash(formula: int, hashed: str) -> None:
    document = parse(Source(PATH, HASHED))
    note = next(iter(notes_of(question(document, CONTEXT))))
    assert content_hash(note, formula) == hashed


LINKS = """\
=== topic/a.md
---
question: What is a?
---
See [below](#its-uses--limits), [again](#its-uses--limits-1), [ours](#it-s-uses-limits),
[b](b.md#what-about-c), [its id](b.md#why) and [the text of it](b.md#why-so).

## It's uses & limits

One.

## It's uses & limits

Two.
=== topic/b.md
---
question: What is b?
---
An answer.

### What about `C++`?

Text.

## Follow-ups

### Why so? {#why}

Because.
"""


def test_ids_of_github_lead_to_the_same_headings(tmp_path: Path) -> None:
    project = open_project(write_deck(tmp_path / "deck", LINKS))
    report, emitted = build(project, tmp_path / "dist", ("site",))
    assert emitted
    assert report.diagnostics == ()
    html = (tmp_path / "dist/site/q/a.html").read_text()
    texts = "below|again|ours|b|its id|the text of it"
    assert re.findall(rf'href="([^"]*)">(?:{texts})</a>', html) == [
        "#it-s-uses-limits",
        "#it-s-uses-limits-2",
        "#it-s-uses-limits",
        "../q/b.html#what-about-c",
        "../q/b.html#why",
        "../q/b.html#why",
    ]
    assert '<h2 id="it-s-uses-limits-2">' in html


def test_an_id_that_neither_we_nor_github_give_is_dead(tmp_path: Path) -> None:
    text = LINKS.replace("#why-so", "#why-not").replace("limits-1)", "limits-2)")
    found = check(open_project(write_deck(tmp_path, text))).diagnostics
    assert [d.rule for d in found] == ["dead-anchor", "dead-link"]


@pytest.mark.parametrize(
    ("titles", "led"),
    [
        (("A", "B c"), {}),
        (("A", "A", "A"), {"a-1": "a-2"}),
        (("A-1", "A", "A"), {}),
        (("A_b!", "A & b"), {"a--b": "a-b"}),
    ],
)
def test_an_id_of_ours_leads_to_its_own_heading(
    titles: tuple[str, ...], led: dict[str, str]
) -> None:
    tokens = blocks("\n\n".join(f"# {title}" for title in titles))
    name_headings(tokens)
    assert github_names(tokens) == led
