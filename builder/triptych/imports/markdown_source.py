"""Markdown files, or a folder of them, as a collection."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from triptych.errors import TriptychError
from triptych.imports import markdown_notes, markdown_shapes, page_keys
from triptych.imports.found import Collection, FoundNote, LeftOut, Passage
from triptych.imports.markdown_question import ASKS, LABEL, Raw, answer_of
from triptych.imports.markdown_text import (
    Context,
    blocks,
    definitions,
    footnotes,
    label_lines,
    labels_in,
    line,
    used_blocks,
)
from triptych.imports.media import LinkedFiles, MediaNames
from triptych.imports.passages import lines_to_top, unclosed, unused
from triptych.imports.reading import AS_FOUND, Reading
from triptych.imports.source_files import files_in, others_in
from triptych.imports.tag_lines import DECK, TagLines, tag_lines
from triptych.imports.text_files import source_in
from triptych.values.document import FrontMatter

PAGES = "pages"
"""The shape of a file that is one question, with a title in its front matter."""
_ABOUT = frozenset(
    {"changelog", "code_of_conduct", "contributing", "license", "readme", "security"}
)
"""Files of a repository that ask nothing, unless they hold marked questions."""
_MIN_QUESTIONS = 3
"""So many questions in a file that is no question itself are questions of their own."""
_LABELLED = re.compile(rf"^#{{1,6}}[ \t]+{LABEL.pattern}", re.MULTILINE | re.IGNORECASE)
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
    read: TagLines
    """The body without schedules and lines of tags, line by line."""
    lines_before: int
    shape: str
    raws: tuple[Raw, ...]

    def place(self, line: int) -> str:
        """Return the place of a line of the body, counted from 1."""
        return f"{self.path}:{line + self.lines_before}"


def read(source: Path, reading: Reading = AS_FOUND, shape: str = "") -> Collection:
    """Return the questions in a Markdown file or in all of a folder.

    `shape` is that of all files; where it is empty, each file's is found out.
    """
    root = source if source.is_dir() else source.parent
    paths = (
        sorted(files_in(source)) if source.is_dir() else [PurePosixPath(source.name)]
    )
    every = [
        _file(root, path, shape, reading, is_only=len(paths) == 1) for path in paths
    ]
    remarks: tuple[str, ...] = ()
    if not shape and not any(file.raws for file in every):
        every = [_of_sections(file, is_only=len(paths) == 1) for file in every]
        remarks = _remarks(every)
    files = [file for file in every if file.raws]
    left_out = [
        LeftOut("files", "no question was found in them", str(file.path))
        for file in every
        if not file.raws
    ]
    left_out += others_in(source)
    names = MediaNames()
    media_files = LinkedFiles(root, names)
    title = _title(files, source)
    notes: list[FoundNote] = []
    passages: list[Passage] = []
    for file in files:
        found = list(_notes(root, file, media_files, left_out, files))
        notes += (note for _, note in found)
        left_out += _left_out(file)
        passages += _passages(file, found, title)
    if not notes:
        raise TriptychError(
            f"no question was found in {source}: say with --as how it asks them"
            f" ({', '.join((*markdown_notes.SHAPES, PAGES))})"
        )
    shapes = sorted({file.shape for file in files})
    return Collection(
        name=source.resolve().name,
        kind=f"Markdown ({', '.join(shapes)})",
        title=title,
        notes=tuple(notes),
        media=names.media,
        left_out=tuple(left_out),
        passages=tuple(passages),
        remarks=remarks,
    )


def _file(
    root: Path, path: PurePosixPath, shape: str, reading: Reading, *, is_only: bool
) -> _File:
    source = source_in(path, (root / path).read_bytes(), reading.encoding)
    front_matter, body, lines_before = page_keys.parted(source)

    read = tag_lines(_SCHEDULE.sub("", body))
    text = read.text

    def found(name: str, raws: tuple[Raw, ...]) -> _File:
        return _File(path, front_matter, body, read, lines_before, name, raws)

    if shape == PAGES:
        return found(PAGES, _page(path, front_matter, text))
    if shape:
        return found(shape, markdown_shapes.of_shape(text, shape))
    best, raws = markdown_shapes.guessed(text)
    if _is_page(front_matter, text, best, raws, is_only=is_only):
        return found(PAGES, _page(path, front_matter, text))
    if path.stem.lower() in _ABOUT - {"readme"} and best != "details":
        raws = ()
    return found(best, raws)


def _is_page(
    front_matter: FrontMatter,
    body: str,
    shape: str,
    raws: tuple[Raw, ...],
    *,
    is_only: bool,
) -> bool:
    """Return whether a file is one question, which its title asks.

    The sections of an answer may ask, too: `## Why does it matter?`
    """
    title = page_keys.title(front_matter)
    if not title or _LABELLED.search(body):
        return False
    if all(raw.has_gaps for raw in raws) or (shape == "details" and len(raws) == 1):
        return True
    is_one = ASKS.search(title) or not is_only or len(raws) < _MIN_QUESTIONS
    return shape in {"headings", "items"} and bool(is_one)


def _of_sections(file: _File, *, is_only: bool) -> _File:
    """Return a file whose headings ask without a mark, if nothing else does."""
    if not is_only and file.path.stem.lower() in _ABOUT:
        return file
    raws = markdown_shapes.sections(file.read.text)
    return replace(file, shape="sections", raws=raws)


def _remarks(files: list[_File]) -> tuple[str, ...]:
    count = sum(len(file.raws) for file in files)
    said = (
        f"no heading has a question mark, a label or a number: {count} headings of one"
        " level with the text below them were taken for questions (--as sections)"
    )
    return (said,) if count else ()


def _page(path: PurePosixPath, front_matter: FrontMatter, body: str) -> tuple[Raw, ...]:
    title = page_keys.title(front_matter)
    lines = range(body.count("\n") + 1)
    if not title:
        heading = re.match(r"\s*#[ \t]+(.+)\n", body)
        title = heading[1].strip(" #") if heading else _SPACES.sub(" ", path.stem)
        body = body[heading.end() :] if heading else body
    answer = front_matter.text("answer")
    body = "\n\n".join(filter(None, (answer, body)))
    return (Raw(title, answer_of(body), lines),)


def _notes(
    root: Path,
    file: _File,
    media_files: LinkedFiles,
    left_out: list[LeftOut],
    files: list[_File],
) -> Iterator[tuple[Raw, FoundNote]]:
    folder = (root / file.path).parent
    known, notes_below = definitions(file.body), footnotes(file.body)
    for raw in file.raws:
        place = file.place(raw.line)
        context = Context(media_files, folder, place, left_out, known, notes_below)
        prompt, answer = line(raw.prompt, context), blocks(raw.answer, context)
        if not prompt:
            left_out.append(LeftOut("questions", "they ask nothing", place))
            continue
        topic = _topic(file, raw, files)
        note = FoundNote(
            prompt=prompt,
            answer=answer,
            place=place,
            topic=topic,
            tags=_tags(file, raw, topic),
            hints=tuple(line(hint, context) for hint in raw.hints),
            difficulty=page_keys.difficulty(file.front_matter),
            guid=file.front_matter.text("guid") if file.shape == PAGES else "",
            is_plain=file.shape in markdown_notes.OF_CARDS,
            is_reversed=raw.is_reversed,
        )
        if raw.has_gaps:
            note = replace(note, prompt=raw.prompt, summary=raw.answer, answer="")
        yield raw, note


def _left_out(file: _File) -> Iterator[LeftOut]:
    for key, line_ in page_keys.unread(file.front_matter, is_page=file.shape == PAGES):
        what = f"values of `{key}` in front matter"
        yield LeftOut(
            what, "no key of a question stands for it", f"{file.path}:{line_}"
        )
    for n in unclosed(file.body) if file.shape == "details" else ():
        why = (
            "`</details>` is missing: each ends where the next one or a heading begins"
        )
        yield LeftOut("blocks", why, file.place(n))
    read = labels_in("\n".join(raw.prompt + raw.answer for raw in file.raws))
    for n, label in label_lines(file.body):
        if label not in read:
            yield LeftOut("addresses", "no question refers to them", file.place(n))
    for n in lines_to_top(file.body):
        what = "links to the top of the page"
        yield LeftOut(what, "each question has a page", file.place(n))
    for found in _SCHEDULE.finditer(file.body):
        n = file.body.count("\n", 0, found.start()) + 1
        why = "they are the learner's, and stay there"
        yield LeftOut("schedules", why, file.place(n))
    for n in file.read.without_tags:
        why = "they say that there are cards, and of no subject"
        yield LeftOut(f"tags #{DECK}", why, file.place(n + 1))


def _passages(
    file: _File, found: list[tuple[Raw, FoundNote]], title: str
) -> Iterator[Passage]:
    """Yield the text of a file that is in none of its notes."""
    notes = [note for _, note in found]
    titles = {title, *(note.topic for note in notes)}
    titles.update(tag for note in notes for tag in note.tags)
    used = used_blocks(file.read.text, [raw.prompt + raw.answer for raw, _ in found])
    for n, passage in unused(file.read.text, [raw for raw, _ in found], titles, used):
        yield Passage(passage, file.place(n + 1))


def _topic(file: _File, raw: Raw, files: list[_File]) -> str:
    """Return the title of a question's topic: a section, its file, or its folder."""
    declared = page_keys.topic(file.front_matter)
    if declared:
        return declared
    if len(file.path.parts) > 1 and (
        file.shape == PAGES or len(file.raws) == 1 or len(files) > 1
    ):
        return _words(file.path.parts[-2])
    if len(files) > 1 and len(file.raws) > 1:
        return page_keys.title(file.front_matter) or _words(file.path.stem)
    tops = {other.headings[:1] for other in file.raws}
    # The only heading of the first level is the title of the file.
    is_title = len(tops) == 1 and any(len(other.headings) > 1 for other in file.raws)
    below = raw.headings[1:] if is_title else raw.headings
    return below[0] if below else ""


def _tags(file: _File, raw: Raw, topic: str) -> tuple[str, ...]:
    # Headings below the title and the topic say what a question is about.
    inner = [title for title in raw.headings[1:] if title != topic]
    own = file.read.of(raw.lines, [other.lines for other in file.raws])
    tags = (*page_keys.tags(file.front_matter), *own, *inner)
    return tuple(dict.fromkeys(tag for tag in tags if tag))


def _title(files: list[_File], source: Path) -> str:
    said = page_keys.title(files[0].front_matter) if len(files) == 1 else ""
    if said and files[0].shape != PAGES:
        return said
    tops = {raw.headings[:1] for file in files for raw in file.raws}
    if len(files) == 1 and len(tops) == 1 and tops != {()}:
        return "".join(tops.pop())
    return _words(source.resolve().stem)


def _words(name: str) -> str:
    words = _SPACES.sub(" ", name).strip()
    return words[:1].upper() + words[1:]
