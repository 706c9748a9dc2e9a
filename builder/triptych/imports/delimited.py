"""Tables: CSV, TSV, and the text files that Anki exports."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from triptych.deck.read import source_of
from triptych.errors import TriptychError
from triptych.imports.clozes import CLOZE, prompt_of
from triptych.imports.found import Collection, FoundNote, LeftOut, root_of
from triptych.imports.html import Html
from triptych.imports.markdown_text import Context, blocks, line
from triptych.imports.media import Around, Files, Shelf

_SEPARATORS: Mapping[str, str] = MappingProxyType(
    {
        "comma": ",",
        "semicolon": ";",
        "tab": "\t",
        "space": " ",
        "pipe": "|",
        "colon": ":",
    }
)
_ROLES: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("prompt", "question", "front", "q", "term", "word"), "prompt"),
        **dict.fromkeys(("expression", "frage", "pregunta", "text"), "prompt"),
        **dict.fromkeys(("answer", "back", "a", "definition", "meaning"), "answer"),
        **dict.fromkeys(
            ("antwort", "respuesta", "translation", "back extra"), "answer"
        ),
        **dict.fromkeys(("tags", "tag", "labels"), "tags"),
        **dict.fromkeys(("deck", "topic", "category", "subject", "chapter"), "deck"),
        **dict.fromkeys(("guid",), "guid"),
        **dict.fromkeys(("id", "uid", "key"), "id"),
        **dict.fromkeys(("hint", "hints"), "hint"),
        **dict.fromkeys(("difficulty", "level"), "difficulty"),
        **dict.fromkeys(("notetype", "note type", "model"), "notetype"),
    }
)
"""What a column holds, by its name in the first row or in `#columns`."""
_HEADER = re.compile(r"#([a-z][a-z ]*):(.*)")
_TAG = re.compile(r"<[A-Za-z/][^>]*>|&[A-Za-z#0-9]+;")
_MAX_FIELD_CHARS = 1_000_000
_MARKED = frozenset({"marked", "leech"})
"""Tags of the person who exported, and not of the deck."""


@dataclass(slots=True)
class _Table:
    """A table and what its header says."""

    rows: list[tuple[int, list[str]]]
    """The number of the line and the cells of each row."""
    columns: dict[str, int]
    """The column of each role."""
    others: dict[str, int] = field(default_factory=dict)
    """Columns of no known role, by name."""
    is_html: bool = False
    tags: tuple[str, ...] = ()
    deck: str = ""
    from_anki: bool = False


def read(source: Path) -> Collection:
    """Return the notes in the rows of the table `source`."""
    if source.is_dir():
        raise TriptychError(f"{source} is a folder: name the file of the table")
    text = source_of(PurePosixPath(source.name), source.read_bytes()).text
    table = _table(text, source)
    left_out: list[LeftOut] = []
    shelf = Shelf()
    files = Files(source.parent, shelf)
    notes = tuple(_notes(table, source, files, left_out))
    if not notes:
        raise TriptychError(f"no row of {source} holds a prompt: is it a table?")
    for name in table.others:
        what = LeftOut(
            f"cells of the column `{name}`", "no key stands for it", source.name
        )
        left_out += [what] * sum(
            bool(_cell(cells, table.others[name])) for _, cells in table.rows
        )
    return Collection(
        name=source.name,
        kind="a text file of Anki" if table.from_anki else "a table",
        title=root_of(note.deck for note in notes if note.deck)
        or " ".join(re.sub(r"[-_]+", " ", source.stem).split()).capitalize(),
        notes=notes,
        media=shelf.media,
        left_out=tuple(left_out),
    )


def _table(text: str, source: Path) -> _Table:
    headers: dict[str, str] = {}
    lines = text.split("\n")
    start = 0
    while start < len(lines) and (found := _HEADER.fullmatch(lines[start].rstrip())):
        headers[found[1].strip().lower()] = found[2].strip()
        start += 1
    body = "\n".join(lines[start:])
    separator = _separator(headers.get("separator", ""), body, source)
    csv.field_size_limit(_MAX_FIELD_CHARS)
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=separator)
    rows: list[tuple[int, list[str]]] = []
    try:
        before = start
        for cells in reader:
            if any(cell.strip() for cell in cells) and not cells[0].startswith("#"):
                rows.append((before + 1, cells))
            before = start + reader.line_num
    except csv.Error as error:
        raise TriptychError(
            f"{source}:{start + reader.line_num} is no row of a table: {error}"
        ) from error
    columns, others = _columns(headers, rows, separator)
    return _Table(
        rows=rows,
        columns=columns,
        others=others,
        is_html=headers.get("html", "").lower() == "true",
        tags=tuple(headers.get("tags", "").split()),
        deck=headers.get("deck", ""),
        from_anki=bool(headers),
    )


def _separator(said: str, body: str, source: Path) -> str:
    if said:
        return _SEPARATORS.get(said.lower(), said[:1])
    if source.suffix.lower() == ".tsv":
        return "\t"
    first = body.partition("\n")[0]
    counts = {sign: first.count(sign) for sign in ("\t", ",", ";", "|")}
    return max(counts, key=lambda sign: counts[sign]) if any(counts.values()) else "\t"


def _columns(
    headers: Mapping[str, str], rows: list[tuple[int, list[str]]], separator: str
) -> tuple[dict[str, int], dict[str, int]]:
    """Return the column of each role, and those of no known role by name."""
    columns: dict[str, int] = {}
    others: dict[str, int] = {}
    names = headers["columns"].split(separator) if "columns" in headers else []
    first = rows[0][1] if rows else []
    roles = [_ROLES.get(cell.strip().lower(), "") for cell in first]
    if not names and "prompt" in roles:
        names = first
        del rows[0]
    for number, name in enumerate(names):
        role = _ROLES.get(name.strip().lower(), "")
        if role and role not in columns:
            columns[role] = number
        elif name.strip():
            others[name.strip()] = number
    for name, value in headers.items():
        role = _ROLES.get(name.removesuffix(" column"), "")
        if name.endswith(" column") and role and value.isdigit():
            columns[role] = int(value) - 1
    taken = {*columns.values(), *others.values()}
    width = max((len(cells) for _, cells in rows), default=0)
    free = [number for number in range(width) if number not in taken]
    for role in ("prompt", "answer"):
        if role not in columns and (free or others):
            columns[role] = free.pop(0) if free else others.pop(next(iter(others)))
    if not names and not any(name.endswith(" column") for name in headers) and free:
        # The third column of a bare table is what most programs put the tags into.
        columns.setdefault("tags", free.pop(0))
    others |= {f"{number + 1}": number for number in free}
    return columns, others


def _notes(
    table: _Table, source: Path, files: Files, left_out: list[LeftOut]
) -> Iterator[FoundNote]:
    for number, cells in table.rows:
        place = f"{source.name}:{number}"
        row = {role: _cell(cells, n) for role, n in table.columns.items()}
        prompt, answer = row.get("prompt", ""), row.get("answer", "")
        context = Context(files, source.parent, place, left_out)
        if table.is_html or _TAG.search(prompt + answer):
            html = Html(Around(files, source.parent, place, left_out))
            prompt, answer = html.line(prompt), html.blocks(answer)
        else:
            prompt, answer = line(prompt, context), blocks(answer, context)
        if not prompt:
            left_out.append(LeftOut("rows", "they ask nothing", place))
            continue
        summary = ""
        if CLOZE.search(prompt):
            summary, prompt = prompt, prompt_of(prompt)
        deck = row.get("deck") or table.deck
        tags = (*table.tags, *re.split(r"[\s,;]+", row.get("tags", "")))
        yield FoundNote(
            prompt=prompt,
            answer=answer,
            place=place,
            summary=summary,
            topic=deck.rpartition("::")[2],
            deck=deck if table.from_anki else "",
            tags=tuple(
                dict.fromkeys(t for t in tags if t and t.lower() not in _MARKED)
            ),
            hints=tuple(filter(None, (row.get("hint", ""),))),
            guid=row.get("guid", ""),
            id=row.get("id", ""),
            difficulty=row.get("difficulty", "").lower(),
            is_plain=True,
        )


def _cell(cells: list[str], number: int) -> str:
    return cells[number].strip() if number < len(cells) else ""
