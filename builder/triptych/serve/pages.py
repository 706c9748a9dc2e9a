"""Find the file of a URL, and add the script that reloads a page to its HTML."""

import re
from pathlib import Path
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from triptych.values.addresses import HOME

PREFIX = "/__triptych__/"
"""The path of the preview's own files; no page of a deck can have such an address."""

_TYPES = MappingProxyType(
    {
        ".avif": "image/avif",
        ".css": "text/css; charset=utf-8",
        ".gif": "image/gif",
        ".html": "text/html; charset=utf-8",
        ".jpeg": "image/jpeg",
        ".jpg": "image/jpeg",
        ".js": "text/javascript; charset=utf-8",
        ".json": "application/json",
        ".pdf": "application/pdf",
        ".png": "image/png",
        ".svg": "image/svg+xml",
        ".txt": "text/plain; charset=utf-8",
        ".webmanifest": "application/manifest+json",
        ".webp": "image/webp",
        ".woff2": "font/woff2",
        ".xml": "application/xml",
        ".zip": "application/zip",
    }
)
# All our own pages allow it; a template of the deck's author may not.
_POLICY = re.compile(rb'(<meta http-equiv="Content-Security-Policy" content=")')


def file_for_url(site: Path, url: str) -> Path | None:
    """Return the file in the folder `site` for `url`; None if there is none."""
    try:
        return _file_for_path(site, unquote(urlsplit(url).path))
    except (OSError, ValueError):
        # The path is longer than a system takes, or the URL is malformed.
        return None


def _file_for_path(site: Path, url_path: str) -> Path | None:
    names = [name for name in url_path.split("/") if name]
    if any(name.startswith(".") or not _is_safe(name) for name in names):
        return None
    root = site.resolve()
    path = root.joinpath(*names or [HOME.path]).resolve()
    return path if path.is_relative_to(root) and path.is_file() else None


def media_type(name: str) -> str:
    """Return the media type of the file `name`."""
    return _TYPES.get(Path(name).suffix.lower(), "application/octet-stream")


def with_live_reload(html: bytes, build: str) -> bytes:
    """Return a page that reloads itself after the next build.

    `build` is the digest of the build that the page is from. The preview's script and
    style are separate files, so that the page's policy must only allow it to connect.
    `data-preview` keeps the page from installing a service worker.
    """
    tags = (
        f'<link rel="stylesheet" href="{PREFIX}live.css">'
        f'<script src="{PREFIX}live.js" data-build="{build}" defer></script></head>'
    )
    html = html.replace(b"<html", b"<html data-preview", 1)
    if b"connect-src" not in html:
        html = _POLICY.sub(rb"\1connect-src 'self'; ", html, count=1)
    return html.replace(b"</head>", tags.encode(), 1)


def _is_safe(name: str) -> bool:
    return name.isprintable() and not any(char in name for char in ("\\", ":"))
