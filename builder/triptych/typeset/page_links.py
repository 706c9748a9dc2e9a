"""Placeholders in the site's HTML for links to other pages.

The address of a link depends on which files have a page in this build, and on the
folder of the page that shows the prose. The placeholders are characters that content
cannot contain.
"""

from collections.abc import Callable
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

ROOT = "\ufdd2"
"""The placeholder for the relative path from a page to the root of the site."""
_LINK, _TEXT, _END = "\ufdd3", "\ufdd4", "\ufdd5"
LINK_END = _END
"""The placeholder for the end of a link to a page."""


def link_start(path: PurePosixPath, fragment: str) -> str:
    """Return the placeholder for the start of a link to the page of `path`."""
    return f"{_LINK}{quote(str(path))}#{quote(fragment)}{_TEXT}"


def put_links(html: str, root: str, url_of: Callable[[str], str | None]) -> str:
    """Return the site's HTML with its placeholders replaced.

    `url_of` returns the page of a file relative to the root, or the place on it if the
    file has another id for it; if it returns None, the link becomes text. So does a
    link of which the sanitizer has dropped one end, with raw HTML around it.
    """
    if _LINK in html or _END in html:
        before, *links = html.split(_LINK)
        html = before.replace(_END, "") + "".join(
            _link(link, root, url_of) for link in links
        )
    return html.replace(ROOT, root)


def _link(html: str, root: str, url_of: Callable[[str], str | None]) -> str:
    """Return a link without the sign that it begins with, and what follows it."""
    target, _, html = html.partition(_TEXT)
    text, end, after = html.partition(_END)
    url = _url(target, url_of) if end else None
    if url is not None:
        text = f'<a href="{root}{url}">{text}</a>'
    return text + after.replace(_END, "")


def _url(target: str, url_of: Callable[[str], str | None]) -> str | None:
    path, _, fragment = target.partition("#")
    url = url_of(unquote(target)) if fragment else None
    if url is not None:
        return url  # GitHub's id of a heading
    url = url_of(unquote(path))
    return f"{url}#{fragment}" if url is not None and fragment else url
