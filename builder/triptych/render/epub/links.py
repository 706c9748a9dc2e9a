"""Links that lead somewhere: unique ids, and no link to a place that does not exist."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from html import escape, unescape
from urllib.parse import quote, unquote

from triptych.render.epub.book import Page

_ID = re.compile(r'(<[a-z][^>]*?) id="([^"]*)"')
_LINK = re.compile(r'(<a\b[^>]*?) href="([^"]*)"')
_SCHEME = re.compile(r"[a-z]+:")


def resolved(pages: Iterable[Page]) -> Iterator[Page]:
    """Yield the pages with ids that are unique and links that lead somewhere."""
    unique = [replace(page, body=_with_unique_ids(page.body)) for page in pages]
    ids = {
        page.file: frozenset(unescape(found[2]) for found in _ID.finditer(page.body))
        for page in unique
    }
    for page in unique:
        yield replace(page, body=_with_links(page, ids))


def _with_unique_ids(body: str) -> str:
    seen: set[str] = set()

    def first(found: re.Match[str]) -> str:
        if found[2] in seen:
            return found[1]
        seen.add(found[2])
        return found[0]

    return _ID.sub(first, body)


def _with_links(page: Page, ids: Mapping[str, frozenset[str]]) -> str:
    def link(found: re.Match[str]) -> str:
        url = unescape(found[2])
        if _SCHEME.match(url):
            return found[0]
        file, _, place = url.partition("#")
        known = ids.get(file or page.file)
        if known is None:
            return found[1]
        place = unquote(place)
        if place in known:
            return f'{found[1]} href="{escape(file)}#{quote(place)}"'
        return f'{found[1]} href="{escape(file)}"' if file else found[1]

    return _LINK.sub(link, page.body)
