"""Markdown files, or a folder of them, as a collection."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from triptych.deck.read import source_of
from triptych.errors import TriptychError
from triptych.imports import markdown_notes
from triptych.imports.found import Collection, FoundNote, LeftOut
from triptych.imports.markdown_notes import Raw
from triptych.imports.markdown_text import (
    Context,
    blocks,
    definitions,
    footnotes,
    line,
)
from triptych.imports.media import Files, Shelf
from triptych.parse.front_matter import cut
from triptych.values.document import FrontMatter
from triptych.values.meta import Difficulty

SUFFIXES = frozenset({".md", ".markdown", ".mdx"})
PAGES = "pages"
"""The shape of a file that is one question, with a title in its front matter."""
_ABOUT = frozenset(
    {"changelog", "code_of_conduct", "contributing", "license", "readme", "security"}
)
"""Files of a repository that ask nothing, unless they hold marked questions."""
_SKIPPED = frozenset({"node_modules", "__pycache__"})
_TITLES = ("question", "title", "name", "front", "prompt")
_LABELLED = re.compile(r"^#{1,6}[ \t]+Q(?:uestion)?[ \t]*\d*[ \t]*[.:]", re.MULTILINE)
_SCHEDULE = re.compile(r"[ \t]*<!--SR:[^>\n]*-->")
"""When a learner sees a card again, as a program for Obsidian writes it."""
_SPACES = re.compile(r"[-_\s]+")


@dataclass(frozen=True, slots=True)
class _File:
    """A Markdown file, and the questions in it."""

    path: PurePosixPath
    """Relative to the source."""
    front_matter: FrontMatter
    body: str
    lines_before: int
    shape: str
    raws: tuple[Raw, ...]


def read(source: Path, shape: str = "") -> Collection:
    """Return the questions in a Markdown file or in all of a folder.

    `shape` is that of all files; where it is empty, each file's is found out.
    """
    root = source if source.is_dir() else source.parent
    paths = sorted(_walk(source)) if source.is_dir() else [PurePosixPath(source.name)]
    left_out: list[LeftOut] = []
    files = []
    for path in paths:
        file = _file(root, path, shape)
        if file.raws:
            files.append(file)
        else:
            left_out.append(
                LeftOut("files", "no question was found in them", str(path))
            )
    shelf = Shelf()
    around = Files(root, shelf)
    notes = [
        note for file in files for note in _notes(root, file, around, left_out, files)
    ]
    if not notes:
        raise TriptychError(
            f"no question was found in {source}: say with --as how it asks them"
            f" ({', '.join((*markdown_notes.SHAPES, PAGES))})"
        )
    shapes = sorted({file.shape for file in files})
    return Collection(
        name=source.resolve().name,
        kind=f"Markdown ({', '.join(shapes)})",
        title=_title(files, source),
        notes=tuple(notes),
        media=shelf.media,
        left_out=tuple(left_out),
    )


def _walk(folder: Path, prefix: str = "") -> Iterator[PurePosixPath]:
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith(".") or entry.name in _SKIPPED:
            continue
        if entry.is_dir() and not entry.is_symlink():
            yield from _walk(entry, f"{prefix}{entry.name}/")
        elif entry.suffix.lower() in SUFFIXES and entry.is_file():
            yield PurePosixPath(f"{prefix}{entry.name}")


def _file(root: Path, path: PurePosixPath, shape: str) -> _File:
    text = source_of(path, (root / path).read_bytes())
    front_matter, body, lines_before = cut(text)
    body = _SCHEDULE.sub("", body)
    if shape == PAGES:
        raws = _page(path, front_matter, body)
        return _File(path, front_matter, body, lines_before, PAGES, raws)
    if shape:
        raws = tuple(markdown_notes.SHAPES[shape](body))
        return _File(path, front_matter, body, lines_before, shape, raws)
    found = {name: tuple(find(body)) for name, find in markdown_notes.SHAPES.items()}
    best = max(found, key=lambda name: sum(not raw.has_gaps for raw in found[name]))
    raws = found[best]
    if all(raw.has_gaps for raw in raws):
        best, raws = "colons", found["colons"]
    is_titled = any(front_matter.get(key) for key in _TITLES)
    is_page = best == "headings" or all(raw.has_gaps for raw in raws)
    if is_titled and is_page and not _is_labelled(body):
        # The sections of an answer may ask, too: `## Why does it matter?`
        raws, best = _page(path, front_matter, body), PAGES
    if path.stem.lower() in _ABOUT - {"readme"} and best != "details":
        raws = ()
    return _File(path, front_matter, body, lines_before, best, raws)


def _is_labelled(body: str) -> bool:
    return _LABELLED.search(body) is not None


def _page(path: PurePosixPath, front_matter: FrontMatter, body: str) -> tuple[Raw, ...]:
    titles = (front_matter.text(key) for key in _TITLES)
    title = next(filter(None, titles), "")
    if not title:
        heading = re.match(r"\s*#[ \t]+(.+)\n", body)
        title = heading[1].strip(" #") if heading else _SPACES.sub(" ", path.stem)
        body = body[heading.end() :] if heading else body
    answer = front_matter.text("answer")
    body = "\n\n".join(filter(None, (answer, body)))
    return (Raw(title, markdown_notes.answer_of(body), 1),)


def _notes(
    root: Path,
    file: _File,
    around: Files,
    left_out: list[LeftOut],
    files: list[_File],
) -> Iterator[FoundNote]:
    folder = (root / file.path).parent
    known, notes_below = definitions(file.body), footnotes(file.body)
    for raw in file.raws:
        place = f"{file.path}:{raw.line + file.lines_before}"
        context = Context(around, folder, place, left_out, known, notes_below)
        prompt, answer = line(raw.prompt, context), blocks(raw.answer, context)
        if not prompt:
            left_out.append(LeftOut("questions", "they ask nothing", place))
            continue
        note = FoundNote(
            prompt=prompt,
            answer=answer,
            place=place,
            topic=_topic(file, raw, files),
            tags=_tags(file, raw, _topic(file, raw, files)),
            difficulty=_difficulty(file.front_matter),
            guid=file.front_matter.text("guid") if file.shape == PAGES else "",
            is_plain=file.shape in markdown_notes.OF_CARDS,
            is_reversed=raw.is_reversed,
        )
        if raw.has_gaps:
            note = replace(note, prompt=raw.prompt, summary=raw.answer, answer="")
        yield note


def _topic(file: _File, raw: Raw, files: list[_File]) -> str:
    """Return the title of a question's topic: a section, its file, or its folder."""
    declared = file.front_matter.text("topic") or file.front_matter.text("category")
    if declared:
        return declared
    if len(file.path.parts) > 1 and (
        file.shape == PAGES or len(file.raws) == 1 or len(files) > 1
    ):
        return _words(file.path.parts[-2])
    if len(files) > 1 and len(file.raws) > 1:
        return _words(file.path.stem)
    tops = {other.headings[:1] for other in file.raws}
    # The only heading of the first level is the title of the file.
    is_title = len(tops) == 1 and any(len(other.headings) > 1 for other in file.raws)
    below = raw.headings[1:] if is_title else raw.headings
    return below[0] if below else ""


def _tags(file: _File, raw: Raw, topic: str) -> tuple[str, ...]:
    front_matter = file.front_matter
    tags = front_matter.texts("tags") or tuple(
        tag.strip(" #") for tag in front_matter.text("tags").split(",")
    )
    # Headings below the title and the topic say what a question is about.
    inner = [title for title in raw.headings[1:] if title != topic]
    return tuple(dict.fromkeys(tag for tag in (*tags, *inner) if tag))


def _difficulty(front_matter: FrontMatter) -> str:
    said = (front_matter.text("difficulty") or front_matter.text("level")).lower()
    return said if said in list(Difficulty) else ""


def _title(files: list[_File], source: Path) -> str:
    tops = {raw.headings[0] for file in files for raw in file.raws if raw.headings}
    if len(files) == 1 and len(tops) == 1:
        return tops.pop()
    return _words(source.resolve().stem)


def _words(name: str) -> str:
    words = _SPACES.sub(" ", name).strip()
    return words[:1].upper() + words[1:]
