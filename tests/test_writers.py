"""Each form of output is written whole: nothing is searched for in it afterwards."""

import re
from dataclasses import replace
from html import escape
from itertools import product
from pathlib import PurePosixPath

import pytest
from tests.pages import read_page

from triptych.deck.strings import built_in
from triptych.notes.fields import fields
from triptych.notes.strings import card_strings
from triptych.notes.which import notes_of
from triptych.parse import markdown
from triptych.parse.document import parse
from triptych.typeset.code_blocks import listing, output
from triptych.typeset.context import Context, prose_strings
from triptych.typeset.page_links import LINK_END, link_start, put_links
from triptych.typeset.prose import typeset
from triptych.typeset.question import question
from triptych.typeset.raw_html import with_code_from_left_to_right
from triptych.values.document import Tokens
from triptych.values.note import Role
from triptych.values.prose import Prose
from triptych.values.source import Media, Source

PATH = PurePosixPath("topic/a.md")
RAW = "<b>raw</b>\n\n"
"""With HTML of the author's beside it, prose passes the sanitizer."""
WIDE = "+".join("abcdefghij")


def load(path: PurePosixPath) -> Media:
    return Media(path, "x-1.svg", b'<svg viewBox="0 0 3 2"/>')


CONTEXT = Context(PATH, frozenset({PurePosixPath("x.svg")}), load, layer="answer")


def written(text: str) -> Prose:
    return typeset(answer(text), CONTEXT)


def answer(text: str) -> Tokens:
    document = parse(Source(PATH, f"---\nquestion: What?\n---\n{text}\n"))
    return document.layers.answer


def line(text: str) -> Prose:
    return typeset(markdown.inline(text), CONTEXT)


def on_page(html: str) -> str:
    return put_links(html, "../", {"topic/b.md": "q/b.html"}.get)


@pytest.mark.parametrize("before", ["", RAW])
@pytest.mark.parametrize(
    ("text", "site", "card"),
    [
        (
            "## Why {#why}",
            '<h2 id="why"><a href="#why">Why</a></h2>',
            '<h2 id="why">Why</h2>',
        ),
        (
            "# Why *so* {#why}",
            '<h2 id="why"><a href="#why">Why <em>so</em></a></h2>',
            '<h1 id="why">Why <em>so</em></h1>',
        ),
        (
            "# Why",
            '<h2 id="why"><a href="#why">Why</a></h2>',
            '<h1 id="why">Why</h1>',
        ),
        ("## {#why}", '<h2 id="why"></h2>', '<h2 id="why"></h2>'),
        (
            "## [Out](https://e.org) {#out}",
            '<h2 id="out"><a href="https://e.org">Out</a></h2>',
            '<h2 id="out"><a href="https://e.org">Out</a></h2>',
        ),
        (
            "## [Nowhere](x.txt) {#x}",
            '<h2 id="x"><a href="#x">Nowhere</a></h2>',
            '<h2 id="x">Nowhere</h2>',
        ),
        (
            "## ![Remote](https://e.org/i.png) {#x}",
            '<h2 id="x"><a href="https://e.org/i.png">Remote</a></h2>',
            '<h2 id="x"><a href="https://e.org/i.png">Remote</a></h2>',
        ),
        (
            "## <kbd>Ctrl</kbd> {#x}",
            '<h2 id="x"><a href="#x"><kbd>Ctrl</kbd></a></h2>',
            '<h2 id="x"><kbd>Ctrl</kbd></h2>',
        ),
        (
            '## <a href="https://e.org">Raw</a> {#x}',
            '<h2 id="x"><a href="https://e.org">Raw</a></h2>',
            '<h2 id="x"><a href="https://e.org">Raw</a></h2>',
        ),
        ("## <!-- no --> {#x}", '<h2 id="x"></h2>', '<h2 id="x"></h2>'),
        ("<h1>Raw</h1>", "<h2>Raw</h2>", "<h1>Raw</h1>"),
    ],
)
def test_a_heading_links_to_itself_on_the_site_alone(
    before: str, text: str, site: str, card: str
) -> None:
    made = written(before + text)
    assert made.site.endswith(site)
    assert made.card.endswith(card)


