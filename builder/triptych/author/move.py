"""Turn a follow-up or pitfall into a question, or move it to another question.

The note keeps its GUID: the front matter of the new file records its former id. The new
file is written before the section is removed from the old one, so the text is never
missing from both, and an interrupted run is finished by running it again.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from triptych.author.comparison import note_content, refuse_other_changes, tokens_of
from triptych.author.ids import refuse_malformed
from triptych.author.link_targets import Moves, flat, redirected, targets
from triptych.author.links import documents_with, parsed, text_on_disk
from triptych.author.lists import add_to_table, remove_from_table
from triptych.author.question import quoted
from triptych.author.renamed import (
    Renamed,
    question_of,
    refuse_known,
    refuse_taken,
    section_of,
)
from triptych.author.sections import lines_in, list_of, with_lines, without_section
from triptych.deck.edits import edited, ending_of, lines_of
from triptych.deck.project import Project
from triptych.dialect.characters import BYTE_ORDER_MARK
from triptych.dialect.ids import RESERVED_SLUGS
from triptych.errors import TriptychError
from triptych.notes.history import former_ids, former_slugs
from triptych.notes.names import note_id
from triptych.typeset.raw_html import RAW
from triptych.values.document import Document, Section


@dataclass(frozen=True, slots=True)
class _Move:
    """Which note moves, and its new file and slug."""

    project: Project
    documents: tuple[Document, ...]
    """The files that may name it."""
    source: Document
    slug: str
    path: PurePosixPath
    """The file that it moves to."""
    new: str
    """Its slug there; empty where it becomes the question's own note."""

    @property
    def name(self) -> str:
        """Return the id of the note in the source."""
        return note_id(self.source.meta.id, self.slug)

    @property
    def former(self) -> tuple[str, ...]:
        """Return all ids that the note had, the current one first."""
        return tuple(former_ids(self.source.meta, self.slug))

    @property
    def moves(self) -> Moves:
        """Return the new target of links to the note, by the old target."""
        return {(str(self.source.meta.path), self.slug): (str(self.path), self.new)}


def split(project: Project, question: str, slug: str, new: str) -> Renamed:
    """Return the deck's changes when `question/slug` becomes the question `new`."""
    refuse_malformed(new)
    documents = tuple(documents_with(project, question, slug, new))
    source = question_of(project, documents, question)
    path = source.source.path.with_name(f"{new}.md")
    move = _Move(project, documents, source, slug, path, "")
    for document in documents:
        meta = document.meta
        if meta.id == new and meta.moved.get(move.name) == "" and not meta.is_guide:
            return _finished(replace(move, path=meta.path), document)
    section = _movable_section(move)
    refuse_taken(documents, None, new)
    refuse_known(documents, project.ledger, new, move.former)
    if (project.folder.root / path).exists():
        raise TriptychError(f"there is a file {path} already")
    text = _question_file(move, section, new)
    return _files(move, section, _with_adjusted_links(move, section, text))


def move(
    project: Project, question: str, slug: str, new_question: str, new: str
) -> Renamed:
    """Return the deck's changes when `question/slug` becomes `new_question/new`."""
    refuse_malformed(new)
    documents = tuple(documents_with(project, question, slug, new_question))
    source = question_of(project, documents, question)
    target = question_of(project, documents, new_question)
    path = target.source.path
    move = _Move(project, documents, source, slug, path, new)
    if target.meta.moved.get(move.name) == new:
        return _finished(move, target)
    section = _movable_section(move)
    if new in RESERVED_SLUGS:
        raise TriptychError(f"the id `{new}` is reserved: choose another")
    if new in target.anchors or new in target.meta.renamed:
        raise TriptychError(f"the id `{new}` is taken in {path}")
    refuse_known(documents, project.ledger, note_id(new_question, new), move.former)
    heading, *lines = lines_in(source, text_on_disk(project, source), section)
    heading = f"{heading[: heading.rfind(f'{{#{slug}}}')]}{{#{new}}}"
    title = list_of(source, section)
    text = with_lines(target, text_on_disk(project, target), title, [heading, *lines])
    for name in move.former:
        if name != note_id(new_question, new):
            edit = add_to_table(parsed(text, path), "renamed", _key(name), new)
            text = edited(text, [edit])
    text = _with_adjusted_links(move, section, text)
    refuse_other_changes(target, parsed(text, path), new, {})
    return _files(move, section, text)


