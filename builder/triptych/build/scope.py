"""What rules may look at besides a document, taken from a project."""

from functools import partial

from triptych.deck.project import Project
from triptych.deck.read import media
from triptych.validate.rule import Scope


def scope_of(project: Project) -> Scope:
    """Return the scope of `project`; it reads media files when they are asked for."""
    return Scope(
        project.deck,
        project.folder,
        partial(media, project.folder.root),
        project.verdicts,
        project.ledger,
        project.strings,
    )
