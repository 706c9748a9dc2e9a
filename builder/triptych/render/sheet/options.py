"""The table `[sheet]` of `deck.toml`: paper, columns, fonts."""

from collections.abc import Mapping
from dataclasses import dataclass

from triptych.errors import TriptychError

PAPERS = ("a4", "us-letter")
COLUMNS = (2, 3, 4)
# In points: narrow columns want small type, so that a line keeps some 45 characters.
_SIZES: Mapping[int, float] = {2: 8.8, 3: 7.9, 4: 7.0}


@dataclass(frozen=True, slots=True)
class Options:
    """How the sheet is laid out."""

    paper: str = "a4"
    columns: int = 3
    landscape: bool = True
    font: str = ""
    """The family of the text, from the deck's own fonts; empty for the built-in one."""
    author: str = ""
    """Who the PDF says wrote it; empty for the deck's title."""

    @property
    def size(self) -> float:
        """Return the size of the text in points."""
        return _SIZES[self.columns]


def options(table: Mapping[str, object]) -> Options:
    """Return the options that `table` sets."""
    found = Options(
        paper=str(table.get("paper", "a4")).lower(),
        columns=_columns(table.get("columns", 3)),
        landscape=table.get("landscape", True) is not False,
        font=str(table.get("font", "")),
        author=str(table.get("author", "")),
    )
    if found.paper not in PAPERS:
        raise TriptychError(f"`sheet.paper` is `{found.paper}`: use {_or(PAPERS)}")
    return found


def _columns(value: object) -> int:
    if isinstance(value, int) and value in COLUMNS:
        return value
    raise TriptychError(f"`sheet.columns` is `{value}`: use {_or(COLUMNS)}")


def _or(values: tuple[object, ...]) -> str:
    return " or ".join(f"`{value}`" for value in values)
