"""The options of a build."""

from dataclasses import dataclass

from triptych.build.cache import Cache
from triptych.build.where import Where
from triptych.parallel import cores
from triptych.progress import Progress, no_progress

_MIN_FILES_FOR_PROCESSES = 150
"""With fewer files, starting processes takes more time than it saves."""


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """The options of a build or a check, as on the command line."""

    jobs: int = 0
    """The number of processes; 0 for one per core, or one for a small deck."""
    strict: bool = False
    """Whether warnings stop the build."""
    drafts: bool = False
    """Whether to include drafts."""
    learn: bool = False
    """Whether to check how well cards can be learned."""
    compares_dates: bool = False
    """Whether to compare dates with the present day; nothing of that may be kept."""
    where: Where | None = None
    """Selects the questions to build; None for all."""
    base_url: str | None = None
    """Overrides the setting `base_url` of the deck."""
    cache: Cache | None = None
    """None to typeset every file again."""
    since: str = ""
    """An older release that gets update files beside the last ones, if any."""
    downloads: bool = True
    """Whether to build the outputs whose files another one offers as downloads."""
    edition: str = ""
    """What an edition of some questions is called."""
    shift: tuple[float, float] = (0, 0)
    """How far the backs of cards are moved right and down, in millimetres."""
    products: tuple[str, ...] = ()
    """The PDFs to make; empty for those that the deck names."""
    progress: Progress = no_progress
    """Called with the progress of the build."""

    def processes(self, files: int) -> int:
        """Return the number of processes to use for `files` files."""
        return self.jobs or (1 if files < _MIN_FILES_FOR_PROCESSES else cores())


DEFAULT_OPTIONS = BuildOptions()
