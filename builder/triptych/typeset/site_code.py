"""Write code of prose for the site: listings, what they print, and their tests."""

import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape
from types import MappingProxyType

from triptych.typeset.code_blocks import output
from triptych.typeset.context import Context
from triptych.typeset.highlight import Run, highlight, shown_language
from triptych.typeset.html_writer import HtmlWriter, Tokens
from triptych.typeset.page_links import ROOT
from triptych.values.language import has_rtl
from triptych.values.ui_strings import UiString

_KEYWORD, _NAME, _STRING, _CONSTANT, _COMMENT = "b", "i", "u", "var", "small"
"""The elements for the parts of code that have a colour.

They mean no less than a `span` with a class, need a third of its bytes, and look right
where no style sheet is read. The styles of the site and the EPUB name them, too.
"""
_ELEMENTS = MappingProxyType(
    {
        **dict.fromkeys(("kc", "no"), _CONSTANT),
        **dict.fromkeys(("ow", "nt", "gd", "gr"), _KEYWORD),
        **dict.fromkeys(("nf", "fm", "nc", "nd", "ne", "nn", "gh", "gu"), _NAME),
        **dict.fromkeys(("dl", "gi"), _STRING),
        **dict.fromkeys(("go", "gp"), _COMMENT),
    }
)
"""By Pygments' classes; others go by their first letter.

Operators, built-ins, `self` and numbers have the colour of text: they need no element.
"""
_ELEMENTS_BY_START = MappingProxyType({"k": _KEYWORD, "s": _STRING, "c": _COMMENT})
_ASSERTION = re.compile(r"^\s*assert\b", re.MULTILINE)


def fence(writer: HtmlWriter, tokens: Tokens, position: int) -> str:
    """Return a fence: a listing with its output, or a link to the tests."""
    token = tokens[position]
    role = token.meta.get("role", "")
    html = _code(token.content, shown_language(token))
    if role == "test":
        html = _tests(writer, token.content, html)
    printed = writer.context.printed(token.content) if role == "run" else ""
    if printed:
        html += output(printed, tabindex=' tabindex="0"')
    return writer.protected(html)


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
    return writer.protected(_code(token.content, shown_language(token)))


def _code(code: str, language: str) -> str:
    return code_html(highlight(code, language), language)


def code_html(lines: Iterable[Iterable[Run]], language: str) -> str:
    """Return a listing of highlighted lines."""
    css = f' class="language-{escape(language)}"' if language else ""
    # The block scrolls sideways, so it must be focusable by keyboard.
    start = f'<div class="code"><pre tabindex="0"><code{css}>'
    return f"{start}{coloured(lines)}</code></pre></div>"


def coloured(lines: Iterable[Iterable[Run]]) -> str:
    """Return highlighted lines as HTML; neighbours of one colour share an element."""
    written: list[str] = []
    element, gap = "", ""
    for at, line in enumerate(lines):
        gap += "\n" if at else ""
        for css, text in line:
            if not css and text.isspace():
                gap += text
                continue
            wanted = _element(css)
            if has_rtl(text):
                # Within one element, words from right to left would change places.
                written += [_end(element), gap, _isolated(wanted, text)]
                element, gap = "", ""
                continue
            if wanted != element:
                written += [_end(element), gap, f"<{wanted}>" if wanted else ""]
                element = wanted
            else:
                written.append(gap)
            gap = ""
            written.append(escape(text, quote=False))
    return "".join([*written, _end(element), gap])


def _isolated(element: str, text: str) -> str:
    # With `dir`, an Arabic string and the comment after it keep their order.
    name = element or "span"
    return f'<{name} dir="ltr">{escape(text, quote=False)}</{name}>'


def _end(element: str) -> str:
    return f"</{element}>" if element else ""


@lru_cache(maxsize=512)
def _element(css: str) -> str:
    """Return the element for code of Pygments' class `css`, if it has a colour."""
    return _ELEMENTS.get(css) or _ELEMENTS_BY_START.get(css[:1], "")
