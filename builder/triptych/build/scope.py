"""What rules over a file, and over a deck, may read of a project."""

from collections.abc import Iterator
from functools import lru_cache, partial
from pathlib import PurePosixPath
from pkgutil import resolve_name

from triptych import clock
from triptych.deck import templates
from triptych.deck.project import Project
from triptych.deck.read import media
from triptych.deck.unread_words import unread_words
from triptych.dialect.folders import TEMPLATES_FOLDER
from triptych.dialect.note_types import FOLDER, TYPE_FILE
from triptych.notes.kept import kept_types, problems
from triptych.render.outputs import OUTPUTS
from triptych.render.settings import render_settings
from triptych.validate.rule import DeckScope, FileScope
from triptych.validate.rules import RULES
from triptych.values.deck import file_settings
from triptych.values.diagnostics import Finding
from triptych.values.source import Media


def deck_scope(project: Project, *, learn: bool = False) -> DeckScope:
    """Return what rules over the deck as a whole may read."""
    root, files = project.folder.root, project.folder.files
    replaceable = _replaceable_templates()
    kept = kept_types(root, files)
    bad = [
        (PurePosixPath(FOLDER, key, TYPE_FILE), problem)
        for key, problem in problems(root, files)
    ]
    return DeckScope(
        project.deck,
        project.folder,
        _logo(project),
        project.ledger,
        project.strings,
        _rule_names(),
        replaceable,
        templates.unread(files, root, replaceable),
        bad_templates=tuple(_bad_templates(project)),
        note_types={key: item.names for key, item in kept.items()},
        shapes={key: item.type.shape for key, item in kept.items()},
        bad_note_types=tuple(bad),
        learn=learn,
        unread_words=partial(unread_words, project.folder.root, project.folder.files),
    )


def _replaceable_templates() -> frozenset[str]:
    """Return the names of the templates that a deck may replace."""
    outputs = [output.name for output in OUTPUTS.values() if output.has_templates]
    return templates.names((*outputs, templates.NEW_FOLDER))


def _bad_templates(project: Project) -> Iterator[Finding]:
    """Yield what outputs say of the deck's templates; without any, import nothing."""
    own = {path.parts[:2] for path in project.folder.files}
    settings = None
    for output in OUTPUTS.values():
        if output.template_rule and (TEMPLATES_FOLDER, output.name) in own:
            settings = settings or render_settings(project.deck, project.folder.root)
            rule = resolve_name(output.template_rule)
            yield from rule(project.deck, settings)


def _logo(project: Project) -> Media | None:
    path = PurePosixPath(project.deck.site.logo)
    folder = project.folder
    return media(folder.root, path) if path in folder.files else None


def file_scope(
    project: Project, *, learn: bool = False, compares_dates: bool = False
) -> FileScope:
    """Return what rules over one file may read; pictures are read when needed."""
    return FileScope(
        file_settings(project.deck),
        project.folder.root,
        project.folder.files,
        partial(media, project.folder.root),
        project.verdicts,
        rule_names=_rule_names(),
        known=project.baseline,
        learn=learn,
        today=clock.today() if learn or compares_dates else None,
    )


@lru_cache(maxsize=1)
def _rule_names() -> frozenset[str]:
    return frozenset(RULES).union(
        *({*output.rules, *output.rendering_rules} for output in OUTPUTS.values())
    )
