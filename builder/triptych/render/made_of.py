"""What depends on what: the only values that builds keep, and all that each is made of.

================  ====================================================================
kept              made of
================  ====================================================================
compiled file     its path and text, the forms of prose, the settings that a file may
                  see, the words in prose, and the pictures and the verdict that it
                  read (`build.file_inputs`); an outline, the rest and the entry are
                  read apart from each other
picture           its path and bytes
sets of forms     nothing: they only say which names of files to look up
findings in the   the entries of all files, the settings, the ledger, the words, the
deck as a whole   note types, the names of the files of the deck, and all else that
                  rules over the deck read (`build.check_deck`)
pages of some     the questions, the lines of their neighbours, where links to other
questions         pages lead, and what templates may show of the deck
lists, index,     the lines of the questions that they name, and what templates may show
practice, feeds   of the deck
page of the       what it shows of the questions, their numbers and where their links
sheet             lead, and what templates may show of the deck
cards to          the questions of a shard, and where their links lead
practise
search            the lines and the searched texts of all questions
home, files       the lists, the guides, the notes of a sample card, and the downloads
notes, package    what notes show of the questions, the ledger, the words on cards, and
                  the templates
sheet             what its cards show of the questions and where their links lead; of
                  that, the files that Typst is given, its fonts, and the time of the
                  release
math font         the characters of the formulas
scripts           the parts that the deck brings
icons             the colour of links, headings and buttons
compressed files  the same as the files
================  ====================================================================

What a question's line, its notes or its card show is a view of it: a function that an
output names in `Output.views`. The digests of all views are in the outline of a file,
so that most questions need not be read to find out that what shows them is the same.
The view `page` is everything. Where a deck has templates of its own, lists depend on
it.

Everything depends on this program, on its libraries and on Python, too: see
`build.program`. All else is made anew in each build: styles, the
service worker, the archive of the site, the manifest. Where nothing changed at all,
`build.stamp` finds that without looking at any of these.
"""

import os
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path

from triptych.values.catalog import Catalog
from triptych.values.question import Question


def made_of(*parts: object) -> str:
    """Return a digest of `parts`, whose `repr` must hold all of their values."""
    data = "\0".join(map(repr, parts)).encode("utf-8", "replace")
    return blake2b(data, digest_size=16).hexdigest()


def of_view(
    catalog: Catalog, view: str, questions: Iterable[Question]
) -> list[str] | None:
    """Return digests of what files of one sort show of `questions`.

    The name of the view is a key of `Output.views`; the view `page` is everything.
    None if a digest is not known: then what shows them is not kept.
    """
    digests = catalog.digests_of(view)
    try:
        return [digests[question.id] for question in questions]
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
