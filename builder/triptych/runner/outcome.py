"""Make a verdict and diagnostics of the results of a question's programs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from triptych.ledger.verdicts import UNPRINTABLE, Verdict, block_hash, code_hash
from triptych.runner.accept import edits_of
from triptych.runner.plan import CodeTask, Program, Skip
from triptych.runner.reported import visible
from triptych.runner.sandbox import ProgramResult
from triptych.runner.statements import statement_findings
from triptych.validate.code import CodeFinding
from triptych.validate.diagnose import code_message
from triptych.values.diagnostics import Diagnostic, Edit, Span
from triptych.values.document import Document
from triptych.values.question import Code

_MAX_PRINTED_CHARS = 10_000
_MAX_LINE_CHARS = 60

Runs = tuple[tuple[Program, tuple[ProgramResult, ...]], ...]
"""Each program with its results: it was run once, or twice if its output is shown."""


@dataclass(frozen=True, slots=True)
class CodeOutcome:
    """The result of running one question's code."""

    verdict: Verdict
    diagnostics: tuple[Diagnostic, ...] = ()
    skips: tuple[Skip, ...] = ()
    printed: str = ""
    """The output of its failing programs."""


def outcome_of(
    task: CodeTask, runs: Runs, versions: Mapping[str, str], *, no_skip: bool = False
) -> CodeOutcome:
    """Return the result of running the code of `task`."""
    document, plan = task.document, task.plan
    missing = [skip for skip in plan.skips if skip.package]
    findings = [
        finding for program, results in runs for finding in _findings(program, results)
    ]
    stated = tuple(s for _, results in runs for s in results[0].stated)
    wrong_statements = [
        (finding, edits_of(corrections, document, task.language))
        for finding, corrections in statement_findings(stated, document, task.language)
    ]
    failures = _diagnostics(
        [*((finding, ()) for finding in findings), *wrong_statements], document
    )
    verdict = "passed" if plan.programs and not missing else "skipped"
    reasons = [d.message for d in failures] or [s.reason for s in plan.skips]
    not_allowed = [
        (CodeFinding("skipped-code", s.line, detail=s.package), ()) for s in missing
    ]
    return CodeOutcome(
        Verdict(
            id=task.name,
            code=code_hash(document.code),
            verdict="failed" if failures else verdict,
            message=visible(reasons[0]) if reasons else "",
            outputs=dict(_outputs(runs)),
            versions=versions,
            stated=tuple(dict.fromkeys(s.words for s in stated if s.is_plain)),
        ),
        failures + (_diagnostics(not_allowed, document) if no_skip else ()),
        plan.skips,
        printed="\n".join(_failure_output(runs)),
    )


def _findings(program: Program, runs: Iterable[ProgramResult]) -> Iterator[CodeFinding]:
    first, *again = runs
    causes = [f for f in first.findings if not _follows(f, first.findings)]
    yield from causes or [f for run in again for f in run.findings]
    block = program.output_of
    if block is None or causes:
        return
    reason = _bad_output(first.printed)
    if reason:
        yield CodeFinding("bad-output", block.line, detail=reason)
    for run in again:
        if not run.findings and run.printed != first.printed:
            detail = _difference(first.printed, run.printed)
            yield CodeFinding("unsteady-output", block.line, detail=detail)


def _follows(finding: CodeFinding, others: Iterable[CodeFinding]) -> bool:
    """Return whether a finding is only a consequence of the blocked network."""
    blocked = any(other.rule == "networked-code" for other in others)
    return blocked and finding.rule == "unexpected-exception"


def _bad_output(printed: str) -> str:
    """Return why `printed` cannot be shown; empty if it can."""
    if len(printed) > _MAX_PRINTED_CHARS:
        return f"it has more than {_MAX_PRINTED_CHARS:,} characters"
    control = UNPRINTABLE.search(printed)
    return f"it has the character U+{ord(control[0]):04X}" if control else ""


def _difference(before: str, after: str) -> str:
    first, second = before.split("\n"), after.split("\n")
    for number, (one, other) in enumerate(zip(first, second, strict=False), 1):
        if one != other:
            return f"line {number} was `{_shorten(one)}`, then `{_shorten(other)}`"
    return f"it had {len(first)} lines, then {len(second)}"


def _shorten(text: str) -> str:
    is_short = len(text) <= _MAX_LINE_CHARS
    return text if is_short else f"{text[: _MAX_LINE_CHARS - 1]}…"


def _outputs(runs: Runs) -> Iterator[tuple[str, str]]:
    for program, results in runs:
        block = program.output_of
        if block and not list(_findings(program, results)):
            yield block_hash(block.text), results[0].printed


def _failure_output(runs: Runs) -> Iterator[str]:
    for _, results in runs:
        if results[0].findings and results[0].printed:
            yield results[0].printed


def _diagnostics(
    findings: Iterable[tuple[CodeFinding, tuple[Edit, ...]]], document: Document
) -> tuple[Diagnostic, ...]:
    """Return the findings as diagnostics, without duplicates.

    A finding in a solution occurs in each program that has the solution.
    """
    diagnostics = [_diagnostic(*finding, document) for finding in findings]
    unique = {diagnostic.sort_key: diagnostic for diagnostic in diagnostics}
    return tuple(unique[key] for key in sorted(unique))


def _diagnostic(
    finding: CodeFinding, edits: tuple[Edit, ...], document: Document
) -> Diagnostic:
    block = _block(finding.line, document.code)
    line = finding.line or block.line
    excerpt = document.source.line(line)
    start, length = _columns(finding, block, excerpt)
    message, hint = code_message(finding)
    return Diagnostic(
        rule=finding.rule,
        span=Span(document.source.path, line, start, length),
        message=message,
        hint=hint,
        excerpt=excerpt,
        edits=edits,
    )


def _block(line: int, code: tuple[Code, ...]) -> Code:
    """Return the block that contains `line`, or the first."""
    above = [block for block in code if block.line <= line]
    return max(above, key=lambda block: block.line, default=code[0])


def _columns(finding: CodeFinding, block: Code, excerpt: str) -> tuple[int, int]:
    """Return the column where the code begins on its line, and its length."""
    code = block.text.split("\n")
    number = finding.line - block.line - 1
    text = code[number] if 0 <= number < len(code) else ""
    # In a list or a quotation the lines of a fence are indented.
    shift = max(0, excerpt.find(text)) if text else 0
    if finding.column:
        return shift + finding.column, 1
    text = text or excerpt
    indent = len(text) - len(text.lstrip())
    return shift + indent + 1, max(1, len(text.strip()))
