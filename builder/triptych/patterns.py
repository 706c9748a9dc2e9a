"""Regular expressions that are compiled when they are first used.

To compile all that the rules and the typesetting have was a tenth of a build after an
edit, which uses one in seven of them.
"""

import re
from typing import Any, cast


def lazy_pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return the regular expression `text`, which is not compiled yet."""
    # What it is used for, it does as a compiled one does.
    return cast("re.Pattern[str]", _Pattern(text, flags))


class _Pattern:
    """Has the methods of a compiled regular expression."""

    def __init__(self, text: str, flags: int) -> None:
        self._text, self._flags = text, flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - of any method
        # Python calls this only for what the instance does not have yet.
        if "_compiled" not in self.__dict__:
            self._compiled = re.compile(self._text, self._flags)
        value = getattr(self._compiled, name)
        setattr(self, name, value)
        return value
