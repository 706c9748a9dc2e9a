"""The formats of pictures and sounds: file name suffixes and first bytes."""

import posixpath
import re
from collections.abc import Mapping
from types import MappingProxyType

SVG_SUFFIX = ".svg"
_JPEG = re.compile(rb"\xff\xd8\xff")
SIGNATURES: Mapping[str, re.Pattern[bytes]] = MappingProxyType(
    {
        ".avif": re.compile(rb"(?s:....)ftyp(?:avif|avis|mif1|msf1)"),
        ".gif": re.compile(rb"GIF8[79]a"),
        ".jpeg": _JPEG,
        ".jpg": _JPEG,
        ".png": re.compile(rb"\x89PNG\r\n\x1a\n"),
        ".webp": re.compile(rb"RIFF(?s:....)WEBP"),
    }
)
"""The first bytes of files, by suffix."""

SUFFIXES = frozenset({*SIGNATURES, SVG_SUFFIX})
_OGG = re.compile(rb"OggS")
SOUND_SIGNATURES: Mapping[str, re.Pattern[bytes]] = MappingProxyType(
    {
        ".m4a": re.compile(rb"(?s:....)ftyp"),
        ".mp3": re.compile(rb"ID3|\xff[\xe2-\xff]"),
        ".ogg": _OGG,
        ".opus": _OGG,
        ".wav": re.compile(rb"RIFF(?s:....)WAVE"),
    }
)
"""The first bytes of sounds, by suffix; Markdown shows a sound as a picture."""
FONT_SIGNATURES: Mapping[str, re.Pattern[bytes]] = MappingProxyType(
    {
        ".otf": re.compile(rb"OTTO|\x00\x01\x00\x00"),
        ".ttf": re.compile(rb"\x00\x01\x00\x00|true|OTTO"),
        ".woff": re.compile(rb"wOFF"),
        ".woff2": re.compile(rb"wOF2"),
    }
)
"""The first bytes of fonts, by suffix; only templates of imported cards name them."""


NO_FIGURE = "none"
"""The value of `figure` for a question whose card has no figure."""


def is_sound(name: str) -> bool:
    """Return whether the file or address `name` is that of a sound."""
    return posixpath.splitext(name)[1].lower() in SOUND_SIGNATURES
