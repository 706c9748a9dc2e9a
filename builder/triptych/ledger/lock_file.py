"""Read and write ``deck.lock``: one JSON object per line, sorted and validated.

The last line has the number and the digest of the lines above it, to detect truncated
or edited files. The ledgers of triptych 1.0.0 have no such line.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from triptych.dialect.ids import is_guid
from triptych.errors import TriptychError
from triptych.ledger.lock import DECK_LOCK_FILE, Ledger, NoteLine, Released, TypeLine
from triptych.patterns import lazy_pattern

Row = Mapping[str, Any]

_VERSION = lazy_pattern(r"[0-9]{1,9}(?:\.[0-9]{1,9}){2}")
_CONTROL_OR_SURROGATE = lazy_pattern(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_MAX_SECONDS = 253_000_000_000
"""In the year 9987: dates end with the year 9999."""
_MAX_ID = (1 << 63) - 1
"""Anki gives fields and templates random ids of 64 bits, which may be negative."""
_MAX_CARDS = 100_000
_CONFLICT_MARKERS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_REMEDY = (
    "restore it from version control, or rebuild it from the package that was released"
    " last with `triptych adopt PACKAGE`; it is what keeps learners' progress and edits"
)


@lru_cache(maxsize=2)  # `serve` builds again and again with the same one
def load(text: str) -> Ledger:
    """Return the ledger in a lock file; an empty one for an empty text.

    Raises:
        TriptychError: The file is damaged.

    """
    rows = list(_rows(text))
    _check_end(text, rows)
    _check_distinct(rows)
    by_kind: dict[str, list[Row]] = {kind: [] for kind in _SHAPES}
    for _, row in rows:
        by_kind[next(iter(row))].append(row)
    ledger = Ledger(
        deck=next((row["deck"] for row in by_kind["deck"]), ""),
        releases=tuple(
            Released(row["release"], row["time"]) for row in by_kind["release"]
        ),
        decks={row["subdeck"]: row["name"] for row in by_kind["subdeck"]},
        types={row["type"]: TypeLine(**row) for row in by_kind["type"]},
        media={row["media"]: row["first"] for row in by_kind["media"]},
        notes={row["note"]: NoteLine(**row) for row in by_kind["note"]},
    )
    _check_releases(ledger)
    return ledger


def dump(ledger: Ledger) -> str:
    """Return the text of the lock file, which depends only on the ledger."""
    lines = [json.dumps(row, ensure_ascii=False) for row in _rows_of(ledger)]
    body = "".join(f"{line}\n" for line in lines)
    end = json.dumps({"lines": len(lines), "digest": _digest(body)})
    return f"{body}{end}\n"


def line_of(ledger: Ledger, key: str) -> int:
    """Return the number of the line about `key`; 1 if there is none."""
    lines = enumerate(_rows_of(ledger), start=1)
    return next((n for n, row in lines if next(iter(row.values())) == key), 1)


def _rows_of(ledger: Ledger) -> Iterator[Row]:
    yield {"deck": ledger.deck}
    for item in ledger.releases:
        yield {"release": item.version, "time": item.time}
    for topic in sorted(ledger.decks):
        yield {"subdeck": topic, "name": ledger.decks[topic]}
    yield from _lines(ledger.types)
    for name in sorted(ledger.media):
        yield {"media": name, "first": ledger.media[name]}
    yield from _lines(ledger.notes)


def _lines(
    lines: Mapping[str, NoteLine] | Mapping[str, TypeLine],
) -> Iterator[Row]:
    for name in sorted(lines):
        row = asdict(lines[name])
        yield {
            k: v for k, v in row.items() if k not in _ADDED_KEYS or v != _ADDED_KEYS[k]
        }


_ADDED_KEYS: Mapping[str, object] = MappingProxyType(
    {"formula": 1, "labels": "", "text_mod": 0}
)
"""Keys that are left out with these values, as in the lines of triptych 1.0.0."""


def _text(value: object) -> bool:
    return isinstance(value, str) and not _CONTROL_OR_SURROGATE.search(value)


def _name(value: object) -> bool:
    return bool(value) and _text(value)


def is_version(value: object) -> bool:
    """Return whether `value` is three numbers, such as `1.2.3`."""
    return isinstance(value, str) and bool(_VERSION.fullmatch(value))


def _guid(value: object) -> bool:
    return isinstance(value, str) and is_guid(value)


def _int_between(minimum: int, maximum: int) -> Callable[[object], bool]:
    def check(value: object) -> bool:
        is_int = isinstance(value, int) and not isinstance(value, bool)
        return is_int and minimum <= int(str(value)) <= maximum

    return check


def _slots(value: object) -> bool:
    number = _int_between(-_MAX_ID - 1, _MAX_ID)
    return isinstance(value, dict) and all(
        _name(key) and number(slot) for key, slot in value.items()
    )


_SECONDS = _int_between(0, _MAX_SECONDS)
_SHAPES: Mapping[str, Mapping[str, Callable[[object], bool]]] = MappingProxyType(
    {
        "deck": {"deck": _text},
        "release": {"release": is_version, "time": _SECONDS},
        "subdeck": {"subdeck": _text, "name": _name},
        "type": {
            "type": _name,
            "id": _int_between(1, _MAX_ID),
            "name": _name,
            "fields": _slots,
            "templates": _slots,
            "hash": _name,
            "mod": _SECONDS,
        },
        "media": {"media": _name, "first": is_version},
        "note": {
            "note": _name,
            "guid": _guid,
            "type": _name,
            "topic": _name,
            "cards": _int_between(0, _MAX_CARDS),
            "hash": _name,
            "mod": _SECONDS,
            "first": is_version,
            "last": is_version,
            "prompt": _text,
            "formula": _int_between(1, 3),
            "labels": _text,
            "text_mod": _SECONDS,
        },
        "lines": {"lines": _int_between(0, _MAX_ID), "digest": _name},
    }
)
_OPTIONAL = frozenset({"prompt", *_ADDED_KEYS})


def _rows(text: str) -> Iterator[tuple[int, Row]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith(_CONFLICT_MARKERS):
            raise TriptychError(
                f"{DECK_LOCK_FILE}:{number} holds a merge conflict: keep your own side"
                " of the file, then take the other in with"
                " `triptych adopt --merge OTHER.lock`"
            )
        if line.strip():
            yield number, _row(line, number)


def _row(line: str, number: int) -> Row:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _damaged(number, "the line is not JSON") from error
    kind = next(iter(row), "") if isinstance(row, dict) else ""
    shape = _SHAPES.get(kind)
    if shape is None:
        raise _damaged(number, "the line says nothing that is known")
    for key in sorted(shape.keys() - row.keys() - _OPTIONAL):
        raise _damaged(number, f"`{key}` is missing")
    for key, value in row.items():
        if key not in shape:
            raise _damaged(number, f"nothing reads `{key}`")
        if not shape[key](value):
            raise _damaged(number, f"`{key}` cannot be {json.dumps(value)[:40]}")
    result: Row = row
    return result


def _check_end(text: str, rows: list[tuple[int, Row]]) -> None:
    """Raise if the file was truncated or edited by hand."""
    indexes = [index for index, (_, row) in enumerate(rows) if "lines" in row]
    if not indexes:
        is_newer = any("formula" in row for _, row in rows)
        if is_newer:
            raise _damaged(rows[-1][0], "its last line is missing")
        return
    number, end = rows[-1]
    if indexes != [len(rows) - 1]:
        raise _damaged(number, "its last line is not at the end")
    body = text[: text.rindex("\n", 0, len(text.rstrip())) + 1] if rows[:-1] else ""
    if end["lines"] != len(rows) - 1 or end["digest"] != _digest(body):
        raise _damaged(number, "lines above were changed, or are missing")


def _check_distinct(rows: Iterable[tuple[int, Row]]) -> None:
    seen: dict[tuple[str, str], int] = {}
    for number, row in rows:
        kind, value = next(iter(row.items()))
        names = [(kind, "" if kind == "deck" else str(value))]
        names += [("guid", row["guid"])] if kind == "note" else []
        for name in names:
            if name in seen:
                what = f"`{name[1]}`" if name[1] else "the line"
                raise _damaged(number, f"{what} is on line {seen[name]} already")
            seen[name] = number


def _check_releases(ledger: Ledger) -> None:
    times = [item.time for item in ledger.releases]
    if any(later <= earlier for earlier, later in pairwise(times)):
        raise _damaged(2, "its releases are not in the order of their times")
    known = {item.version for item in ledger.releases}
    for line in ledger.notes.values():
        if not {line.first, line.last} <= known:
            raise _damaged(1, f"`{line.note}` is of a release that it does not list")
        if line.topic not in ledger.decks:
            raise _damaged(1, f"`{line.note}` is in a topic that it does not list")
        if line.text_mod > line.mod:
            raise _damaged(1, f"the text of `{line.note}` is newer than the note")


def _digest(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()[:32]


def _damaged(number: int, why: str) -> TriptychError:
    return TriptychError(f"{DECK_LOCK_FILE}:{number} is damaged: {why}: {_REMEDY}")
