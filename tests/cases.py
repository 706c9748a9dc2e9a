"""Read test cases: a title, a dot, the input, a dot, the expected output, a dot."""

from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "cases"
_DECK = 'id = "test"\ntitle = "Test"\n'


class Case(NamedTuple):
    """One test case."""

    name: str
    input: str
    expected: str


def read_cases(path: Path) -> list[Case]:
    """Return the cases of one file."""
    cases: list[Case] = []
    parts: list[list[str]] = [[]]
    for line in path.read_text(encoding="utf-8").splitlines():
        if line != ".":
            parts[-1].append(line)
        elif len(parts) < 3:
            parts.append([])
        else:
            title, given, expected = ("\n".join(part) for part in parts)
            cases.append(Case(title.strip(), given, expected))
            parts = [[]]
    return cases


def write_deck(folder: Path, text: str) -> Path:
    """Write the files in `text`, each after a line `=== path`; return the folder.

    Text without such a line is one question, `topic/question.md`.
    """
    if not text.startswith("=== "):
        text = f"=== topic/question.md\n{text}"
    files = {"deck.toml": _DECK}
    for part in ("\n" + text).split("\n=== ")[1:]:
        name, _, content = part.partition("\n")
        files[name] = content + "\n"
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def write_or_delete(deck: Path, name: str, text: str | None) -> None:
    """Give a file of the deck this text, or delete it."""
    path = deck / name
    if text is None:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
