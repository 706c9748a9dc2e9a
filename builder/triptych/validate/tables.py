"""Rules over tables: cells that are lost, and tables that are none."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from markdown_it.rules_block.table import escapedSplit

from triptych.english import counted
from triptych.validate.rule import FileScope
from triptych.values.diagnostics import Edit, Finding, Span
from triptych.values.document import Document

_SEPARATOR = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:[|+][ \t]*:?-+:?[ \t]*)*[|+]?")
_PREFIX = re.compile(r"[ \t>]*(?:[-*+][ \t]+|\d{1,9}[.)][ \t]+)?")
_VERBATIM = re.compile(r"(?<!`)(`+)[^`]+\1(?!`)|(?<![\\$])\$[^\s$][^$]*\$")
_BAR = re.compile(r"(?<!\\)\|")


def uneven_row(document: Document, _scope: FileScope) -> Iterator[Finding]:
    r"""Flag a row of a table with more or fewer cells than its head.

    What is too much is dropped. A bar within a cell is written `\|`, in code and in
    formulas, too; `triptych check --fix` writes it where that makes the row even.

    Bad:

        | sign | meaning |
        |---|---|
        | `a | b` | either |

    Good:

        | sign | meaning |
        |---|---|
        | `a \| b` | either |
    """
    if not any(document.find("table_open")):
        return
    columns, is_body = 0, False
    for opening, following in zip(document.tokens, document.tokens[2:], strict=False):
        if opening.type == "table_open":
            columns, is_body = 0, False
        elif opening.type == "th_open":
            columns += 1
        elif opening.type == "tbody_open":
            is_body = True
        elif opening.type == "tr_open" and is_body:
            # Of a row only its first cell has the place.
            yield from _uneven(document, document.span(following).line, columns)


def _uneven(document: Document, number: int, columns: int) -> Iterator[Finding]:
    line = document.source.line(number)
    prefix = _PREFIX.match(line)
    text = line[prefix.end() if prefix else 0 :].rstrip()
    place = line.find(text) + 1
    span = Span(document.source.path, number, place, len(text))
    count = len(_cells(text))
    cells, wanted = counted(count, "cell"), counted(columns, "cell")
    message = f"this row has {cells}, and its table has {wanted}"
    if count < columns:
        hint = "add the cells that are missing, or empty ones"
        if "|" not in text:
            message = "this line is a row of the table above it"
            hint = "put an empty line between the table and the text"
        yield Finding(span, message, hint)
    elif count > columns:
        escaped = _VERBATIM.sub(lambda code: _BAR.sub(r"\\|", code[0]), text)
        is_even = len(_cells(escaped)) == columns
        edits = (Edit(number, place, len(text), escaped),) if is_even else ()
        hint = r"write a bar within a cell as `\|`"
        yield Finding(span, f"{message}: the rest is dropped", hint, edits)


def broken_table(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag rows of a table that is none, as its second line does not part the head.

    That line has `---` for each cell of the head. `triptych check --fix` writes it anew
    where it has too few or too many.

    Bad:

        | metric | range |
        |---|
        | AUC | 0 to 1 |

    Good:

        | metric | range |
        |---|---|
        | AUC | 0 to 1 |
    """
    for token in document.find("inline"):
        lines = token.content.split("\n") if token.map and "|" in token.content else []
        for number, (head, second) in enumerate(pairwise(map(str.strip, lines))):
            separates = "|" in head and "|" in second and _SEPARATOR.fullmatch(second)
            if separates or (_is_row(head) and _is_row(second)):
                first = document.span(token).line + number
                yield _no_table(document, first, head, second if separates else "")
                break


def _no_table(document: Document, first: int, head: str, separator: str) -> Finding:
    columns = len(_cells(head))
    wanted = "|" + "---|" * columns
    at = max(document.source.line(first).find(head), 0)
    span = Span(document.source.path, first, at + 1, len(head))
    message = "these rows are no table, and are shown as text"
    if not separator:
        return Finding(span, message, f"put a line `{wanted}` below the first")
    at = document.source.line(first + 1).find(separator)
    parts = re.split(r"[|+]", separator.strip("|+"))
    wrong = len(parts) != columns or "+" in separator
    # Those that are there say how their columns are aligned.
    wanted = f"|{'|'.join([*parts, *['---'] * columns][:columns])}|"
    edits = (Edit(first + 1, at + 1, len(separator), wanted),)
    hint = f"write `{wanted}` below the head"
    return Finding(span, message, hint, edits if wrong and at != -1 else ())


def _is_row(line: str) -> bool:
    return line[:1] == line[-1:] == "|" and "|" in line[1:-1]


def _cells(row: str) -> Sequence[str]:
    """Return the cells of a row, as Markdown parts them."""
    cells = escapedSplit(row.strip())
    start, stop = cells[0] == "", len(cells) - (len(cells) > 1 and cells[-1] == "")
    return cells[start:stop]
