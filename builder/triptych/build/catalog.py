"""Sound files become a catalog: chosen by the options, with the pictures they show."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath

from triptych.build.options import Options
from triptych.build.order import assemble, pictures
from triptych.build.scope import scope_of
from triptych.deck.project import Project
from triptych.deck.read import media
from triptych.ledger.changelog import without_unreleased
from triptych.parse.document import parse
from triptych.validate.media import PICTURES
from triptych.values.catalog import Catalog
from triptych.values.deck import Release
from triptych.values.question import Guide, Prose, Question
from triptych.values.source import Source

_TITLE = 3
"""How many tokens a heading has."""


def catalog_of(
    results: Sequence[Question | Guide | None], project: Project, options: Options
) -> Catalog | None:
    """Return the catalog of what was asked for; nothing where nothing is left."""
    questions = [
        q
        for q in results
        if isinstance(q, Question)
        and (options.drafts or not q.meta.draft)
        and (options.where is None or options.where(q))
    ]
    guides = [
        g
        for g in results
        if isinstance(g, Guide) and (options.drafts or not g.meta.draft)
    ]
    if not questions and not guides:
        return None
    root = project.folder.root
    files = [f for f in project.folder.files if f.suffix.lower() in PICTURES]
    shown = pictures(_inside(root, files), partial(media, root))
    latest = project.ledger.latest
    release = Release(latest.version, latest.time)
    made = assemble(project.deck, questions, guides, shown, release)
    return replace(made, news=_news(project), newest=_newest(project))


def _news(project: Project) -> Prose:
    """Return the deck's changelog; a release wrote it, and an author may edit it."""
    changelog = _changelog(project)
    if changelog is None:
        return Prose()
    # `check` needs no Pygments.
    from triptych.typeset.context import Context, words_in_prose  # noqa: PLC0415
    from triptych.typeset.prose import typeset  # noqa: PLC0415

    tokens = parse(changelog).tokens
    # The page has a title of its own.
    body = tokens[_TITLE:] if tokens and tokens[0].tag == "h1" else tokens
    context = Context(
        changelog.path,
        frozenset(),
        scope_of(project).load,
        words=words_in_prose(project.strings, project.deck.language),
    )
    return typeset(body, context, trees=False)


def _changelog(project: Project) -> Source | None:
    """Return what the releases brought, without one that was cut short."""
    changelog = project.folder.changelog
    if changelog is None:
        return None
    released = without_unreleased(changelog.text, project.ledger)
    return replace(changelog, text=released)


def _newest(project: Project) -> str:
    changelog = _changelog(project)
    _, _, sections = (changelog.text if changelog else "").partition("\n## ")
    return sections.partition("\n## ")[0].strip()


def _inside(root: Path, files: Iterable[PurePosixPath]) -> Iterator[PurePosixPath]:
    real = root.resolve()
    return (f for f in files if (root / f).resolve().is_relative_to(real))
