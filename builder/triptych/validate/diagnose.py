"""Apply the rules to documents and to the deck as a whole."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from triptych.dialect.characters import composed_path
from triptych.validate.code import CodeFinding
from triptych.validate.rule import DeckScope, FileScope, Rule
from triptych.validate.rules import (
    DECK_LEARNING,
    DECK_RULES,
    DOCUMENT_LEARNING,
    DOCUMENT_RULES,
    RULES,
)
from triptych.values.diagnostics import Diagnostic, Finding, Severity, Span
from triptych.values.document import Document
from triptych.values.entry import Entry
from triptych.values.meta import Meta
from triptych.values.source import Source

_EXPLAINS = "placeholder"
"""What other rules say of a place that this one has flagged follows from it."""
_SIZE_RULES = tuple(r for r in DOCUMENT_RULES if r.name in {"not-utf8", "too-large"})


def code_message(finding: CodeFinding) -> tuple[str, str]:
    """Return the message and the hint of a finding in a code answer."""
    message, hint = RULES[finding.rule].check(finding)
    return message, hint


def diagnose_document(document: Document, scope: FileScope) -> Iterator[Diagnostic]:
    """Yield the diagnostics of one document."""
    sources = {document.source.path: document.source}
    # A file that is too large is not parsed, so findings of other rules would be false.
    rules = DOCUMENT_RULES + DOCUMENT_LEARNING if scope.learn else DOCUMENT_RULES
    if document.too_large:
        rules = _SIZE_RULES
    allowed = document.meta.allowed
    explained: set[Span] = set()
    for rule in rules:
        for finding in rule.check(document, scope):
            if rule.name == _EXPLAINS:
                explained.add(finding.span)
            elif finding.span in explained:
                continue
            diagnostic = _diagnostic(rule, finding, sources)
            if not _is_allowed(diagnostic, allowed):
                yield diagnostic


def find_in_deck(
    entries: tuple[Entry, ...], scope: DeckScope
) -> Iterator[tuple[str, Finding]]:
    """Yield what rules find in the deck as a whole, with the name of the rule."""
    for rule in DECK_RULES + DECK_LEARNING if scope.learn else DECK_RULES:
        for finding in rule.check(entries, scope):
            yield rule.name, finding


def diagnose_deck(
    found: Iterable[tuple[str, Finding]],
    metas: Iterable[Meta],
    scope: DeckScope,
    sources: Iterable[Source],
) -> Iterator[Diagnostic]:
    """Yield the diagnostics of what was found in the deck as a whole.

    `metas` are those of the files, which may allow a warning.
    """
    by_path = {source.path: source for source in (scope.folder.deck, *sources)}
    diagnostics = (
        _diagnostic(RULES[name], finding, by_path) for name, finding in found
    )
    yield from without_allowed(diagnostics, metas)


def without_allowed(
    diagnostics: Iterable[Diagnostic], metas: Iterable[Meta]
) -> Iterator[Diagnostic]:
    """Yield `diagnostics` but those that the front matter of their file allows.

    `metas` are those of the files.
    """
    allowed = {meta.path: meta.allowed for meta in metas if meta.allowed}
    for diagnostic in diagnostics:
        path = composed_path(diagnostic.span.path)
        if not _is_allowed(diagnostic, allowed.get(path, ())):
            yield diagnostic


def _is_allowed(diagnostic: Diagnostic, allowed: Iterable[str]) -> bool:
    """Return whether the front matter gives a reason for what is no error."""
    return diagnostic.severity is not Severity.ERROR and diagnostic.rule in allowed


def _diagnostic(
    rule: Rule[Any], finding: Finding, sources: Mapping[PurePosixPath, Source]
) -> Diagnostic:
    source = sources.get(finding.span.path)
    return Diagnostic(
        rule=rule.name,
        span=finding.span,
        message=finding.message,
        hint=finding.hint,
        severity=finding.severity or rule.severity,
        excerpt=source.line(finding.span.line) if source else "",
        # No place in a file that cannot be read is certain.
        edits=() if source and source.undecodable else finding.edits,
    )
