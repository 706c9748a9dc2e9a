"""What the outputs show of a question, for the digests that are kept with it."""

from collections.abc import Callable
from functools import lru_cache
from pkgutil import resolve_name

from triptych.build.compile import Forms
from triptych.render.outputs import OUTPUTS
from triptych.values.question import Question


@lru_cache(maxsize=4)
def views_of(forms: Forms) -> dict[str, Callable[[Question], object]]:
    """Return the views of the outputs that can be made of `forms`, by name."""
    return {
        name: resolve_name(function)
        for output in OUTPUTS.values()
        if forms and output.needs <= forms
        for name, function in output.views.items()
    }
