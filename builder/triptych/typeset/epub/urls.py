"""Web addresses as EPUB demands them: quoted, with a host."""

import re
from urllib.parse import quote, urlsplit, urlunsplit

from triptych.dialect.html_policy import SCHEMES

_HOST = re.compile(r"[^\W_][\w.-]*(?::\d{1,5})?|\[[0-9a-fA-F:.]+\](?::\d{1,5})?")
_STRAY_PERCENT = re.compile(r"%(?![0-9a-fA-F]{2})")
_KEPT = "!$%&'()*+,/:;=?@~"


def valid_url(url: str) -> str:
    """Return `url` as a valid address; empty if it is none."""
    try:
        parts = urlsplit(url.strip())
        _ = parts.port
    except ValueError:
        return ""
    scheme = parts.scheme.lower()
    if not scheme:
        return url if not parts.netloc else ""
    if scheme not in SCHEMES:
        return ""
    if scheme != "mailto" and not _HOST.fullmatch(parts.netloc.rpartition("@")[2]):
        return ""
    path, query, fragment = map(_quoted, (parts.path, parts.query, parts.fragment))
    return urlunsplit((scheme, parts.netloc, path, query, fragment))


def _quoted(part: str) -> str:
    return quote(_STRAY_PERCENT.sub("%25", part), safe=_KEPT)
