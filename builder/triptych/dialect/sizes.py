"""Limits of sizes; larger content is an error or an attack."""

MAX_FILE_BYTES = 2_000_000
MAX_FILE_LINES = 20_000
MAX_PASSAGE_CHARS = 20_000
"""For a paragraph, a value of the front matter, a block of HTML or a formula."""
MAX_FORMULA_DEPTH = 50
MAX_YAML_DEPTH = 20
"""How deep lists and mappings of the front matter may be nested."""
MAX_KEY_CODE_LINES = 12
"""Longer code is not shown in print."""
MAX_KEY_CODE_CHARS = 72
"""Nor is wider code."""
