"""A whole valid deck in reading order, which is the input of every output."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from triptych.values.deck import Deck, Release, Topic
from triptych.values.prose import NO_PROSE, Prose
from triptych.values.question import Guide, Question
from triptych.values.source import Media
from triptych.values.uses import Uses, uses_of


@dataclass(frozen=True)
class Catalog:
    """A valid deck in reading order: the input of every output."""

    deck: Deck
    questions: tuple[Question, ...]
    """Sorted by topic in the order of `deck.topics`; prerequisites come first."""
    guides: tuple[Guide, ...] = ()
    media: Mapping[str, Media] = field(default_factory=dict)
    """The pictures that some prose shows, by name."""
    field_media: Mapping[str, Media] = field(default_factory=dict)
    """The pictures and sounds of imported notes, by the names that their fields use."""
    study_order: tuple[str, ...] = ()
    """Ids in the order to learn them, prerequisites first, across all topics."""
    pages: Mapping[str, str] = field(default_factory=dict)
    """The page of each file, relative to the root: `topic/x.md` -> `q/x.html`."""
    release: Release = Release()
    news: Prose = NO_PROSE
    """The deck's changelog, the newest release first."""
    theme: str = ""
    """The style that the deck adds to that of the site."""
    logo: Media | None = None
    """The picture beside the deck's title on the site."""
    static: tuple[Media, ...] = ()
    """The files that the site offers as they are."""
    digests: Mapping[str, Mapping[str, str]] = field(
        default_factory=dict, compare=False
    )
    """Digests of what outputs show of each question, by id and view.

    Empty where nothing is kept; the view `page` is all that the file is made of.
    """
    newest: str = ""
    """The newest release's section of the changelog, as Markdown."""

    numbers: Mapping[str, int] = field(default_factory=dict)
    """The number of each question of the deck that is not retired, by id."""

    @cached_property
    def current(self) -> tuple[Question, ...]:
        """Return the questions that are not retired; a retired one only has a page."""
        return tuple(
            question for question in self.questions if not question.meta.retired
        )

    def digests_of(self, view: str) -> Mapping[str, str]:
        """Return the digests of what is shown of questions in a view, by id."""
        if view not in self._by_view:
            self._by_view[view] = {
                id_: views[view] for id_, views in self.digests.items() if view in views
            }
        return self._by_view[view]

    @cached_property
    def _by_view(self) -> dict[str, dict[str, str]]:
        return {}

    def number(self, question: Question) -> int:
        """Return the number of `question` in the whole deck; 0 if it is retired."""
        return self.numbers.get(question.id, 0)

    @cached_property
    def asked(self) -> tuple[Question, ...]:
        """Return the questions that are not retired, without files of plain cards."""
        return tuple(
            question for question in self.current if not question.meta.is_cards
        )

    @property
    def card_count(self) -> int:
        """Return the number of plain cards."""
        return sum(len(question.cards) for question in self.current)

    @property
    def uses(self) -> Iterator[Uses]:
        """Yield what the deck's prose uses that some page of the site shows."""
        for question in self.questions:
            yield question.uses
        for guide in self.guides:
            yield guide.uses
        yield uses_of([self.news])

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """Return the topics that have a question, in order."""
        used = {question.meta.topic for question in self.current}
        return tuple(topic for topic in self.deck.topics if topic.id in used)
