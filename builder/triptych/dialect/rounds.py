"""The rounds of a mock interview: what they ask, and how their minutes pass."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

ROUNDS: Final[Sequence[Mapping[str, Any]]] = (
    {"name": "concept", "kinds": {"concept": 8}, "minutes": 45},
    {
        "name": "coding",
        "kinds": {"coding": 1},
        "minutes": 45,
        "phases": (("understand", 7), ("agree", 5), ("write", 25), ("test", 8)),
    },
    {
        "name": "system-design",
        "kinds": {"system-design": 1},
        "minutes": 45,
        "phases": (
            ("frame", 5),
            ("metrics", 5),
            ("data", 6),
            ("features", 4),
            ("model", 8),
            ("serving", 8),
            ("evaluation", 4),
            ("monitoring", 3),
            ("reserve", 2),
        ),
    },
    {"name": "behavioral", "kinds": {"behavioral": 4}, "minutes": 30},
    {
        "name": "full",
        "kinds": {"concept": 8, "coding": 1, "system-design": 1, "behavioral": 4},
        "minutes": 165,
    },
)
"""A phase has a name, in the table of words, and its minutes."""
