"""The rules of `triptych test`: each returns the message for a `CodeFinding`."""

from collections.abc import Callable
from dataclasses import dataclass

_CONTENT_EXTRA = frozenset({"numpy", "pandas", "scipy", "sklearn"})


@dataclass(frozen=True, slots=True)
class CodeFinding:
    """A problem that a program had while it ran, as its process reported it."""

    rule: str
    line: int
    """The line of the Markdown file; 0 if it is unknown."""
    column: int = 0
    """The column in the code of that line; 0 for the whole line."""
    detail: str = ""
    """The message of Python, or what the finding is about, such as a package."""
    values: str = ""
    """The values that a failed assertion compared."""
    caller_line: int = 0
    """The line that called into `line`, if it is another."""


Message = tuple[str, str]
"""The message and the hint."""
CodeRule = Callable[[CodeFinding], Message]


def invalid_code(finding: CodeFinding) -> Message:
    """Flag a code answer that is not Python.

    The `solution` blocks of a file and then its `test` blocks are one program, and so
    are the `solution` blocks and each `run` block; each block is whole by itself.
    """
    return f"this is not Python: {finding.detail}", "each block must be whole by itself"


def failed_assertion(finding: CodeFinding) -> Message:
    """Flag an assertion that does not hold, and show what it compared.

    The values are those that its parts have when they are evaluated once more.
    """
    message = ": ".join(filter(None, ["the assertion fails", finding.detail]))
    return message + (f" ({finding.values})" if finding.values else ""), _called(
        finding
    )


def unexpected_exception(finding: CodeFinding) -> Message:
    """Flag a code answer that raises, or exits before its end.

    A test of an exception catches it: `try: …`, `except ValueError: pass`,
    `else: raise AssertionError("…")`.
    """
    return f"the code raises {finding.detail}", _called(finding)


def missing_package(finding: CodeFinding) -> Message:
    """Flag an import of a package that is not installed.

    A block that may do without says so: `needs=torch` after its role lets it be skipped
    where PyTorch is absent.
    """
    hint = f"install it, or write `needs={finding.detail}` on the fence"
    if finding.detail in _CONTENT_EXTRA:
        hint = "pip install 'triptych[content]'"
    return f"the package `{finding.detail}` is not installed", hint


def slow_code(finding: CodeFinding) -> Message:
    """Flag a code answer that takes longer than `timeout` under `[test]` allows.

    The limit is on processor time; four times as much is allowed by the clock, so that
    a busy machine fails nothing.
    """
    hint = "make the example smaller, or raise `timeout` under `[test]` in deck.toml"
    return f"the code takes more than {finding.detail}, and was here then", hint


def greedy_code(finding: CodeFinding) -> Message:
    """Flag a code answer that needs more memory than `memory` under `[test]` allows."""
    hint = "make the example smaller, or raise `memory` under `[test]` in deck.toml"
    return f"the code needs more than {finding.detail} of memory", hint


def crashed_code(finding: CodeFinding) -> Message:
    """Flag a code answer that ends the process it runs in."""
    hint = "look for endless recursion, `os._exit`, or a fault in a library"
    return f"the code ends its process: {finding.detail}", hint


def networked_code(_finding: CodeFinding) -> Message:
    """Flag a code answer that reaches for the network: there is none.

    Readers without a network must get the same result. Make the data in the code.
    """
    return "the code reaches for the network", "make the data in the code"


def deprecated_code(finding: CodeFinding) -> Message:
    """Flag a code answer that uses what a library is going to remove or change.

    Where the warning is the point of the answer, silence it in the code:
    `warnings.simplefilter("ignore", FutureWarning)`.
    """
    return f"the code is deprecated: {finding.detail}", "use what replaces it"


def unsteady_output(finding: CodeFinding) -> Message:
    """Flag a `run` block that prints something else when it is run again.

    The two runs differ in the hash seed, so sets come in another order.
    """
    hint = "seed generators, sort sets, print no times and no addresses"
    return f"the output differs between two runs: {finding.detail}", hint


def bad_output(finding: CodeFinding) -> Message:
    """Flag a `run` block whose output cannot be shown.

    It is shown on the page, the card and the sheet: at most 10,000 characters, without
    control characters.
    """
    return f"the output cannot be shown: {finding.detail}", "print less, and only text"


def skipped_code(finding: CodeFinding) -> Message:
    """Flag a block that was left out, when `triptych test --no-skip` allows none."""
    hint = "install it"
    if finding.detail == "torch":
        hint = "pip install 'triptych[torch]'"
    return f"this block was skipped: `{finding.detail}` is not installed", hint


def wrong_number(finding: CodeFinding) -> Message:
    """Flag a number in the text that is not what the code computes.

    `stated("cache of 131 GB", size / 1e9)` in a `test` block says that these words
    stand in the text, and that the value is 131 once it is rounded as it is written
    there: to the same digit. A percentage is a share: `13%` is 0.13. After "about",
    "roughly" or `≈` the zeros at the end are rounded, too; `digits=2` says how many
    digits count. Words with several numbers need as many values, `None` for one that
    nothing computes. `triptych test --accept` writes the value into the text and into
    the words.
    """
    message = f"the text says {finding.detail}, and the code computes {finding.values}"
    return message, "correct the one or the other; `--accept` corrects the text"


def unfound_words(finding: CodeFinding) -> Message:
    """Flag words given to `stated` that do not stand in the file's text.

    They are looked for in prose, formulas, tables and front matter, not in code that
    runs; ends of lines, emphasis, braces and dollars make no difference.
    """
    return f"the text does not have `{finding.detail}`", finding.values or (
        "quote the words exactly as in the text"
    )


def bad_statement(finding: CodeFinding) -> Message:
    """Flag a call of `stated` whose words and values do not fit each other.

    The words hold at least one number, and there is a finite value for each of them.
    """
    return finding.detail, "quote a few words with their number, then its value"


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
    wrong_number,
    unfound_words,
    bad_statement,
)


def _called(finding: CodeFinding) -> str:
    return f"called from line {finding.caller_line}" if finding.caller_line else ""
