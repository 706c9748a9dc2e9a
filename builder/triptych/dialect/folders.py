"""Folders of a deck that are no topics."""

from triptych.dialect.note_types import FOLDER
from triptych.values.addresses import GUIDES_FOLDER, PAGES_FOLDER

MEDIA_FOLDER = "media"
"""Of pictures and sounds; the fields of imported notes find them in no other folder."""
TEMPLATES_FOLDER = "templates"
"""The folder of the templates that replace built-in ones."""
STATIC_FOLDER = "static"
"""The folder of files that the site offers as they are."""
WITHOUT_SOURCES = frozenset({MEDIA_FOLDER, TEMPLATES_FOLDER, STATIC_FOLDER, FOLDER})
"""The folders in which no file is a question, a guide or a table of cards."""
NOT_TOPICS = WITHOUT_SOURCES | {GUIDES_FOLDER, PAGES_FOLDER}
"""The folders in which no file makes cards."""
