"""The table of plain cards: a row each, the prompt and the answer."""

from collections.abc import Iterable

from triptych.values.tree import Node, children, kind, text

_SOUND_SIGN = "♪"
"""Printed in place of a prompt that is only a sound."""


def word_table(
    cards: Iterable[tuple[tuple[Node, ...], tuple[Node, ...]]], *, brief: bool = False
) -> tuple[Node, ...]:
    """Return the table of `cards`, their prompts and answers; nothing without cards.

    A `brief` one is without pictures whose descriptions their cells say in words.
    """
    rows = tuple(
        (("p", *(prompt or (_SOUND_SIGN,))), ("p", *_in_cell(answer, brief=brief)))
        for prompt, answer in cards
    )
    return (("table", ("", ""), (), rows),) if rows else ()


def _in_cell(blocks: tuple[Node, ...], *, brief: bool) -> tuple[Node, ...]:
    """Return the contents of a cell: those of a lone paragraph, or else all blocks."""
    if len(blocks) != 1 or kind(blocks[0]) != "p":
        return blocks
    line = children(blocks[0])
    return _without_repeated_pictures(line) if brief else line


def _without_repeated_pictures(line: tuple[Node, ...]) -> tuple[Node, ...]:
    """Return `line` without pictures whose description is all of its text."""
    words = "".join(map(text, line)).strip()
    kept = [
        node
        for node in line
        if not (isinstance(node, tuple) and (node[0], node[-1]) == ("img", words))
    ]
    while len(kept) < len(line) and kept[-1:] == [("br",)]:
        kept.pop()
    return tuple(kept)
