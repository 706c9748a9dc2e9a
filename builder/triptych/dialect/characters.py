"""Characters that no text of a deck may bring."""

import re
import unicodedata
from html import unescape
from pathlib import PurePosixPath

# Noncharacters: typesetting uses them as marks, so no text may bring its own.
_RESERVED = re.compile("[\x00\ufdd0-\ufdef]")
# Control characters steer terminals, and neither HTML nor the ledger takes them. Those
# that count as spaces stay.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufdd0-\ufdef]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Embeddings, overrides and isolates: left open, they turn what follows around."""

_LONG_REFERENCE = re.compile("&#[0-9]{1000,};?")
"""A character by its number, too long a one for Python to read."""


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


def without_controls(text: str) -> str:
    """Return what is read on of `text`: nothing reserved and no control character."""
    return _CONTROL.sub("\ufffd", text)


def without_turning(text: str) -> str:
    """Return `text` without what changes the direction of the text that follows it."""
    return _TURNING.sub("", text)


def unescaped(html: str) -> str:
    """Return `html` with the characters that its references name."""
    return unescape(_LONG_REFERENCE.sub("\ufffd", html))
