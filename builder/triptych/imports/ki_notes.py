"""Notes of Anki as Markdown files with GUIDs, as `ki` writes them."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path, PurePosixPath

from triptych.errors import TriptychError
from triptych.imports.clozes import CLOZE, prompt_of
from triptych.imports.found import LEARNER_TAGS, Collection, FoundNote, LeftOut, root_of
from triptych.imports.html import Html
from triptych.imports.media import FieldFiles, LinkedFiles, MediaNames
from triptych.imports.reading import AS_FOUND, Reading
from triptych.imports.text_files import source_in

_NOTE = re.compile(
    r"^#{1,2}[ \t]+Note[ \t]*\n(?:```[ \t]*\n)?"
    r"(?P<head>(?:[a-z]+:.*\n)+)(?:```[ \t]*\n)?",
    re.MULTILINE,
)
_FIELD = re.compile(r"^#{2,3}[ \t]+(?P<name>\S.*?)[ \t]*$", re.MULTILINE)
_TAGS = "Tags"
_FULL_LINE_CHARS = 66
"""Where `ki` folds the lines of a field with HTML."""


def is_ki(text: str) -> bool:
    """Return whether a Markdown file holds notes with GUIDs."""
    found = _NOTE.search(text)
    return bool(found and re.search(r"^(?:guid|nid):", found["head"], re.MULTILINE))


def read(source: Path, reading: Reading = AS_FOUND) -> Collection:
    """Return the notes in a file or a folder that `ki` wrote."""
    root = source if source.is_dir() else source.parent
    paths = sorted(source.rglob("*.md")) if source.is_dir() else [source]
    names, left_out = MediaNames(), list[LeftOut]()
    files = LinkedFiles(root, names)
    notes = []
    for path in paths:
        name = PurePosixPath(path.relative_to(root).as_posix())
        text = source_in(name, path.read_bytes(), reading.encoding).text
        if not _NOTE.search(text):
            left_out.append(LeftOut("files", "no note was found in them", str(name)))
        notes += list(_notes(text, path, name, files, left_out))
    if not notes:
        raise TriptychError(f"no note with a GUID was found in {source}")
    return Collection(
        name=source.resolve().name,
        kind="Markdown notes with GUIDs",
        title=root_of(note.deck for note in notes if note.deck)
        or source.resolve().stem,
        notes=tuple(notes),
        media=names.media,
        left_out=tuple(left_out),
    )


def _notes(
    text: str,
    path: Path,
    name: PurePosixPath,
    files: LinkedFiles,
    left_out: list[LeftOut],
) -> Iterator[FoundNote]:
    for head, end in _with_ends(_NOTE, text):
        place = f"{name}:{text.count(chr(10), 0, head.start()) + 1}"
        settings = dict(
            line.split(":", 1) for line in head["head"].splitlines() if ":" in line
        )
        fields = _fields(text[head.end() : end])
        tags = fields.pop(_TAGS, settings.get("tags", "")).strip("`\n ")
        html = Html(FieldFiles(files, path.parent, place, left_out))
        prompt, *answers = [_html(text) for text in fields.values() if text] or [""]
        line = html.line(prompt)
        if not line:
            left_out.append(LeftOut("notes", "they ask nothing", place))
            continue
        is_cloze = bool(CLOZE.search(line))
        yield FoundNote(
            prompt=prompt_of(line) if is_cloze else line,
            answer="\n\n".join(filter(None, map(html.blocks, answers))),
            place=place,
            summary=line if is_cloze else "",
            topic=name.parent.name or name.stem,
            deck="::".join(name.parent.parts),  # its folders are decks of Anki
            tags=tuple(
                tag
                for tag in re.split(r"[\s,]+", tags)
                if tag and tag.lower() not in LEARNER_TAGS
            ),
            guid=settings.get("guid", "").strip(),
            id=settings.get("nid", "").strip(),
            is_plain=True,
        )


def _fields(text: str) -> dict[str, str]:
    return {
        head["name"]: text[head.end() : end].strip("\n")
        for head, end in _with_ends(_FIELD, text)
    }


def _with_ends(
    pattern: re.Pattern[str], text: str
) -> Iterator[tuple[re.Match[str], int]]:
    """Yield each head in `text`, and where the next one or the text ends its part."""
    heads = list(pattern.finditer(text))
    ends = [*(head.start() for head in heads), len(text)][1:]
    return zip(heads, ends, strict=True)


def _html(text: str) -> str:
    """Return the HTML of a field, whose lines stand for breaks unless they are full."""
    has_blocks = re.search(r"<(?:br|div|p|li|pre)\b", text)
    if has_blocks:
        return text
    return text.replace("\n", " " if _is_wrapped(text) else "<br>")


def _is_wrapped(text: str) -> bool:
    """Return whether each line was too full for the first word of the next."""
    return all(
        len(line) + 1 + len(following.split()[0]) > _FULL_LINE_CHARS
        for line, following in pairwise(text.splitlines())
        if line.strip() and following.strip()
    )
