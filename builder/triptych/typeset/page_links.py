"""Placeholders in the site's HTML for links to other pages.

The address of a link depends on which files have a page in this build, and on the
folder of the page that shows the prose. The placeholders are characters that content
cannot contain.
"""

import re
from collections.abc import Callable
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

ROOT = "\ufdd2"
"""The placeholder for the relative path from a page to the root of the site."""
_LINK, _TEXT, _END = "\ufdd3", "\ufdd4", "\ufdd5"
LINK_END = _END
"""The placeholder for the end of a link to a page."""

_WHOLE = re.compile(f"{_LINK}([^{_TEXT}]*){_TEXT}(.*?){_END}", re.DOTALL)


def link_start(path: PurePosixPath, fragment: str) -> str:
    """Return the placeholder for the start of a link to the page of `path`."""
    return f"{_LINK}{quote(str(path))}#{quote(fragment)}{_TEXT}"


def put_links(html: str, root: str, url_of: Callable[[str], str | None]) -> str:
    """Return the site's HTML with its placeholders replaced.

    `url_of` returns the page of a file relative to the root, or the place on it if the
    file has another id for it; if it returns None, the link becomes text.
    """
    if _LINK in html:

        def link(match: re.Match[str]) -> str:
            path, _, fragment = match[1].partition("#")
            url = url_of(unquote(match[1])) if fragment else None
            if url is not None:
                # GitHub's id of a heading.
                return f'<a href="{root}{url}">{match[2]}</a>'
            url = url_of(unquote(path))
            if url is None:
                return match[2]
            hash_ = f"#{fragment}" if fragment else ""
            return f'<a href="{root}{url}{hash_}">{match[2]}</a>'

        html = _WHOLE.sub(link, html)
    return html.replace(ROOT, root)
