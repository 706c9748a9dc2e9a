"""Parse `deck.toml` into plain data, and find the place of each setting."""

import re
import tomllib
from collections.abc import Iterator, Mapping

from triptych.dialect.characters import without_controls
from triptych.parse.sizes import size_excess
from triptych.parse.toml_errors import explained
from triptych.patterns import lazy_pattern
from triptych.values.diagnostics import Finding, Span
from triptych.values.source import Source

_SIGN = lazy_pattern(r"""\"{3}|'{3}|"(?:[^"\\]|\\.)*"|'[^']*'|\#.*|[\[\]{}]""")
"""A delimiter in TOML, or a string or comment, in which delimiters do not count."""
_STRING_ENDS = {
    '"""': re.compile(r'\\.|(?P<end>"{3,5})'),
    "'''": re.compile(r"(?P<end>'{3,5})"),
}
"""The end of a multi-line string, or an escape that looks like it."""
_DIGITS = lazy_pattern("[0-9_]+")
Address = tuple[str | int, ...]
"""The keys that lead to a value; in a list, its index from 0."""


def table(source: Source) -> Mapping[str, object] | None:
    """Return `deck.toml` as plain data; None if it is not valid TOML."""
    found = _read(source)
    return None if isinstance(found, Finding) else found


def syntax_finding(source: Source) -> Finding | None:
    """Return the syntax error of `deck.toml`, if any."""
    found = _read(source)
    return found if isinstance(found, Finding) else None


def _read(source: Source) -> Mapping[str, object] | Finding:
    too_large = size_excess(source)
    if too_large:
        return _syntax_finding(f"it has {too_large}", Span(source.path))
    if source.undecodable:
        said = source.line(source.undecodable).find("\ufffd") + 1
        span = Span(source.path, source.undecodable, max(1, said))
        known = f"it is {source.encoding}" if source.encoding else "it is not UTF-8"
        return Finding(span, f"the file is not TOML: {known}", "save it as UTF-8")
    try:
        data = tomllib.loads(source.text)
        return {name: _clean(value) for name, value in data.items()}
    except tomllib.TOMLDecodeError as error:
        return explained(error, source)
    except ValueError:
        # Python reads no number of more than a few thousand digits.
        return _syntax_finding("a number is too long", _longest_number(source))
    except RecursionError:
        return _syntax_finding("it nests too deeply", Span(source.path))


def _syntax_finding(message: str, span: Span) -> Finding:
    hint = "see `triptych schema deck`"
    return Finding(span, f"the file is not TOML: {message}", hint)


def _longest_number(source: Source) -> Span:
    digits = max(_DIGITS.finditer(source.text), key=lambda run: len(run[0]))
    before = source.text[: digits.start()]
    line = before.count("\n") + 1
    return Span(source.path, line, len(before) - before.rfind("\n"))


def _clean(value: object) -> object:
    """Return a value of TOML without control characters, which escapes can write."""
    if isinstance(value, str):
        return without_controls(value)
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        return {name: _clean(item) for name, item in value.items()}
    return value


def setting_spans(source: Source) -> Mapping[Address, Span]:
    """Return the place of each setting in `deck.toml`; empty if that is not TOML."""
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
    """Yield each table header, and each key with its value, parsed on its own.

    A statement ends at the first line after which no string or bracket is open.
    """
    if not table(source):
        return
    open_lines: list[str] = []
    delimiter, depth = "", 0
    for number, line in enumerate(source.text.split("\n"), 1):
        open_lines.append(line)
        delimiter, depth = _open_after(line, delimiter, depth)
        if delimiter or depth:
            continue
        data = tomllib.loads("\n".join(open_lines))
        first = open_lines[0]
        if data:
            name = first.partition("#" if first.lstrip().startswith("[") else "=")[0]
            column = len(first) - len(first.lstrip()) + 1
            start = number - len(open_lines) + 1
            yield Span(source.path, start, column, len(name.strip())), data
        open_lines = []


def _open_after(line: str, delimiter: str, depth: int) -> tuple[str, int]:
    """Return which string and how many brackets are open after `line`."""
    position = 0
    while True:
        found = (_STRING_ENDS[delimiter] if delimiter else _SIGN).search(line, position)
        if found is None:
            return delimiter, depth
        position = found.end()
        if delimiter:
            delimiter = "" if found["end"] else delimiter
        elif found[0] in _STRING_ENDS:
            delimiter = found[0]
        elif found[0] in {"[", "{"}:
            depth += 1
        elif found[0] in {"]", "}"}:
            depth -= 1


def _section(header: object, lengths: dict[Address, int]) -> Address:
    """Return the address of the table that a header opens; count tables of lists."""
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
