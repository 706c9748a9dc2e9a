"""Text as values of the front matter, read back as the same text."""

import json
import re
from collections.abc import Iterable

_PLAIN = re.compile(r"[A-Za-z\u00c0-\uffdc][^:#\\\"'`\[\]{},&*!|>%@]*")
_KEYWORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
_LINE = re.compile(r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]*")


def scalar(text: str) -> str:
    """Return `text` as a value: bare if it can be, else in quotes."""
    if (
        _PLAIN.fullmatch(text)
        and _LINE.fullmatch(text)
        and text.lower() not in _KEYWORDS
        and text == text.strip()
    ):
        return text
    return _quoted(text)


def _quoted(text: str) -> str:
    if _LINE.fullmatch(text):
        return "'" + text.replace("'", "''") + "'"
    return json.dumps(text, ensure_ascii=True)


def items(texts: Iterable[str]) -> str:
    """Return a list in one line."""
    # Within brackets not every program reads a bare question mark as text.
    written = (_quoted(text) if "?" in text else scalar(text) for text in texts)
    return f"[{', '.join(written)}]"
