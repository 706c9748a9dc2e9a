"""Rules over what stands before the keys: the bytes, the fences, and YAML itself."""

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from triptych.dialect.html_policy import ELEMENTS
from triptych.dialect.keys import CARDS_KEYS, GUIDE_KEYS, QUESTION_KEYS
from triptych.patterns import lazy_pattern
from triptych.validate.rule import FileScope
from triptych.values.diagnostics import Finding, Span
from triptych.values.document import Document, Fence, Field, Items, Scalar, Table

_MAX_LINES = 40
"""A fence that is not quite one is looked for in no more lines."""
_NEARLY = lazy_pattern(r"\s*[-\u2010-\u2015\u2212_*~=.]{2,}\s*")
"""A line that was meant for `---`: another number, other dashes, a space before."""
_LIKE_YAML = lazy_pattern(r"[\w-]+:(?:\s|$)|[ ]+\S|- |#[^#]")
_CODE = lazy_pattern(r"\s*(?:`{3,}|~{3,})")
_KEY = lazy_pattern(
    rf"(?:{'|'.join(sorted({*QUESTION_KEYS, *GUIDE_KEYS, *CARDS_KEYS}))}):\s"
)
_OTHER_FORMATS: Mapping[str, str] = MappingProxyType(
    {"+++": "TOML between `+++`", ";;;": "JSON between `;;;`", "{": "JSON"}
)
_PLACEHOLDER = lazy_pattern(r"<([^<>]*)>")
_DOUBLE_QUOTED = lazy_pattern(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_ESCAPE = lazy_pattern(r"\\(?P<letter>.)(?P<more>[A-Za-z]*)", re.DOTALL)
_NEVER_MEANT = "abefv0"
"""After these letters a backslash of YAML is a control character."""


def required(document: Document) -> str:
    """Return the key that a file of this kind must have."""
    meta = document.meta
    return "title" if meta.is_guide or meta.is_cards else "question"


def not_utf8(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag a file that is not UTF-8: some of its text would be lost.

    Save it as UTF-8; every editor can.
    """
    source = document.source
    if source.encoding:
        message = f"the file is {source.encoding}, not UTF-8"
        yield Finding(Span(source.path), message, "save it as UTF-8")
    elif source.undecodable:
        column = source.line(source.undecodable).find("\ufffd") + 1
        span = Span(source.path, source.undecodable, max(1, column))
        yield Finding(span, "the file is not UTF-8 from here", "save it as UTF-8")


def no_front_matter(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag a file that does not begin with front matter.

    A question begins with a line `---`, then at least `question: …`, then `---` again.
    """
    if document.front_matter.fence is not Fence.ABSENT:
        return
    source, key = document.source, required(document)
    first = source.line(1)
    line, message = 1, "the file has no front matter"
    hint = f"begin it with `---`, `{key}: …` and `---`"
    other = next((f for start, f in _OTHER_FORMATS.items() if _opens(first, start)), "")
    below = _first_line(document)
    if other:
        message = f"the front matter is {other}"
        hint = f"write it as YAML between two lines `---`: `{key}: …`"
    elif source.line(below).rstrip() == "---" and below > 1:
        line, message = below, f"the front matter begins on line {below}, not on line 1"
        hint = "delete what is above it"
    elif _NEARLY.fullmatch(first):
        message = f"the first line is `{first.strip()}`, not `---`"
        hint = "write three hyphens, and nothing else on the line"
        if first.strip() == "---":
            message, hint = "there is a space before `---`", "delete it"
    elif _CODE.match(first):
        message = "the front matter is written as code"
        hint = "write `---` in place of both fences"
    elif _KEY.match(first):
        message = "the front matter has no first `---`"
        hint = "put a line `---` above its first key"
    yield Finding(Span(source.path, line), message, hint)


def _opens(line: str, start: str) -> bool:
    return line.rstrip() == start or (start == "{" and line.startswith(start))


def _first_line(document: Document) -> int:
    """Return the first line that says something besides an HTML comment."""
    for number in range(1, _MAX_LINES):
        line = document.source.line(number).strip()
        if line and not (line.startswith("<!--") and line.endswith("-->")):
            return number
    return 1


def unclosed_front_matter(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag front matter whose second `---` is missing: the whole file would be it."""
    if document.front_matter.fence is not Fence.UNCLOSED:
        return
    source = document.source
    message, hint = (
        "the front matter is never closed",
        "put a line `---` after its keys",
    )
    for number in range(2, _MAX_LINES):
        line = source.line(number)
        if _NEARLY.fullmatch(line) or _CODE.match(line) or line.rstrip() == "+++":
            hint = "write `---` there, and nothing else on the line"
            span = Span(source.path, number, 1, max(1, len(line)))
            written = line.strip()
            what = "it is indented" if written == "---" else f"it is `{written}`"
            message = f"this line closes no front matter: {what}"
            yield Finding(span, message, hint)
            return
        if not _LIKE_YAML.match(line):
            if number > 2:  # noqa: PLR2004 - the fence is line 1
                hint = f"put a line `---` below line {number - 1}"
            break
    yield Finding(Span(source.path, 1, 1, 3), message, hint)


def bad_yaml(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag front matter that is not YAML.

    A value needs quotes when it starts with one of `{[%@&*!|>` or a backtick, or holds
    a colon and a space: `summary: 'Bias: the average error'`.
    """
    fault = document.front_matter.finding
    if fault:
        yield fault


def eaten_backslash(document: Document, _scope: FileScope) -> Iterator[Finding]:
    r"""Flag LaTeX in double quotes, where YAML reads `\beta` as a backspace and `eta`.

    In single quotes, and without any, a backslash stays what it is:
    `question: 'What is $\beta$?'`.
    """
    for scalar in _prose(document):
        written = _as_written(document, scalar)
        for escape in _ESCAPE.finditer(written):
            if _is_eaten(escape, written):
                before = written[: escape.start()]
                line = scalar.span.line + before.count("\n")
                column = len(before) - before.rfind("\n")
                if line == scalar.span.line:
                    column += scalar.span.column - 1
                span = Span(scalar.span.path, line, column, len(escape[0]))
                read = escape[0][:2]
                message = f"in double quotes YAML reads `{read}` as one character"
                if escape["more"]:
                    message += f", not as the start of `{escape[0]}`"
                hint = "use single quotes, which leave backslashes alone"
                yield Finding(span, message, hint)
                break


def placeholder(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag a value of the front matter that is still an example: `id: <your-id>`.

    An element of HTML, such as `<br>` or `<img src="a.png">`, is none.
    """
    for scalar in _scalars(document.front_matter.entries):
        name = _PLACEHOLDER.fullmatch(scalar.text.strip())
        if name and not _is_element(name[1]):
            message = f"`{scalar.text.strip()}` is a placeholder"
            hint = "write the value in its place, without `<` and `>`"
            yield Finding(scalar.span, message, hint)


def _is_element(inside: str) -> bool:
    """Return whether what is between `<` and `>` makes an element of HTML."""
    name, _, rest = inside.strip().removesuffix("/").strip().partition(" ")
    return name.casefold() in ELEMENTS and (not rest.strip() or "=" in rest)


def _scalars(entries: Iterable[tuple[Scalar, Field]]) -> Iterator[Scalar]:
    for _, value in entries:
        items = value.items if isinstance(value, Items) else (value,)
        for item in items:
            if isinstance(item, Scalar):
                yield item
            elif isinstance(item, Table):
                yield from _scalars(item.entries)


def _prose(document: Document) -> Iterator[Scalar]:
    front_matter = document.front_matter
    for key in ("question", "title", "summary"):
        value = front_matter.get(key)
        if isinstance(value, Scalar):
            yield value
    for key in ("rubric", "hints"):
        yield from front_matter.scalars(key)


def _as_written(document: Document, scalar: Scalar) -> str:
    """Return a value in double quotes as it stands in the file; else nothing."""
    if not scalar.quoted:
        return ""
    first, source = scalar.span.line, document.source
    lines = [source.line(number) for number in range(first, first + _MAX_LINES)]
    lines[0] = lines[0][scalar.span.column - 1 :]
    found = _DOUBLE_QUOTED.match("\n".join(lines))
    return found[0] if found else ""


def _is_eaten(escape: re.Match[str], text: str) -> bool:
    """Return whether YAML reads an escape as what no author means."""
    letter, more = escape["letter"], escape["more"]
    in_math = text.count("$", 0, escape.start()) % 2
    return letter in _NEVER_MEANT or bool(
        in_math and (letter in "LNP_" or (letter in "nrt" and more))
    )
