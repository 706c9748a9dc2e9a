"""A piece of Markdown, typeset."""

from dataclasses import dataclass, field

from triptych.quick_pickle import quick_pickle
from triptych.values.tree import Node
from triptych.values.xhtml import Xhtml


@quick_pickle
@dataclass(frozen=True, slots=True)
class Prose:
    """A piece of Markdown, typeset once for every output."""

    site: str = ""
    """HTML with MathML. `typeset.site.fill_links` puts in the addresses of links."""
    card: str = ""
    r"""HTML for an Anki field: `\\(…\\)` for math, no inner links.

    `typeset.card_media.put_media` puts in the names of pictures and sounds.
    """
    blocks: tuple[Node, ...] = ()
    """The tree for the sheet, one node for each block; inline prose is one `p` node."""
    plain: str = ""
    """Plain text with formulas as LaTeX, for search and sorting."""
    formulas_as_text: str = ""
    """Plain text with formulas as people type them; empty if there are none."""
    digest: str = ""
    """A hash of the content (words, LaTeX, code, media), not of its HTML; for cards."""
    digest_v1: str = ""
    """The hash by formula 1, of release 1.0.0; empty unless some note has it."""
    media: tuple[str, ...] = ()
    """The names of the pictures shown, in order of appearance."""
    glyphs: str = ""
    """The distinct characters of the formulas' MathML, sorted."""
    math_classes: tuple[str, ...] = ()
    """The classes of CSS that the formulas have, sorted."""
    rare: tuple[str, ...] = ()
    """The elements and classes of `site` that few decks have, sorted."""
    label: str = ""
    """For inline prose: `site` without links and ids, to be used inside a link."""
    links: tuple[str, ...] = ()
    """The files of the deck that `site` links to, as `put_links` names them."""
    tests: tuple[tuple[str, str], ...] = ()
    """The label and the code, as HTML, of tests that `site` only links to."""
    epub: Xhtml = field(default=(), repr=False)
    """XHTML for the book; in no digest, since nothing that is kept shows it."""
    epub_label: Xhtml = field(default=(), repr=False)
    """For inline prose: `epub` without links and ids, to be used inside a link."""

    @property
    def readable(self) -> str:
        """Return plain text for people: for titles and descriptions."""
        return self.formulas_as_text or self.plain

    def __bool__(self) -> bool:
        """Return whether there is anything to show."""
        return bool(self.card or self.site)


NO_PROSE = Prose()
"""One value for all that is empty, so that it is kept once with each question."""
