"""``triptych list``: show the questions as a table or as JSON."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

import click

from triptych.build.order import numbers_of, reading_order
from triptych.cli.envelope import envelope
from triptych.cli.options import content_folder, content_option, display_path
from triptych.cli.terminal import printable
from triptych.deck.project import Project, open_valid_project
from triptych.notes.which import specs_of
from triptych.parse.document import parse
from triptych.typeset.plain import plain
from triptych.values.document import Document
from triptych.values.meta import Meta

_COLUMNS = ("number", "id", "topic", "kind", "difficulty", "notes", "path")


@dataclass(frozen=True, slots=True)
class Row:
    """One question, as far as its file can be read."""

    number: int | str
    """In reading order, as all outputs show it; empty for a draft and a guide."""
    id: str
    topic: str
    kind: str
    difficulty: str
    notes: int
    """The number of its notes in Anki; 0 for a retired question."""
    path: str
    """As in diagnostics."""
    question: str
    tags: tuple[str, ...]
    draft: bool


@click.command("list", short_help="show the questions")
@content_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How to print the questions.",
)
@click.option("--drafts", is_flag=True, help="Show only drafts, guides among them.")
def command(*, content: Path | None, format_: str, drafts: bool) -> None:
    """Show the questions in the order of topics, also drafts and those with errors."""
    root = content_folder(content)
    rows = _rows(open_valid_project(root), display_path(root), drafts=drafts)
    if format_ == "json":
        entries = [asdict(row) for row in rows]
        counts = {"questions": len(rows), "notes": sum(row.notes for row in rows)}
        text = envelope({"questions": entries}, ok=True, result=counts)
        click.echo(text, nl=False)
    else:
        click.echo(_table(rows), nl=False)


def _rows(project: Project, prefix: str, *, drafts: bool) -> list[Row]:
    order = {topic.id: place for place, topic in enumerate(project.deck.topics)}
    documents = [parse(source) for source in project.folder.sources]
    numbers = _numbers(project, documents)
    rows = [
        _row(document, prefix, numbers)
        for document in documents
        if (document.meta.draft if drafts else not document.meta.is_guide)
    ]
    return sorted(rows, key=lambda row: (order.get(row.topic, len(order)), row.path))


class _Item(NamedTuple):
    """As much of a question as its number depends on."""

    id: str
    meta: Meta


def _numbers(project: Project, documents: Iterable[Document]) -> Mapping[str, int]:
    """Return the numbers of the questions that can be placed."""
    topics = {topic.id for topic in project.deck.topics}
    items = (_Item(d.meta.id, d.meta) for d in documents if not d.meta.is_guide)
    placed = [i for i in items if not i.meta.draft and i.meta.topic in topics]
    return numbers_of(reading_order(project.deck.topics, placed))


def _row(document: Document, prefix: str, numbers: Mapping[str, int]) -> Row:
    meta = document.meta
    return Row(
        number=numbers.get(meta.id, ""),
        id=meta.id,
        topic=meta.topic,
        kind="guide" if meta.is_guide else meta.kind,
        difficulty=meta.difficulty or "",
        notes=len(specs_of(document)),
        path=f"{prefix}/{meta.path}",
        question=plain(
            document.prose.get("title" if meta.is_guide else "question", ())
        ),
        tags=meta.tags,
        draft=meta.draft,
    )


def _table(rows: Sequence[Row]) -> str:
    cells = [[printable(str(getattr(row, name))) for name in _COLUMNS] for row in rows]
    lines = [list(_COLUMNS), *cells]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    padded = ([c.ljust(w) for c, w in zip(line, widths, strict=True)] for line in lines)
    return "".join("  ".join(line).rstrip() + "\n" for line in padded)
