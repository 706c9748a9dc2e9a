"""The parts of the practice that need no page, run in a browser."""

from typing import TYPE_CHECKING, Any

from triptych.deck.templates import template
from triptych.render.site.shorten import shortened

if TYPE_CHECKING:
    from playwright.sync_api import Page

LOGIC = (
    *("practice/fsrs", "practice/log", "practice/plan", "practice/session"),
    *("interview/outlook", "end/missed"),
)


def run(page: "Page", code: str, value: object = None) -> Any:  # noqa: ANN401
    """Return what the body `code` of a function of `value` returns beside the parts."""
    parts = "\n".join(template(f"site/scripts/{part}.js") for part in LOGIC)
    return page.evaluate(f"(value) => {{\n{shortened(parts)}\n{code}\n}}", value)
