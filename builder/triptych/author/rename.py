"""Give a question, or one of its small notes, a new id, and mend what names it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from triptych.author.ids import refuse_malformed
from triptych.author.lists import into_list, into_table
from triptych.author.mend import mend, naming, parsed, raw
from triptych.deck.edits import edited
from triptych.deck.project import Project
from triptych.dialect.ids import CLOZE_SLUG, FILL_IN_SLUG
from triptych.dialect.links import Destination, Leads
from triptych.errors import TriptychError
from triptych.ledger.verdicts import LOCK_FILE, dump
from triptych.parse.document import parse
from triptych.validate.rule import suggest
from triptych.values.diagnostics import Edit, Span
from triptych.values.document import Document, Fence, Scalar, Section, Table
from triptych.values.meta import Meta


@dataclass(frozen=True, slots=True)
class Renamed:
    """What files of the deck hold after a rename, and which file moves."""

    files: Mapping[PurePosixPath, bytes]
    """By their names before the rename; in the order to write them.

    The file of the renamed note comes last: a rename that was cut short is finished by
    running it again.
    """
    moved: Mapping[PurePosixPath, PurePosixPath] = field(default_factory=dict)


def rename(project: Project, old: str, new: str) -> Renamed:
    """Return the deck's changes when the note `old` gets the id `new`.

    `old` is a question's id, or `question/slug` for one of its small notes.
    """
    question, slash, slug = old.partition("/")
    prefix, _, name = new.rpartition("/")
    if prefix and (not slash or prefix != question):
        raise TriptychError(f"`{old}` cannot become `{new}`: a note keeps its question")
    refuse_malformed(name)
    if slash:
        return _rename_note(project, question, slug, name)
    return _rename_question(project, old, name)


def _rename_question(project: Project, old: str, new: str) -> Renamed:
    documents = list(naming(project, old, new))
    begun = _begun(documents, old, new)
    target = begun or _question(project, documents, old)
    if not begun:
        _refuse_taken(documents, target, new)
    path = target.source.path
    home = path.with_name(f"{new}.md") if path.stem == old else path
    if home != path and (project.folder.root / home).exists():
        raise TriptychError(f"there is a file {home} already")
    name = re.compile(rf"(?<![\w.-]){re.escape(path.name)}(?![\w-])")

    def leads_here(link: Destination, _: Document) -> bool:
        return link.leads is Leads.PAGE and link.path == target.meta.path

    files = _renamed_verdict(project, old, new)
    for document in (*(d for d in documents if d is not target), target):
        at = document.source.path
        edits = [*_references(document, old, new)]
        if document is target and not begun:
            edits += _identity(document, old, new)
        before = raw(project, document)
        text = edited(before, edits)
        if home != path:
            text = mend(text, home if at == path else at, leads_here, name, home.name)
        if document is target:
            meta = document.meta
            _prove(text, document, meta if begun else _renamed_question(meta, old, new))
        if text != before:
            files[at] = text.encode()
    return Renamed(files, {path: home} if home != path else {})


def _begun(documents: list[Document], old: str, new: str) -> Document | None:
    """Return the question that has the id `new` for `old` already, if one does.

    It was renamed by a run that was cut short before the last of its steps.
    """
    for document in documents:
        meta = document.meta
        if meta.id == new and old in meta.aliases and not meta.is_guide:
            return document
    return None


def _renamed_verdict(
    project: Project, old: str, new: str
) -> dict[PurePosixPath, bytes]:
    """Return `code.lock` with the verdict of `old` under `new`, where there is one."""
    if old not in project.verdicts:
        return {}
    verdicts = {**project.verdicts, new: replace(project.verdicts[old], id=new)}
    del verdicts[old]
    return {PurePosixPath(LOCK_FILE): dump(verdicts).encode()}


def _rename_note(project: Project, question: str, slug: str, new: str) -> Renamed:
    documents = list(naming(project, question, slug))
    target = _question(project, documents, question)
    path = target.source.path
    begun = target.meta.renamed.get(slug) == new
    own = [] if begun else list(_note_edits(target, _section(target, slug), new))
    name = re.compile(rf"#{re.escape(slug)}(?![\w-])")

    def leads_here(link: Destination, document: Document) -> bool:
        inner = link.leads is Leads.ANCHOR and document.source.path == path
        outer = link.leads is Leads.PAGE and link.path == target.meta.path
        return link.fragment == slug and (inner or outer)

    files = {}
    for document in (*(d for d in documents if d is not target), target):
        before = raw(project, document)
        text = edited(before, own if document is target else ())
        text = mend(text, document.source.path, leads_here, name, f"#{new}")
        if document is target:
            _prove(text, document, _renamed_note(document.meta, slug, new))
        if text != before:
            files[document.source.path] = text.encode()
    return Renamed(files)


def _question(project: Project, documents: list[Document], id_: str) -> Document:
    for document in documents:
        if document.meta.id == id_ and not document.meta.is_guide:
            matter = document.front_matter
            if matter.fence is not Fence.CLOSED or matter.fault:
                path = document.meta.path
                raise TriptychError(f"mend the front matter of {path} first")
            return document
    for document in documents:
        if id_ in document.meta.aliases:
            raise TriptychError(f"`{id_}` is called `{document.meta.id}` now")
    everything = [parse(source).meta for source in project.folder.sources]
    known = [meta.id for meta in everything if not meta.is_guide]
    hint = suggest(id_, known, "`triptych list` shows all")
    raise TriptychError(f"no question has the id `{id_}`: {hint}")


def _section(target: Document, slug: str) -> Section:
    for section in target.sections:
        if section.slug == slug:
            return section
    hint = suggest(
        slug, [s.slug for s in target.sections], "its headings have their ids"
    )
    where = target.source.path
    raise TriptychError(f"nothing in {where} has the id `{slug}`: {hint}")


def _refuse_taken(documents: list[Document], target: Document, new: str) -> None:
    for document in documents:
        meta = document.meta
        taken = {meta.id, *(() if document is target else meta.aliases)}
        if new in taken and not meta.is_guide:
            raise TriptychError(f"the id `{new}` is taken by {meta.path}")


def _references(document: Document, old: str, new: str) -> Iterator[Edit]:
    for mention in document.mentions("related") + document.mentions("requires"):
        if mention.name == old:
            yield _replacing(mention.span, new)


def _identity(target: Document, old: str, new: str) -> Iterator[Edit]:
    """Yield the edits that give `target` its id and put the old one among the aliases.

    An id that returns swaps places with the one that leaves.
    """
    written = target.front_matter.get("id")
    if isinstance(written, Scalar):
        yield _replacing(written.span, new)
    else:
        yield Edit(1, len(target.source.line(1)) + 1, 0, f"\nid: {new}")
    for alias in target.front_matter.scalars("aliases"):
        if alias.text == new:
            yield _replacing(alias.span, old)
            return
    yield into_list(target, "aliases", old)


def _note_edits(target: Document, section: Section, new: str) -> Iterator[Edit]:
    """Yield the edits that give `section` its id and put the old one into `renamed`."""
    slug, former = section.slug, target.meta.renamed
    renamed = target.front_matter.get("renamed")
    entries = renamed.entries if isinstance(renamed, Table) else ()
    if new in {CLOZE_SLUG, FILL_IN_SLUG}:
        raise TriptychError(f"the id `{new}` is reserved: choose another")
    if new in target.anchors or former.get(new, slug) != slug:
        raise TriptychError(f"the id `{new}` is taken in {target.source.path}")
    line = target.source.line(section.span.line)
    column = line.rfind(f"{{#{slug}}}") + len("{#") + 1
    yield Edit(section.span.line, column, len(slug), new)
    for scalar in target.front_matter.scalars("retired"):
        if scalar.text == slug:
            yield _replacing(scalar.span, new)
    for name, value in entries:
        if isinstance(value, Scalar) and value.text == slug:
            yield _replacing(value.span, new)
            if name.text == new:
                yield _replacing(name.span, slug)
    if new not in former:
        yield into_table(target, "renamed", slug, new)


def _renamed_question(meta: Meta, old: str, new: str) -> Meta:
    """Return what the front matter must mean once the question is renamed."""
    swapped = _renamed(meta.aliases, new, old)
    return replace(
        meta,
        id=new,
        aliases=swapped if new in meta.aliases else (*swapped, old),
        related=_renamed(meta.related, old, new),
        requires=_renamed(meta.requires, old, new),
    )


def _renamed_note(meta: Meta, slug: str, new: str) -> Meta:
    """Return what the front matter must mean once one of its notes is renamed."""
    former = {
        slug if (name, value) == (new, slug) else name: new if value == slug else value
        for name, value in meta.renamed.items()
    }
    return replace(
        meta,
        renamed=former if new in meta.renamed else {**former, slug: new},
        retired_slugs=_renamed(meta.retired_slugs, slug, new),
    )


def _renamed(names: tuple[str, ...], old: str, new: str) -> tuple[str, ...]:
    return tuple(new if name == old else name for name in names)


def _prove(text: str, before: Document, expected: Meta) -> None:
    """Refuse an edit that YAML reads otherwise than it was meant."""
    path = before.source.path
    if parsed(text, path).meta != expected:
        raise TriptychError(f"cannot edit the front matter of {path}: do it by hand")


def _replacing(span: Span, text: str) -> Edit:
    return Edit(span.line, span.column, span.length, text)
