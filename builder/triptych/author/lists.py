"""Add to a list or a mapping of the front matter, in the style it is written in."""

from collections.abc import Container, Iterator

from triptych.errors import TriptychError
from triptych.values.diagnostics import Edit
from triptych.values.document import Document, Field, Items, Scalar, Table


def into_list(document: Document, key: str, value: str) -> Edit:
    """Return the edit that adds `value` to the list `key`."""
    field = _written(document, key)
    if field is None:
        return _new_key(document, f"{key}: [{value}]")
    if isinstance(field, Table) or (isinstance(field, Scalar) and field.text):
        raise _unreadable(document, key, "list")
    if isinstance(field, Scalar):
        return Edit(field.span.line, field.span.column, 0, f" [{value}]")
    last = field.items[-1] if field.items else None
    return _after(document, field, last, last, value)


def into_table(document: Document, key: str, name: str, value: str) -> Edit:
    """Return the edit that adds `name: value` to the mapping `key`."""
    entry = f"{name}: {value}"
    field = _written(document, key)
    if field is None:
        return _new_key(document, f"{key}: {{{entry}}}")
    if isinstance(field, Items) or (isinstance(field, Scalar) and field.text):
        raise _unreadable(document, key, "mapping")
    if isinstance(field, Scalar):
        return Edit(field.span.line, field.span.column, 0, f" {{{entry}}}")
    first, last = field.entries[-1] if field.entries else (None, None)
    return _after(document, field, first, last, entry)


def out_of_table(document: Document, key: str, names: Container[str]) -> Iterator[Edit]:
    """Yield the edits that take the entries called `names` out of the mapping `key`."""
    found = (e for e in document.front_matter.entries if e[0].text == key)
    title, field = next(found, (None, None))
    if title is None or not isinstance(field, Table):
        return
    gone = [name for name, _ in field.entries if name.text in names]
    place, line = field.span, document.source.line(field.span.line)
    start, end = place.column - 1, place.column - 1 + place.length
    if line[start] == "{":
        kept = [
            f"{name.text}: {value.text}"
            for name, value in field.entries
            if name not in gone and isinstance(value, Scalar)
        ]
        alone = title.span.column == 1 and not line[end:].strip()
        if gone and not kept and alone:
            yield _without_line(document, place.line)
        elif gone:
            text = f"{{{', '.join(kept)}}}"
            yield Edit(place.line, place.column, place.length, text)
        return
    if gone and len(gone) == len(field.entries):
        gone.append(title)
    for name in gone:
        yield _without_line(document, name.span.line)


def _without_line(document: Document, line: int) -> Edit:
    # Its end, of one or two characters, goes with it.
    return Edit(line, 1, len(document.source.line(line)) + 2, "")


def _written(document: Document, key: str) -> Field | None:
    for name, value in document.front_matter.entries:
        if name.text == key:
            return value
    return None


def _new_key(document: Document, text: str) -> Edit:
    """Return the edit that adds a key below `id`, or first if that is not said."""
    written = _written(document, "id")
    line = written.span.line if written else 1
    return Edit(line, len(document.source.line(line)) + 1, 0, f"\n{text}")


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
    end = len(document.source.line(last.span.line)) + 1
    return Edit(last.span.line, end, 0, f"\n{indent}{text}")


def _unreadable(document: Document, key: str, wanted: str) -> TriptychError:
    path = document.source.path
    return TriptychError(
        f"`{key}` in {path} is no {wanted}: run `triptych check` first"
    )
