"""The cards of the sheet: title, summary, key formulas and code, and a pitfall."""

from collections.abc import Iterable
from math import ceil

from triptych.render.sheet.language import Language, guess_language, needs_tall_lines
from triptych.render.sheet.links import LinkTargets, with_links
from triptych.render.sheet.nodes import Data, inline, with_places
from triptych.values.question import Question
from triptych.values.tree import PROSE_KINDS, Node, children, kind, text, words

_LINE_CHARS = 45
_CODE_LINE_CHARS = 60
_MAX_UNBROKEN_LINES = 22
"""A longer card may break across columns: unbroken, it could be cut off."""


def card(
    question: Question, number: int, targets: LinkTargets, usual: Language
) -> dict[str, Data]:
    """Return the card of `question`, as data for the template.

    `usual` is the language of the deck.
    """
    path, difficulty = str(question.meta.path), question.meta.difficulty

    def drawn(nodes: Iterable[Node]) -> tuple[Node, ...]:
        return tuple(with_links(with_places(node, path), targets) for node in nodes)

    shown = question.on_sheet
    body, formulas, code, wrong, right = (drawn(part.blocks) for part in shown.parts)
    language = guess_language(sample(question), usual)
    # The whole title is a link, and links cannot be nested.
    title = tuple(with_links(node, None) for node in inline(question.prompt))
    lines = sum(
        map(_lines, [("p", *title), *body, *formulas, *code, ("p", *wrong, *right)])
    )
    return {
        "id": question.id,
        "number": number,
        "title": title or (question.id,),
        "url": targets.page(path),
        "signs": difficulty.signs if difficulty else "",
        "body": body,
        "formulas": formulas,
        "code": code,
        "wrong": wrong,
        "right": right,
        "breakable": lines > _MAX_UNBROKEN_LINES,
        "lang": language.code,
        "dir": language.direction,
        "tall_lines": needs_tall_lines(language),
    }


def sample(question: Question) -> str:
    """Return the words of the title and the summary."""
    return " ".join(map(words, (*question.prompt.blocks, *question.summary.blocks)))


def _latex(node: Node) -> str:
    return str(node[2]) if isinstance(node, tuple) else ""


def _lines(node: Node) -> int:
    """Return an upper estimate of the lines that `node` takes in a narrow column."""
    match kind(node):
        case "mathblock":
            return 3 * (1 + _latex(node).count(r"\\"))
        case "fence":
            return sum(
                1 + len(text(line)) // _CODE_LINE_CHARS for line in children(node)
            )
        case "br":
            return 1
        case "ul" | "ol" | "dl" | "table" | "quote" | "p" | "":
            if isinstance(node, str):
                return 0
            inner = children(node)
            chars = sum(len(text(n)) for n in inner if not _is_block(n))
            return ceil(chars / _LINE_CHARS) + sum(map(_lines, inner))
        case _:
            return sum(map(_lines, children(node)))


def _is_block(node: Node) -> bool:
    return kind(node) in PROSE_KINDS or (isinstance(node, tuple) and not kind(node))
