"""The positions of notes among the new cards of a deck in Anki.

Notes come question by question, but for the gaps in summaries: right after its question
a gap would be an echo, for the back of that card shows the whole sentence.
"""

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence

from triptych.notes.which import Note
from triptych.values.note import Role

MIN_CARDS_BETWEEN = 20
"""How many cards of a topic come between a question and the gap in its summary."""


def study_positions(
    notes: Sequence[Note], *, tasks_apart: bool = False
) -> Mapping[str, int]:
    """Return the position of each of `notes`, counted from 1, by id.

    Anki takes the new cards of one subdeck after the other, so the distance is one
    within a topic. In a short topic the gaps come last. With `tasks_apart`, long tasks
    are in a subdeck of their own, so that none of them comes between.
    """
    apart = [note for note in notes if tasks_apart and note.is_task]
    rest = [note for note in notes if not (tasks_apart and note.is_task)]
    return {note.id: at for at, note in enumerate((*_spread(rest), *apart), start=1)}


def _spread(notes: Sequence[Note]) -> Iterator[Note]:
    """Yield all notes, the gaps in summaries later."""
    last = {note.question.meta.topic: note.id for note in notes}
    counts: defaultdict[str, int] = defaultdict(int)
    waiting: defaultdict[str, deque[tuple[int, Note]]] = defaultdict(deque)
    for note in notes:
        topic = note.question.meta.topic
        gaps = waiting[topic]
        if note.role is Role.CLOZE:
            gaps.append((counts[topic] + MIN_CARDS_BETWEEN, note))
        else:
            counts[topic] += len(note.spec.cards)
            yield note
        while gaps and (gaps[0][0] <= counts[topic] or note.id == last[topic]):
            _, gap = gaps.popleft()
            counts[topic] += len(gap.spec.cards)
            yield gap
