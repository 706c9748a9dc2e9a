"""Edit lists and mappings of the front matter, in the style of the author."""

from collections.abc import Container, Iterator

from triptych.dialect.tables import COMMENT
from triptych.errors import TriptychError
from triptych.values.diagnostics import Edit
from triptych.values.document import Document, Field, Items, Scalar, Table


def add_to_list(document: Document, key: str, value: str) -> Edit:
    """Return the edit that adds `value` to the list `key`."""
    field = _field(document, key)
    if not isinstance(field, Items):
        return _first(document, key, field, "list", f"[{value}]")
    last = field.items[-1] if field.items else None
    return _after(document, field, last, last, value)


def add_to_table(document: Document, key: str, name: str, value: str) -> Edit:
    """Return the edit that adds `name: value` to the mapping `key`."""
    entry, field = f"{name}: {value}", _field(document, key)
    if not isinstance(field, Table):
        return _first(document, key, field, "mapping", f"{{{entry}}}")
    first, last = field.entries[-1] if field.entries else (None, None)
    return _after(document, field, first, last, entry)


def _first(
    document: Document, key: str, field: Field | None, wanted: str, text: str
) -> Edit:
    """Return the edit that gives `key` its first value, if it has none.

    Raises:
        TriptychError: It has a value that is no `wanted`.

    """
    if field is None:
        return _new_key(document, f"{key}: {text}")
    if not isinstance(field, Scalar) or field.text:
        path = document.source.path
        raise TriptychError(
            f"`{key}` in {path} is no {wanted}: run `triptych check` first"
        )
    return Edit(field.span.line, field.span.column, 0, f" {text}")


def remove_from_table(
    document: Document, key: str, names: Container[str]
) -> Iterator[Edit]:
    """Yield the edits that remove the entries `names` from the mapping `key`."""
    found = (e for e in document.front_matter.entries if e[0].text == key)
    title, field = next(found, (None, None))
    if title is None or not isinstance(field, Table):
        return
    removed = [name for name, _ in field.entries if name.text in names]
    place, line = field.span, document.source.line(field.span.line)
    start, end = place.column - 1, place.column - 1 + place.length
    if line[start] == "{":
        kept = [
            f"{name.text}: {value.text}"
            for name, value in field.entries
            if name not in removed and isinstance(value, Scalar)
        ]
        is_on_own_line = title.span.column == 1 and not line[end:].strip()
        if removed and not kept and is_on_own_line:
            yield _without_line(document, place.line)
        elif removed:
            text = f"{{{', '.join(kept)}}}"
            yield Edit(place.line, place.column, place.length, text)
        return
    if removed and len(removed) == len(field.entries):
        removed.append(title)
    for name in removed:
        yield _without_line(document, name.span.line)


def _without_line(document: Document, line: int) -> Edit:
    # Add 2, so that a line ending of one or two characters is removed, too.
    return Edit(line, 1, len(document.source.line(line)) + 2, "")


def _field(document: Document, key: str) -> Field | None:
    for name, value in document.front_matter.entries:
        if name.text == key:
            return value
    return None


def _new_key(document: Document, text: str) -> Edit:
    """Return the edit that adds a key below `id`, or as the first key."""
    id_field = _field(document, "id")
    if document.source.is_table:
        return key_of_table(text)
    line = id_field.span.line if id_field else 1
    return Edit(line, len(document.source.line(line)) + 1, 0, f"\n{text}")


def key_of_table(text: str) -> Edit:
    """Return the edit that adds a key above the columns of a table of cards."""
    return Edit(1, 1, 0, f"{COMMENT} {text}\n")


def _after(
    document: Document,
    field: Items | Table,
    first: Field | None,
    last: Field | None,
    text: str,
) -> Edit:
    """Return the edit that adds `text` after the entry from `first` to `last`."""
    if first is None or last is None:
        return Edit(field.span.line, field.span.column + 1, 0, text)
    line = document.source.line(field.span.line)
    if line[field.span.column - 1] in "[{":
        end = last.span.column + last.span.length
        return Edit(last.span.line, end, 0, f", {text}")
    indent = document.source.line(first.span.line)[: first.span.column - 1]
    if document.source.is_table:
        path = document.source.path
        raise TriptychError(f"write the list in {path} on one line, in brackets")
    end = len(document.source.line(last.span.line)) + 1
    return Edit(last.span.line, end, 0, f"\n{indent}{text}")
