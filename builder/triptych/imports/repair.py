"""Make imported notes valid: what a deck cannot show becomes code, or a draft."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import PurePosixPath

from triptych.deck.baseline import REQUIRED
from triptych.deck.pictures import picture
from triptych.imports.card_tables import with_tables, without_table
from triptych.imports.files import (
    ExistingDeck,
    MadeDeck,
    MadeFile,
    MadeTable,
    file_text,
)
from triptych.imports.found import FoundNote, LeftOut
from triptych.notes.which import specs_of
from triptych.parse.document import parse
from triptych.parse.math import FORMULAS
from triptych.progress import Progress, counted
from triptych.typeset.math.check import math_findings
from triptych.validate.diagnose import diagnose_document
from triptych.validate.rule import FileScope
from triptych.values.diagnostics import Diagnostic, Severity
from triptych.values.document import Document
from triptych.values.note import Role
from triptych.values.source import Media, Source


@dataclass(frozen=True, slots=True)
class Counts:
    """How much of each kind the files of an import hold."""

    questions: int = 0
    """Without drafts."""
    plain: int = 0
    """The cards in tables; of one that is asked in both directions, one."""
    drafts: int = 0
    cards: int = 0
    """Of all that are no drafts."""
    gaps: int = 0
    """Those of the cards that are gaps to fill."""

    def __add__(self, other: "Counts") -> "Counts":
        """Return the sum of both."""
        names = [field.name for field in fields(self)]
        return Counts(*(getattr(self, name) + getattr(other, name) for name in names))


@dataclass(frozen=True, slots=True)
class CheckedFiles:
    """The files of an import that `check` finds no errors in."""

    made: MadeDeck
    counts: Counts
    left_out: tuple[LeftOut, ...] = ()
    lacking: frozenset[PurePosixPath] = frozenset()
    """The questions without a key that the deck requires."""


def pictures_of(
    media: Mapping[str, Callable[[], bytes]], folder: str, progress: Progress
) -> Mapping[PurePosixPath, Media]:
    """Return the pictures without their bytes, to be judged, by path in the deck."""
    found = {}
    every = counted(media.items(), len(media), "reading pictures", progress)
    for name, read in every:
        path = PurePosixPath(folder, name)
        found[path] = replace(picture(path, read()), data=b"")
    return found


def repaired(
    notes: Iterable[FoundNote],
    pictures: Mapping[PurePosixPath, Media],
    left_out: list[LeftOut],
) -> Iterator[FoundNote]:
    """Yield `notes` without pictures and formulas that no output can show.

    This happens before they get ids: so an import finds again what an interrupted one
    wrote of them.
    """
    bad = {path: media.problem for path, media in pictures.items() if media.problem}
    left_out += [LeftOut("pictures", why, str(path)) for path, why in bad.items()]
    names = "|".join(re.escape(str(path)) for path in bad)
    shown = re.compile(rf"!\[((?:[^\[\]]|\\.)*)\]\(<?(?:{names})>?\)")
    for note in notes:
        found = _changed(note, lambda text: shown.sub(_named, text)) if bad else note
        if "$" in f"{found.prompt}{found.summary}{found.answer}":
            changed = _without_bad_formulas(found)
            if changed != found:
                why = "not every output can show them: they are code"
                left_out.append(LeftOut("formulas", why, note.place))
            found = changed
        yield found


def checked(
    made: MadeDeck, existing: ExistingDeck, scope: FileScope, progress: Progress
) -> CheckedFiles:
    """Return `made` without errors, with tables of what is small and alike.

    What cannot be repaired is a draft.
    """
    left_out: list[LeftOut] = []
    counts: dict[PurePosixPath, Counts] = {}
    files: list[MadeFile] = []
    lacking: set[PurePosixPath] = set()
    for file in counted(made.files, len(made.files), "reading notes", progress):
        found, document, lacks_key = _checked_file(file, scope, left_out)
        lacking.update([found.path] if lacks_key else [])
        counts[found.path] = _counts(document, found.note)
        files.append(found)
    made = with_tables(replace(made, files=tuple(files)), existing)
    for table in made.tables:
        document = parse(Source(table.path, table.text))
        if _errors(diagnose_document(document, scope)):
            made = without_table(made, table)
        else:
            counts[table.path] = _table_counts(document, table)
    why = "a question is asked in one: make them plain cards with `reverse: true`"
    left_out += [
        LeftOut("cards in both directions", why, file.note.place)
        for file in made.files
        if file.note.is_reversed
    ]
    why = "a file of its own asks a question besides: make them plain cards"
    left_out += [
        LeftOut("notes with gaps", why, file.note.place)
        for file in made.files
        if file.note.has_gaps and file.note.is_card
    ]
    paths = [item.path for item in made.files] + [item.path for item in made.tables]
    total = sum((counts[path] for path in paths), Counts())
    return CheckedFiles(made, total, tuple(left_out), frozenset(lacking & {*paths}))


def _checked_file(
    file: MadeFile, scope: FileScope, left_out: list[LeftOut]
) -> tuple[MadeFile, Document, bool]:
    """Return a file as it can be, and whether it lacks what the deck requires."""
    document = parse(Source(file.path, file.text))
    found = list(diagnose_document(document, scope))
    errors, lacks_key = _errors(found), any(d.rule == REQUIRED for d in found)
    if errors and not file.note.draft:
        why = f"they become drafts: {errors[0].message}"
        left_out.append(LeftOut("notes", why, file.note.place))
        file = _with_note(file, replace(file.note, draft=True))
        document = parse(Source(file.path, file.text))
    elif document.meta.draft and not file.note.draft:
        why = "they become drafts, since nothing answers them"
        left_out.append(LeftOut("questions", why, file.note.place))
    return file, document, lacks_key


def _errors(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    return [d for d in diagnostics if d.severity is Severity.ERROR]


def _with_note(file: MadeFile, note: FoundNote) -> MadeFile:
    return replace(file, note=note, text=file_text(note, file.path.stem))


def _changed(note: FoundNote, change: Callable[[str], str]) -> FoundNote:
    return replace(
        note,
        prompt=change(note.prompt),
        summary=change(note.summary),
        answer=change(note.answer),
    )


def _named(found: re.Match[str]) -> str:
    """Return what stands for a picture that cannot be shown."""
    return found[1] or "`picture`"


def _without_bad_formulas(note: FoundNote) -> FoundNote:
    document = parse(Source(PurePosixPath("topic/note.md"), file_text(note, "note")))
    for token in document.find(*FORMULAS):
        display = token.type != "math_inline"
        if not any(True for _ in math_findings(token.content, display=display)):
            continue
        code = _code(token.content, is_block=token.type == "math_block")
        for mark in dict.fromkeys((token.markup, "$$" if display else "$")):
            written = f"{mark}{token.content}{mark.strip('`') if '`' in mark else mark}"
            note = _changed(note, _replacing(written, code))
    return note


def _replacing(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new)


def _code(latex: str, *, is_block: bool) -> str:
    if is_block:
        return f"```latex\n{latex.strip()}\n```"
    return f"`{' '.join(latex.split())}`"


def _counts(document: Document, note: FoundNote) -> Counts:
    if document.meta.draft:
        return Counts(drafts=1)
    if note.is_kept:
        gaps = len(document.cloze_numbers)
        return Counts(questions=1, cards=note.cards, gaps=gaps)
    specs = specs_of(document)
    return Counts(
        questions=1,
        cards=sum(len(spec.cards) for spec in specs),
        gaps=sum(len(spec.cards) for spec in specs if spec.role is Role.CLOZE),
    )


def _table_counts(document: Document, table: MadeTable) -> Counts:
    total = Counts()
    for spec, file in zip(specs_of(document), table.files, strict=True):
        gaps = len(spec.cards) if spec.is_cloze else 0
        cards = file.note.cards if file.note.is_kept else len(spec.cards)
        total += Counts(plain=1, cards=cards, gaps=gaps)
    return total
