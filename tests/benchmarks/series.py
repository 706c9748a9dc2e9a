"""The small decks that updates are measured with: a first release and its successors.

Each successor is one thing that maintainers do. The decks are plain data, which every
tool in `makers.py` writes in its own way.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypedDict, Unpack


@dataclass(frozen=True)
class Card:
    """A question and its answer; `word` stands in the answer of every release."""

    key: str
    word: str
    topic: str
    question: str
    text: str = ""
    tags: tuple[str, ...] = ("plain",)
    was: str = ""
    """Its key in the first release, if it had another."""
    retired: bool = False
    """Whether it is in no deck any more; only a tool with a ledger mentions it."""
    picture: str = ""

    @property
    def answer(self) -> str:
        """Return the answer as HTML."""
        return f"<p>It is {self.word}. {self.text}</p>"


class Values(TypedDict, total=False):
    """Values that another edition gives to a card."""

    key: str
    topic: str
    question: str
    text: str
    tags: tuple[str, ...]
    was: str
    retired: bool
    picture: str


@dataclass(frozen=True)
class Edition:
    """A deck as it is released."""

    cards: tuple[Card, ...]
    title: str = "Peer"
    css: str = ".card { font-family: serif; }"
    media: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def current(self) -> tuple[Card, ...]:
        """Return the cards that are not retired."""
        return tuple(card for card in self.cards if not card.retired)

    def changed(self, which: str, **values: Unpack[Values]) -> "Edition":
        """Return the deck with other values in one card."""
        cards = (
            replace(card, **values) if card.key == which else card
            for card in self.cards
        )
        return replace(self, cards=tuple(cards))


Edit = Callable[[Edition], Edition]
FIRST = Edition(
    (
        Card("a", "amber", "one", "What is alpha?"),
        Card("a/b", "birch", "one", "Why is alpha first?"),
        Card("c", "cedar", "two", "What is gamma?"),
        Card("d", "delta", "two", "What comes fourth?"),
        Card("f", "fir", "two", "What comes last?"),
    )
)
BOX = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


def answer(deck: Edition) -> Edition:
    return deck.changed("c", text="And it is evergreen.")


def another_answer(deck: Edition) -> Edition:
    return answer(deck).changed("c", text="And it smells.").changed("d", text="Or Δ.")


def added(deck: Edition) -> Edition:
    new = Card("e", "elm", "one", "What was added?")
    return replace(deck, cards=(*deck.cards[:2], new, *deck.cards[2:]))


def retired(deck: Edition) -> Edition:
    return deck.changed("d", retired=True)


def split(deck: Edition) -> Edition:
    """Return the deck with a small note that became a question of its own."""
    return deck.changed("a/b", key="b", was="a/b", text="And it grows.")


@dataclass(frozen=True)
class Series:
    """What a maintainer does, and which releases a learner takes after the first."""

    name: str
    edits: tuple[Edit, ...]
    """What makes each later release out of the first one."""
    taken: tuple[int, ...] = (-1,)
    """The places in `edits` of the releases that the learner takes, in order."""


LEARNERS = Series("learners", (lambda deck: added(answer(deck)),))
"""The update that all scenarios of learners are tried with."""
MAINTAINERS = (
    Series("releases again without a change", (lambda deck: deck,)),
    Series("corrects an answer", (answer,)),
    Series(
        "words a question in another way",
        (lambda deck: deck.changed("c", question="What, then, is gamma?"),),
    ),
    Series("adds a question", (added,)),
    Series(
        "adds a picture",
        (
            lambda deck: replace(
                deck.changed("c", picture="box.svg"), media={"box.svg": BOX}
            ),
        ),
    ),
    Series("changes tags", (lambda deck: deck.changed("c", tags=("other",)),)),
    Series(
        "gives a question another id",
        (lambda deck: answer(deck).changed("c", key="cc", was="c"),),
    ),
    Series("moves a question", (lambda deck: answer(deck).changed("c", topic="one"),)),
    Series("splits a note off", (split,)),
    Series("retires a question", (lambda deck: retired(answer(deck)),)),
    Series(
        "retires a question and brings it back",
        (retired, lambda deck: deck.changed("d", text="Again.")),
        taken=(0, 1),
    ),
    Series(
        "orders the deck anew",
        (lambda deck: replace(answer(deck), cards=answer(deck).cards[::-1]),),
    ),
    Series(
        "renames the deck",
        (lambda deck: replace(answer(deck), title="Another Name"),),
    ),
    Series(
        "restyles the cards",
        (lambda deck: replace(answer(deck), css=".card { font-size: 20px; }"),),
    ),
    Series("releases twice: the learner skips one", (answer, another_answer)),
    Series(
        "releases twice: the learner takes both late",
        (answer, another_answer),
        taken=(0, 1),
    ),
)
