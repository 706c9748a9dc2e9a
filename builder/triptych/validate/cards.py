"""Rules for files and tables of plain cards."""

from collections.abc import Iterator

from triptych.dialect.headings import REVERSE, TYPE
from triptych.parse.table import FLAGS
from triptych.validate.learning_words import list_lengths, word_count
from triptych.validate.rule import FileScope
from triptych.values.diagnostics import Finding, Span
from triptych.values.document import Document, Fence

_MAX_REVERSED_WORDS = 12
"""Nobody recalls a prompt from a longer answer."""


def bad_table(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag a row or a column of a table of cards that cannot be read.

    The first row names the columns: `id`, and any of `prompt`, `answer`, `hint`,
    `tags`, `reverse`, `type`, `sound` and `picture`. A cell with a comma, a quotation
    mark or a line break stands between quotation marks, as every spreadsheet writes it.
    """
    yield from document.table_findings


def no_cards(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag a file of cards that has none.

    The cards of a Markdown file stand under `## Cards`, each below its own `###`
    heading; those of a table are its rows.
    """
    meta, matter = document.meta, document.front_matter
    is_read = matter.fence is Fence.CLOSED and not matter.finding
    if not meta.is_cards or meta.retired or document.sections or not is_read:
        return
    hint = "write `## Cards`, and below it `### Prompt {#id}` and the answer"
    if document.source.is_table:
        hint = "write a row for each card below the names of the columns"
    if not document.table_findings:
        yield Finding(Span(document.source.path), "there is no card in this file", hint)


def needless_class(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag `.reverse` and `.type` where they do nothing.

    They belong on the cards of a file of the kind `cards`: `### dog {#dog .reverse}`. A
    card with clozes is neither reversed nor typed, in a table as well.
    """
    cards = {card.span for card in document.layers.cards if not card.cloze_numbers}
    for token in document.find("heading_open"):
        named = [
            name for name in (REVERSE, TYPE) if name in token.meta.get("classes", ())
        ]
        if named and document.span(token) not in cards:
            message = f"`.{named[0]}` does nothing on this heading"
            hint = f"take ` .{named[0]}` away: it is for plain cards without clozes"
            yield Finding(document.span(token), message, hint)
    for card in document.layers.cards:
        flags = card.heading.meta.get(FLAGS, {}) if card.cloze_numbers else {}
        for name, span in flags.items():
            message = f"`{name}` does nothing for this card"
            hint = "leave the cell empty: it is for cards without clozes"
            yield Finding(span, message, hint)


def long_reverse(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag a reversed card whose answer is long or a list: it asks too little (W4).

    The reversed card shows the answer and asks for the prompt. From a long answer the
    prompt can be read; in a list it can hardly be seen.

    Bad:

        ---
        title: Rivers
        kind: cards
        reverse: true
        ---

        ## Cards

        ### Rhine {#rhine}

        - Basel
        - Köln

    Good:

        ---
        title: Rivers
        kind: cards
        reverse: true
        ---

        ## Cards

        ### Rhine {#rhine}

        The river of Köln
    """
    for card in document.layers.cards:
        if not card.options.is_reversed or card.cloze_numbers:
            continue
        words = word_count(card.tokens)
        what = f"{words} words" if words > _MAX_REVERSED_WORDS else ""
        if any(list_lengths(card.tokens)):
            what = "a list"
        if what:
            message = f"the reversed card shows {what} and asks for the prompt"
            yield Finding(
                card.span, message, "shorten the answer, or do not reverse it"
            )
