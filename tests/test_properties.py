"""Laws that hold for any text: it is shown, and it is never syntax."""

import re
from html.parser import HTMLParser
from pathlib import PurePosixPath
from typing import cast

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from triptych.build.where import where
from triptych.dialect.links import LinkKind, destination
from triptych.errors import TriptychError
from triptych.parse.document import parse
from triptych.render.anki.views import notes
from triptych.typeset.context import Context
from triptych.typeset.highlight import highlight
from triptych.typeset.question import question
from triptych.typeset.site import fill_links
from triptych.validate.content import bad_math
from triptych.validate.rule import FileScope
from triptych.values.catalog import Catalog
from triptych.values.deck import Deck
from triptych.values.form import Form, made_for
from triptych.values.question import Question
from triptych.values.source import Source

PIECES = [
    "$x$",
    "$$",
    "$",
    "{{c1::a}}",
    "{{",
    "}}",
    "::",
    "`",
    "``",
    "```\n",
    "~~~\n",
    "<b>",
    "</b>",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!--",
    "-->",
    "[a](javascript:alert(1))",
    "![a](data:text/html,x)",
    "<svg/onload=alert(1)>",
    "\n\n",
    "\n# ",
    "\n## Pitfalls\n",
    "\n### a {#b}\n",
    "- ",
    "> ",
    "|a|b|\n|-|-|\n",
    "\\",
    "*",
    "_",
    "&lt;",
    "&#x6a;avascript:",
    '"',
    "'",
    "\t",
    "\u202e",
    "\ufdd0",
    "\ufdd3",
    "1. ",
    "[^1]",
    "[^1]: x",
    "<details>",
    '<a href="',
    "<p title='",
    '#read("/etc/passwd")',
    "<plaintext>",
    "<style>*{}</style>",
    "<textarea>",
    "<math><mtext><x>",
    "]]>",
    "\x00",
]
TEXT = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=25).map("".join)


ALL_FORMS = frozenset({Form.CARD, Form.EPUB, Form.SITE})


def typeset(body: str, forms: frozenset[Form] = ALL_FORMS) -> Question:
    text = Source(PurePosixPath("t/q.md"), "---\nquestion: What?\n---\n" + clean(body))
    context = Context(
        text.path,
        frozenset(),
        lambda path: pytest.fail(str(path)),
        forms=forms,
    )
    return question(parse(text), context)


def has_bad_math(body: str) -> bool:
    """Return whether a formula of an answer is an error: it is not typeset then."""
    text = Source(PurePosixPath("t/q.md"), "---\nquestion: W\n---\n" + clean(body))
    return any(bad_math(parse(text), cast("FileScope", None)))  # it looks at no scope


def clean(text: str) -> str:
    """Do what `read` does before anything else sees the text."""
    return re.sub("[\x00\ufdd0-\ufdef]", "\ufffd", text.replace("\r", "\n"))


class Tags(HTMLParser):
    """Collects what a browser would see as elements and attributes."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


@given(TEXT)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_cards_made_alone_are_those_made_beside_a_site(body: str) -> None:
    if has_bad_math(body):
        return
    alone = typeset(body, made_for(frozenset({Form.CARD})))
    assert notes(alone) == notes(typeset(body))
    assert not alone.answer.site
    assert not any(alone.on_sheet.parts)


@given(TEXT)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_text_becomes_a_script_a_handler_or_a_bad_link(body: str) -> None:
    if has_bad_math(body):
        return
    found = typeset(body)
    catalog = Catalog(Deck("d", "D"), ())
    for prose in (found.answer, found.depth, *(p.text for p in found.pitfalls)):
        for html in (fill_links(prose.site, "../", catalog), prose.card):
            tags = Tags(html)
            assert not tags.tags & {
                "script",
                "style",
                "iframe",
                "svg",
                "object",
                "img",
                "textarea",
                "plaintext",
                "form",
                "base",
                "link",
                "meta",
            }
            for name, value in tags.attributes:
                assert not name.startswith("on")
                assert name != "style"
                if name in {"href", "src"}:
                    assert re.match(r"https?:|mailto:|#|\.\./", value, re.IGNORECASE)
            assert not re.search("[\ufdd0-\ufdef]", html)


@pytest.mark.parametrize("name", ["lang", "class", "id", "dir"])
def test_an_unclosed_attribute_hides_no_generated_part(name: str) -> None:
    # The quotation mark of the second tag ends the attribute of the first.
    opening, closing = f'<div {name}="', '<p class="c">'
    formula = r"$\text{a onclick=b}$"
    found = typeset(f"{opening}\n\n{formula}\n\n{closing}\n\nEnd.\n\n").answer
    for html in (found.site, found.card):
        assert "End." in html
        assert f"{name}=" not in html


@example("\ufeff\ufeffa")
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60))
@settings(max_examples=200, deadline=None)
def test_code_is_shown_to_the_letter(code: str) -> None:
    code = clean(code)
    for language in ("python", "yaml", "html", "no-such-language"):
        lines = highlight(code, language)
        shown = "\n".join("".join(text for _, text in line) for line in lines)
        assert shown == code.removesuffix("\n")


@given(st.text(max_size=40))
def test_a_link_leaves_the_deck_only_by_an_allowed_scheme(href: str) -> None:
    found = destination(href, PurePosixPath("t/q.md"))
    if found.url:
        assert re.match(r"https?:|mailto:", found.url, re.IGNORECASE)


def test_an_address_without_a_scheme_leads_to_the_web_from_a_file_on_disk() -> None:
    found = destination("//x.example/a", PurePosixPath("t/q.md"))
    assert (found.kind, found.url) == (LinkKind.EXTERNAL, "https://x.example/a")


@given(TEXT)
@settings(max_examples=150, deadline=None)
def test_parsing_never_fails_and_is_repeatable(body: str) -> None:
    source = Source(PurePosixPath("t/q.md"), clean(body))
    first, second = parse(source), parse(source)
    assert first == second


@given(st.text(max_size=30))
def test_a_filter_is_read_or_refused(expression: str) -> None:
    try:
        where(expression)
    except TriptychError as error:
        assert "--where" in str(error)
