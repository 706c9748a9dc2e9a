"""Sound files become a catalog: chosen by the options, with the pictures they show."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path, PurePosixPath

from builder.assemble import assemble, pictures
from builder.model import Catalog, Guide, Question, Release
from builder.options import Options
from builder.project import Project
from builder.read import media
from builder.validate.media import PICTURES


def catalog_of(
    results: Sequence[Question | Guide | None], project: Project, options: Options
) -> Catalog | None:
    """Return the catalog of what was asked for; nothing where nothing is left."""
    questions = [
        q
        for q in results
        if isinstance(q, Question)
        and not q.retired
        and (options.drafts or not q.draft)
        and (options.where is None or options.where(q))
    ]
    guides = [g for g in results if isinstance(g, Guide)]
    if not questions and not guides:
        return None
    root = project.folder.root
    files = [f for f in project.folder.files if f.suffix.lower() in PICTURES]
    shown = pictures(_inside(root, files), partial(media, root))
    latest = project.ledger.latest
    release = Release(latest.version, latest.time)
    return assemble(project.deck, questions, guides, shown, release)


def _inside(root: Path, files: Iterable[PurePosixPath]) -> Iterator[PurePosixPath]:
    real = root.resolve()
    return (f for f in files if (root / f).resolve().is_relative_to(real))
