"""Find the size of the sheet's text, and balance its last page.

The area that text takes grows with the square of its size, so a few trials find the
size at which the last page is nearly full.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from math import ceil, sqrt
from types import MappingProxyType
from typing import NamedTuple

from triptych.errors import TriptychError
from triptych.render.sheet.document import Inputs, Measure
from triptych.render.sheet.layout_report import CardEdge, LayoutReport

MIN_POINTS = 7.0
"""Nobody reads smaller text on paper."""
MAX_POINTS = 8.8
_USUAL_POINTS: Mapping[int, float] = MappingProxyType({2: 8.8, 3: 7.9, 4: 7.0})
"""The size by the number of columns of a sheet that is not fitted."""
_MIN_FILLED_SHARE = 0.85
_AIMED_SHARE = 0.94
"""How full the last page is to be; above that, one more line would need a page."""
_MAX_TRIALS = 6
_MIN_STEP_POINTS = 0.02
"""A smaller difference in points is not worth a trial."""
_MAX_GAP_FACTOR = 2.0
"""How far the space between questions is stretched at the largest size."""
MAX_FITTED_QUESTIONS = 300
"""Above it, the trials would take longer than all else."""
LEFT_OUT = ("code", "formulas", "pitfalls")
"""What is left out in turn where the pages are too few."""


@dataclass(frozen=True, slots=True)
class SheetFit:
    """How a sheet is fitted to its pages."""

    pages: str | int
    columns: int
    questions: int

    def __call__(self, measure: Measure, _base: str) -> Inputs:
        """Return the size, the gaps and the breaks of the last page."""
        if self.questions > MAX_FITTED_QUESTIONS and self.pages == "fit":
            return {"size": str(_USUAL_POINTS[self.columns]), "marks": "no"}
        chosen = self._size(measure)
        report = measure(chosen)
        breaks = balanced_breaks(report, self.columns)
        if not breaks:
            return chosen
        balanced = {**chosen, "breaks": ",".join(map(str, breaks))}
        same = measure(balanced).end.page == report.end.page
        return balanced if same else chosen

    def _size(self, measure: Measure) -> dict[str, str]:
        """Return the size for the fewest sheets of paper with a full last page.

        That is an even number of pages if the text can fill them, or else one less.
        """
        if isinstance(self.pages, int):
            return self._for_pages(measure, self.pages)
        start = (MIN_POINTS + MAX_POINTS) / 2
        filled = _filled(measure(_inputs(start)))
        least = ceil(filled * (MIN_POINTS / start) ** 1.5 - 0.02)
        pages = least + least % 2 if least > 1 else 1
        found = _largest(measure, pages, (start, filled))
        if found is None:
            # The estimate was too good, so there is one sheet of paper more.
            pages = 2 if pages == 1 else pages + 2
            found = _largest(measure, pages, (start, filled))
        if found and pages > 1 and found.filled < pages - 1 + _MIN_FILLED_SHARE:
            found = _largest(measure, pages - 1, (start, filled)) or found
        return found.inputs if found else _inputs(MIN_POINTS)

    def _for_pages(self, measure: Measure, pages: int) -> dict[str, str]:
        """Return the size for a number of pages, with as little as need be left out.

        Raises:
            TriptychError: Even titles and summaries need more pages.

        """
        for left_out in range(len(LEFT_OUT) + 1):
            without = ",".join(LEFT_OUT[:left_out])
            smallest = _inputs(MIN_POINTS, without=without)
            needed = measure(smallest).end.page
            if needed <= pages:
                found = _largest(measure, pages, without=without)
                return found.inputs if found else smallest
        raise TriptychError(
            f"deck.toml: `pages` is {self.pages}, but the sheet needs {needed} in the"
            f" smallest type ({MIN_POINTS:g} pt), even without code and pitfalls"
        )


def _inputs(points: float, gap: float = 1, without: str = "") -> dict[str, str]:
    chosen = {"size": f"{points:.3f}", "gap": f"{gap:.3f}"}
    return chosen | ({"without": without} if without else {})


class _Trial(NamedTuple):
    """Inputs of the template, and how many pages are filled with them."""

    inputs: dict[str, str]
    filled: float


def _largest(
    measure: Measure,
    pages: int,
    tried: tuple[float, float] | None = None,
    without: str = "",
) -> _Trial | None:
    """Return the largest size that needs at most `pages`, stretched to fill them."""
    points, filled = tried or (MAX_POINTS, 0.0)
    below, above = MIN_POINTS, MAX_POINTS
    best: _Trial | None = None
    for _ in range(_MAX_TRIALS):
        if filled:
            aim = points * sqrt((pages - 1 + _AIMED_SHARE) / filled)
            # Cards are not cut, so a step in size may change nothing, or much.
            narrower = (below + above) / 2 if best else aim
            points = min(max(aim if below < aim < above else narrower, below), above)
        trial = _Trial(_inputs(points, without=without), 0)
        filled = _filled(measure(trial.inputs))
        if filled > pages:
            if points <= MIN_POINTS:
                break
            above = points
        else:
            best, below = trial._replace(filled=filled), points
            if (
                filled - (pages - 1) >= _MIN_FILLED_SHARE
                or above - below < _MIN_STEP_POINTS
            ):
                break
    if best and best.filled < pages - 1 + _MIN_FILLED_SHARE:
        return _stretched(measure, pages, best, without)
    return best


def _stretched(measure: Measure, pages: int, best: _Trial, without: str) -> _Trial:
    """Return the trial with wider gaps, as far as the pages suffice."""
    points = float(best.inputs["size"])
    low, high = 1.0, _MAX_GAP_FACTOR
    for _ in range(4 if pages > 1 else 0):
        inputs = _inputs(points, (low + high) / 2, without)
        filled = _filled(measure(inputs))
        if filled > pages:
            high = (low + high) / 2
        else:
            low = (low + high) / 2
            best = max(best, _Trial(inputs, filled), key=lambda trial: trial.filled)
            if filled >= pages - 1 + _MIN_FILLED_SHARE:
                break
    return best


def _filled(report: LayoutReport) -> float:
    """Return how many pages are filled, the last one in part."""
    return report.end.page - 1 + report.end.part


def balanced_breaks(report: LayoutReport, columns: int) -> tuple[int, ...]:
    """Return the numbers of the cards that begin a column of the last page."""
    page = report.end.page
    starts = [start for start in report.starts if start.page == page]
    ends = {end.card: end for end in report.ends if end.page == page}
    heights = list(_heights(starts, ends))
    if len(heights) < columns:
        return ()
    cuts = _partition(heights, columns)
    return tuple(starts[cut].card for cut in cuts)


def _heights(
    starts: Sequence[CardEdge], ends: Mapping[int, CardEdge]
) -> Iterator[float]:
    """Yield the height of each card, from where it starts and ends."""
    for start, after in zip_longest(starts, starts[1:]):
        if after is not None and after.column == start.column:
            yield after.y - start.y
        else:
            end = ends.get(start.card, start)
            yield max(end.y - start.y, 1.0)


def _partition(heights: Sequence[float], columns: int) -> list[int]:
    """Return where to cut `heights` so that the highest of the columns is lowest."""
    low, high = max(heights), sum(heights)
    while high - low > 1:
        middle = (low + high) / 2
        low, high = (
            (low, middle) if len(_cuts(heights, middle)) < columns else (middle, high)
        )
    return _cuts(heights, high)


def _cuts(heights: Sequence[float], limit: float) -> list[int]:
    cuts, used = [], 0.0
    for number, height in enumerate(heights):
        if used and used + height > limit:
            cuts.append(number)
            used = 0.0
        used += height
    return cuts
