"""Collections of other programs, as the files of a deck.

A source is read into a `found.Collection`, whatever its format; `files` makes the files
of a deck from it, and `update` writes those that nobody has changed.
"""
