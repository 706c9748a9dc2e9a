"""The names of the outputs, for those who must not import what an output needs."""

OUTPUT_NAMES = (
    "anki",
    "epub",
    "sheet",
    "site",
)
