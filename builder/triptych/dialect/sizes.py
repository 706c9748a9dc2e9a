"""How large things may be: more is a mistake, or meant to keep a machine busy."""

MAX_FILE_BYTES = 2_000_000
MAX_FILE_LINES = 20_000
MAX_PASSAGE_CHARS = 20_000
"""For a paragraph, a value of the front matter, a block of HTML or a formula."""
MAX_FORMULA_DEPTH = 50
MAX_YAML_DEPTH = 20
"""How many lists and mappings of the front matter may stand in each other."""
