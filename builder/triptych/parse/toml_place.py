"""A place in a file that is not TOML, where `tomllib` gave up."""

import re
from typing import NamedTuple

from triptych.values.diagnostics import Finding, Span
from triptych.values.source import Source

_KEY = re.compile(r"\s*(?P<key>[^\s=:\[\]{}\"'#]+)")


class Place(NamedTuple):
    """Where `tomllib` gave up."""

    source: Source
    line: int
    column: int
    """Both counted from 1; the column after the last one at the end of a line."""

    @property
    def text(self) -> str:
        """Return the whole line."""
        return self.source.line(self.line)

    @property
    def rest(self) -> str:
        """Return the line from the place on."""
        return self.text[self.column - 1 :]

    @property
    def key(self) -> str:
        """Return the key that the line begins with, if any."""
        found = _KEY.match(self.text)
        return found["key"] if found else ""

    def fault(self, message: str, hint: str, column: int = 0) -> Finding:
        """Return a fault on this line, at `column` or at the place itself."""
        span = Span(self.source.path, self.line, column or self.column)
        return Finding(span, message, hint)
