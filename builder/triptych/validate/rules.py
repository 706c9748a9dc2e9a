"""Stage 3: documents become diagnostics. The tables are all the rules there are."""

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from triptych.validate import body, content, deck, front_matter, media, released, whole
from triptych.validate.code import CODE_RULES, CodeFinding, CodeRule
from triptych.validate.finding import DeckRule, DocumentRule, Finding, Scope
from triptych.values.diagnostics import Diagnostic, Severity
from triptych.values.document import Document
from triptych.values.entry import Entry
from triptych.values.source import Source

Rule = DocumentRule | DeckRule | CodeRule

DOCUMENT_ERRORS: tuple[DocumentRule, ...] = (
    front_matter.not_utf8,
    front_matter.no_front_matter,
    front_matter.unclosed_front_matter,
    front_matter.bad_yaml,
    front_matter.duplicate_key,
    front_matter.unknown_key,
    front_matter.wrong_type,
    front_matter.missing_key,
    front_matter.bad_id,
    front_matter.unknown_value,
    front_matter.unknown_topic,
    front_matter.bad_url,
    body.missing_id,
    body.bad_slug,
    body.duplicate_slug,
    body.unknown_slug,
    body.repeated_heading,
    body.loose_text,
    body.too_deep,
    content.bad_math,
    content.bad_cloze,
    content.empty_prompt,
    content.failed_code,
    media.missing_media,
    media.media_outside,
    media.unsafe_media,
)
DOCUMENT_WARNINGS: tuple[DocumentRule, ...] = (
    body.empty_answer,
    body.misspelt_heading,
    body.dead_anchor,
    body.lost_link,
    body.dropped_html,
    body.unclosed_math,
    content.long_summary,
    content.unknown_language,
    content.unknown_info_word,
    content.stale_code,
    media.altered_media,
    media.remote_media,
    media.missing_alt,
)
DECK_ERRORS: tuple[DeckRule, ...] = (
    deck.bad_toml,
    deck.unknown_setting,
    deck.wrong_setting,
    deck.missing_setting,
    deck.duplicate_topic,
    deck.bad_topic,
    whole.duplicate_id,
    whole.dangling_reference,
    whole.requires_cycle,
    whole.file_outside,
    whole.misplaced_file,
    released.changed_deck,
    released.changed_note_type,
    released.vanished_note,
    released.shared_note,
    released.known_id,
)
DECK_WARNINGS: tuple[DeckRule, ...] = (
    whole.dead_link,
    released.frozen_name,
    released.fewer_cards,
)

ERRORS: tuple[Rule, ...] = (*DOCUMENT_ERRORS, *DECK_ERRORS)
WARNINGS: tuple[Rule, ...] = (*DOCUMENT_WARNINGS, *DECK_WARNINGS)


def name_of(rule: Rule) -> str:
    """Return the name that messages give a rule, such as `unknown-key`."""
    return rule.__name__.replace("_", "-")


_ALL = (*ERRORS, *WARNINGS, *CODE_RULES)
RULES = {name_of(rule): rule for rule in sorted(_ALL, key=name_of)}
_OF_CODE = {name_of(rule): rule for rule in CODE_RULES}


def severity_of(name: str) -> Severity:
    """Return whether a finding of the rule `name` stops the build."""
    return Severity.WARNING if RULES[name] in WARNINGS else Severity.ERROR


def words(finding: CodeFinding) -> tuple[str, str]:
    """Return the message and the hint for what happened when code ran."""
    return _OF_CODE[finding.rule](finding)


def judge(document: Document, scope: Scope) -> Iterator[Diagnostic]:
    """Yield what is wrong with one document."""
    sources = {document.source.path: document.source}
    for rules, severity in (
        (DOCUMENT_ERRORS, Severity.ERROR),
        (DOCUMENT_WARNINGS, Severity.WARNING),
    ):
        for rule in rules:
            for finding in rule(document, scope):
                yield _diagnostic(name_of(rule), severity, finding, sources)


def judge_deck(
    entries: tuple[Entry, ...], scope: Scope, sources: Iterable[Source]
) -> Iterator[Diagnostic]:
    """Yield what is wrong with the deck as a whole."""
    by_path = {source.path: source for source in (scope.folder.deck, *sources)}
    for rules, severity in (
        (DECK_ERRORS, Severity.ERROR),
        (DECK_WARNINGS, Severity.WARNING),
    ):
        for rule in rules:
            for finding in rule(entries, scope):
                yield _diagnostic(name_of(rule), severity, finding, by_path)


def _diagnostic(
    name: str,
    severity: Severity,
    finding: Finding,
    sources: dict[PurePosixPath, Source],
) -> Diagnostic:
    source = sources.get(finding.span.path)
    return Diagnostic(
        rule=name,
        span=finding.span,
        message=finding.message,
        hint=finding.hint,
        severity=finding.severity or severity,
        excerpt=source.line(finding.span.line) if source else "",
        edits=finding.edits,
    )
