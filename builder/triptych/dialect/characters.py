"""Characters that no text of a deck may bring."""

import re
import sys
import unicodedata
from html import unescape
from pathlib import PurePosixPath

# Noncharacters: typesetting uses them as marks, so no text may bring its own.
_RESERVED = re.compile("[\x00\ufdd0-\ufdef]")
# Control characters steer terminals, and neither HTML nor the ledger takes them. Those
# that count as spaces stay.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufdd0-\ufdef]")
_BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Embeddings, overrides and isolates: left open, they turn what follows around."""

_LONG_REFERENCE = re.compile("&#[0-9]{1000,};?")
"""A character by its number, too long a one for Python to read."""
_REFERENCE = re.compile(
    r"&#(?:[xX]0*([0-9a-fA-F]{1,6})(?![0-9a-fA-F])|0*([0-9]{1,7})(?![0-9]));?"
)
_WINDOWS = range(0x80, 0xA0)
"""Numbers that HTML reads as characters of Windows-1252, such as quotation marks."""


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


def without_control_references(html: str) -> str:
    """Return raw HTML that names no reserved and no control character by its number.

    Whoever reads the HTML would decode them, and so forge marks of typesetting.
    """
    return _REFERENCE.sub(_kept_reference, html) if "&#" in html else html


def _kept_reference(reference: re.Match[str]) -> str:
    hexadecimal, decimal = reference.groups()
    number = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if number in _WINDOWS or number > sys.maxunicode:
        return reference[0]
    return "\ufffd" if _CONTROL.match(chr(number)) else reference[0]


def without_bidi_controls(text: str) -> str:
    """Return `text` without what changes the direction of the text that follows it."""
    return _BIDI_CONTROLS.sub("", text)


def unescaped(html: str) -> str:
    """Return `html` with the characters that its references name."""
    return unescape(_LONG_REFERENCE.sub("\ufffd", html))
