"""What a coding question gives away on the front of its card: signature and example.

Both are read from the lines of the code answer, which is never parsed or run for this.
"""

import re
from collections.abc import Iterator, Sequence

from triptych.typeset.code_blocks import listing
from triptych.typeset.digest import digest
from triptych.typeset.highlight import html_lines
from triptych.values.question import Code, Prose

_PYTHON = frozenset({"py", "python"})
_DEFINITION = re.compile(r"(?P<indent>\s*)(?:async\s+def|def|class)\s+(?P<name>\w+)")
_EXAMPLE = re.compile(r"assert\s+(?P<example>\S.*)")
_MAX_EXAMPLE_CHARS = 88
_MAX_SIGNATURE_LINES = 8
_MAX_METHODS = 5


def task(code: Sequence[Code]) -> Prose:
    """Return the signature and an example of a code answer, for a card alone."""
    solutions = [c for c in code if c.role == "solution" and c.language in _PYTHON]
    if not solutions:
        return Prose()
    language = solutions[0].language
    lines = [line for part in solutions for line in part.text.split("\n")]
    tests = [
        line for part in code if part.role == "test" for line in part.text.split("\n")
    ]
    named = {
        found["name"]: at for at, found in _definitions(lines) if not found["indent"]
    }
    public = {name: at for name, at in named.items() if not name.startswith("_")}
    name, example = _example(public or named, tests)
    if not name:
        return Prose()
    shown = list(_signature(lines, named[name]))
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


def _example(names: dict[str, int], tests: Sequence[str]) -> tuple[str, str]:
    """Return what is defined and the first short example of it."""
    for line in tests:
        found = _EXAMPLE.fullmatch(line)
        if found and len(found["example"]) <= _MAX_EXAMPLE_CHARS:
            used = [name for name in names if re.search(rf"\b{name}\(", line)]
            balanced = all(
                line.count(a) == line.count(b) for a, b in ("()", "[]", "{}")
            )
            if used and balanced:
                return used[0], found["example"]
    return next(iter(names), ""), ""


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
