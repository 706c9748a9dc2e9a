"""What a run of the compiler found."""

from dataclasses import dataclass

from triptych.values.catalog import Catalog
from triptych.values.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Report:
    """What a run of the compiler found."""

    diagnostics: tuple[Diagnostic, ...]
    catalog: Catalog | None = None
    preview: bool = False
    """Whether the deck holds what no release has seen."""
    drafts: int = 0
    """How many files are drafts, whose problems are not among the diagnostics."""