def _finished(move: _Move, target: Document) -> Renamed:
    """Return the remaining changes of a move that was interrupted before its end."""
    section = next((s for s in move.source.sections if s.slug == move.slug), None)
    if section is None:
        return Renamed({})
    files = move.project.folder.files
    content = note_content(target, move.new, files, {})
    if content != note_content(move.source, move.slug, files, move.moves):
        raise TriptychError(
            f"{target.source.path} and {move.source.source.path} both have"
            f" `{move.name}`, with different texts: delete one of them"
        )
    return _files(move, section)


def _movable_section(move: _Move) -> Section:
    """Return the section that moves, or refuse to move it."""
    section = section_of(move.source, move.slug)
    if move.source.meta.retired or move.slug in move.source.meta.retired_slugs:
        raise TriptychError(f"`{move.name}` is retired: it stays where it is")
    if not section.has_card:
        raise TriptychError(
            f"`{move.name}` makes no card, so no learner has it: move its text by hand"
        )
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
    meta, text = move.source.meta, text_on_disk(move.project, move.source)
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


def _with_adjusted_links(move: _Move, section: Section, text: str) -> str:
    """Return the new `text` of the target, with the links adjusted to the new file.

    Raises:
        TriptychError: The note would have other content there.

    """
    wanted = targets(section.tokens, move.source.source.path, move.moves)
    text = redirected(
        text, move.path, lambda target: tokens_of(target, move.new), wanted
    )
    target, files = parsed(text, move.path), move.project.folder.files
    content = note_content(target, move.new, files, {})
    if content != note_content(move.source, move.slug, files, move.moves):
        raise TriptychError(
            f"the card `{move.name}` would change in {move.path}: it uses a link, a"
            " footnote or a picture that its file defines. Write these out in it, and"
            " name a picture by its path from the deck folder"
        )
    if not set(move.former) <= set(former_ids(target.meta, move.new)):
        raise _cannot_edit(move.path)
    return text


def _files(move: _Move, section: Section, target_text: str = "") -> Renamed:
    """Return the files to write: those that link to the note, the target, the source.

    `target_text` is the text of the target; empty where it is written already.
    """
    files: dict[PurePosixPath, str] = {}
    for document in move.documents:
        path = document.source.path
        if document is not move.source and path != move.path:
            files[path] = _with_redirected_links(
                move, document, text_on_disk(move.project, document)
            )
    if target_text:
        files[move.path] = _with_redirected_links(
            move, parsed(target_text, move.path), target_text
        )
    files[move.source.source.path] = _source_without(move, section)
    changed: dict[PurePosixPath, bytes] = {}
    for path, text in files.items():
        place = move.project.folder.root / path
        if not place.is_file() or place.read_bytes() != text.encode():
            changed[path] = text.encode()
    return Renamed(changed)


def _with_redirected_links(move: _Move, document: Document, text: str) -> str:
    """Return the `text` of a file with its links to the note redirected."""
    path = document.source.path
    wanted = targets(document.tokens, path, move.moves)
    return redirected(text, path, lambda changed: changed.tokens, wanted)


def _source_without(move: _Move, section: Section) -> str:
    """Return the text of the source without the section."""
    source, path = move.source, move.source.source.path
    text = without_section(source, text_on_disk(move.project, source), section)
    slugs = set(former_slugs(move.slug, source.meta.renamed))
    old_slugs = _names_for(slugs, source.meta.renamed)
    old_ids = _names_for(slugs, source.meta.moved)
    names = old_slugs | set(map(_key, old_ids))
    text = edited(text, remove_from_table(parsed(text, path), "renamed", names))
    text = _with_redirected_links(move, parsed(text, path), text)
    after = parsed(text, path)
    meta = replace(
        source.meta,
        renamed={k: v for k, v in source.meta.renamed.items() if k not in old_slugs},
        moved={k: v for k, v in source.meta.moved.items() if k not in old_ids},
    )
    if after.meta != meta:
        raise _cannot_edit(path)
    refuse_other_changes(source, after, move.slug, move.moves)
    return text


def _names_for(slugs: set[str], names: Mapping[str, str]) -> set[str]:
    return {old for old, new in names.items() if new in slugs}


def _key(note: str) -> str:
    """Return `note` as a key of `renamed`, where an id alone is a slug."""
    return note if "/" in note else f"{note}/"


def _cannot_edit(path: PurePosixPath) -> TriptychError:
    return TriptychError(f"cannot edit the front matter of {path}: do it by hand")
