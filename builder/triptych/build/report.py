"""The result of a build or a check."""

from dataclasses import dataclass

from triptych.values.catalog import Catalog
from triptych.values.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a build or a check."""

    diagnostics: tuple[Diagnostic, ...]
    catalog: Catalog | None = None
    """None if there are errors, or nothing to build."""
    preview: bool = False
    """Whether the deck has notes that no release has recorded."""
    drafts: int = 0
    """How many files are drafts, whose problems are not among the diagnostics."""
    outputs: tuple[str, ...] = ()
    """The names of the outputs that were made."""
