"""Read and check media, so that outputs contain exactly the checked bytes."""

import hashlib
import re
import unicodedata
from dataclasses import replace
from functools import lru_cache
from pathlib import Path, PurePosixPath

from triptych.dialect.pictures import (
    FONT_SIGNATURES,
    SIGNATURES,
    SOUND_SIGNATURES,
    SUFFIXES,
    SVG_SUFFIX,
)
from triptych.values.source import Media

_NOT_IN_NAME = re.compile(r"[^a-z0-9]+")
_VIDEOS = frozenset({".avi", ".m4v", ".mkv", ".mov", ".mp4", ".webm"})
_EXPORT_HINT = "export it as a plain picture"


@lru_cache(maxsize=4096)
def load(path: PurePosixPath, real: Path, _state: tuple[int, ...]) -> Media:
    """Return the picture `path`, read from the file `real`, as outputs contain it.

    `_state`, which changes whenever the file does, is part of the cache key. The name
    has a hash of the bytes; a picture that cannot be used has no name.
    """
    if path.suffix.lower() not in {*SUFFIXES, *SOUND_SIGNATURES}:
        return picture(path, b"")  # what it holds need not be read
    return picture(path, real.read_bytes())


def picture(path: PurePosixPath, data: bytes) -> Media:
    """Return the picture with the bytes `data` as outputs contain it at `path`."""
    suffix = path.suffix.lower()
    removed: tuple[str, ...] = ()
    if suffix not in {*SUFFIXES, *SOUND_SIGNATURES}:
        what = "is no picture or sound that every output can show"
        remedy = f"use one of {_suffix_list()}"
        if suffix in _VIDEOS:
            remedy = "link to it, where it is on the web: `[title](https://…)`"
        return Media(path, "", b"", what, remedy)
    if suffix == SVG_SUFFIX:
        # Not at the top: most builds find their drawings among what was kept.
        from triptych.deck.svg import Unsafe, drawing  # noqa: PLC0415

        try:
            safe = drawing(data)
        except Unsafe as unsafe:
            return Media(path, "", b"", str(unsafe), _EXPORT_HINT)
        data, removed = safe.data, safe.removed
    elif not {**SIGNATURES, **SOUND_SIGNATURES}[suffix].match(data):
        what = f"does not begin as a `{suffix}` file does"
        return Media(path, "", b"", what, "give it the ending of what it is")
    return Media(path, media_name(path, data), data, removed=removed)


def template_file(path: PurePosixPath, data: bytes) -> Media:
    """Return a font, picture or sound that templates name, under its own name."""
    signature = FONT_SIGNATURES.get(path.suffix.lower())
    if signature is None:
        found = picture(path, data)
        return found if found.problem else replace(found, name=path.name)
    if not signature.match(data):
        what = f"does not begin as a `{path.suffix.lower()}` file does"
        return Media(path, "", b"", what, "give it the ending of what it is")
    return Media(path, path.name, data)


def media_name(path: PurePosixPath, data: bytes) -> str:
    """Return the name in outputs of the file `path` with the bytes `data`."""
    ascii_stem = unicodedata.normalize("NFKD", path.stem).encode("ascii", "ignore")
    stem = _NOT_IN_NAME.sub("-", ascii_stem.decode().lower()).strip("-")[:40]
    digest = hashlib.sha256(data).hexdigest()[:12]
    suffix = _NOT_IN_NAME.sub("", path.suffix.lower())
    return f"{stem or 'media'}-{digest}.{suffix}"


def _suffix_list() -> str:
    known = sorted({*SUFFIXES, *SOUND_SIGNATURES})
    *others, last = (f"`{suffix}`" for suffix in known)
    return f"{', '.join(others)} and {last}"
