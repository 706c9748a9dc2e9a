"""The picture formats: file name suffixes and first bytes."""

import re
from collections.abc import Mapping
from types import MappingProxyType

SVG_SUFFIX = ".svg"
MEDIA_FOLDER = "media"
"""The folder in which the fields of imported notes find pictures and sounds."""
SOUND_SUFFIXES = frozenset(
    {".3gp", ".flac", ".m4a", ".mp3", ".oga", ".ogg", ".opus", ".wav", ".webm"}
)
"""The sounds that Anki plays."""
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
