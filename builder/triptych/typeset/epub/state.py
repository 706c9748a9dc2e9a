"""The state of writing one piece of prose as XHTML."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from markdown_it.token import Token

from triptych.typeset.context import Context
from triptych.typeset.epub.raw import Receiver

LTR = ("dir", "ltr")
"""The direction of code. Not in the style: the standard forbids it there."""


@dataclass(frozen=True, slots=True)
class Writer:
    """The state of writing one piece of prose."""

    context: Context
    out: Receiver
    generated: Receiver
    """Receives what the sanitizer must not see, if that will run."""
    links: bool
    """Whether links and ids are allowed; they are not inside a link."""
    open_links: list[bool] = field(default_factory=list)
    """Whether something was begun for each open link, the innermost last."""

    def note_name(self, number: int) -> str:
        """Return the end of a footnote's ids, which is unique on a page."""
        layer = self.context.layer
        return f"{layer}-{number}" if layer else str(number)

    def end_block(self, name: str) -> None:
        """End an element, and the line."""
        self.out.end(name)
        self.out.text("\n")


Row: TypeAlias = Callable[[Writer, Sequence[Token], int], None]
