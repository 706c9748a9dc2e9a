"""Drafts that are left out: what is wrong in them is nobody's problem yet."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from triptych.build.kept_files import CompiledFile
from triptych.dialect.characters import composed_path
from triptych.validate.rules import RULES
from triptych.values.diagnostics import Diagnostic
from triptych.values.entry import Entry

_UNREADABLE = frozenset(
    {"not-utf8", "too-large", "no-front-matter", "unclosed-front-matter", "bad-yaml"}
)
"""Rules that hold for drafts too: whether the file is one cannot be relied on."""
_RELEASE_GROUP = "released"
"""The group of rules about what learners have, also of what is a draft now."""


def visible_entries(files: Sequence[CompiledFile]) -> tuple[Entry, ...]:
    """Return the entries, with nothing in drafts that could be wrong in the deck.

    Drafts come last: where two files claim an id, the draft is the one to change it.
    They can still be named, for a question may be written before what it names.
    """
    entries = [file.entry for file in files]
    drafts = (
        replace(entry, related=(), requires=(), moved=(), tags=(), links=())
        for entry in entries
        if entry.meta.draft
    )
    return (*(entry for entry in entries if not entry.meta.draft), *drafts)


def visible_findings(
    files: Sequence[CompiledFile], deck: Iterable[Diagnostic]
) -> list[Diagnostic]:
    """Return what is wrong in the files, and in the `deck`, but for drafts."""
    drafts = set(draft_paths(files))
    found = [
        diagnostic
        for file in files
        for diagnostic in file.diagnostics
        if not file.meta.draft or diagnostic.rule in _UNREADABLE
    ]
    return found + [
        diagnostic
        for diagnostic in deck
        if composed_path(diagnostic.span.path) not in drafts
        or RULES[diagnostic.rule].group == _RELEASE_GROUP
    ]


def draft_paths(files: Iterable[CompiledFile]) -> list[PurePosixPath]:
    """Return the files that are drafts."""
    return [file.meta.path for file in files if file.meta.draft]
