"""A deck folder, read, and what its `deck.toml` and lock files say."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from builder import config
from builder.model import Deck, Folder
from builder.read import media, read
from builder.validate.finding import Scope
from builder.verdicts import LOCK_FILE, Verdict, load


@dataclass(frozen=True, slots=True)
class Project:
    """All that a run starts from."""

    folder: Folder
    deck: Deck
    verdicts: Mapping[str, Verdict]

    @property
    def scope(self) -> Scope:
        """Return what rules may look at besides a document."""
        load_media = partial(media, self.folder.root)
        return Scope(self.deck, self.folder, load_media, self.verdicts)


def open_project(content: Path) -> Project:
    """Read the deck folder `content`."""
    folder = read(content)
    topics = {source.path.parts[0] for source in folder.sources} - {"guides"}
    lock = content / LOCK_FILE
    text = lock.read_text(encoding="utf-8") if lock.is_file() else ""
    return Project(folder, config.deck(folder.deck, topics), load(text))
