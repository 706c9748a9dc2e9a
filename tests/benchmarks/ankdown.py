r"""Give ankdown the questions of a generated deck, and make a package of them.

It is used where it is installed, in an environment of its own (`pip install ankdown`).
A file of a question becomes a file with one card: the question, `%`, the whole answer,
`%`, the tags. Formulas are written as ankdown reads them by itself.
"""

import re
from pathlib import Path

import yaml

_DISPLAY = re.compile(r"^\$\$\n(.+?)\n\$\$$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"\$([^$\n]+)\$")


def write_cards(deck: Path, folder: Path) -> None:
    """Write the cards of all questions of the folder `deck` into a new folder."""
    for path in sorted(deck.glob("*/*.md")):
        place = folder / path.relative_to(deck)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(_card(path.read_text(encoding="utf-8")), encoding="utf-8")


def command(program: str, folder: Path) -> tuple[str, ...]:
    """Return what makes a package of these cards, with coloured code."""
    package = folder.with_suffix(".apkg")
    return (program, "-r", str(folder), "-p", str(package), "--highlight")


def _card(text: str) -> str:
    _, head, body = text.split("---\n", 2)
    meta = yaml.safe_load(head)
    answer = _INLINE.sub(r"\\(\1\\)", _DISPLAY.sub(r"\\[\1\\]", body))
    parts = (meta["question"], answer, ", ".join(meta["tags"]))
    return "\n\n%\n\n".join(parts) + "\n"
