"""What `triptych test` may find when it runs the code answers: rules in words."""

from collections.abc import Callable
from dataclasses import dataclass

_CONTENT = frozenset({"numpy", "pandas", "scipy", "sklearn"})


@dataclass(frozen=True, slots=True)
class Mishap:
    """What went wrong while a program ran, as its process told it."""

    rule: str
    line: int
    """Of the Markdown file; 0 where nobody knows."""
    column: int = 0
    """In the code of that line; 0 for all of it."""
    said: str = ""
    """In Python's words, or the thing that the rule is about."""
    values: str = ""
    """What a failed assertion compared."""
    called: int = 0
    """The line that led to `line`, if another."""


Words = tuple[str, str]
"""The message and the hint."""
CodeRule = Callable[[Mishap], Words]


def invalid_code(mishap: Mishap) -> Words:
    """Flag a code answer that is not Python.

    The `solution` blocks of a file and then its `test` blocks are one program, and so
    are the `solution` blocks and each `run` block; each block is whole by itself.
    """
    return f"this is not Python: {mishap.said}", "each block must be whole by itself"


def failed_assertion(mishap: Mishap) -> Words:
    """Flag an assertion that does not hold, and show what it compared.

    The values are those that its parts have when they are evaluated once more.
    """
    said = ": ".join(filter(None, ["the assertion fails", mishap.said]))
    return said + (f" ({mishap.values})" if mishap.values else ""), _called(mishap)


def unexpected_exception(mishap: Mishap) -> Words:
    """Flag a code answer that raises, or exits before its end.

    A test of an exception catches it: `try: …`, `except ValueError: pass`,
    `else: raise AssertionError("…")`.
    """
    return f"the code raises {mishap.said}", _called(mishap)


def missing_package(mishap: Mishap) -> Words:
    """Flag an import of a package that is not installed.

    A block that may do without says so: `needs=torch` after its role lets it be skipped
    where PyTorch is absent.
    """
    hint = f"install it, or write `needs={mishap.said}` on the fence"
    if mishap.said in _CONTENT:
        hint = "pip install 'triptych[content]'"
    return f"the package `{mishap.said}` is not installed", hint


def slow_code(mishap: Mishap) -> Words:
    """Flag a code answer that takes longer than `timeout` under `[test]` allows.

    The limit is on processor time; four times as much is allowed by the clock, so that
    a busy machine fails nothing.
    """
    hint = "make the example smaller, or raise `timeout` under `[test]` in deck.toml"
    return f"the code takes more than {mishap.said}, and was here then", hint


def greedy_code(mishap: Mishap) -> Words:
    """Flag a code answer that needs more memory than `memory` under `[test]` allows."""
    hint = "make the example smaller, or raise `memory` under `[test]` in deck.toml"
    return f"the code needs more than {mishap.said} of memory", hint


def crashed_code(mishap: Mishap) -> Words:
    """Flag a code answer that ends the process it runs in."""
    hint = "look for endless recursion, `os._exit`, or a fault in a library"
    return f"the code ends its process: {mishap.said}", hint


def networked_code(_mishap: Mishap) -> Words:
    """Flag a code answer that reaches for the network: there is none.

    A reader must get the same result on a train. Make the data in the code.
    """
    return "the code reaches for the network", "make the data in the code"


def deprecated_code(mishap: Mishap) -> Words:
    """Flag a code answer that uses what a library is going to remove or change.

    Where the warning is the point of the answer, silence it in the code:
    `warnings.simplefilter("ignore", FutureWarning)`.
    """
    return f"the code is deprecated: {mishap.said}", "use what replaces it"


def unsteady_output(mishap: Mishap) -> Words:
    """Flag a `run` block that prints something else when it is run again.

    The two runs differ in the hash seed, so sets come in another order.
    """
    hint = "seed generators, sort sets, print no times and no addresses"
    return f"the output differs between two runs: {mishap.said}", hint


def bad_output(mishap: Mishap) -> Words:
    """Flag a `run` block whose output cannot be shown.

    It is shown on the page, the card and the sheet: at most 10,000 characters, without
    control characters.
    """
    return f"the output cannot be shown: {mishap.said}", "print less, and only text"


def skipped_code(mishap: Mishap) -> Words:
    """Flag a block that was left out, when `triptych test --no-skip` allows none."""
    hint = "install it"
    if mishap.said == "torch":
        hint = "pip install 'triptych[torch]'"
    return f"this block was skipped: `{mishap.said}` is not installed", hint


CODE_RULES: tuple[CodeRule, ...] = (
    invalid_code,
    failed_assertion,
    unexpected_exception,
    missing_package,
    slow_code,
    greedy_code,
    crashed_code,
    networked_code,
    deprecated_code,
    unsteady_output,
    bad_output,
    skipped_code,
)


def _called(mishap: Mishap) -> str:
    return f"called from line {mishap.called}" if mishap.called else ""
