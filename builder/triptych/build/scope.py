"""The scope of a project: what rules may use besides a document."""

from collections.abc import Iterator
from functools import lru_cache, partial
from pathlib import PurePosixPath
from pkgutil import resolve_name

from triptych import clock
from triptych.deck import templates
from triptych.deck.project import Project
from triptych.deck.read import media
from triptych.deck.unread_words import unread_words
from triptych.dialect.note_types import FOLDER, TYPE_FILE
from triptych.notes.kept import kept_types, problems
from triptych.render.outputs import OUTPUTS
from triptych.render.settings import render_settings
from triptych.validate.rule import Scope
from triptych.validate.rules import RULES
from triptych.values.diagnostics import Finding


def scope_of(project: Project, *, learn: bool = False) -> Scope:
    """Return the scope of `project`; media files are read when a rule needs them."""
    root, files = project.folder.root, project.folder.files
    kept = kept_types(root, files)
    bad = [
        (PurePosixPath(FOLDER, key, TYPE_FILE), problem)
        for key, problem in problems(root, files)
    ]
    return Scope(
        project.deck,
        project.folder,
        partial(media, project.folder.root),
        project.verdicts,
        project.ledger,
        project.strings,
        _rule_names(),
        templates.names(),
        templates.unread(project.folder.files, project.folder.root),
        bad_templates=tuple(_bad_templates(project)),
        note_types={key: item.names for key, item in kept.items()},
        shapes={key: item.type.shape for key, item in kept.items()},
        bad_note_types=tuple(bad),
        learn=learn,
        today=clock.today() if learn else None,
        unread_words=partial(unread_words, project.folder.root, project.folder.files),
    )


def _bad_templates(project: Project) -> Iterator[Finding]:
    """Yield what outputs say of the deck's templates; without any, import nothing."""
    own = {path.parts[:2] for path in project.folder.files}
    settings = None
    for output in OUTPUTS.values():
        if output.template_rule and ("templates", output.name) in own:
            settings = settings or render_settings(project.deck, project.folder.root)
            rule = resolve_name(output.template_rule)
            yield from rule(project.deck, settings)


def scope_of_file(
    project: Project, *, learn: bool = False, compares_dates: bool = False
) -> Scope:
    """Return the scope of one file of `project`, which needs nothing of the others."""
    return Scope(
        project.deck,
        project.folder,
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
