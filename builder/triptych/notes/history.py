"""The released GUIDs and modification times that a build must keep."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from triptych.errors import TriptychError
from triptych.ledger.lock import Ledger, NoteLine, TypeLine
from triptych.notes.names import guid, note_id
from triptych.values.meta import Meta
from triptych.values.note import Role
from triptych.values.question import Question


@dataclass(frozen=True, slots=True)
class Refresh:
    """What gets a new modification time though it did not change."""

    roles: frozenset[Role] = frozenset()
    """The parts of questions whose notes get one."""
    types: bool = False
    """Whether the note types get one."""


NO_REFRESH = Refresh()
REFRESH_ALL = Refresh(frozenset(Role), types=True)


@dataclass(frozen=True, slots=True)
class History:
    """The ledger, and the modification time of notes that changed since."""

    ledger: Ledger = field(default_factory=Ledger)
    new_mod: int = 1
    """The modification time of changed notes, in seconds since 1970."""
    since: str = ""
    """An older release that gets update files besides the latest ones, if any."""
    refusal: str = ""
    """Why `new_mod` is not valid; empty if it is."""
    refresh: Refresh = NO_REFRESH

    def type_mod(self, line: TypeLine | None, *, unchanged: bool) -> int:
        """Return when the note type of `line` last changed, as `note_mod` does."""
        return self._mod(line, is_kept=unchanged and not self.refresh.types)

    def note_mod(self, line: NoteLine | None, role: Role, *, unchanged: bool) -> int:
        """Return when the note of `line` last changed or was refreshed.

        Raises:
            TriptychError: It changed since the last release, and `new_mod` is invalid.

        """
        return self._mod(line, is_kept=unchanged and role not in self.refresh.roles)

    def _mod(self, line: NoteLine | TypeLine | None, *, is_kept: bool) -> int:
        if line is not None and is_kept:
            return line.mod
        if self.refusal:
            raise TriptychError(self.refusal)
        return self.new_mod

    def guid(self, meta: Meta, slug: str, deck: str, own: str = "") -> str:
        """Return the GUID of a note: the released one, its own, or else a new one.

        The note is the one with `slug` in the question that `meta` describes, or that
        question's main note if the slug is empty.
        """
        known = self.ledger.notes
        name = next((n for n in former_ids(meta, slug) if n in known), None)
        if name:
            return known[name].guid
        return own or guid(deck, note_id(meta.id, slug))


def former_ids(meta: Meta, slug: str) -> Iterator[str]:
    """Yield the current and former ids of a note, the newest first.

    The note is the one with `slug` in the question that `meta` describes, or that
    question's main note if the slug is empty.
    """
    slugs = tuple(former_slugs(slug, meta.renamed))
    for name in (meta.id, *meta.aliases):
        yield from (note_id(name, old) for old in slugs)
    yield from (note for note, now in meta.moved.items() if now in slugs)


def former_slugs(slug: str, renamed: Mapping[str, str]) -> Iterator[str]:
    """Yield the current slug of a note and the former ones that `renamed` has."""
    seen: dict[str, None] = {}
    waiting = [slug]
    while waiting:
        seen |= dict.fromkeys(waiting)
        waiting = [
            old for old, new in renamed.items() if new in waiting and old not in seen
        ]
    yield from seen


def present_ids(questions: Iterable[Question]) -> Mapping[str, str]:
    """Return the present id for each former id of questions and of their parts."""
    known = dict(pair for question in questions for pair in _renamed(question.meta))
    return {former: _end_of(former, known) for former in known}


def _renamed(meta: Meta) -> Iterator[tuple[str, str]]:
    for alias in meta.aliases:
        yield alias, meta.id
    for former, slug in meta.renamed.items():
        yield note_id(meta.id, former), note_id(meta.id, slug)
    for former, slug in meta.moved.items():
        yield former, note_id(meta.id, slug)


def _end_of(former: str, known: Mapping[str, str]) -> str:
    """Return what `former` is called now, after all that it was called since."""
    seen = {former}
    while (now := known.get(former, former)) not in seen:
        seen.add(now)
        former = now
    return former


def history_of(ledger: Ledger, epoch: str, now: int, since: str = "") -> History:
    """Return the history for a build between releases.

    `epoch` is `SOURCE_DATE_EPOCH`, empty if it is not set; `now` is its upper limit.
    """
    last = ledger.latest.time
    if not epoch:
        return History(ledger, last + 1, since)
    time = int(epoch) if epoch.isascii() and epoch.isdigit() else 0
    refusal = (
        f"SOURCE_DATE_EPOCH is {epoch}, which is not between the last release"
        f" ({last}) and now ({now}): learners would not get what changed, or get it"
        " over and over; unset it"
    )
    return History(ledger, time, since, "" if last < time <= now else refusal)