def test_only_tags_of_raw_headings_become_those_of_the_second_level() -> None:
    raw = '<abbr title="as <h1> is">A</abbr>\n\n<H1 id="b">B</H1><h1\n>C</h1>'
    made = written(raw)
    assert 'title="as <h1> is"' in made.site.replace("&lt;", "<").replace("&gt;", ">")
    assert made.site.endswith('<h2 id="b">B</h2><h2>C</h2>')
    # Tags that end in the text below are tags to a browser.
    for raw in ("<h1\n\nclass>x", '<h1 title="a\n\n<p title="b">c'):
        assert "<h1" not in written(raw).site


@pytest.mark.parametrize("before", ["", RAW])
def test_the_keyboard_reaches_what_scrolls_on_the_site(before: str) -> None:
    made = written(
        f"{before}| a |\n|---|\n| b |\n\n```python\nx\n```\n\n    y\n\n"
        f"$${WIDE}$$\n\n$$z$$"
    )
    tags = re.findall(r"<(\w+)[^>]* tabindex=\"0\"", made.site)
    assert tags == ["div", "pre", "pre", "span"]
    assert '<div class="table" tabindex="0"><table>' in made.site
    assert "tabindex" not in made.card


@pytest.mark.parametrize("before", ["", RAW])
def test_what_may_stand_in_a_link_is_no_stop_for_the_keyboard(before: str) -> None:
    inner = f"${WIDE}$ and $${WIDE}$$"
    for text in (f"[a {inner} z](https://e.org)", f"## A {inner} {{#h}}", inner):
        made = written(before + text)
        assert made.site.count("<span class=math-") == 2
        assert "tabindex" not in made.site


@pytest.mark.parametrize("value", ["0", "5", "-1"])
def test_an_author_cannot_set_tabindex(value: str) -> None:
    for tag in ("div", "p", "b"):
        made = written(f'<{tag} tabindex="{value}">x</{tag}>')
        assert "tabindex" not in made.site + made.card


def coloured(code: str) -> str:
    """Return the inside of a listing of Python on the site."""
    made = written(f"```python\n{code}\n```")
    found = re.search("<code[^>]*>(.*)</code>", made.site, re.DOTALL)
    assert found is not None
    text = re.compile("<[^>]*>")
    assert text.sub("", made.site).strip() == text.sub("", made.card).strip()
    return found[1]


def test_words_of_code_on_the_site_are_in_elements_by_colour() -> None:
    assert coloured("len(1 + 2.5, f'a{None}', self) is not None  # so") == (
        "len(1 + 2.5, <u>f'a{</u><var>None</var><u>}'</u>, self)"
        " <b>is not</b> <var>None</var>  <small># so</small>"
    )


def test_neighbours_of_one_colour_share_an_element_across_lines() -> None:
    code = '# one\n# two\n\ndef f():\n    """A & b.\n\n    C.\n    """\n    pass'
    assert coloured(code) == (
        "<small># one\n# two</small>\n\n<b>def</b> <i>f</i>():\n"
        '    <u>"""A &amp; b.\n\n    C.\n    """</u>\n    <b>pass</b>'
    )


def test_arabic_in_code_on_the_site_keeps_its_order() -> None:
    assert coloured("x = 'سلام'  # قبل") == (
        'x = <u dir="ltr">\'سلام\'</u>  <small dir="ltr"># قبل</small>'
    )


LINES = (
    "plain",
    "[out](https://e.org)",
    "[page](b.md#x)",
    "[gone](gone.md)",
    "[here](#x)",
    "![a picture](x.svg)",
    "![remote](https://e.org/i.png)",
    '<a href="https://e.org" id="x">raw</a>',
    '<b id="y">bold</b>',
    '<img src="https://e.org/i.png" alt="raw">',
    r"$\lambda \text{ id=}$",
    "`code`",
)


@pytest.mark.parametrize("text", [*map(" ".join, product(LINES, repeat=2))])
def test_a_label_reads_the_same_and_may_stand_in_a_link(text: str) -> None:
    made = line(text)
    site, label = (read_page(on_page(html)) for html in (made.site, made.label))
    assert not label.unbalanced
    assert not label.all("a")
    assert label.ids == []
    assert label.text == site.text
    kept = [tag for tag, _ in site.tags if tag != "a"]
    assert [tag for tag, _ in label.tags] == kept


def test_a_reference_to_a_footnote_is_no_link_in_a_label() -> None:
    made = typeset(answer("Why[^1]?\n\n[^1]: A note.")[1:2], CONTEXT)
    assert '<a href="#fn-answer-1" id="fnref-answer-1">' in made.site
    assert made.label == 'Why<sup class="footnote-ref">1</sup>?'


