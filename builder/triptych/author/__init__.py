"""What helps an author: a new question, a new deck, a new id, edits in place.

Functions here return what files should hold; the command writes it.
"""
