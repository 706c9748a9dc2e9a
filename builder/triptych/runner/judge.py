"""What the programs of a question did becomes a verdict and diagnostics."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from triptych.ledger.verdicts import UNSHOWN, Verdict, block_hash, code_hash
from triptych.runner.plan import Program, Skip, Task
from triptych.runner.sandbox import Run
from triptych.validate.code import Mishap
from triptych.validate.rules import words
from triptych.values.diagnostics import Diagnostic, Span
from triptych.values.document import Document
from triptych.values.question import Code

_LONGEST = 10_000

Runs = tuple[tuple[Program, tuple[Run, ...]], ...]
"""A program was run once, or twice if its output is shown."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one question's code."""

    verdict: Verdict
    diagnostics: tuple[Diagnostic, ...] = ()
    skips: tuple[Skip, ...] = ()
    printed: str = ""
    """What its failing programs printed."""


def judge(
    task: Task, runs: Runs, versions: Mapping[str, str], *, no_skip: bool = False
) -> Outcome:
    """Return what came of the code of `task`."""
    document, plan = task.document, task.plan
    missing = [skip for skip in plan.skips if skip.package]
    mishaps = [mishap for program, done in runs for mishap in _mishaps(program, done)]
    failures = _diagnostics(mishaps, document)
    verdict = "passed" if plan.programs and not missing else "skipped"
    reasons = [d.message for d in failures] or [s.reason for s in plan.skips]
    refused = [Mishap("skipped-code", s.line, said=s.package) for s in missing]
    return Outcome(
        Verdict(
            id=task.name,
            code=code_hash(document.code),
            verdict="failed" if failures else verdict,
            message=reasons[0] if reasons else "",
            outputs=dict(_outputs(runs)),
            versions=versions,
        ),
        failures + (_diagnostics(refused, document) if no_skip else ()),
        plan.skips,
        printed="\n".join(_heard(runs)),
    )


def _mishaps(program: Program, runs: Iterable[Run]) -> Iterator[Mishap]:
    first, *again = runs
    told = [m for m in first.mishaps if not _follows(m, first.mishaps)]
    yield from told or [m for run in again for m in run.mishaps]
    block = program.output_of
    if block is None or told:
        return
    reason = _unshown(first.printed)
    if reason:
        yield Mishap("bad-output", block.line, said=reason)
    for run in again:
        if not run.mishaps and run.printed != first.printed:
            said = _difference(first.printed, run.printed)
            yield Mishap("unsteady-output", block.line, said=said)


def _follows(mishap: Mishap, others: Iterable[Mishap]) -> bool:
    """Return whether an exception only says that the network is closed."""
    closed = any(other.rule == "networked-code" for other in others)
    return closed and mishap.rule == "unexpected-exception"


def _unshown(printed: str) -> str:
    if len(printed) > _LONGEST:
        return f"it has more than {_LONGEST:,} characters"
    control = UNSHOWN.search(printed)
    return f"it has the character U+{ord(control[0]):04X}" if control else ""


def _difference(first: str, second: str) -> str:
    ours, theirs = first.split("\n"), second.split("\n")
    for number, (one, other) in enumerate(zip(ours, theirs, strict=False), 1):
        if one != other:
            return f"line {number} was `{_cut(one)}`, then `{_cut(other)}`"
    return f"it had {len(ours)} lines, then {len(theirs)}"


def _cut(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"  # noqa: PLR2004


def _outputs(runs: Runs) -> Iterator[tuple[str, str]]:
    for program, done in runs:
        block = program.output_of
        if block and not list(_mishaps(program, done)):
            yield block_hash(block.text), done[0].printed


def _heard(runs: Runs) -> Iterator[str]:
    for _, done in runs:
        if done[0].mishaps and done[0].printed:
            yield done[0].printed


def _diagnostics(
    mishaps: Iterable[Mishap], document: Document
) -> tuple[Diagnostic, ...]:
    """Return each finding once: what a solution does, it does in every program."""
    found = {d.sort_key: d for d in (_diagnostic(m, document) for m in mishaps)}
    return tuple(found[key] for key in sorted(found))


def _diagnostic(mishap: Mishap, document: Document) -> Diagnostic:
    block = _block(mishap.line, document.code)
    line = mishap.line or block.line
    excerpt = document.source.line(line)
    start, length = _columns(mishap, block, excerpt)
    message, hint = words(mishap)
    return Diagnostic(
        rule=mishap.rule,
        span=Span(document.source.path, line, start, length),
        message=message,
        hint=hint,
        excerpt=excerpt,
    )


def _block(line: int, code: tuple[Code, ...]) -> Code:
    """Return the block that `line` stands in, or the first."""
    above = [block for block in code if block.line <= line]
    return max(above, key=lambda block: block.line, default=code[0])


def _columns(mishap: Mishap, block: Code, excerpt: str) -> tuple[int, int]:
    """Return where the code begins on its line, and its length."""
    code = block.text.split("\n")
    number = mishap.line - block.line - 1
    text = code[number] if 0 <= number < len(code) else ""
    # A fence in a list or a quotation stands further to the right than its code.
    shift = max(0, excerpt.find(text)) if text else 0
    if mishap.column:
        return shift + mishap.column, 1
    text = text or excerpt
    indent = len(text) - len(text.lstrip())
    return shift + indent + 1, max(1, len(text.strip()))