def test_a_line_without_links_is_kept_once() -> None:
    made = line("What is $x$ in *this*?")
    assert made.label is made.site


def test_the_characters_of_formulas_are_noted() -> None:
    assert line("No formula, <math>").glyphs == ""
    assert {"λ", "∀"} <= set(line(r"$\lambda$ and $\forall$").glyphs)
    assert "λ" in written(RAW + "$$\n\\lambda\n$$").glyphs


def test_the_classes_of_formulas_are_noted_and_no_words() -> None:
    made = line(r"A math-heavy $\vec{x}$")
    assert "math-vec" in made.math_classes
    assert "math-heavy" not in made.math_classes
    assert line(r"$\text{math-box}$").math_classes == ()
    assert line("A math-heavy text").math_classes == ()
    boxed = written(RAW + r"$$\boxed{x}$$").math_classes
    assert {"math-box", "math-display"} <= set(boxed)


@pytest.mark.parametrize("before", ["", RAW])
@pytest.mark.parametrize(
    ("text", "rare"),
    [
        ("A `<hr>`, [an *hr*](https://a.b '<dl>') and https://a.b?hr\n\n- [x]", ()),
        ("A list\n\n- [x] done\n- [ ] to do", ("task",)),
        ("***", ("hr",)),
        ("> quoted", ("blockquote",)),
        ("> [!TIP]\n> quoted", ("alert", "blockquote")),
        ("A\n: B", ("dl",)),
        ("A[^1]\n\n[^1]: B", ("footnotes", "sup")),
        ("# A\n\n### B\n\n#### C", ("h2", "h4")),
        ("<p lang='de'>a <sub>b</sub></p>", ("lang", "sub")),
        ("| a | b |\n|:-:|--:|\n| 1 | 2 |", ("align-center",)),
        ("| a | b |\n|:--|--:|\n| 1 | 2 |", ()),
        (
            "<div class='task align-center'>\n<hr>\n</div>",
            ("align-center", "hr", "task"),
        ),
    ],
)
def test_elements_and_classes_that_few_decks_have_are_noted(
    before: str, text: str, rare: tuple[str, ...]
) -> None:
    assert written(before + text).rare == rare


def test_a_sound_is_noted_as_a_rare_element() -> None:
    sound = Context(
        PATH, frozenset({PurePosixPath("x.mp3")}), lambda p: Media(p, "x-1.mp3", b"ID3")
    )
    assert typeset(answer("![a](x.mp3)"), sound).rare == ("audio",)


def test_a_description_of_a_picture_is_no_html() -> None:
    made = line('![a <b>"b"</b>](x.svg) "q"')
    assert made.site.endswith(
        'alt="a &quot;b&quot;" width="3" height="2" loading="lazy"> &quot;q&quot;'
    )


def test_no_mark_is_left_where_tags_became_text() -> None:
    made = written("<plaintext>\n\n| a |\n|---|\n| b |")
    assert 'tabindex="0"' in made.site
    assert not re.search("[\ufdd0-\ufdef]", made.site)


@pytest.mark.parametrize(
    ("heading", "shown"),
    [
        ("It is $x$.", r"“It is \(x\).”"),
        ('"It is *so*."', "“It is <em>so</em>.”"),
        ('"<b>So</b>."', "“<b>So</b>.”"),
        ('"See [this](https://e.org)."', '“See <a href="https://e.org">this</a>.”'),
        ('"One" and "two"', "&quot;One&quot; and &quot;two&quot;"),
        ('"One" is two', "&quot;One&quot; is two"),
        ('`"a"`', "<code>&quot;a&quot;</code>"),
        ("„So.“", "„So.“"),
        ("“So.”", "“So.”"),
    ],
)
def test_a_claim_is_quoted_only_once(heading: str, shown: str) -> None:
    text = f"## Pitfalls\n\n### {heading} {{#x}}\n\nNo.\n"
    document = parse(Source(PATH, f"---\nquestion: What?\n---\nSo.\n\n{text}"))
    made = notes_of(question(document, CONTEXT))
    (note,) = (note for note in made if note.role is Role.PITFALL)
    said = card_strings(built_in(), "en")
    asked = escape(said["wrong"].text).replace("{claim}", shown)
    assert fields(note, said)["Question"] == asked


