"""Typeset tokens into HTML for the site and cards, and into a tree for the sheet."""
