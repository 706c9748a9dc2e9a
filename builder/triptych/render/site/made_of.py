"""What the pages of the site are made of, so that they can be kept."""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from triptych.render.made_of import made_of
from triptych.render.site.neighbours import Neighbours
from triptych.render.site.templates import Site
from triptych.values.question import Question


def shared_facts(site: Site) -> str:
    """Return a digest of what any page may show, besides questions.

    All variables of the templates are among it, whatever they are; only functions are
    part of the program.
    """
    variables = {
        name: sorted(value) if isinstance(value, frozenset) else value
        for name, value in site.environment.globals.items()
        if name != "at" and not callable(value)
    }
    return made_of(
        sorted(variables.items()),
        site.settings.base_url,
        site.catalog.pages,
        sorted(_own_templates(site.settings.templates)),
    )


def of_questions(
    site: Site,
    shared: str,
    questions: Sequence[Question],
    neighbours: Mapping[str, Neighbours],
) -> str:
    """Return what the pages of `questions` are made of; empty if it is not known."""
    shown = [
        (question.id, _shown_ids(neighbours[question.id])) for question in questions
    ]
    digests = site.catalog.digests
    ids = {id_ for own, others in shown for id_ in (own, *others) if id_}
    if not ids <= digests.keys():
        return ""
    anchors = [[note.anchors for note in neighbours[id_].moved] for id_, _ in shown]
    numbers = [site.catalog.number(question) for question in questions]
    shown_digests = [digests[id_] for id_ in sorted(ids)]
    return made_of("questions", shared, shown, anchors, numbers, shown_digests)


def _shown_ids(neighbours: Neighbours) -> list[str]:
    """Return the ids that a page shows, each group of them ended by an empty one."""
    groups = (
        (neighbours.previous,),
        (neighbours.next,),
        neighbours.requires,
        neighbours.leads_to,
        neighbours.related,
        tuple(note.question for note in neighbours.moved),
    )
    return [
        question.id if question else ""
        for group in groups
        for question in (*group, None)
    ]


def _own_templates(folder: Path | None) -> Iterator[tuple[str, bytes]]:
    """Yield the files that a template of the deck may include, also behind links."""
    seen: set[Path] = set()
    for place, folders, names in os.walk(folder, followlinks=True) if folder else ():
        real = Path(place).resolve()
        if real in seen:  # a link may lead to a folder that it is in
            folders.clear()
            continue
        seen.add(real)
        for path in (Path(place, name) for name in names):
            if path.is_file():
                yield str(path), path.read_bytes()
