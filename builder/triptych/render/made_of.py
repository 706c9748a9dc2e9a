"""What depends on what: the only values that builds keep, and all that each is made of.

================  ====================================================================
kept              made of
================  ====================================================================
compiled file     its path and text, the form of prose, the settings that a file may
                  see, the words in prose, and the pictures and the verdict that it
                  looked at (`build.looked_at`)
pages of 64       the compiled files of the questions and of their neighbours, where
questions         links to other pages lead, and what templates may show of the deck
math font         the characters of the formulas
icons             the colour of links, headings and buttons
sheet             the files that Typst is given, its fonts, and the time of the release
================  ====================================================================

Everything depends on this program, on its libraries and on Python, too: see
`build.cache.compiler`. All else is made anew in each build: lists, search, feeds, the
package of the deck, the zip of the site. Where nothing changed at all, `build.stamp`
tells so without looking at any of these.
"""

import os
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from triptych.values.catalog import Catalog
from triptych.values.question import Question


def made_of(*parts: object) -> str:
    """Return a digest of `parts`, whose `repr` must tell all about them."""
    return sha256("\0".join(map(repr, parts)).encode("utf-8", "replace")).hexdigest()


def of_view(
    catalog: Catalog, view: str, questions: Iterable[Question]
) -> list[str] | None:
    """Return digests of what files of one sort show of `questions`.

    The name of the view is a key of `Output.views`; the view `page` is everything.
    None if a digest is not known: then what shows them is not kept.
    """
    digests = catalog.digests
    try:
        return [digests[str(question.meta.path)][view] for question in questions]
    except KeyError:
        return None


def own_files(folder: Path | None) -> Iterator[tuple[str, bytes]]:
    """Yield the files in a folder of the deck, also behind links: all may be used."""
    seen: set[Path] = set()
    for place, folders, names in os.walk(folder, followlinks=True) if folder else ():
        real = Path(place).resolve()
        if real in seen:  # a link may lead to a folder that it is in
            folders.clear()
            continue
        seen.add(real)
        for path in (Path(place, name) for name in names):
            if path.is_file():
                yield str(path), path.read_bytes()
