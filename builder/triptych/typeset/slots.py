"""One skeleton of HTML, and slots for what differs between the outputs.

Math, code, pictures and links are written twice, for the site and for the card; the
rest once. The skeleton alone is sanitized: a sanitizer would take MathML away.
"""

import re
from collections.abc import Callable
from urllib.parse import unquote

OPEN, CLOSE = "\ufdd0", "\ufdd1"
ROOT = "\ufdd2"
"""Stands for the way from a page to the root of the site."""
LINK, LINK_TEXT, LINK_END = "\ufdd3", "\ufdd4", "\ufdd5"
"""`LINK path#fragment LINK_TEXT text LINK_END`, percent-encoded: a link to a page."""

_SLOT = re.compile(f"{OPEN}([0-9]+){CLOSE}")
_LINK = re.compile(f"{LINK}([^{LINK_TEXT}]*){LINK_TEXT}(.*?){LINK_END}", re.DOTALL)


class Slots:
    """The pieces of a skeleton that are filled in after it was sanitized."""

    def __init__(self) -> None:
        """Start without any."""
        self._pairs: list[tuple[str, str]] = []
        self._own: set[int] = set()
        self.media: list[str] = []
        self.formulas: list[str] = []
        self.has_raw_html = False

    def add(self, site: str, card: str, *, own: bool = False) -> str:
        """Keep what a slot shows in each output; return its mark.

        `own` says that the card's part is cloze syntax of ours.
        """
        self._pairs.append((site, card))
        if own:
            self._own.add(len(self._pairs) - 1)
        return f"{OPEN}{len(self._pairs) - 1}{CLOSE}"

    def fill_site(self, skeleton: str) -> str:
        """Return the site's HTML."""
        if OPEN not in skeleton:
            return skeleton
        return _SLOT.sub(lambda mark: self._pairs[int(mark[1])][0], skeleton)

    def fill_card(
        self, skeleton: str, guard: Callable[[str], str] | None = None
    ) -> str:
        """Return the card's HTML; `guard` rewrites all that is no cloze's own brace.

        Without a guard the note has no deletions: it shows them as the site does.
        """
        if guard is None:
            if OPEN not in skeleton:
                return skeleton
            return _SLOT.sub(self._plain_card, skeleton)
        pieces = _SLOT.split(skeleton)
        for position, piece in enumerate(pieces):
            if position % 2 == 0:
                pieces[position] = guard(piece)
            else:
                card = self._pairs[int(piece)][1]
                own = int(piece) in self._own
                pieces[position] = (
                    apart(pieces[position - 1], card) if own else guard(card)
                )
        return "".join(pieces)

    def _plain_card(self, mark: re.Match[str]) -> str:
        slot = int(mark[1])
        return self._pairs[slot][0 if slot in self._own else 1]


def apart(before: str, syntax: str) -> str:
    """Return cloze `syntax` as it may follow `before`: of `}}}` Anki reads two first.

    A comment parts a brace or a colon of the text from those of the syntax.
    """
    return f"<!-- -->{syntax}" if syntax and before.endswith(syntax[0]) else syntax


def put_links(html: str, root: str, url_of: Callable[[str], str | None]) -> str:
    """Return a site's HTML with its links and the way to the root filled in.

    `url_of` gives a file's page relative to the root; without one a link becomes text.
    """
    if LINK in html:

        def link(mark: re.Match[str]) -> str:
            path, _, fragment = mark[1].partition("#")
            url = url_of(unquote(path))
            if url is None:
                return mark[2]
            hash_ = f"#{fragment}" if fragment else ""
            return f'<a href="{root}{url}{hash_}">{mark[2]}</a>'

        html = _LINK.sub(link, html)
    return html.replace(ROOT, root)
