"""The forms that prose can be typeset in; an output says which of them it draws."""

from enum import StrEnum


class Form(StrEnum):
    """A form of prose."""

    CARD = "card"
    """HTML as Anki shows it, with formulas in LaTeX, and the hashes of its content."""
    SITE = "site"
    """HTML as a page shows it, with formulas in MathML."""
    EPUB = "epub"
    """XHTML as the schema of books accepts it, with formulas in MathML."""
    TREE = "tree"
    """JSON that a Typst template draws."""


_CARDS_ALONE = frozenset({Form.CARD})


def made_for(needed: frozenset[Form]) -> frozenset[Form]:
    """Return the forms that prose is made in where outputs need those.

    One of those for the site and for cards always is: whether there is anything to see,
    and which pictures, is known from them.
    """
    return needed if needed == _CARDS_ALONE else needed | {Form.SITE}
