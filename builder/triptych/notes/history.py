"""What releases have settled for a build: GUIDs, times of change, names of decks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from triptych.errors import TriptychError
from triptych.ledger.lock import Ledger, NoteLine, TypeLine
from triptych.notes.names import guid, note_id
from triptych.values.meta import Meta


@dataclass(frozen=True, slots=True)
class History:
    """The ledger, and the moment that a build gives to what no release has seen."""

    ledger: Ledger = field(default_factory=Ledger)
    fresh: int = 1
    since: str = ""
    """An older release that gets update files beside the last ones, if any."""
    refusal: str = ""
    """Why `fresh` must not be used, where it must not."""
    refresh: bool = False
    """Whether everything counts as changed."""

    def mod(self, line: NoteLine | TypeLine | None, *, unchanged: bool) -> int:
        """Return when what `line` speaks of last changed.

        Raises:
            TriptychError: It changed now, and the time for that must not be used.

        """
        if line is not None and unchanged and not self.refresh:
            return line.mod
        if self.refusal:
            raise TriptychError(self.refusal)
        return self.fresh

    def guid(self, meta: Meta, slug: str, deck: str) -> str:
        """Return the GUID that learners know a note by, under whatever id.

        The note is the one with `slug` in the question that `meta` describes, or that
        question's own when the slug is empty.
        """
        known = self.ledger.notes
        name = next((n for n in former_ids(meta, slug) if n in known), None)
        return known[name].guid if name else guid(deck, note_id(meta.id, slug))


def former_ids(meta: Meta, slug: str) -> Iterator[str]:
    """Yield the id of a note and those that it had, the newest first.

    The note is the one with `slug` in the question that `meta` describes, or that
    question's own when the slug is empty.
    """
    slugs = tuple(former_slugs(slug, meta.renamed))
    for name in (meta.id, *meta.aliases):
        yield from (note_id(name, old) for old in slugs)
    yield from (note for note, now in meta.moved.items() if now in slugs)


def former_slugs(slug: str, renamed: Mapping[str, str]) -> Iterator[str]:
    """Yield the slug of a note and those that it had, by what is `renamed`."""
    seen: dict[str, None] = {}
    waiting = [slug]
    while waiting:
        seen |= dict.fromkeys(waiting)
        waiting = [
            old for old, new in renamed.items() if new in waiting and old not in seen
        ]
    yield from seen


def history_of(ledger: Ledger, epoch: str, now: int, since: str = "") -> History:
    """Return the history for a build of what may not be released yet.

    `epoch` is `SOURCE_DATE_EPOCH`, empty where it is not set; `now` only refuses it.
    """
    last = ledger.latest.time
    if not epoch:
        return History(ledger, last + 1, since)
    moment = int(epoch) if epoch.isascii() and epoch.isdigit() else 0
    refusal = (
        f"SOURCE_DATE_EPOCH is {epoch}, which is not between the last release"
        f" ({last}) and now ({now}): learners would not get what changed, or get it"
        " over and over; unset it"
    )
    return History(ledger, moment, since, "" if last < moment <= now else refusal)
