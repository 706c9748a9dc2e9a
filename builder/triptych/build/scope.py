"""The scope of a project: what rules may use besides a document."""

from functools import partial

from triptych.deck.project import Project
from triptych.deck.read import media
from triptych.validate.rule import Scope


def scope_of(project: Project) -> Scope:
    """Return the scope of `project`; media files are read when a rule needs them."""
    return Scope(
        project.deck,
        project.folder,
        partial(media, project.folder.root),
        project.verdicts,
        project.ledger,
        project.strings,
    )
