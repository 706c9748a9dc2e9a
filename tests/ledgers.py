"""A ledger of two releases, for tests of its file and its rules."""

import hashlib
import json
from typing import Any

from triptych.ledger.lock import Ledger, NoteLine, Released, TypeLine

LEDGER = Ledger(
    deck="d",
    releases=(Released("1.0.0", 1000), Released("1.1.0", 2000)),
    decks={"": "D", "t": "D::01 T"},
    types={
        "question": TypeLine(
            "question", 7, "Q", {"Id": -(1 << 63)}, {"Card": (1 << 63) - 1}, "h", 1
        )
    },
    media={"a-12.svg": "1.0.0"},
    notes={
        name: NoteLine(
            *(name, f"g{name}", "question", "t", 1, "h", 1000, "1.0.0", "1.1.0"),
            prompt="What?",
            formula=2,
            labels="l",
        )
        for name in ("a", "a/b", "c")
    },
)


def sealed(rows: list[Any]) -> str:
    """Return the text of a ledger of these rows whose end fits them."""
    body = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    digest = hashlib.sha256(body.encode()).hexdigest()[:32]
    return body + json.dumps({"lines": len(rows), "digest": digest}) + "\n"
