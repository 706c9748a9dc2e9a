"""Let a follow-up or pitfall become a question, or one of another question.

Its note keeps its GUID: the file that it comes to says where it came from. That file is
written before the old one loses the section, so no moment is without its words, and a
run that was cut short is finished by running it again.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from triptych.author.ids import refuse_malformed
from triptych.author.lists import into_table, out_of_table
from triptych.author.mend import naming, parsed, raw
from triptych.author.places import Moves, flat, led, places
from triptych.author.question import quoted
from triptych.author.renamed import Renamed, question_of, refuse_taken, section_of
from triptych.author.said import note_said, refuse_other_changes, tokens_of
from triptych.author.sections import lines_in, list_of, with_lines, without
from triptych.deck.edits import BYTE_ORDER_MARK, edited, ending_of, lines_of
from triptych.deck.project import Project
from triptych.dialect.ids import RESERVED_SLUGS
from triptych.errors import TriptychError
from triptych.notes.history import former_ids, former_slugs
from triptych.notes.names import note_id
from triptych.typeset.raw_html import RAW
from triptych.values.document import Document, Section


@dataclass(frozen=True, slots=True)
class _Move:
    """Which note moves, and where to."""

    project: Project
    documents: tuple[Document, ...]
    """The files that may name it."""
    source: Document
    slug: str
    path: PurePosixPath
    """The file that it comes to."""
    new: str
    """Its slug there; empty where it becomes the question's own note."""

    @property
    def name(self) -> str:
        """Return the id that it has in the source."""
        return note_id(self.source.meta.id, self.slug)

    @property
    def former(self) -> tuple[str, ...]:
        """Return the ids that it ever had."""
        return tuple(former_ids(self.source.meta, self.slug))

    @property
    def moves(self) -> Moves:
        """Return the place that links lead to now, by the old one."""
        return {(str(self.source.meta.path), self.slug): (str(self.path), self.new)}


def split(project: Project, question: str, slug: str, new: str) -> Renamed:
    """Return the deck's changes when `question/slug` becomes the question `new`."""
    refuse_malformed(new)
    documents = tuple(naming(project, question, slug, new))
    source = question_of(project, documents, question)
    path = source.source.path.with_name(f"{new}.md")
    move = _Move(project, documents, source, slug, path, "")
    for document in documents:
        meta = document.meta
        if meta.id == new and meta.moved.get(move.name) == "" and not meta.is_guide:
            return _finished(replace(move, path=meta.path), document)
    section = _movable(move)
    refuse_taken(documents, None, new)
    if (project.folder.root / path).exists():
        raise TriptychError(f"there is a file {path} already")
    text = _question_file(move, section, new)
    return _files(move, section, _relinked(move, section, text))


def move(project: Project, question: str, slug: str, home: str, new: str) -> Renamed:
    """Return the deck's changes when `question/slug` becomes `home/new`."""
    refuse_malformed(new)
    documents = tuple(naming(project, question, slug, home))
    source = question_of(project, documents, question)
    target = question_of(project, documents, home)
    path = target.source.path
    move = _Move(project, documents, source, slug, path, new)
    if target.meta.moved.get(move.name) == new:
        return _finished(move, target)
    section = _movable(move)
    if new in RESERVED_SLUGS:
        raise TriptychError(f"the id `{new}` is reserved: choose another")
    if new in target.anchors or new in target.meta.renamed:
        raise TriptychError(f"the id `{new}` is taken in {path}")
    heading, *lines = lines_in(source, raw(project, source), section)
    heading = f"{heading[: heading.rfind(f'{{#{slug}}}')]}{{#{new}}}"
    title = list_of(source, section)
    text = with_lines(target, raw(project, target), title, [heading, *lines])
    for name in move.former:
        if name != note_id(home, new):
            edit = into_table(parsed(text, path), "renamed", _key(name), new)
            text = edited(text, [edit])
    text = _relinked(move, section, text)
    refuse_other_changes(target, parsed(text, path), new, {})
    return _files(move, section, text)


def _finished(move: _Move, target: Document) -> Renamed:
    """Return what is left to do of a move that was cut short before its last step."""
    section = next((s for s in move.source.sections if s.slug == move.slug), None)
    if section is None:
        return Renamed({})
    files = move.project.folder.files
    there = note_said(target, move.new, files, {})
    if there != note_said(move.source, move.slug, files, move.moves):
        raise TriptychError(
            f"{target.source.path} and {move.source.source.path} both hold"
            f" `{move.name}`, in other words: delete one of them"
        )
    return _files(move, section)


