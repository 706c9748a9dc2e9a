"""`deck.toml` as plain data, and the place of each setting in it; never fails."""

import tomllib
from collections.abc import Iterator, Mapping

from triptych.dialect.characters import without_reserved
from triptych.values.diagnostics import Span
from triptych.values.source import Source

Address = tuple[str | int, ...]
"""The keys that lead to a value; in a list, its index from 0."""


def table(source: Source) -> Mapping[str, object] | None:
    """Return what `deck.toml` says as plain data; None when it is not TOML."""
    try:
        data = tomllib.loads(source.text)
    except tomllib.TOMLDecodeError:
        return None
    return {name: _clean(value) for name, value in data.items()}


def _clean(value: object) -> object:
    """Return a value of TOML, where any character may be written by its number."""
    if isinstance(value, str):
        return without_reserved(value)
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        return {name: _clean(item) for name, item in value.items()}
    return value


def places(source: Source) -> Mapping[Address, Span]:
    """Return where each value of `deck.toml` is set; nothing when it is not TOML."""
    found: dict[Address, Span] = {}
    lengths: dict[Address, int] = {}
    section: Address = ()
    for span, data in _statements(source):
        if source.line(span.line).lstrip().startswith("["):
            section = _section(data, lengths)
            addresses = [section[:end] for end in range(1, len(section) + 1)]
        else:
            addresses = [(*section, *address) for address in _addresses(data)]
        for address in addresses:
            found.setdefault(address, span)
    return found


def _statements(source: Source) -> Iterator[tuple[Span, Mapping[str, object]]]:
    """Yield each header, and each key with its value, as TOML of its own.

    A statement ends with the first line at which it is TOML: up to any line before, a
    string or a list in it is still open.
    """
    if not table(source):
        return
    open_lines: list[str] = []
    for number, line in enumerate(source.text.split("\n"), 1):
        open_lines.append(line)
        try:
            data = tomllib.loads("\n".join(open_lines))
        except tomllib.TOMLDecodeError:
            continue
        first = open_lines[0]
        if data:
            name = first.partition("#" if first.lstrip().startswith("[") else "=")[0]
            column = len(first) - len(first.lstrip()) + 1
            start = number - len(open_lines) + 1
            yield Span(source.path, start, column, len(name.strip())), data
        open_lines = []


def _section(header: object, lengths: dict[Address, int]) -> Address:
    """Return the address of the table that a header opens, and count it in a list."""
    address: Address = ()
    while isinstance(header, dict) and header:
        [(key, header)] = header.items()
        address = (*address, key)
        if isinstance(header, list):
            lengths[address] = lengths.get(address, 0) + 1
        if address in lengths:
            address = (*address, lengths[address] - 1)
    return address


def _addresses(data: object, address: Address = ()) -> Iterator[Address]:
    if address:
        yield address
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _addresses(value, (*address, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _addresses(value, (*address, index))
