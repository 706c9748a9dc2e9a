"""What a coding question gives away on the front of its card: signature and example.

Both are read from the lines of the code answer, which is never parsed or run for this.
"""

import builtins
import keyword
import re
from collections.abc import Collection, Iterator, Sequence

from triptych.typeset.code_blocks import listing
from triptych.typeset.digest import digest
from triptych.typeset.highlight import html_lines
from triptych.values.prose import NO_PROSE, Prose
from triptych.values.question import Code

_PYTHON = frozenset({"py", "python"})
_DEFINITION = re.compile(r"(?P<indent>\s*)(?:async\s+def|def|class)\s+(?P<name>\w+)")
_EXAMPLE = re.compile(
    r"""assert\s+(?P<example>\S.*?)(?:,\s*f?(?P<quote>["']).*(?P=quote))?"""
)
"""The message of an assertion is no part of the example."""
_STRING = re.compile(r"'[^']*'|\"[^\"]*\"")
_NAME = re.compile(r"(?<![\w.])[A-Za-z_]\w*(?!\s*=[^=])(?![\w])")
_KNOWN = frozenset({*dir(builtins), *keyword.kwlist, "np", "math", "torch"})
"""Names that a learner need not look up."""
_MAX_EXAMPLE_CHARS = 88
_MAX_SIGNATURE_LINES = 16
_MAX_METHODS = 5


def task(code: Sequence[Code]) -> Prose:
    """Return the signature and an example of a code answer, for a card alone."""
    solutions = [c for c in code if c.role == "solution" and c.language in _PYTHON]
    if not solutions:
        return NO_PROSE
    language = solutions[0].language
    lines = [line for part in solutions for line in part.text.split("\n")]
    tests = "\n".join(part.text for part in code if part.role == "test")
    places = {
        found["name"]: at for at, found in _definitions(lines) if not found["indent"]
    }
    public = [name for name in places if not name.startswith("_")]
    name = _main(public or list(places), tests)
    if not name:
        return NO_PROSE
    example = _example(name, places, tests)
    shown = list(_signature(lines, places[name]))
    if example:
        shown += ["", example]
    text = "\n".join(shown)
    block = listing(html_lines(text, language), language, "")
    html = f'<section class="given">{block}</section>'
    return Prose(card=html, digest=digest(text))


def _definitions(lines: Sequence[str]) -> Iterator[tuple[int, re.Match[str]]]:
    for at, line in enumerate(lines):
        found = _DEFINITION.match(line)
        if found:
            yield at, found


def _main(names: Sequence[str], tests: str) -> str:
    """Return which of `names` the tests call most, the last of several."""

    def calls(name: str) -> int:
        return len(re.findall(rf"\b{name}\(", tests))

    return max(reversed(names), key=calls, default="")


def _example(name: str, names: Collection[str], tests: str) -> str:
    """Return the first short example of `name` in which all else is known."""
    for line in tests.split("\n"):
        found = _EXAMPLE.fullmatch(line)
        if not found or len(found["example"]) > _MAX_EXAMPLE_CHARS:
            continue
        is_whole = all(line.count(a) == line.count(b) for a, b in ("()", "[]", "{}"))
        is_known = _KNOWN.union(names).issuperset(_names(found["example"]))
        if is_whole and is_known and re.search(rf"\b{name}\(", line):
            return found["example"]
    return ""


def _names(example: str) -> list[str]:
    """Return the names in an example, without attributes, arguments and strings."""
    return _NAME.findall(_STRING.sub("", example))


def _signature(lines: Sequence[str], at: int) -> Iterator[str]:
    """Yield the lines of a signature; of a class those of its methods, too."""
    yield from _header(lines, at)
    if not lines[at].startswith("class"):
        return
    methods = 0
    for place, found in _definitions(lines[at + 1 :]):
        if not found["indent"] or methods == _MAX_METHODS:
            return
        if not found["name"].startswith("_") or found["name"] == "__init__":
            methods += 1
            yield from _header(lines, at + 1 + place)


def _header(lines: Sequence[str], at: int) -> Iterator[str]:
    """Yield a line that begins a definition, to where its colon ends it."""
    for line in lines[at : at + _MAX_SIGNATURE_LINES]:
        yield line
        if line.rstrip().endswith(":"):
            return