def _movable(move: _Move) -> Section:
    """Return the section that moves, or refuse to move it."""
    section = section_of(move.source, move.slug)
    if move.source.meta.retired or move.slug in move.source.meta.retired_slugs:
        raise TriptychError(f"`{move.name}` is retired: it stays where it is")
    for token in flat(section.tokens):
        if token.meta.get("role"):
            raise TriptychError(
                f"`{move.name}` holds code that runs with that of its question: take"
                " the roles out of its info strings first"
            )
        if token.type in RAW and "href" in token.content:
            raise TriptychError(
                f"`{move.name}` holds a link in HTML: write it in Markdown first"
            )
    return section


def _question_file(move: _Move, section: Section, new: str) -> str:
    """Return the file of the question that `section` becomes."""
    meta, text = move.source.meta, raw(move.project, move.source)
    matter = [f"id: {new}", f"question: {quoted(section.heading.content.strip())}"]
    if meta.difficulty:
        matter.append(f"difficulty: {meta.difficulty}")
    if meta.tags:
        tags = ", ".join(json.dumps(tag, ensure_ascii=False) for tag in meta.tags)
        matter.append(f"tags: [{tags}]")
    names = (name for name in move.former if name != new)
    matter.append(f"aliases: [{', '.join(names)}]")
    _, *lines = lines_in(move.source, text, section)
    while lines and not lines[0].strip():
        del lines[0]
    ending = ending_of(lines_of(text.removeprefix(BYTE_ORDER_MARK))[0]) or "\n"
    body = (line.rstrip("\r\n") for line in lines)
    return "".join(f"{line}{ending}" for line in ("---", *matter, "---", *body))


def _relinked(move: _Move, section: Section, text: str) -> str:
    """Return the new `text` of the target, in which the links lead where they did.

    Refuse what would not say the same there.
    """
    wanted = places(section.tokens, move.source.source.path, move.moves)
    text = led(text, move.path, lambda target: tokens_of(target, move.new), wanted)
    target, files = parsed(text, move.path), move.project.folder.files
    there = note_said(target, move.new, files, {})
    if there != note_said(move.source, move.slug, files, move.moves):
        raise TriptychError(
            f"`{move.name}` would not say the same in {move.path}: it uses a link, a"
            " footnote or a picture of its file. Write out what it needs, and name a"
            " picture by its way from the deck folder"
        )
    if not set(move.former) <= set(former_ids(target.meta, move.new)):
        raise _by_hand(move.path)
    return text


def _files(move: _Move, section: Section, made: str = "") -> Renamed:
    """Return the files to write: those that link here, the target, the source.

    `made` is the text of the target, where it is not written yet.
    """
    files: dict[PurePosixPath, str] = {}
    for document in move.documents:
        path = document.source.path
        if document is not move.source and path != move.path:
            files[path] = _mended(move, document, raw(move.project, document))
    if made:
        files[move.path] = _mended(move, parsed(made, move.path), made)
    files[move.source.source.path] = _cut(move, section)
    changed: dict[PurePosixPath, bytes] = {}
    for path, text in files.items():
        place = move.project.folder.root / path
        if not place.is_file() or place.read_bytes() != text.encode():
            changed[path] = text.encode()
    return Renamed(changed)


def _mended(move: _Move, document: Document, text: str) -> str:
    """Return the `text` of a file with its links to what moved led there."""
    path = document.source.path
    wanted = places(document.tokens, path, move.moves)
    return led(text, path, lambda changed: changed.tokens, wanted)


def _cut(move: _Move, section: Section) -> str:
    """Return the text of the source without the section."""
    source, path = move.source, move.source.source.path
    text = without(source, raw(move.project, source), section)
    slugs = set(former_slugs(move.slug, source.meta.renamed))
    gone = _leading_to(slugs, source.meta.renamed)
    came = _leading_to(slugs, source.meta.moved)
    names = gone | set(map(_key, came))
    text = edited(text, out_of_table(parsed(text, path), "renamed", names))
    text = _mended(move, parsed(text, path), text)
    after = parsed(text, path)
    meta = replace(
        source.meta,
        renamed={k: v for k, v in source.meta.renamed.items() if k not in gone},
        moved={k: v for k, v in source.meta.moved.items() if k not in came},
    )
    if after.meta != meta:
        raise _by_hand(path)
    refuse_other_changes(source, after, move.slug, move.moves)
    return text


def _leading_to(slugs: set[str], names: Mapping[str, str]) -> set[str]:
    return {old for old, new in names.items() if new in slugs}


def _key(note: str) -> str:
    """Return `note` as a key of `renamed`, where an id alone is a slug."""
    return note if "/" in note else f"{note}/"


def _by_hand(path: PurePosixPath) -> TriptychError:
    return TriptychError(f"cannot edit the front matter of {path}: do it by hand")
