"""Rules for media: they exist, are inside the deck, are safe and have alt text."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import PurePosixPath

from triptych.dialect.links import ImageKind, Picture, picture
from triptych.dialect.pictures import NO_FIGURE, is_sound
from triptych.typeset.pictures import all_pictures, pictures
from triptych.typeset.plain import plain
from triptych.typeset.raw_html import RAW
from triptych.validate.names import Names
from triptych.validate.rule import FileScope, quoted_list, suggest
from triptych.values.diagnostics import Finding, Span
from triptych.values.document import Document, Scalar
from triptych.values.source import Media

_MAX_NAMES = 5
"""How many names of missing parts a message lists."""


def missing_media(document: Document, scope: FileScope) -> Iterator[Finding]:
    """Flag a picture that is not in the deck, or named in another case.

    A path is relative to the deck folder or to the file, and its case matters: a name
    that opens on one system is missing on the next.
    """
    for src, span in _pictures(document):
        found = picture(src, document.source.path, scope.files)
        if found.kind is ImageKind.MISSING:
            files = _files(scope.files)
            near = files.in_another_case(src, document.source.path)
            known = suggest(src, files.names, "add it")
            hint = f"it is spelt `{near}`" if near else known
            yield Finding(span, f"there is no file `{src}`", hint)


class _Files:
    """The files of a deck, so that what is not among them can be looked up."""

    def __init__(self, files: frozenset[PurePosixPath]) -> None:
        in_order = sorted(map(str, files))
        self.names = Names(in_order)
        self._by_case = {name.lower(): name for name in in_order}
        self._folded = frozenset(map(PurePosixPath, self._by_case))

    def in_another_case(self, src: str, page: PurePosixPath) -> str:
        """Return the file that `src` on `page` names but for its case, or nothing."""
        found = picture(src.lower(), page, self._folded)
        return self._by_case[str(found.path)] if found.kind is ImageKind.FILE else ""


@lru_cache(maxsize=2)
def _files(files: frozenset[PurePosixPath]) -> _Files:
    return _Files(files)


def media_outside(document: Document, scope: FileScope) -> Iterator[Finding]:
    """Flag a picture whose path leads out of the deck, by `..`, `/` or a symlink."""
    for src, span in _pictures(document):
        found = picture(src, document.source.path, scope.files)
        if found.kind is ImageKind.OUTSIDE or not _is_inside(scope, found):
            message = f"`{src}` leads out of the deck folder"
            yield Finding(span, message, "copy the file into `media/`")


def unsafe_media(document: Document, scope: FileScope) -> Iterator[Finding]:
    """Flag an SVG with scripts, handlers or references to elsewhere, and odd files.

    Pictures may be SVG, PNG, JPEG, GIF, WebP or AVIF, sounds MP3, Ogg, Opus, WAV or
    M4A, and their bytes must be what their names say. Opened by itself, an SVG with a
    script would run it.
    """
    for src, span, media in _deck_pictures(document, scope):
        if media.problem:
            yield Finding(span, f"`{src}` {media.problem}", media.remedy)


def altered_media(document: Document, scope: FileScope) -> Iterator[Finding]:
    """Flag an SVG that is shipped without a part of it.

    Only elements, attributes and styles that are known to draw, and to do nothing
    else, are shipped. What shows nothing, such as an editor's notes, is left out too,
    and not reported.
    """
    for src, span, media in _deck_pictures(document, scope):
        if media.removed:
            named = quoted_list(media.removed[:_MAX_NAMES])
            more = len(media.removed) - _MAX_NAMES
            what = f"{named} and {more} more" if more > 0 else named
            message = f"`{src}` is shipped without {what}"
            yield Finding(span, message, "export it as a plain picture")


def _deck_pictures(
    document: Document, scope: FileScope
) -> Iterator[tuple[str, Span, Media]]:
    for src, span in _pictures(document):
        found = picture(src, document.source.path, scope.files)
        if found.kind is ImageKind.FILE and _is_inside(scope, found):
            yield src, span, scope.load(found.path)


def remote_media(document: Document, scope: FileScope) -> Iterator[Finding]:
    """Flag a picture on the web: it becomes a link, since the outputs work offline."""
    for src, span in _pictures(document):
        if picture(src, document.source.path, scope.files).kind is ImageKind.REMOTE:
            message = "a picture from the web becomes a link"
            yield Finding(span, message, "put the file into `media/`")


def missing_alt(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag a picture without alt text: who cannot see it learns nothing from it."""
    for token in document.find("image"):
        if is_sound(str(token.attrs["src"])):
            continue
        if not plain(token.children or ()):
            message = "the picture has no alt text"
            yield Finding(document.span(token), message, "say what it shows: `![…](…)`")


def unknown_figure(document: Document, scope: FileScope) -> Iterator[Finding]:
    """Flag a `figure` that is no picture of its file: the card would have none.

    The card shows it with the alternative text that it has in the file. With
    `figure: none` the card has no figure.

    Bad:

        ---
        question: What is it?
        figure: media/another.svg
        ---
        It is this.

    Good:

        ---
        question: What is it?
        figure: none
        ---
        It is this.
    """
    value = document.front_matter.get("figure")
    if not isinstance(value, Scalar) or value.text in ("", NO_FIGURE):
        return
    path, files = document.source.path, scope.files
    named = picture(value.text, path, files)
    sources = {image.src: None for image in all_pictures(document.tokens)}
    shown = {picture(src, path, files).path for src in sources}
    if named.kind is ImageKind.FILE and named.path in shown:
        return
    add = f"show it under `## In depth`: `![…]({value.text})`"
    hint = suggest(value.text, sources, add)
    yield Finding(value.span, f"no picture of this file is `{value.text}`", hint)


def _is_inside(scope: FileScope, found: Picture) -> bool:
    """Return whether a picture is inside the deck after symbolic links are followed."""
    root = scope.root
    return (root / found.path).resolve().is_relative_to(root.resolve())


def _pictures(document: Document) -> Iterator[tuple[str, Span]]:
    for token in document.find("image", *sorted(RAW)):
        for shown in pictures(token):
            yield shown.src, document.span(token)
