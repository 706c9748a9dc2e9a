"""Split off and parse the front matter of a file, with the place of each value."""

import re

import yaml

from triptych.dialect.characters import without_controls
from triptych.dialect.sizes import MAX_YAML_DEPTH
from triptych.parse.yaml_clues import QUOTE_VALUE
from triptych.parse.yaml_errors import explained, without_keys
from triptych.values.diagnostics import Finding, Span
from triptych.values.document import (
    Fence,
    Field,
    FrontMatter,
    Items,
    Scalar,
    Table,
)
from triptych.values.source import Source

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_BRACKETS = re.compile(r"[\[\]{}]")
_MAX_BRACKETS = 500
_NESTED_ITEMS = re.compile(r"^[ ]*(?:[-?][ ]+){100}", re.MULTILINE)


def cut(source: Source) -> tuple[FrontMatter, str, int]:
    """Return the front matter, the body, and how many lines precede the body."""
    lines = source.text.split("\n")
    if lines[0].rstrip() != "---":
        return FrontMatter(Fence.ABSENT), source.text, 0
    end = next(
        (n for n, line in enumerate(lines[1:], 1) if line.rstrip() in {"---", "..."}),
        None,
    )
    if end is None:
        return FrontMatter(Fence.UNCLOSED), "", len(lines)
    front_matter = _read("\n".join(lines[1:end]), source)
    return front_matter, "\n".join(lines[end + 1 :]), end + 1


def _read(text: str, source: Source) -> FrontMatter:
    offset = _excess_depth_offset(text)
    if offset != -1:
        line, column = text.count("\n", 0, offset), offset - text.rfind("\n", 0, offset)
        span = Span(source.path, line + 2, column)
        finding = Finding(span, "the front matter is nested too deeply", QUOTE_VALUE)
        return FrontMatter(Fence.CLOSED, finding=finding)
    try:
        node = yaml.compose(text, Loader=_Loader)
        if node is None:
            return FrontMatter(Fence.CLOSED)
        field = _field(node, source, set())
    except yaml.MarkedYAMLError as error:
        return FrontMatter(Fence.CLOSED, finding=explained(error, source))
    except yaml.reader.ReaderError:
        return FrontMatter(Fence.CLOSED, finding=_character_finding(text, source))
    if not isinstance(field, Table):
        return FrontMatter(Fence.CLOSED, finding=_no_keys(field, text, source))
    return FrontMatter(Fence.CLOSED, field.entries)


def _no_keys(field: Field, text: str, source: Source) -> Finding:
    if isinstance(field, Items):
        hint = "take the dash away before each key"
        return Finding(field.span, "the front matter is a list, not keys", hint)
    plain = Finding(field.span, "the front matter holds no keys", "write `key: value`")
    return without_keys(source, text.count("\n") + 2) or plain


def _field(node: yaml.Node, source: Source, seen: set[int], depth: int = 0) -> Field:
    """Return `node` as a field; raise for aliases, which can expand without bounds."""
    if depth > MAX_YAML_DEPTH:
        raise yaml.MarkedYAMLError(
            problem=f"it is nested more than {MAX_YAML_DEPTH} levels deep",
            problem_mark=node.start_mark,
        )
    if id(node) in seen:
        raise yaml.MarkedYAMLError(
            problem="anchors and aliases are not read", problem_mark=node.start_mark
        )
    seen.add(id(node))
    span = _span(node, source)
    if isinstance(node, yaml.MappingNode):
        entries = []
        for key, value in node.value:
            name = _field(key, source, seen, depth + 1)
            if not isinstance(name, Scalar):
                raise yaml.MarkedYAMLError(
                    problem="a key must be plain text", problem_mark=key.start_mark
                )
            entries.append((name, _field(value, source, seen, depth + 1)))
        return Table(tuple(entries), span)
    if isinstance(node, yaml.SequenceNode):
        items = (_field(item, source, seen, depth + 1) for item in node.value)
        return Items(tuple(items), span)
    # An escape in double quotes can write a control character.
    text = without_controls(str(node.value))
    if getattr(node, "style", None):
        return Scalar(text, span, quoted=True, sign=_sign(span, source))
    # A value in the front matter ends where the line of its end mark says, from 0.
    rest = source.line(node.end_mark.line + 2)[node.end_mark.column :].strip()
    comment = rest if rest.startswith("#") else ""
    return Scalar(text, span, comment=comment, sign=_sign(span, source))


def _sign(span: Span, source: Source) -> str:
    line, start = source.line(span.line), span.column - 1
    if line[start : start + 1] not in {"&", "!"}:
        return ""
    return line[start:].split(maxsplit=1)[0]


def _span(node: yaml.Node, source: Source) -> Span:
    start, end = node.start_mark, node.end_mark
    length = end.column - start.column if end.line == start.line else 1
    # The opening fence is line 1, and the lines of marks count from 0.
    return Span(source.path, start.line + 2, start.column + 1, max(1, length))


def _character_finding(text: str, source: Source) -> Finding:
    # The C reader counts in bytes and names the character by its number.
    odd = yaml.reader.Reader.NON_PRINTABLE.search(text)
    place = odd.start() if odd else 0
    code = f"U+{ord(text[place]):04X}"
    line = text.count("\n", 0, place) + 2
    column = place - text.rfind("\n", 0, place)
    span = Span(source.path, line, column)
    return Finding(span, f"the character {code} is not allowed in YAML", "delete it")


def _excess_depth_offset(text: str) -> int:
    """Return the place from which on YAML's reader might overrun its stack, or -1.

    Brackets are counted in quotes too, where a few more do no harm.
    """
    items = _NESTED_ITEMS.search(text)
    depth = 0
    for sign in _BRACKETS.finditer(text):
        depth += 1 if sign[0] in "[{" else -(depth > 0)
        if depth > _MAX_BRACKETS:
            return sign.start()
    return items.start() if items else -1
