"""Characters that no text of a deck may bring."""

import re
import unicodedata
from pathlib import PurePosixPath

# Noncharacters: typesetting uses them as marks, so no text may bring its own.
_RESERVED = re.compile("[\x00\ufdd0-\ufdef]")


def without_reserved(text: str) -> str:
    """Return `text` with the character for what cannot be shown in their place."""
    return _RESERVED.sub("\ufffd", text)


def composed(text: str) -> str:
    """Return `text` in NFC, the form in which names are compared.

    macOS and some archives write the names of files in NFD, editors write NFC.
    """
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def decomposed(text: str) -> str:
    """Return `text` in NFD."""
    return text if text.isascii() else unicodedata.normalize("NFD", text)


def composed_path(path: PurePosixPath) -> PurePosixPath:
    """Return `path` in NFC."""
    return PurePosixPath(composed(str(path)))
