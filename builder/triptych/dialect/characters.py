"""Characters that no text of a deck may bring."""

import re

# Noncharacters: typesetting uses them as marks, so no text may bring its own.
_RESERVED = re.compile("[\x00\ufdd0-\ufdef]")


def without_reserved(text: str) -> str:
    """Return `text` with the character for what cannot be shown in their place."""
    return _RESERVED.sub("\ufffd", text)
