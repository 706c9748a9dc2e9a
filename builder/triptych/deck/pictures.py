"""Pictures are judged where they are read: what is shipped is what was judged."""

import hashlib
import re
import unicodedata
from functools import lru_cache
from pathlib import Path, PurePosixPath

from triptych.deck.svg import Unsafe, drawing
from triptych.dialect.pictures import SIGNATURES, SUFFIXES, SVG_SUFFIX
from triptych.values.source import Media

_NOT_IN_NAME = re.compile(r"[^a-z0-9]+")
_PLAIN = "export it as a plain picture"


@lru_cache(maxsize=4096)
def load(path: PurePosixPath, real: Path, _changed: int) -> Media:
    """Return the picture `path`, read from the file `real`, as outputs get it.

    It is read again when the time of its last change is another. Its name holds a hash
    of the bytes that are shipped; what must not be shipped has none.
    """
    suffix = path.suffix.lower()
    taken_out: tuple[str, ...] = ()
    if suffix not in SUFFIXES:
        what = "is no picture that every output can show"
        return Media(path, "", b"", what, f"use one of {_listed()}")
    data = real.read_bytes()
    if suffix == SVG_SUFFIX:
        try:
            safe = drawing(data)
        except Unsafe as unsafe:
            return Media(path, "", b"", str(unsafe), _PLAIN)
        data, taken_out = safe.data, safe.taken_out
    elif not SIGNATURES[suffix].match(data):
        what = f"does not begin as a `{suffix}` file does"
        return Media(path, "", b"", what, "give it the ending of what it is")
    return Media(path, _name(path, data), data, taken_out=taken_out)


def _name(path: PurePosixPath, data: bytes) -> str:
    ascii_stem = unicodedata.normalize("NFKD", path.stem).encode("ascii", "ignore")
    stem = _NOT_IN_NAME.sub("-", ascii_stem.decode().lower()).strip("-")[:40]
    digest = hashlib.sha256(data).hexdigest()[:12]
    suffix = _NOT_IN_NAME.sub("", path.suffix.lower())
    return f"{stem or 'media'}-{digest}.{suffix}"


def _listed() -> str:
    *most, last = (f"`{suffix}`" for suffix in sorted(SUFFIXES))
    return f"{', '.join(most)} and {last}"
