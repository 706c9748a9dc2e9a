"""The headings that split a body into layers; they are English in any language."""

IN_DEPTH, FOLLOW_UPS, PITFALLS = RESERVED = ("In depth", "Follow-ups", "Pitfalls")
CARDS = "Cards"
RESERVED_IN_CARDS = (CARDS,)
"""The heading that splits the body of a file of plain cards."""
NO_CARD = "no-card"
"""The class of a follow-up or pitfall that stands on the page and makes no note."""
REVERSE, TYPE = "reverse", "type"
"""The classes of a plain card that is asked in both directions, or typed."""
CLASSES = (NO_CARD, REVERSE, TYPE)
"""The classes that the id of a heading may have beside it."""
