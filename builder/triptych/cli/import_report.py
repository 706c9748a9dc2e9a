"""What ``triptych import`` prints: what it understood, and what it changed."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath

from triptych.cli.options import display_path
from triptych.cli.report import count_text
from triptych.cli.terminal import printable
from triptych.deck.project import Project, baseline_file
from triptych.dialect.files import DECK_FILE
from triptych.english import counted
from triptych.imports.deck import Import
from triptych.imports.deck_folder import KeptLedger
from triptych.imports.found import Collection, LeftOut, Passage
from triptych.imports.identity import Earlier
from triptych.imports.update import Changes
from triptych.ledger.lock import DECK_LOCK_FILE
from triptych.values.diagnostics import Diagnostic

_MAX_PLACES = 3
"""Of what is left out for the same reason, no more places are listed."""
_EXAMPLE_CHARS = 160
_PASSAGE_CHARS = 60

Say = Callable[[str], None]
"""Prints a line for people."""


def print_understood(
    collection: Collection, made: Import, say: Say, *, is_full: bool
) -> None:
    """Print what a source holds, and what of it cannot be kept."""
    counts = made.counts
    say(printable(f"{collection.name}: {collection.kind}, “{collection.title}”"))
    say(
        f"  {_tables(made)}{counted(counts.questions, 'question')}"
        f" and {counted(counts.drafts, 'draft')}"
        f" in {counted(made.topics, 'topic')}; {counted(counts.cards, 'card')},"
        f" {counts.gaps} of them gaps; {counted(len(made.made.media), 'picture')}"
    )
    for line in (*_continued(made.earlier), *_examples(made)):
        say(printable(line))
    for remark in collection.remarks:
        say(printable(f"  {remark}"))
    for line in _left_out_lines(made.left_out, collection.passages, is_full=is_full):
        say(printable(line))


def _continued(found: Earlier) -> Iterator[str]:
    """Yield which earlier imports this one goes on with."""
    for source, count in found.continued.items():
        yield f"  goes on with the import of {source}: {counted(count, 'note')} of it"
    for source, count in found.alike.items():
        notes = counted(count, "question")
        yield (
            f"  another source than {source}, though {notes} of both begin alike:"
            " they are added"
        )


def _tables(made: Import) -> str:
    if not made.counts.plain:
        return ""
    tables = counted(len(made.made.tables), "table")
    return f"{counted(made.counts.plain, 'plain card')} in {tables}, "


def _examples(made: Import) -> Iterator[str]:
    notes = list(made.made.notes)
    for name, note in dict(notes[:: max(len(notes) // 2, 1)][:2]).items():
        yield f"  for example {name}: {_short(note.prompt)}"
        answer = note.summary or note.answer
        yield f"    {_short(answer) or '(no answer)'}"


def _left_out_lines(
    left_out: Iterable[LeftOut], passages: Sequence[Passage], *, is_full: bool
) -> Iterator[str]:
    """Yield what is left out and why, and what text no note has.

    Unless `is_full`, only the first places are named.
    """
    most = None if is_full else _MAX_PLACES
    for what, why, places in _grouped(left_out):
        shown = ", ".join(places[:most])
        more = ", …" if len(places) > len(places[:most]) else ""
        # One of them is no plural: then its place says how many there are.
        many = f"{len(places)} " if len(places) > 1 else ""
        yield f"  {many}{what}: {why} ({shown}{more})"
    if passages:
        more = "; --full lists all" if len(passages) > len(passages[:most]) else ""
        yield f"  not imported: {counted(len(passages), 'passage')} of text{more}"
    for passage in passages[:most]:
        yield f"    {passage.place} “{_short(passage.text, _PASSAGE_CHARS)}”"


def _short(text: str, most: int = _EXAMPLE_CHARS) -> str:
    """Return `text` in one line of at most `most` characters."""
    text = " ".join(text.split())
    return f"{text[:most]}…" if len(text) > most else text


def _grouped(left_out: Iterable[LeftOut]) -> Iterator[tuple[str, str, list[str]]]:
    """Yield what is left out for the same reason, with the places."""
    groups: dict[tuple[str, str], list[str]] = {}
    for item in left_out:
        groups.setdefault((item.what, item.why), []).append(item.place)
    for (what, why), places in groups.items():
        yield what, why, places


def print_changes(found: Changes, root: Path, say: Say) -> None:
    """Print what is written, and what a person changed."""
    say(
        f"{display_path(root)}: {counted(len(found.new), 'new file')},"
        f" {len(found.updated)} updated, {len(found.unchanged)} unchanged"
    )
    for paths, what in (
        (found.theirs, "changed here and by the source, too, and kept as here"),
        (found.edited, "changed here, and kept"),
        (found.deleted, "deleted here, and not written again"),
        (found.gone, "no longer in the source, and kept"),
    ):
        if paths:
            say(f"  {_named(paths, what)}")


def _named(paths: list[PurePosixPath], what: str) -> str:
    shown = ", ".join(str(path) for path in paths[:_MAX_PLACES])
    more = ", …" if len(paths) > _MAX_PLACES else ""
    return printable(f"{counted(len(paths), 'file')} {what}: {shown}{more}")


def print_kept(kept: KeptLedger, root: Path, say: Say) -> None:
    """Print what the ledger keeps of a deck that learners have."""
    lock = display_path(root / DECK_LOCK_FILE)
    if kept.has_own_releases:
        say(
            f"{lock} has releases of its own: notes that are"
            " new to it count as new, with the GUIDs that they came with"
        )
    elif kept.decks:
        decks = counted(kept.decks, "deck")
        say(f"{lock}: the names of {decks} are kept; commit it")
    else:
        say(
            f"{lock}: {counted(kept.notes, 'note')} keep GUID,"
            " note type and time, so that learners of the old deck keep their progress;"
            " commit it"
        )


def print_checked(
    diagnostics: tuple[Diagnostic, ...], root: Path, say: Say, *, is_new: bool
) -> None:
    """Print what is to be mended in the deck."""
    rules: dict[str, int] = {}
    for diagnostic in diagnostics:
        rules[diagnostic.rule] = rules.get(diagnostic.rule, 0) + 1
    most = sorted(rules, key=lambda rule: (-rules[rule], rule))
    listed = ", ".join(f"{rules[rule]} {rule}" for rule in most)
    say(f"check: {count_text(diagnostics)}{f' ({listed})' if listed else ''}")
    if is_new:
        say(
            "the words belong to their authors: `license` in"
            f" {display_path(root / DECK_FILE)} is empty until you know what they allow"
        )


def print_known(project: Project, say: Say) -> None:
    """Print where the warnings of imported files are known."""
    root = project.folder.root
    path = baseline_file(root, project.deck)
    if path:
        say(
            f"{display_path(path)} has what is known of imported files: `check` and"
            " `release` pass over it; delete a line to see its warning again"
        )
