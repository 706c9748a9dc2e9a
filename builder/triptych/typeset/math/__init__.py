"""Check LaTeX, and convert it for Anki, the site and the sheet."""
