"""Characters that are removed from the text of a deck."""

import re
import sys
import unicodedata
from html import unescape
from pathlib import PurePosixPath

BYTE_ORDER_MARK = "\ufeff"
"""What editors of Windows begin a file with; it is no part of the text."""
# Noncharacters: typesetting uses them as placeholders, so content must not have any.
_RESERVED = re.compile("[\x00\ufdd0-\ufdef]")
# Control characters change the state of terminals, and are not allowed in HTML and in
# the ledger. Those that count as white space are kept.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufdd0-\ufdef]")
_BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Embeddings, overrides and isolates, which change the direction of later text."""

_LONG_REFERENCE = re.compile("&#[0-9]{1000,};?")
"""A numeric character reference that is too long for Python to parse."""
_REFERENCE = re.compile(
    r"&#(?:[xX]0*([0-9a-fA-F]{1,6})(?![0-9a-fA-F])|0*([0-9]{1,7})(?![0-9]));?"
)
_WINDOWS = range(0x80, 0xA0)
"""Numbers that HTML interprets as Windows-1252, such as quotation marks."""


def without_reserved(text: str) -> str:
    """Return `text` with reserved characters replaced by U+FFFD."""
    if text.isascii() and "\0" not in text:
        return text
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
    text = str(path)
    return path if text.isascii() else PurePosixPath(composed(text))


def without_controls(text: str) -> str:
    """Return `text` with reserved and control characters replaced by U+FFFD."""
    return _CONTROL.sub("\ufffd", text)


def without_control_references(html: str) -> str:
    """Return raw HTML without references to reserved and control characters.

    A parser would decode them into placeholders of typesetting.
    """
    return _REFERENCE.sub(_kept_reference, html) if "&#" in html else html


def _kept_reference(reference: re.Match[str]) -> str:
    hexadecimal, decimal = reference.groups()
    number = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if number in _WINDOWS or number > sys.maxunicode:
        return reference[0]
    return "\ufffd" if _CONTROL.match(chr(number)) else reference[0]


def without_bidi_controls(text: str) -> str:
    """Return `text` without characters that change the direction of later text."""
    return _BIDI_CONTROLS.sub("", text)


def unescaped(html: str) -> str:
    """Return `html` with its character references decoded."""
    return unescape(_LONG_REFERENCE.sub("\ufffd", html))
