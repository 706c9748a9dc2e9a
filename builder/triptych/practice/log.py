"""Read a log of progress. The page does the same in `practice/log.js`."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from triptych.dialect.progress_log import (
    DEVICE,
    END_OF_MOMENTS,
    FORMAT,
    GRADES,
    MARKS,
    MAX_ID_CHARS,
    MAX_POINT_CHARS,
    MAX_POINTS,
    VERSION,
)
from triptych.errors import TriptychError

_REMEDY = "the page Practise writes such a file with “Back up”"


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that happened."""

    moment: int
    """In milliseconds since 1970."""
    id: str
    what: int | str
    """A grade, or a mark."""
    points: tuple[str, ...]
    device: str

    @property
    def sort_key(self) -> tuple[int, bytes]:
        """Return what orders rows as the page does: by moment, then by their text."""
        row = [self.moment, self.id, self.what, self.points, self.device]
        line = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
        return self.moment, line.encode("utf-16-be", "surrogatepass")


@dataclass(frozen=True, slots=True)
class ProgressLog:
    """The rows of a file, in order, each once."""

    rows: tuple[Row, ...]
    unreadable: tuple[int, ...] = ()
    """The numbers of the rows that cannot be read, counted from 1."""


def read_log(data: bytes, name: str, deck: str) -> ProgressLog:
    """Return the log of the deck `deck` in the file `name`.

    Raises:
        TriptychError: It is no log, or one of another deck or of a later version.

    """
    found = _json(data, name)
    rows = found.get("rows") if isinstance(found, dict) else None
    if not isinstance(found, dict) or found.get("format") != FORMAT or rows is None:
        raise TriptychError(f"{name} holds no progress of a deck: {_REMEDY}")
    if not isinstance(rows, list):
        raise TriptychError(f"{name} holds no progress: `rows` is no list; {_REMEDY}")
    if found.get("deck") != deck:
        raise TriptychError(
            f"{name} belongs to the deck “{found.get('deck')}”, and this is “{deck}”:"
            " name the folder of that deck with --content"
        )
    version = _whole(found.get("version"))
    if version is None or version < 1:
        raise TriptychError(f"{name}: `version` is no number from 1 on; {_REMEDY}")
    if version > VERSION:
        raise TriptychError(
            f"{name} was written by a newer version of the site (its format is"
            f" {version}, and {VERSION} can be read here): update triptych"
        )
    read = [_row(row) for row in rows]
    lost = tuple(number for number, row in enumerate(read, start=1) if row is None)
    return ProgressLog(tuple(ordered(row for row in read if row)), lost)


def ordered(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield `rows` in order, each once."""
    yield from sorted(set(rows), key=lambda row: row.sort_key)


def _json(data: bytes, name: str) -> object:
    try:
        found: object = json.loads(data.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        raise TriptychError(
            f"{name}:{error.lineno}:{error.colno}: this is not JSON ({error.msg}); take"
            " the file as it was, or back up once more"
        ) from error
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise TriptychError(f"{name}:{line}: this is not UTF-8; {_REMEDY}") from error
    except (RecursionError, ValueError) as error:
        # Lists within lists, or a number of thousands of digits.
        raise TriptychError(f"{name} holds no progress: {_REMEDY}") from error
    return found


def _row(row: object) -> Row | None:
    """Return a row; None if it is none."""
    if not isinstance(row, list) or len(row) != len(Row.__slots__):
        return None
    moment, id_, what, points, device = row
    whole, grade = _whole(moment), _whole(what)
    is_valid = (
        whole is not None
        and 0 <= whole < END_OF_MOMENTS
        and _is_text(id_, MAX_ID_CHARS)
        and (grade in GRADES or (isinstance(what, str) and what in MARKS))
        and isinstance(points, list)
        and len(points) <= MAX_POINTS
        and all(_is_text(point, MAX_POINT_CHARS) for point in points)
        and isinstance(device, str)
        and DEVICE.fullmatch(device)
    )
    if not is_valid or whole is None:
        return None
    return Row(whole, id_, what if grade is None else grade, tuple(points), device)


def _whole(value: object) -> int | None:
    """Return a whole number, which JSON may write as `1.0`."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _is_text(value: object, most: int) -> bool:
    """Return whether it is text of at most `most` characters, as JavaScript counts."""
    if not isinstance(value, str):
        return False
    return len(value.encode("utf-16-le", "surrogatepass")) <= 2 * most
