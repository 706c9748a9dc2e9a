"""Changes to the author's files: new decks and questions, renames, moves and fixes.

Most functions return the new content of files, which the command line writes.
"""
