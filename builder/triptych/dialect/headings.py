"""The headings that split a body into layers; they are English in any language."""

IN_DEPTH, FOLLOW_UPS, PITFALLS = RESERVED = ("In depth", "Follow-ups", "Pitfalls")
