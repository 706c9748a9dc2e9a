"""Resolve the targets of links and the files of images."""

import posixpath
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from triptych.dialect.characters import (
    composed,
    composed_path,
    decomposed,
    without_controls,
)
from triptych.dialect.html_policy import SCHEMES

_NOT_IN_ADDRESS = r"\s\"'<>\\"
WEB_ADDRESS_PATTERN = rf"https?://[^{_NOT_IN_ADDRESS}]+"

_NO_PATH = PurePosixPath()
# RFC 2606 and RFC 6761 reserve them: they are placeholders, or this machine.
_RESERVED_DOMAINS = frozenset({"example", "invalid", "test", "localhost"})
_WEB = re.compile(WEB_ADDRESS_PATTERN)
_HOST = re.compile(r"https?://(?:[^/?#@]*@)?([^/?#:]*)")
# They begin a query or fragment, encode a character, or count as a slash.
_NOT_IN_PATH = re.compile(r"[?#%\\\x00-\x1f\x7f]")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")


class LinkKind(StrEnum):
    """What a link leads to."""

    EXTERNAL = "external"
    """To the web, or to a mail address."""
    PAGE = "page"
    """To another file of the deck."""
    ANCHOR = "anchor"
    """To a place on the same page."""
    NOWHERE = "nowhere"
    """To a target that no output has."""


@dataclass(frozen=True, slots=True)
class Destination:
    """The target of a link."""

    kind: LinkKind
    url: str = ""
    """For `EXTERNAL`, as written."""
    path: PurePosixPath = _NO_PATH
    """For `PAGE`, relative to the deck."""
    fragment: str = ""


def destination(href: str, path: PurePosixPath) -> Destination:
    """Return the target of `href`, written in the file `path`."""
    href = href.strip()
    scheme = _SCHEME.match(href)
    if scheme:
        known = scheme[1].lower() in SCHEMES
        return (
            Destination(LinkKind.EXTERNAL, url=href)
            if known
            else Destination(LinkKind.NOWHERE)
        )
    if href.startswith("//"):
        return Destination(LinkKind.EXTERNAL, url=f"https:{href}")
    target, _, fragment = href.partition("#")
    fragment = without_controls(composed(unquote(fragment)))
    if not target:
        kind = LinkKind.ANCHOR if fragment else LinkKind.NOWHERE
        return Destination(kind, fragment=fragment)
    if not target.endswith(".md") or target.startswith("/"):
        return Destination(LinkKind.NOWHERE)
    joined = posixpath.normpath(posixpath.join(path.parent, unquote(target)))
    target_path = composed_path(PurePosixPath(joined))
    return Destination(LinkKind.PAGE, path=target_path, fragment=fragment)


def is_web_address(url: str) -> bool:
    """Return whether `url` is an `http` or `https` address."""
    return bool(_WEB.fullmatch(url))


def encoded_address(url: str) -> str:
    """Return `url` with what a web address cannot have in percent encoding."""
    return re.sub(f"[{_NOT_IN_ADDRESS}]", lambda sign: quote(sign[0]), url)


def resolvable(url: str) -> str:
    """Return `url`, or nothing if its host name never resolves on the web."""
    domain = _host(url).rstrip(".").rpartition(".")[2]
    return "" if domain in _RESERVED_DOMAINS else url


def report_url(repository: str) -> str:
    """Return the URL of the form for a new issue, up to the issue's title.

    It is empty if the repository has no address that resolves.
    """
    base = resolvable(repository).removesuffix("/").removesuffix(".git")
    if not base:
        return ""
    if "gitlab" in _host(base):
        return f"{base}/-/issues/new?issue%5Btitle%5D="
    return f"{base}/issues/new?title="


def _host(url: str) -> str:
    found = _HOST.match(url)
    return found[1].lower() if found else ""


def not_in_path(name: str) -> str:
    """Return the first character of `name` that is not allowed in the path of a URL."""
    found = _NOT_IN_PATH.search(name)
    return found[0] if found else ""


class ImageKind(StrEnum):
    """What the source of an image refers to."""

    FILE = "file"
    REMOTE = "remote"
    MISSING = "missing"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Picture:
    """The target of an image."""

    kind: ImageKind
    path: PurePosixPath = _NO_PATH
    """For `FILE`, relative to the deck."""
    url: str = ""
    """For `REMOTE`, with its scheme, which a page opened from disk cannot add."""


def _forms(path: PurePosixPath) -> Iterator[PurePosixPath]:
    """Yield the spellings of a file name: as written, in NFC and in NFD."""
    text = str(path)
    yield path
    if not text.isascii():
        yield PurePosixPath(composed(text))
        yield PurePosixPath(decomposed(text))


def picture(src: str, path: PurePosixPath, files: Container[PurePosixPath]) -> Picture:
    """Return the target of an image with `src` in the file `path`.

    A source is relative to the file or to the deck, and may be percent-encoded.
    """
    scheme = _SCHEME.match(src)
    if src.startswith("//") or (scheme and scheme[1].lower() in {"http", "https"}):
        return Picture(ImageKind.REMOTE, url=src if scheme else f"https:{src}")
    if scheme or src.startswith("/"):
        return Picture(ImageKind.OUTSIDE)
    outside = True
    for written in (src, unquote(src)):
        for base in (path.parent, PurePosixPath()):
            joined = PurePosixPath(posixpath.normpath(posixpath.join(base, written)))
            if joined.parts[:1] == ("..",):
                continue
            outside = False
            for name in _forms(joined):
                if name in files:
                    return Picture(ImageKind.FILE, name)
    return Picture(ImageKind.OUTSIDE if outside else ImageKind.MISSING)
