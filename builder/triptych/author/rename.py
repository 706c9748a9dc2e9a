"""Give a question or one of its small notes a new id, and update what refers to it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from triptych.author.ids import refuse_malformed
from triptych.author.links import documents_with, parsed, redirect_links, text_on_disk
from triptych.author.lists import add_to_list, add_to_table, key_of_table
from triptych.author.move import move, split
from triptych.author.renamed import (
    Renamed,
    question_of,
    refuse_known,
    refuse_taken,
    section_of,
)
from triptych.deck.edits import edited
from triptych.deck.project import Project
from triptych.dialect.ids import CLOZE_SLUG, FILL_IN_SLUG
from triptych.dialect.links import Destination, LinkKind
from triptych.errors import TriptychError
from triptych.ledger.verdicts import CODE_LOCK_FILE, dump
from triptych.notes.history import former_ids
from triptych.notes.names import note_id
from triptych.values.diagnostics import Edit, Span
from triptych.values.document import Document, Scalar, Section, Table
from triptych.values.meta import Meta


def rename(project: Project, old: str, new: str) -> Renamed:
    """Return the deck's changes when the note `old` gets the id `new`.

    Each is a question's id, or `question/slug` for one of its small notes, which may
    become a question, or a small note of another.
    """
    question, _, slug = old.partition("/")
    new_question, _, new_slug = new.partition("/")
    was_small, is_small = "/" in old, "/" in new
    if not was_small and is_small:
        raise TriptychError(
            f"`{old}` cannot become `{new}` by itself: write it as a follow-up of"
            f" `{new_question}` with `{{#{new_slug}}}` and"
            f" `renamed: {{{old}/: {new_slug}}}`, and let its own file say"
            " `retired: true`"
        )
    if not was_small:
        refuse_malformed(new)
        return _rename_question(project, old, new)
    stays_in_file = new_question == question and is_small
    if not stays_in_file and _is_card(project, question, slug):
        raise TriptychError(
            f"the card `{old}` cannot leave its file by itself: move it, and write"
            f" `renamed: {{{old}: {new_slug or new_question}}}` in the file that has it"
            " now"
        )
    if not is_small:
        return split(project, question, slug, new)
    if new_question != question:
        return move(project, question, slug, new_question, new_slug)
    refuse_malformed(new_slug)
    return _rename_note(project, question, slug, new_slug)


def _is_card(project: Project, question: str, slug: str) -> bool:
    """Return whether `question/slug` is a plain card."""
    return any(
        section.slug == slug
        for document in documents_with(project, question)
        if document.meta.id == question
        for section in document.layers.cards
    )


def _rename_question(project: Project, old: str, new: str) -> Renamed:
    documents = list(documents_with(project, old, new))
    renamed = _already_renamed(documents, old, new)
    target = renamed or question_of(project, documents, old)
    if not renamed:
        refuse_taken(documents, target, new)
        refuse_known(documents, project.ledger, new, (old, *target.meta.aliases))
    path = target.source.path
    is_named_so = path.stem == old and not target.source.is_table
    new_path = path.with_name(f"{new}.md") if is_named_so else path
    if new_path != path and (project.folder.root / new_path).exists():
        raise TriptychError(f"there is a file {new_path} already")
    name = re.compile(rf"(?<![\w.-]){re.escape(path.name)}(?![\w-])")

    def is_link_here(link: Destination, _: Document) -> bool:
        return link.kind is LinkKind.PAGE and link.path == target.meta.path

    files = _renamed_verdict(project, old, new)
    for document in (*(d for d in documents if d is not target), target):
        document_path = document.source.path
        edits = [*_reference_edits(document, old, new)]
        if document is target and not renamed:
            edits += _id_edits(document, old, new)
        before = text_on_disk(project, document)
        text = edited(before, edits)
        if new_path != path:
            text = redirect_links(
                text,
                new_path if document_path == path else document_path,
                is_link_here,
                name,
                new_path.name,
            )
        if document is target:
            meta = document.meta
            _check_meta(
                text, document, meta if renamed else _renamed_question(meta, old, new)
            )
        if text != before:
            files[document_path] = text.encode()
    return Renamed(files, {path: new_path} if new_path != path else {})


def _already_renamed(documents: list[Document], old: str, new: str) -> Document | None:
    """Return the question that an interrupted run has renamed from `old` to `new`.

    It is None where there is no such question.
    """
    for document in documents:
        meta = document.meta
        if meta.id == new and old in meta.aliases and not meta.is_guide:
            return document
    return None


def _renamed_verdict(
    project: Project, old: str, new: str
) -> dict[PurePosixPath, bytes]:
    """Return `code.lock` with the verdict of `old` moved to `new`, if there is one."""
    if old not in project.verdicts:
        return {}
    verdicts = {**project.verdicts, new: replace(project.verdicts[old], id=new)}
    del verdicts[old]
    return {PurePosixPath(CODE_LOCK_FILE): dump(verdicts).encode()}


def _rename_note(project: Project, question: str, slug: str, new: str) -> Renamed:
    documents = list(documents_with(project, question, slug))
    target = question_of(project, documents, question)
    path = target.source.path
    is_done = target.meta.renamed.get(slug) == new
    if not is_done:
        former = tuple(former_ids(target.meta, slug))
        refuse_known(documents, project.ledger, note_id(question, new), former)
    target_edits = (
        [] if is_done else list(_note_edits(target, section_of(target, slug), new))
    )
    name = re.compile(rf"#{re.escape(slug)}(?![\w-])")

    def is_link_here(link: Destination, document: Document) -> bool:
        inner = link.kind is LinkKind.ANCHOR and document.source.path == path
        outer = link.kind is LinkKind.PAGE and link.path == target.meta.path
        return link.fragment == slug and (inner or outer)

    files = {}
    for document in (*(d for d in documents if d is not target), target):
        before = text_on_disk(project, document)
        text = edited(before, target_edits if document is target else ())
        text = redirect_links(text, document.source.path, is_link_here, name, f"#{new}")
        if document is target:
            _check_meta(text, document, _renamed_note(document.meta, slug, new))
        if text != before:
            files[document.source.path] = text.encode()
    return Renamed(files)


def _reference_edits(document: Document, old: str, new: str) -> Iterator[Edit]:
    for mention in document.mentions("related") + document.mentions("requires"):
        if mention.name == old:
            yield _replacement(mention.span, new)


def _id_edits(target: Document, old: str, new: str) -> Iterator[Edit]:
    """Yield the edits that change the id of `target` and add the old one to `aliases`.

    If the new id is among the aliases, it is swapped with the old one.
    """
    written = target.front_matter.get("id")
    if isinstance(written, Scalar):
        yield _replacement(written.span, new)
    elif target.source.is_table:
        yield key_of_table(f"id: {new}")
    else:
        yield Edit(1, len(target.source.line(1)) + 1, 0, f"\nid: {new}")
    for alias in target.front_matter.scalars("aliases"):
        if alias.text == new:
            yield _replacement(alias.span, old)
            return
    yield add_to_list(target, "aliases", old)


def _note_edits(target: Document, section: Section, new: str) -> Iterator[Edit]:
    """Yield the edits that change the id of `section` and add the old to `renamed`."""
    slug, former = section.slug, target.meta.renamed
    renamed = target.front_matter.get("renamed")
    entries = renamed.entries if isinstance(renamed, Table) else ()
    if new in {CLOZE_SLUG, FILL_IN_SLUG}:
        raise TriptychError(f"the id `{new}` is reserved: choose another")
    if new in target.anchors or former.get(new, slug) != slug:
        raise TriptychError(f"the id `{new}` is taken in {target.source.path}")
    line = target.source.line(section.span.line)
    column = line.rfind(f"{{#{slug}") + len("{#") + 1
    if target.source.is_table:
        column = line.find(slug, section.span.column - 1) + 1
    yield Edit(section.span.line, column, len(slug), new)
    for scalar in target.front_matter.scalars("retired"):
        if scalar.text == slug:
            yield _replacement(scalar.span, new)
    for name, value in entries:
        if isinstance(value, Scalar) and value.text == slug:
            yield _replacement(value.span, new)
            if name.text == new:
                yield _replacement(name.span, slug)
    if new not in former:
        yield add_to_table(target, "renamed", slug, new)


def _renamed_question(meta: Meta, old: str, new: str) -> Meta:
    """Return the meaning that the front matter must have after the rename."""
    swapped = _renamed(meta.aliases, new, old)
    return replace(
        meta,
        id=new,
        aliases=swapped if new in meta.aliases else (*swapped, old),
        related=_renamed(meta.related, old, new),
        requires=_renamed(meta.requires, old, new),
    )


def _renamed_note(meta: Meta, slug: str, new: str) -> Meta:
    """Return the meaning that the front matter must have after a note is renamed."""
    former = {
        slug if (name, value) == (new, slug) else name: new if value == slug else value
        for name, value in meta.renamed.items()
    }
    return replace(
        meta,
        renamed=former if new in meta.renamed else {**former, slug: new},
        moved={
            name: new if value == slug else value for name, value in meta.moved.items()
        },
        retired_slugs=_renamed(meta.retired_slugs, slug, new),
    )


def _renamed(names: tuple[str, ...], old: str, new: str) -> tuple[str, ...]:
    return tuple(new if name == old else name for name in names)


def _check_meta(text: str, before: Document, expected: Meta) -> None:
    """Raise where the edited front matter does not have the expected meaning."""
    path = before.source.path
    if parsed(text, path).meta != expected:
        raise TriptychError(f"cannot edit the front matter of {path}: do it by hand")


def _replacement(span: Span, text: str) -> Edit:
    return Edit(span.line, span.column, span.length, text)
