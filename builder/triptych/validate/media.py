"""Rules over pictures: there, inside the deck, safe, and said in words."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import PurePosixPath

from triptych.dialect.links import Picture, Shows, picture
from triptych.typeset.plain import plain
from triptych.validate.finding import Finding, Scope, listed, suggest
from triptych.values.diagnostics import Span
from triptych.values.document import Document

PICTURES = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"})
_IMG = re.compile(r"""<img\b[^>]*?\bsrc\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_OUTSIDE = re.compile(r"url\(\s*['\"]?(?!#|data:image/)|@import", re.IGNORECASE)
_UNSAFE = frozenset(
    {
        "animate",
        "embed",
        "foreignobject",
        "handler",
        "iframe",
        "object",
        "script",
        "set",
    }
)


def missing_media(document: Document, scope: Scope) -> Iterator[Finding]:
    """Flag a picture that is not in the deck, or named in another case.

    A path is relative to the deck folder or to the file, and its case matters: a name
    that opens on one system is missing on the next.
    """
    for src, span in _pictures(document):
        found = picture(src, document.source.path, scope.folder.files)
        if found.shows is Shows.MISSING:
            near = _in_another_case(src, document, scope)
            files = sorted(map(str, scope.folder.files))
            hint = f"it is spelt `{near}`" if near else suggest(src, files, "add it")
            yield Finding(span, f"there is no file `{src}`", hint)


def _in_another_case(src: str, document: Document, scope: Scope) -> str:
    names = {str(path).lower(): str(path) for path in scope.folder.files}
    folded = frozenset(map(PurePosixPath, names))
    found = picture(src.lower(), document.source.path, folded)
    return names[str(found.path)] if found.shows is Shows.FILE else ""


def media_outside(document: Document, scope: Scope) -> Iterator[Finding]:
    """Flag a picture whose path leads out of the deck, by `..`, `/` or a symlink."""
    for src, span in _pictures(document):
        found = picture(src, document.source.path, scope.folder.files)
        if found.shows is Shows.OUTSIDE or not _is_inside(scope, found):
            message = f"`{src}` leads out of the deck folder"
            yield Finding(span, message, "copy the file into `media/`")


def unsafe_media(document: Document, scope: Scope) -> Iterator[Finding]:
    """Flag an SVG with scripts, handlers or references to elsewhere, and odd files.

    Pictures may be SVG, PNG, JPEG, GIF, WebP or AVIF. Opened by itself, an SVG with a
    script would run it.
    """
    for src, span in _pictures(document):
        found = picture(src, document.source.path, scope.folder.files)
        if found.shows is not Shows.FILE or not _is_inside(scope, found):
            continue
        suffix = found.path.suffix.lower()
        if suffix not in PICTURES:
            message = f"`{src}` is no picture that every output can show"
            yield Finding(span, message, f"use one of {listed(sorted(PICTURES))}")
        elif suffix == ".svg":
            what = svg_danger(scope.load(found.path).data)
            if what:
                yield Finding(span, f"`{src}` {what}", "export it as a plain picture")


def svg_danger(data: bytes) -> str:
    """Return what makes an SVG unsafe, or nothing."""
    if b"<!ENTITY" in data or b"<?xml-stylesheet" in data:
        return "holds an entity or a stylesheet of its own"
    try:
        tree = ET.fromstring(data)  # noqa: S314 - entities were refused above
    except ET.ParseError:
        return "is not well-formed"
    dangers = (danger for element in tree.iter() for danger in _dangers(element))
    return next(dangers, "")


def _dangers(element: ET.Element) -> Iterator[str]:
    name = str(element.tag).rpartition("}")[2].lower()
    if name in _UNSAFE:
        yield f"holds the element `<{name}>`"
    if name == "style" and _OUTSIDE.search(element.text or ""):
        yield "refers to something outside itself"
    for key, value in element.attrib.items():
        local = key.rpartition("}")[2].lower()
        if local.startswith("on"):
            yield f"holds the handler `{local}`"
        inside = value.strip().startswith(("#", "data:image/png", "data:image/jpeg"))
        if _OUTSIDE.search(value) or (local in {"href", "src"} and not inside):
            yield "refers to something outside itself"


def remote_media(document: Document, scope: Scope) -> Iterator[Finding]:
    """Flag a picture on the web: it becomes a link, since the outputs work offline."""
    for src, span in _pictures(document):
        if picture(src, document.source.path, scope.folder.files).shows is Shows.REMOTE:
            message = "a picture from the web becomes a link"
            yield Finding(span, message, "put the file into `media/`")


def missing_alt(document: Document, _scope: Scope) -> Iterator[Finding]:
    """Flag a picture without alt text: who cannot see it learns nothing from it."""
    for token in document.find("image"):
        if not plain(token.children or ()):
            message = "the picture has no alt text"
            yield Finding(document.span(token), message, "say what it shows: `![…](…)`")


def _is_inside(scope: Scope, found: Picture) -> bool:
    """Return whether a file of the deck is in it also when its links are followed."""
    root = scope.folder.root
    return (root / found.path).resolve().is_relative_to(root.resolve())


def _pictures(document: Document) -> Iterator[tuple[str, Span]]:
    for token in document.find("image"):
        yield str(token.attrs["src"]), document.span(token)
    for token in document.find("html_inline", "html_block"):
        for tag in _IMG.finditer(token.content):
            yield tag[1], document.span(token)
