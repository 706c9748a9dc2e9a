"""The headings that split a body into layers; they are English in any language."""

IN_DEPTH, FOLLOW_UPS, PITFALLS = RESERVED = ("In depth", "Follow-ups", "Pitfalls")
NO_CARD = "no-card"
"""The class of a follow-up or pitfall that stands on the page and makes no note."""
