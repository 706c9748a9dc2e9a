"""What prose uses of the rest of the site."""

from collections.abc import Iterable
from dataclasses import dataclass

from triptych.quick_pickle import quick_pickle
from triptych.values.prose import Prose


@quick_pickle
@dataclass(frozen=True, slots=True)
class Uses:
    """What the prose of a question or guide uses of the rest of the site."""

    pictures: tuple[str, ...] = ()
    """The names of the pictures shown."""
    glyphs: str = ""
    """The distinct characters of the formulas, sorted."""
    math_classes: tuple[str, ...] = ()
    """The classes of CSS that formulas have, sorted."""
    links: tuple[str, ...] = ()
    """The files of the deck that it links to."""
    rare: tuple[str, ...] = ()
    """The elements and classes that few decks have, sorted."""


def uses_of(proses: Iterable[Prose]) -> Uses:
    """Return what `proses` use of the rest of the site."""
    shown = tuple(proses)
    return Uses(
        tuple(dict.fromkeys(name for prose in shown for name in prose.media)),
        "".join(sorted(set().union(*(prose.glyphs for prose in shown)))),
        tuple(sorted(set().union(*(prose.math_classes for prose in shown)))),
        tuple(dict.fromkeys(link for prose in shown for link in prose.links)),
        tuple(sorted(set().union(*(prose.rare for prose in shown)))),
    )
