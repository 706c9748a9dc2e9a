"""Placeholders in the HTML of cards for the names of pictures and sounds.

Update files name them otherwise than the package does. And a sound is written in syntax
of Anki, which is escaped wherever the text of an author has it. The placeholders are
characters that content cannot contain.
"""

_NAME = "\ufdd7"
_SOUND, _SOUND_END = "\ufdd8", "\ufdd9"


def media_placeholder(name: str) -> str:
    """Return the placeholder for the name of a picture or sound."""
    return f"{_NAME}{name}"


def sound_placeholder(name: str) -> str:
    """Return the placeholder for a sound."""
    return f"{_SOUND}{_NAME}{name}{_SOUND_END}"


def put_media(html: str, prefix: str = "") -> str:
    """Return the HTML of a field with its placeholders replaced.

    `prefix` is put before the names of pictures and sounds.
    """
    if _NAME not in html:
        return html
    html = html.replace(_SOUND, "[sound:").replace(_SOUND_END, "]")
    return html.replace(_NAME, prefix)
