"""LaTeX, checked and then set for Anki, for the site and for the sheet."""
