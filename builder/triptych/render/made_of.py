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

from hashlib import sha256


def made_of(*parts: object) -> str:
    """Return a digest of `parts`, whose `repr` must tell all about them."""
    return sha256("\0".join(map(repr, parts)).encode("utf-8", "replace")).hexdigest()
