"""How a run was asked to go about its work."""

from collections.abc import Callable
from dataclasses import dataclass

from triptych.build.cache import Cache
from triptych.parallel import cores
from triptych.values.question import Question

_FEW = 150
"""Below this many files, starting processes costs more than it saves."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a run was asked to go about it."""

    jobs: int = 0
    """Processes to use; 0 for one a core, or none for a small deck."""
    strict: bool = False
    drafts: bool = False
    where: Callable[[Question], bool] | None = None
    base_url: str | None = None
    cache: Cache | None = None
    since: str = ""
    """An older release that gets update files beside the last ones, if any."""
    downloads: bool = True
    """Whether an output that offers the files of others brings those along."""

    def processes(self, files: int) -> int:
        """Return how many processes to use for so many files."""
        return self.jobs or (1 if files < _FEW else cores())


DEFAULTS = Options()
