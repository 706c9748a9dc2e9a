"""The log of a learner's progress, as the site writes it into a file.

A log is only added to, so that those of two devices join to one in any order. Versions
of the format are counted from 1, and each reads all before it.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

FORMAT: Final = "triptych-progress"
VERSION: Final = 1
GRADES: Final[Mapping[int, str]] = MappingProxyType(
    {1: "Again", 2: "Hard", 3: "Good", 4: "Easy"}
)
MARKS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "suspend": "not to be asked any more",
        "resume": "to be asked again",
        "star": "starred",
        "unstar": "no longer starred",
        "interview": "the date of an interview, as the only point; the id is empty",
    }
)
"""What a row says that is no review, with its meaning."""
COLUMNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "moment": "milliseconds since 1970-01-01 UTC",
        "id": "the permanent id: `question`, or `question/part` for a small card or a"
        " plain card; a former id counts for the present one",
        "what": "a grade from 1 to 4, or a mark",
        "points": "the points of the rubric that were missed, each by its key",
        "device": "a random word of small letters",
    }
)
"""What stands in a row, in this order."""
END_OF_MOMENTS: Final = 10**14
"""Moments are before this one."""
MAX_ID_CHARS: Final = 299
MAX_POINTS: Final = 50
MAX_POINT_CHARS: Final = 39
DEVICE: Final = re.compile(r"[a-z]{1,12}")
