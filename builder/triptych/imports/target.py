"""The deck folder that an import writes to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from triptych.deck.imported import IMPORT_FILE, Imported, load
from triptych.deck.project import Project, open_project
from triptych.deck.read import text_of
from triptych.dialect.files import DECK_FILE


@dataclass(frozen=True, slots=True)
class Target:
    """The deck folder that an import writes to."""

    root: Path
    project: Project | None
    """None where there is no deck yet."""
    record: Mapping[str, Imported] = field(default_factory=dict)


def target_of(root: Path) -> Target:
    """Return the deck folder `root`, which may be missing or empty."""
    if not (root / DECK_FILE).is_file():
        return Target(root, None)
    return Target(root, open_project(root), load(text_of(root, IMPORT_FILE)))
