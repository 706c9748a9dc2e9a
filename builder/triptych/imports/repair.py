"""Make imported notes sound: what a deck cannot show as a formula becomes code."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from triptych.deck.pictures import picture
from triptych.imports.files import MadeDeck, MadeFile, file_text
from triptych.imports.found import FoundNote, LeftOut
from triptych.notes.which import specs_of
from triptych.parse.document import parse
from triptych.progress import Progress, counted
from triptych.typeset.math.check import math_findings
from triptych.validate.rule import Scope
from triptych.validate.rules import judge
from triptych.values.diagnostics import Diagnostic, Severity
from triptych.values.document import Document
from triptych.values.note import Role
from triptych.values.source import Media, Source

_BAD_MATH = "bad-math"
_MEDIA_RULES = frozenset({"unsafe-media", "missing-media"})
_FORMULAS = ("math_inline", "math_inline_double", "math_block")


@dataclass(frozen=True, slots=True)
class Counts:
    """How much of each kind the files of an import hold."""

    questions: int = 0
    """Without drafts."""
    drafts: int = 0
    cards: int = 0
    """Of the questions that are no drafts."""
    gaps: int = 0
    """Those of the cards that are gaps to fill."""


@dataclass(frozen=True, slots=True)
class Sound:
    """The files of an import that `check` finds no errors in."""

    made: MadeDeck
    counts: Counts
    left_out: tuple[LeftOut, ...] = ()
    warnings: Mapping[str, int] = field(default_factory=dict)
    """How often each rule warns, by name."""


def sound(made: MadeDeck, scope: Scope, progress: Progress) -> Sound:
    """Return `made` without errors; what cannot be repaired is a draft."""
    left_out: list[LeftOut] = []
    warnings: dict[str, int] = {}
    counts = Counts()
    files: list[MadeFile] = []
    for file in counted(made.files, len(made.files), "reading notes", progress):
        found, document, diagnostics = _repaired(file, scope, left_out)
        counts = _with(counts, document, found.note)
        for diagnostic in diagnostics:
            name = diagnostic.rule
            warnings[name] = warnings.get(name, 0) + (not document.meta.draft)
        files.append(found)
    return Sound(replace(made, files=tuple(files)), counts, tuple(left_out), warnings)


def pictures_of(
    media: Mapping[PurePosixPath, Callable[[], bytes]], progress: Progress
) -> Mapping[PurePosixPath, Media]:
    """Return the pictures without their bytes, to be judged."""
    found = {}
    every = counted(media.items(), len(media), "reading pictures", progress)
    for path, read in every:
        judged = picture(path, read())
        found[path] = replace(judged, data=b"")
    return found


def _repaired(
    file: MadeFile, scope: Scope, left_out: list[LeftOut]
) -> tuple[MadeFile, Document, list[Diagnostic]]:
    document, diagnostics = _judged(file, scope)
    errors = _errors(diagnostics)
    if any(error.rule == _BAD_MATH for error in errors):
        note = _without_bad_formulas(file.note, document)
        file = _with_note(file, note)
        document, diagnostics = _judged(file, scope)
        errors = _errors(diagnostics)
        what = LeftOut(
            "formulas", "not every output can show them: they are code", note.place
        )
        left_out.append(what)
    if errors and not file.note.draft:
        for error in errors[:1]:
            why = f"they become drafts: {error.message}"
            left_out.append(LeftOut("notes", why, file.note.place))
        file = _with_note(file, replace(file.note, draft=True))
        document, diagnostics = _judged(file, scope)
    elif document.meta.draft and not file.note.draft:
        why = "they become drafts, since nothing answers them"
        left_out.append(LeftOut("questions", why, file.note.place))
    return file, document, diagnostics


def _judged(file: MadeFile, scope: Scope) -> tuple[Document, list[Diagnostic]]:
    document = parse(Source(file.path, file.text))
    return document, list(judge(document, scope))


def _errors(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    return [d for d in diagnostics if d.severity is Severity.ERROR]


def _with_note(file: MadeFile, note: FoundNote) -> MadeFile:
    return replace(file, note=note, text=file_text(note, file.path.stem))


def _without_bad_formulas(note: FoundNote, document: Document) -> FoundNote:
    for token in document.find(*_FORMULAS):
        display = token.type != "math_inline"
        if not any(True for _ in math_findings(token.content, display=display)):
            continue
        marks = (token.markup, "$$" if display else "$")
        for mark in dict.fromkeys(marks):
            written = f"{mark}{token.content}{mark.strip('`') if '`' in mark else mark}"
            code = _code(token.content, is_block=token.type == "math_block")
            note = replace(
                note,
                prompt=note.prompt.replace(written, code),
                summary=note.summary.replace(written, code),
                answer=note.answer.replace(written, code),
            )
    return note


def _code(latex: str, *, is_block: bool) -> str:
    if is_block:
        return f"```latex\n{latex.strip()}\n```"
    return f"`{' '.join(latex.split())}`"


def _with(counts: Counts, document: Document, note: FoundNote) -> Counts:
    if document.meta.draft:
        return replace(counts, drafts=counts.drafts + 1)
    specs = specs_of(document)
    if note.is_kept:
        gaps = len(document.cloze_numbers)
        return replace(
            counts,
            questions=counts.questions + 1,
            cards=counts.cards + note.cards,
            gaps=counts.gaps + gaps,
        )
    return replace(
        counts,
        questions=counts.questions + 1,
        cards=counts.cards + sum(len(spec.cards) for spec in specs),
        gaps=counts.gaps
        + sum(len(spec.cards) for spec in specs if spec.role is Role.CLOZE),
    )
