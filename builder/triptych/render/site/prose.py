"""Prose, as a page shows it: in its place, below the title, or inside a link."""

import re

from markupsafe import Markup

from triptych.typeset.html import place
from triptych.values.catalog import Catalog
from triptych.values.question import Prose

_TITLE = re.compile(r"(</?)h1\b")
_HEADING = re.compile(r'<(h[1-6]) id="([^"]*)">(.*?)</\1>', re.DOTALL)
_PLAIN_CODE = re.compile(r'<span class="(?:[op]|nb|m[ifh])">([^<]*)</span>')
_TABLE = '<div class="table">'
# Wide tables scroll sideways, so the keyboard must be able to reach them.
_SCROLLED_TABLE = '<div class="table" tabindex="0">'
_LINK_TAG = re.compile(r'</?a(?:\s(?:"[^"]*"|[^">])*)?>')
_ID = re.compile(r'\sid="[^"]*"')


def typeset(prose: Prose, root: str, catalog: Catalog) -> Markup:
    """Return `prose` for a page, its headings linked to themselves."""
    html = place(prose.site, root, catalog)
    if 'class="highlight"' in html:
        # Signs, numbers and built-ins look like text: half of the bytes of a listing.
        html = "".join(_PLAIN_CODE.split(html))
    if _TABLE in html:
        html = html.replace(_TABLE, _SCROLLED_TABLE)
    if "<h1" in html:
        # The prompt is the page's one title; an author's are heads below it.
        html = _TITLE.sub(r"\1h2", html)
    if ' id="' in html and "<h" in html:
        html = _HEADING.sub(_link_heading, html)
    return Markup(html)  # noqa: S704 - sanitized when it was typeset


def linkless(html: Markup) -> Markup:
    """Return `html` without links and ids, so that a link may hold it."""
    if "<" not in html:
        return html
    return Markup(_ID.sub("", _LINK_TAG.sub("", html)))  # noqa: S704 - less of the same


def _link_heading(heading: re.Match[str]) -> str:
    tag, name, text = heading.groups()
    if "<a " in text or not text.strip():
        return heading[0]
    return f'<{tag} id="{name}"><a href="#{name}">{text}</a></{tag}>'
