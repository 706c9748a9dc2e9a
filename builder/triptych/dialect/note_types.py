"""Where a deck keeps the note types of an imported one."""

FOLDER = "note-types"
"""The folder of note types, each in a folder with its key as the name."""
TYPE_FILE = "type.toml"
STYLE_FILE = "style.css"


def side_file(number: int, side: str) -> str:
    """Return the name of the file with a side of the template `number`."""
    return f"{number}-{side}.html"
