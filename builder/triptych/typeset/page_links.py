"""Marks in a site's HTML for what only a page knows: its links to other pages.

Where a link leads depends on which files have a page in this build, and on the folder
of the page that shows the prose. The marks are characters that no author can write.
"""

import re
from collections.abc import Callable
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

ROOT = "\ufdd2"
"""Stands for the way from a page to the root of the site."""
_LINK, _TEXT, _END = "\ufdd3", "\ufdd4", "\ufdd5"
LINK_END = _END
"""Where the text of a link to a page ends."""

_WHOLE = re.compile(f"{_LINK}([^{_TEXT}]*){_TEXT}(.*?){_END}", re.DOTALL)


def link_start(path: PurePosixPath, fragment: str) -> str:
    """Return the mark of a link to the page of the file `path`."""
    return f"{_LINK}{quote(str(path))}#{quote(fragment)}{_TEXT}"


def put_links(html: str, root: str, url_of: Callable[[str], str | None]) -> str:
    """Return a site's HTML with its links and the way to the root filled in.

    `url_of` gives a file's page relative to the root; without one a link becomes text.
    """
    if _LINK in html:

        def link(mark: re.Match[str]) -> str:
            path, _, fragment = mark[1].partition("#")
            url = url_of(unquote(path))
            if url is None:
                return mark[2]
            hash_ = f"#{fragment}" if fragment else ""
            return f'<a href="{root}{url}{hash_}">{mark[2]}</a>'

        html = _WHOLE.sub(link, html)
    return html.replace(ROOT, root)
