"""Questions become a catalog: chosen, and put in the order to read and to learn."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from triptych.render.site import addresses
from triptych.values.catalog import Catalog
from triptych.values.deck import Deck, Release
from triptych.values.question import Guide, Question
from triptych.values.source import Media

_UNSAID = 1
"""Without a difficulty a question stands among the medium ones."""


def assemble(
    deck: Deck,
    questions: Iterable[Question],
    guides: Iterable[Guide],
    media: Mapping[str, Media],
    release: Release,
) -> Catalog:
    """Return the catalog of these questions, in reading order."""
    by_topic: dict[str, list[Question]] = {topic.id: [] for topic in deck.topics}
    for question in sorted(questions, key=_rank):
        by_topic[question.meta.topic].append(question)
    ordered = [
        question
        for group in by_topic.values()
        for question in prerequisites_first(group)
    ]
    kept_guides = tuple(sorted(guides, key=lambda guide: guide.meta.path))
    made = Catalog(
        deck=deck,
        questions=tuple(ordered),
        guides=kept_guides,
        study_order=tuple(q.id for q in prerequisites_first(ordered)),
        pages={
            **{str(q.meta.path): addresses.question(q.id).url for q in ordered},
            **{str(g.meta.path): addresses.guide(g.id).url for g in kept_guides},
        },
        release=release,
    )
    shown = {name for prose in made.proses for name in prose.media}
    return replace(made, media={name: media[name] for name in sorted(shown)})


def prerequisites_first(questions: Iterable[Question]) -> Iterator[Question]:
    """Yield `questions` in their order, each after those that it requires."""
    by_id = {question.id: question for question in questions}
    done: set[str] = set()
    for root in by_id:
        path = [root]
        while path:
            waiting = [
                name
                for name in by_id[path[-1]].meta.requires
                if name in by_id and name not in done and name not in path
            ]
            if waiting:
                path.append(waiting[0])
                continue
            name = path.pop()
            if name not in done:
                done.add(name)
                yield by_id[name]


def pictures(
    files: Iterable[PurePosixPath], load: Callable[[PurePosixPath], Media]
) -> dict[str, Media]:
    """Return the pictures among `files` by the names that outputs give them."""
    loaded = (load(path) for path in sorted(files))
    return {media.name: media for media in loaded}


def _rank(question: Question) -> tuple[int, PurePosixPath]:
    difficulty = question.meta.difficulty
    return (_UNSAID if difficulty is None else difficulty.rank, question.meta.path)