@pytest.mark.parametrize("before", ["", RAW])
@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("![A line](x.svg)", 1),
        ("![](x.svg)", 0),
        ("![A line](x.svg) and words", 0),
        ("[![A line](x.svg)](https://e.org/)", 0),
        ("![A line](gone.svg)", 0),
        ("# ![A line](x.svg)", 1),
    ],
)
def test_a_figure_is_a_link_to_its_file(before: str, text: str, links: int) -> None:
    prose = written(before + text)
    page = read_page(on_page(prose.site))
    assert len(page.all("a", href="../media/x-1.svg")) == links
    assert page.unbalanced == []
    assert not re.search(r"<a [^>]*>(?:(?!</a>).)*<a ", prose.site)
    assert "zoom" not in prose.card + prose.label


@pytest.mark.parametrize(
    ("code", "versions", "label"),
    [
        (
            "assert 1\n",
            {"python": "3.11"},
            "Tests: 1 assertion passes with Python 3.11",
        ),
        (
            "for x in 1, 2:\n    assert x\nassert 3\n",
            {"python": "3.11", "numpy": "2.4"},
            "Tests: 2 assertions pass with Python 3.11, numpy 2.4",
        ),
        ("assertion = 1\n", {"python": "3.11"}, "Tests"),
        ("assert 1\n", {}, "Tests"),
    ],
)
def test_the_label_of_tests_says_what_they_pass_with(
    code: str, versions: dict[str, str], label: str
) -> None:
    said = prose_strings(built_in(), "en")
    context = replace(CONTEXT, passed_with=versions, strings=said)
    prose = typeset(answer(f"```python test\n{code}```"), context)
    assert f"<summary>{label}</summary>" in prose.site
    assert "assert" in prose.site
    assert "<span" not in prose.site
    assert prose.tests == ()


def test_tests_with_a_page_of_their_own_are_a_link_to_it() -> None:
    said = prose_strings(built_in(), "en")
    context = replace(CONTEXT, tests_page="tests/a.html", strings=said)
    text = '<b>Bold</b>\n\n```python test\nassert a < "</details>"\n```\n\nAfter.'
    prose = typeset(answer(text), context)
    ((label, code),) = prose.tests
    assert label == "Tests"
    assert "<b>assert</b> a &lt; " in code
    assert "assert" not in prose.site
    link = '<p class="tests"><a href="{}tests/a.html">Tests</a></p>'
    for root in ("", "../"):
        html = put_links(prose.site, root, lambda _: None)
        assert f"{link.format(root)}<p>After.</p>" in html


BLOCKS = """One
line.[^1]

- a
- b

  c
    - d

> quoted

> [!NOTE]
> Text

## Heading {#heading}

| a | b |
|---|--:|
| c | d |

```python
x

y
```

    indented

```sizing
users = 10
```

$$
x
$$

Term
: meaning

![alt](x.svg)

***

[^1]: Said elsewhere.
"""


def test_pages_have_line_breaks_within_text_and_code_only() -> None:
    prose = written(BLOCKS)
    outside_of_code = re.sub(r"<pre.*?</pre>", "", prose.site, flags=re.DOTALL)
    assert outside_of_code.startswith("<p>One\nline.<")
    assert outside_of_code.count("\n") == 1
    assert ">x\n\ny</code>" in prose.site
    assert "data-sizing" in prose.site
    # Cards keep theirs: without them a note would be another for learners.
    for broken in ("<ul>\n<li>", "</table></div>\n", "</blockquote>\n", "<ol>\n<li id"):
        assert broken in prose.card


