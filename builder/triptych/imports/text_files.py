"""Text files of others, whatever they are encoded in: no character is guessed."""

import codecs
from pathlib import PurePosixPath

from triptych.deck.read import normalized, utf_16_or_32
from triptych.dialect.characters import BYTE_ORDER_MARK
from triptych.errors import TriptychError
from triptych.values.source import Source

_FIRST_CONTROL, _LAST_CONTROL = "\x80", "\x9f"
"""Characters that nobody types: a wrong encoding has them where quotes and dashes are.
"""
_SHOWN_CHARS = 60
_LIKELY = "cp1252"
"""What programs for Windows write in western Europe and America."""


def source_in(path: PurePosixPath, data: bytes, encoding: str = "") -> Source:
    """Return the text file `path` with the bytes `data`.

    `encoding` is that of files that are not UTF-8 and do not say what they are.

    Raises:
        TriptychError: That is not known, or not what the file is encoded in.

    """
    own = utf_16_or_32(data)
    if own:
        return Source(
            path, normalized(_decoded(path, data, own).removeprefix(BYTE_ORDER_MARK))
        )
    is_ascii = data.isascii()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if not encoding:
            raise TriptychError(_unknown(path, data, error.start)) from error
        return Source(path, normalized(_decoded(path, data, encoding)))
    # Other encodings have no characters that happen to be UTF-8, but may be all ASCII.
    if encoding and is_ascii:
        text = _decoded(path, data, encoding)
    return Source(path, normalized(text))


def check_encoding(encoding: str) -> None:
    """Refuse a name that no encoding of text has."""
    try:
        "".encode(encoding)
        codecs.lookup(encoding)
    except (LookupError, ValueError) as error:
        raise TriptychError(
            f"--encoding: `{encoding}` is no known encoding: write, for example, cp1252"
            " (western Europe, Windows), cp1251 (Cyrillic), latin-2,"
            " shift_jis, gb18030, big5, euc-kr or utf-16"
        ) from error


def _decoded(path: PurePosixPath, data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise TriptychError(
            f"{path}:{line} is not encoded in {encoding}: say with --encoding what it"
            " is, or save it as UTF-8"
        ) from error
    odd = next((c for c in text if _FIRST_CONTROL <= c <= _LAST_CONTROL), "")
    if odd:
        line = text.count("\n", 0, text.index(odd)) + 1
        raise TriptychError(
            f"{path}:{line} has the control character U+{ord(odd):04X} in {encoding},"
            f" which no text has: try `--encoding {_LIKELY}`"
        )
    return text


def _unknown(path: PurePosixPath, data: bytes, offset: int) -> str:
    number = data.count(b"\n", 0, offset) + 1
    line = data[data.rfind(b"\n", 0, offset) + 1 :].partition(b"\n")[0]
    start = max(0, offset - (data.rfind(b"\n", 0, offset) + 1) - _SHOWN_CHARS // 2)
    shown = line[start : start + _SHOWN_CHARS].decode(_LIKELY, errors="replace").strip()
    return (
        f"{path}:{number} is not UTF-8: say with --encoding what it is encoded in;"
        f" with `--encoding {_LIKELY}` (western Europe, Windows) it reads “{shown}”"
    )
