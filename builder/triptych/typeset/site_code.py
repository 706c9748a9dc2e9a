"""Write code of prose for the site: listings, what they print, and their tests."""

import re
from types import MappingProxyType

from triptych.typeset.code_blocks import listing, output
from triptych.typeset.context import Context
from triptych.typeset.highlight import html_lines, shown_language
from triptych.typeset.html import HtmlWriter, Tokens
from triptych.typeset.page_links import ROOT
from triptych.values.ui_strings import UiString

_COLOURS = MappingProxyType(
    {
        **dict.fromkeys(("kc", "no", "bp"), "b"),
        **dict.fromkeys(("ow", "nt", "gd", "gr"), "k"),
        **dict.fromkeys(("nf", "fm", "nc", "nd", "ne", "nn", "gh", "gu"), "n"),
        **dict.fromkeys(("dl", "gi"), "s"),
        **dict.fromkeys(("go", "gp"), "c"),
    }
)
"""The colours of words in code, by Pygments' classes: constants (`b`), keywords (`k`),
names (`n`), strings (`s`) and comments (`c`).

Classes that begin with `k`, `s` or `c` have it too. Operators, built-ins and numbers
have the colour of text, so they need no span.
"""
_COLOUR_STARTS = frozenset("ksc")
_ASSERTION = re.compile(r"^\s*assert\b", re.MULTILINE)


def fence(writer: HtmlWriter, tokens: Tokens, position: int) -> str:
    """Return a fence: a listing with its output, or a link to the tests."""
    token = tokens[position]
    role = token.meta.get("role", "")
    html = _code(token.content, shown_language(token), role)
    if role == "test":
        html = _tests(writer, token.content, html)
    printed = writer.context.printed(token.content) if role == "run" else ""
    if printed:
        html += output(printed, tabindex=' tabindex="0"')
    return writer.protected(html) + "\n"


def _tests(writer: HtmlWriter, code: str, html: str) -> str:
    """Return a link to the page of the tests; without one, the tests in a fold.

    They are the longest part of many pages, and few readers open them.
    """
    label = tests_label(writer.context, code).html
    page = writer.context.tests_page
    if not page:
        return f'<details class="tests"><summary>{label}</summary>{html}</details>'
    writer.tests.append((label, html))
    return f'<p class="tests"><a href="{ROOT}{page}">{label}</a></p>'


def tests_label(context: Context, code: str) -> UiString:
    """Return how many assertions the tests have, and what they passed with."""
    count = len(_ASSERTION.findall(code))
    if not (count and context.passed_with):
        return context.strings.tests
    versions = ", ".join(
        f"{'Python' if name == 'python' else name} {version}"
        for name, version in context.passed_with.items()
    )
    return context.strings.tests_pass.counted(count).filled(versions=versions)


def code_block(writer: HtmlWriter, tokens: Tokens, position: int) -> str:
    """Return a listing of an indented block."""
    token = tokens[position]
    return writer.protected(_code(token.content, shown_language(token), "")) + "\n"


def _code(code: str, language: str, role: str) -> str:
    # The block scrolls sideways, so it must be focusable by keyboard.
    lines = coloured_lines(code, language, role)
    return listing(lines, language, role, tabindex=' tabindex="0"')


def coloured_lines(code: str, language: str, role: str) -> tuple[str, ...]:
    """Return the lines of `code` as HTML, in colours unless they are tests."""
    # Few readers open tests, and their colours would be a tenth of a folded page.
    return html_lines(code, "" if role == "test" else language, _colour)


def _colour(css: str) -> str:
    """Return the class for the colour that code of Pygments' class `css` has."""
    start = css[:1] if css[:1] in _COLOUR_STARTS else ""
    return _COLOURS.get(css, start)
