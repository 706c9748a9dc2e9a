"""Folders of a deck that are no topics."""

from triptych.dialect.note_types import FOLDER
from triptych.dialect.pictures import MEDIA_FOLDER

STATIC = "static"
"""The folder of files that the site offers as they are."""
NOT_TOPICS = frozenset({MEDIA_FOLDER, "templates", STATIC, FOLDER})
"""The folders in which no file is a question, a guide or a table of cards."""
