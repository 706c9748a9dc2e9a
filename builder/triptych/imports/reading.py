"""What a person says about how a source is to be read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """How a source is read, where it is not to be found out."""

    encoding: str = ""
    """Of text that is not UTF-8."""
    columns: tuple[str, ...] = ()
    """What the columns of a table hold, from the first."""
    has_header: bool | None = None
    """Whether the first row of a table names its columns; None if that is not said."""


AS_FOUND = Reading()
