"""Read and check the files that the site offers as they are."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from triptych.deck.pictures import load
from triptych.dialect.pictures import SUFFIXES
from triptych.values.source import Media

SIGNATURES: Mapping[str, re.Pattern[bytes]] = MappingProxyType(
    {
        ".json": re.compile(rb"\s*[\[{][^\x00]*\Z"),
        ".pdf": re.compile(rb"%PDF-"),
        ".txt": re.compile(rb"[^\x00]*\Z"),
        ".woff2": re.compile(rb"wOF2"),
    }
)
"""The first bytes of files that are no pictures, by suffix."""
_PLAIN_PATH = re.compile(r"[A-Za-z0-9._/-]+")


def static_file(path: PurePosixPath, real: Path) -> Media:
    """Return the file `path`, read from `real`; its name is its path.

    It has a problem if it is of a kind that a browser may run, or not what its name
    says.
    """
    suffix = path.suffix.lower()
    if not _PLAIN_PATH.fullmatch(str(path)):
        what = "has a name that not every server can offer"
        return Media(path, "", b"", what, "use `a-z`, `0-9`, `.`, `_` and `-`")
    if suffix in SUFFIXES:
        found = load(path, real, real.stat().st_mtime_ns)
        return found if found.problem else replace(found, name=str(path))
    if suffix not in SIGNATURES:
        *others, last = (f"`{end}`" for end in sorted({*SUFFIXES, *SIGNATURES}))
        what = "is of a kind that the site does not offer"
        return Media(path, "", b"", what, f"use one of {', '.join(others)} and {last}")
    data = real.read_bytes()
    if not SIGNATURES[suffix].match(data):
        what = f"does not begin as a `{suffix}` file does"
        return Media(path, "", b"", what, "give it the ending of what it is")
    return Media(path, str(path), data)
