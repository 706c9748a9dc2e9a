"""Each card as the rows of a log have left it, as the page folds them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from triptych.practice.fsrs import MemoryState, reviewed
from triptych.practice.log import Row


@dataclass(frozen=True, slots=True)
class Review:
    """A review, with the memory after it."""

    grade: int
    memory: MemoryState


@dataclass(frozen=True, slots=True)
class Studied:
    """What a learner did with a card."""

    reviews: tuple[Review, ...] = ()
    is_suspended: bool = False
    is_starred: bool = False

    @property
    def memory(self) -> MemoryState | None:
        """Return the memory after the last review, if there is one."""
        return self.reviews[-1].memory if self.reviews else None


def studied(
    rows: Iterable[Row], present_ids: Mapping[str, str]
) -> Mapping[str, Studied]:
    """Return what `rows`, which are in order, say of each card, by present id."""
    cards: dict[str, Studied] = {}
    for row in rows:
        if row.what == "interview":
            continue
        id_ = present_id(row.id, present_ids)
        cards[id_] = _after(cards.get(id_, Studied()), row)
    return cards


def _after(card: Studied, row: Row) -> Studied:
    if row.what in {"star", "unstar"}:
        return replace(card, is_starred=row.what == "star")
    if row.what in {"suspend", "resume"}:
        return replace(card, is_suspended=row.what == "suspend")
    memory = card.memory
    if memory and memory.last == row.moment:
        # The same review, which came back by way of Anki.
        return card
    grade = int(row.what)
    review = Review(grade, reviewed(memory, grade, row.moment))
    return replace(card, reviews=(*card.reviews, review))


def present_id(id_: str, present_ids: Mapping[str, str]) -> str:
    """Return the present id of a question, or of a part of one."""
    whole = present_ids.get(id_, id_)
    question, slash, slug = id_.partition("/")
    if not slash or whole != id_:
        return whole
    part = f"{present_ids.get(question, question)}/{slug}"
    return present_ids.get(part, part)
