r"""No depth of nesting ends the program: it is typeset, or it is a finding.

A file may come from anybody. What reads it calls itself for what stands inside, and
would run out of stack, which for the parser of LaTeX is the end of the process.
"""

from collections.abc import Callable
from pathlib import PurePosixPath
from typing import cast

import pytest

from triptych.deck.strings import built_in
from triptych.parse.document import parse
from triptych.typeset.context import Context, prose_strings
from triptych.typeset.question import question
from triptych.validate.body import too_deep
from triptych.validate.content import bad_math
from triptych.validate.rule import FileScope
from triptych.validate.syntax import bad_yaml
from triptych.values.document import Document
from triptych.values.source import Source

DEPTHS = (3, 40, 70, 90, 150, 600, 4000, 20000)
BODIES: dict[str, Callable[[int], str]] = {
    "quotations": lambda n: "> " * n + "a",
    "lists": lambda n: "- " * n + "a",
    "numbered lists": lambda n: "1. " * n + "a",
    "emphasis": lambda n: "*" * n + "a" + "*" * n,
    "strong": lambda n: "**a " * n + "b**" * n,
    "links": lambda n: "[" * n + "a" + "](b)" * n,
    "pictures": lambda n: "![" * n + "a" + "](b)" * n,
    "elements": lambda n: "<b>" * n + "a" + "</b>" * n,
    "open elements": lambda n: "<i><b>" * n + "a",
    "blocks": lambda n: "<div>\n\n" * min(n, 4000) + "a",
    "groups": lambda n: "$" + "{" * n + "a" + "}" * n + "$",
    "fractions": lambda n: "$" + r"\frac{" * n + "a" + "}{b}" * n + "$",
    "roots": lambda n: "$" + r"\sqrt{" * n + "a" + "}" * n + "$",
    "bare roots": lambda n: "$" + r"\sqrt" * n + " a$",
    "bare hats": lambda n: "$" + r"\hat " * n + "a$",
    "powers": lambda n: "$" + "a^{" * n + "a" + "}" * n + "$",
    "indices": lambda n: "$$" + "a_{b^{" * n + "a" + "}}" * n + "$$",
    "fences": lambda n: "$" + r"\left(" * n + "a" + r"\right)" * n + "$",
    "matrices": lambda n: (
        "$$" + r"\begin{matrix}" * n + "a" + r"\end{matrix}" * n + "$$"
    ),
    "footnotes": lambda n: (
        "a[^1]\n\n" + "".join(f"[^{k}]: b[^{k + 1}]\n\n" for k in range(1, min(n, 600)))
    ),
    "ticks": lambda n: "`" * n + "a" + "`" * n,
    "tables": lambda n: "|" * n + "\n" + "|-" * n + "|\n",
}
MATTERS: dict[str, Callable[[int], str]] = {
    "list": lambda n: "x: " + "[" * n + "]" * n,
    "mapping": lambda n: "x: " + "{a: " * n + "}" * n,
    "block list": lambda n: "x:\n  " + "- " * n + "a",
    "clozes": lambda n: f"summary: '{'{{c1::' * n}a{'}}' * n}'",
    "formula": lambda n: f"summary: '${'{' * n}a{'}' * n}$'",
}


def found(document: Document) -> list[object]:
    """Return what the rules on nesting say; they look at nothing else."""
    rules = (bad_yaml, too_deep, bad_math)
    return [f for rule in rules for f in rule(document, cast("FileScope", None))]


def typeset_or_told(matter: str, body: str) -> list[object]:
    path = PurePosixPath("t/q.md")
    document = parse(Source(path, f"---\nquestion: W?\n{matter}\n---\n{body}\n"))
    reported = found(document)
    if not reported:
        words = prose_strings(built_in(), "en")
        context = Context(
            path, frozenset(), lambda p: pytest.fail(str(p)), strings=words
        )
        question(document, context)
    return reported


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("name", BODIES)
def test_nested_markdown_is_typeset_or_reported(name: str, depth: int) -> None:
    reported = typeset_or_told("kind: concept", BODIES[name](depth))
    # A bare argument is refused at any depth.
    assert depth > 3 or not reported or name.startswith("bare")


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("name", MATTERS)
def test_nested_front_matter_is_typeset_or_reported(name: str, depth: int) -> None:
    reported = typeset_or_told(MATTERS[name](depth), "An answer.")
    assert depth > 3 or not reported


@pytest.mark.parametrize("name", ["list", "mapping"])
def test_very_deep_front_matter_does_not_end_the_process(name: str) -> None:
    assert typeset_or_told(MATTERS[name](100_000), "An answer.")


def test_deep_front_matter_is_reported_as_too_deep() -> None:
    (reported,) = typeset_or_told("x: " + "[" * 30 + "]" * 30, "An answer.")
    assert "nested" in str(reported)
