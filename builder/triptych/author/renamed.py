"""The result of a rename, and look-ups that all kinds of renames need."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from triptych.deck.project import Project
from triptych.errors import TriptychError
from triptych.ledger.lock import Ledger
from triptych.parse.document import parse
from triptych.validate.rule import suggest
from triptych.values.document import Document, Fence, Section


@dataclass(frozen=True, slots=True)
class Renamed:
    """The new content of files after a rename, and files to move."""

    files: Mapping[PurePosixPath, bytes]
    """By their paths before the rename, in the order to write them.

    The file of the renamed note comes last, so that an interrupted rename can be
    finished by running it again.
    """
    moved: Mapping[PurePosixPath, PurePosixPath] = field(default_factory=dict)


def question_of(project: Project, documents: Iterable[Document], id_: str) -> Document:
    """Return the question `id_` among `documents`; raise if it cannot be edited."""
    for document in documents:
        if document.meta.id == id_ and not document.meta.is_guide:
            matter = document.front_matter
            if matter.fence is not Fence.CLOSED or matter.finding:
                path = document.meta.path
                raise TriptychError(f"fix the front matter of {path} first")
            return document
    for document in documents:
        if id_ in document.meta.aliases:
            raise TriptychError(f"`{id_}` is called `{document.meta.id}` now")
    metas = [parse(source).meta for source in project.folder.sources]
    known = [meta.id for meta in metas if not meta.is_guide]
    hint = suggest(id_, known, "`triptych list` shows all")
    raise TriptychError(f"no question has the id `{id_}`: {hint}")


def section_of(target: Document, slug: str) -> Section:
    """Return the follow-up or pitfall `slug` of `target`."""
    for section in target.sections:
        if section.slug == slug:
            return section
    hint = suggest(
        slug, [s.slug for s in target.sections], "its headings have their ids"
    )
    where = target.source.path
    raise TriptychError(f"nothing in {where} has the id `{slug}`: {hint}")


def refuse_taken(
    documents: Iterable[Document], target: Document | None, new: str
) -> None:
    """Raise if the id `new` belongs to another question than `target`."""
    for document in documents:
        meta = document.meta
        taken = {meta.id, *(() if document is target else meta.aliases)}
        if new in taken and not meta.is_guide:
            raise TriptychError(f"the id `{new}` is taken by {meta.path}")


def refuse_known(
    documents: Iterable[Document], ledger: Ledger, new: str, former: Container[str]
) -> None:
    """Raise if learners, or a file of the deck, have another note of the id `new`.

    `former` has the ids of the note that is renamed: it may have one of them again.
    """
    if new in former:
        return
    for document in documents:
        if new in document.meta.moved:
            path = document.meta.path
            raise TriptychError(f"the id `{new}` is the former one of a note in {path}")
    if new in ledger.notes:
        prompt = ledger.notes[new].prompt
        message = f"learners have another note under the id `{new}`: “{prompt}”"
        raise TriptychError(message)
