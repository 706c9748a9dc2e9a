"""The forms that prose can be made in; an output says which of them it shows."""

from enum import StrEnum


class Form(StrEnum):
    """A form of prose."""

    CARD = "card"
    """HTML as Anki shows it, with formulas in LaTeX, and the hashes of its content."""
    HASH_1 = "hash_1"
    """The hashes by formula 1, for decks with notes that were released by it."""
    SITE = "site"
    """HTML as a page shows it, with formulas in MathML."""
    EPUB = "epub"
    """XHTML as the schema of books accepts it, with formulas in MathML."""
    TREE = "tree"
    """JSON that a Typst template draws."""


_CARDS_ALONE = frozenset({Form.CARD})


def made_for(
    needed: frozenset[Form], *, has_formula_1: bool = False
) -> frozenset[Form]:
    """Return the forms that prose is made in where outputs need those.

    One of those for the site and for cards always is: whether there is anything to see,
    and which pictures, is known from them. With `has_formula_1`, some notes of the deck
    were released by formula 1.
    """
    made = needed if needed == _CARDS_ALONE else needed | {Form.SITE}
    return made | {Form.HASH_1} if has_formula_1 and Form.CARD in made else made
