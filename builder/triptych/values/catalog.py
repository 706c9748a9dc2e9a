"""A whole deck, valid and in order: what the outputs may know."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from triptych.values.deck import Deck, Release, Topic
from triptych.values.question import Guide, Prose, Question
from triptych.values.source import Media


@dataclass(frozen=True, slots=True)
class Catalog:
    """All that the outputs may know: a valid deck in reading order."""

    deck: Deck
    questions: tuple[Question, ...]
    """By topic as `deck.topics` orders them, then prerequisites first."""
    guides: tuple[Guide, ...] = ()
    media: Mapping[str, Media] = field(default_factory=dict)
    """By name; holds just what some prose shows."""
    study_order: tuple[str, ...] = ()
    """Ids in the order to learn them: prerequisites first, across topics too."""
    pages: Mapping[str, str] = field(default_factory=dict)
    """A file's page relative to the site's root: `topic/x.md` -> `q/x.html`."""
    release: Release = Release()
    news: Prose = Prose()
    """What the releases brought, the newest first: the deck's changelog."""
    newest: str = ""
    """What the newest release brought, as Markdown: its part of the changelog."""

    @property
    def current(self) -> tuple[Question, ...]:
        """Return the questions that are not retired: those have a page and no more."""
        return tuple(
            question for question in self.questions if not question.meta.retired
        )

    @property
    def proses(self) -> Iterator[Prose]:
        """Yield all the prose of the deck: what some page of the site shows."""
        for question in self.questions:
            yield from question.proses
        for guide in self.guides:
            yield from guide.proses
        yield self.news

    @property
    def topics(self) -> tuple[Topic, ...]:
        """Return the topics that have a question, in order."""
        used = {question.meta.topic for question in self.current}
        return tuple(topic for topic in self.deck.topics if topic.id in used)