@pytest.mark.parametrize(
    ("heading", "shown"),
    [
        ('"It is *so*."', "“It is <em>so</em>.”"),
        ('"<b>It</b> is."', "“<b>It</b> is.”"),
        ('" so "', "“ so ”"),
        ('["It is"](b.md)<!-- said -->', "“It is”"),
        ('["It is"](https://a.org)', '<a href="https://a.org">&quot;It is&quot;</a>'),
        ('"It [is"](https://a.org)', '&quot;It <a href="https://a.org">is&quot;</a>'),
        ('"a" and "b"', "&quot;a&quot; and &quot;b&quot;"),
        ('"It is', "&quot;It is"),
        ('It is"', "“It is&quot;”"),
        ('**"It is"**', "<strong>&quot;It is&quot;</strong>"),
        ('`"It is"`', "<code>&quot;It is&quot;</code>"),
        ("“It is”", "“It is”"),
        ("It is", "“It is”"),
    ],
)
def test_a_claim_has_quotation_marks_of_its_author_unless_straight(
    heading: str, shown: str
) -> None:
    body = f"So.\n\n## Pitfalls\n### {heading} {{#a}}\nNo.\n"
    made = question(parse(Source(PATH, f"---\nquestion: What?\n---\n{body}")), CONTEXT)
    words = card_strings(built_in(), "en")
    pitfall = {note.id: fields(note, words) for note in notes_of(made)}["a/a"]
    assert pitfall["Question"] == f"What is wrong with {shown}?"


SIGNS = "<script>alert(1)</script> & \"'"


@pytest.mark.parametrize("before", ["", RAW])
def test_no_sign_of_an_author_becomes_markup(before: str) -> None:
    alt = SIGNS.replace("<", "&lt;")
    for text in (f"![{alt}](gone.png)", f"![{alt}](https://e.org/a.png)"):
        prose = written(before + text)
        for html in (prose.site, prose.card):
            assert "<script" not in html
            assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_what_code_printed_and_its_language_are_escaped() -> None:
    assert output(SIGNS) == f'<div class="output"><pre>{escape(SIGNS)}</pre></div>'
    assert f'<code class="language-{escape(SIGNS)}">' in listing((), SIGNS, "")


def test_a_link_has_no_room_for_a_sound() -> None:
    path = PurePosixPath("media/s.mp3")
    context = replace(
        CONTEXT, files=frozenset({path}), load=lambda path: Media(path, "s.mp3", b"ID3")
    )
    heard = typeset(markdown.inline("a ![s](media/s.mp3) b"), context)
    assert "<audio" in heard.site
    assert "<audio" not in heard.label


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("one<br>two", "one two"),
        ("one<BR/>two", "one two"),
        ("one<b>two</b>", "onetwo"),
        ("<p>one</p><p>two &amp; three</p>", "one two & three"),
        ("<!-- no <b> -->one", "one"),
    ],
)
def test_raw_html_is_plain_text_as_a_reader_sees_it(html: str, text: str) -> None:
    assert written(html).plain == text


def test_the_first_of_two_equal_attributes_counts_as_in_browsers() -> None:
    html = '<img src="../x.svg" alt="One" src="https://e.org/y.svg" alt="Two">'
    for prose in (written(html), written(f"A sentence with {html}.")):
        for shown in (prose.site, prose.card):
            assert 'src="https' not in shown
            assert 'alt="One"' in shown


PAGES = {"t/b.md": "q/b.html", "t/b.md#an-id": "q/b.html#other", "t/ä.md": "q/ä.html"}


@pytest.mark.parametrize(
    ("path", "fragment", "shown"),
    [
        ("t/b.md", "", '<a href="../q/b.html">B</a>'),
        ("t/b.md", "part", '<a href="../q/b.html#part">B</a>'),
        # The site has another id for that heading of GitHub's.
        ("t/b.md", "an-id", '<a href="../q/b.html#other">B</a>'),
        ("t/ä.md", "ö", '<a href="../q/ä.html#%C3%B6">B</a>'),
        ("t/gone.md", "", "B"),
        ("t/gone.md", "part", "B"),
    ],
)
def test_a_link_to_a_file_leads_to_its_page_and_its_place(
    path: str, fragment: str, shown: str
) -> None:
    html = f"{link_start(PurePosixPath(path), fragment)}B{LINK_END}"
    assert put_links(html, "../", PAGES.get) == shown


def test_a_link_that_has_lost_its_end_with_raw_html_is_text() -> None:
    made = on_page(written("[a <script>b](b.md) c</script> [d](b.md)").site)
    assert made == '<p>a  <a href="../q/b.html">d</a></p>'


def test_code_of_an_author_keeps_the_direction_that_it_has() -> None:
    html = '<p><code dir="rtl">a</code> <KBD>b</KBD> <code\nclass="c">d</code></p>'
    assert with_code_from_left_to_right(html) == (
        '<p><code dir="rtl">a</code> <KBD dir="ltr">b</KBD>'
        ' <code dir="ltr"\nclass="c">d</code></p>'
    )
