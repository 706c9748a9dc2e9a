"""Find the questions in a Markdown file, in the shapes that authors use."""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from types import MappingProxyType

from triptych.imports.clozes import gaps_of, has_gaps, prompt_of
from triptych.imports.markdown_details import by_details
from triptych.imports.markdown_headings import (
    by_headings,
    by_marked_headings,
    by_sections,
)
from triptych.imports.markdown_items import by_items
from triptych.imports.markdown_lines import (
    Line,
    first_paragraph,
    headings_above,
    paragraph_next_to,
    paragraphs,
    parsed_lines,
)
from triptych.imports.markdown_question import (
    Raw,
    answer_of,
    prompt_of_title,
    with_answer,
)

_Q = re.compile(
    r"\s{0,3}(?:[-*+][ \t]+)?(?:\*\*|__)?Q(?:uestion)?[ \t]*"
    r"(?:\d*[ \t]*[.:]|\d+[ \t]*\))",
    re.IGNORECASE,
)
_A = re.compile(
    r"\s{0,3}(?:[-*+][ \t]+)?(?:\*\*|__)?A(?:ns(?:wer)?)?[ \t]*\d*[ \t]*[.:)]",
    re.IGNORECASE,
)
_B = re.compile(r"\s*(?:[-*+][ \t]+)?B[.:)]", re.IGNORECASE)
"""The second of several answers to choose from: the line above is no answer."""
_PAIR = re.compile(r"(?P<prompt>[^\s:`|].*?[^:\s])[ \t]*:::?[ \t]*(?P<answer>[^:\s].*)")
_SCOPE = re.compile(
    r"\b(?:std|boost|absl|core|alloc|crate|self|super|Self|tokio|Eigen|[a-z]+_[a-z_]+)::"
)
"""The start of a name of C++ or Rust, such as `std::vector`: it asks nothing."""


_CALLOUT = re.compile(
    r">[ \t]*\[!(?:question|help|faq)\][-+]?[ \t]+(\S.*)", re.IGNORECASE
)
"""The first line of a quote that asks, as Obsidian shows it."""


def by_labels(text: str) -> Iterator[Raw]:
    """Yield what lines `Q:` ask and lines `A:` answer."""
    parsed = parsed_lines(text)
    starts = [
        n for n, line in enumerate(parsed) if not line.is_code and _Q.match(line.text)
    ]
    headings = headings_above(parsed)
    for start, following in pairwise((*starts, len(parsed))):
        end = next(
            (n for n in range(start + 1, following) if parsed[n].level), following
        )
        block = parsed[start:end]
        answer = next(
            (
                n
                for n, line in enumerate(block)
                if n and _answers(line, block[n + 1 : n + 2])
            ),
            len(block),
        )
        question = "".join(line.text for line in block[:answer])
        prompt, rest = first_paragraph(_Q.sub("", question, count=1))
        body = "".join(line.text for line in block[answer:])
        if rest:
            body = f"{rest}\n\n{answer_of(body)}"
        prompt = prompt_of_title(prompt)
        yield with_answer(prompt, body, range(start, end), headings[start])


def by_colons(text: str) -> Iterator[Raw]:
    """Yield lines `question::answer`, paragraphs that a line `?` parts, and gaps."""
    parsed = parsed_lines(text)
    headings = headings_above(parsed)
    taken: set[int] = set()
    for n, line in enumerate(parsed):
        found = None if line.is_code or line.level else _card_at(parsed, n, headings[n])
        if found is not None:
            taken.update(found.lines)
            yield found
    # The lines of a card end the paragraphs above and below them.
    rest = [
        Line("\n", is_code=False) if n in taken else line
        for n, line in enumerate(parsed)
    ]
    for span, paragraph in paragraphs(rest):
        if has_gaps(paragraph):
            filled = gaps_of(paragraph)
            titles = headings[span.start]
            yield Raw(prompt_of(filled), filled, span, titles, has_gaps=True)


def _card_at(parsed: list[Line], n: int, titles: tuple[str, ...]) -> Raw | None:
    """Return the card that the line `n` makes, with lines around it or alone."""
    bare = parsed[n].text.strip()
    if bare in {"?", "??"}:
        above = paragraph_next_to(parsed, n, -1)
        below = paragraph_next_to(parsed, n, 1)
        if not above or not below:
            return None
        prompt, answer = prompt_of_title(" ".join(above)), answer_of("\n".join(below))
        both = bare == "??"
        span = range(n - len(above), n + 1 + len(below))
        return Raw(prompt, answer, span, titles, is_reversed=both)
    if asked := _CALLOUT.fullmatch(bare):
        after = range(n + 1, len(parsed))
        end = next((k for k in after if not _quoted(parsed[k])), len(parsed))
        quoted = "".join(line.text for line in parsed[n + 1 : end])
        body = re.sub(r"^[ \t]*>[ \t]?", "", quoted, flags=re.MULTILINE)
        return with_answer(prompt_of_title(asked[1]), body, range(n, end), titles)
    if found := _pair(re.sub(r"^[-*+][ \t]+", "", bare)):
        prompt, answer, both = found
        span = range(n, n + 1)
        return Raw(prompt_of_title(prompt), answer, span, titles, is_reversed=both)
    return None


Shape = Callable[[str], Iterator[Raw]]

SHAPES: Mapping[str, Shape] = MappingProxyType(
    {
        "details": by_details,
        "labels": by_labels,
        "headings": by_headings,
        "items": by_items,
        "sections": by_sections,
        "colons": by_colons,
    }
)
"""What finds questions of each shape, by the name that `--as` gives it."""
GUESSED: Mapping[str, Shape] = MappingProxyType(
    {
        "details": by_details,
        "labels": by_labels,
        "headings": by_marked_headings,
        "items": by_items,
        "colons": by_colons,
    }
)
"""The shapes that a file may be found to have; of equal numbers the first counts."""
OF_CARDS = frozenset({"labels", "colons"})
"""Shapes that programs for flashcards read, and not people."""


def _answers(line: Line, following: list[Line]) -> bool:
    """Return whether a line begins with a label such as `A:`."""
    is_option = any(_B.match(other.text) for other in following)
    return not line.is_code and bool(_A.match(line.text)) and not is_option


def _quoted(line: Line) -> bool:
    return line.text.lstrip().startswith(">")


def _pair(line: str) -> tuple[str, str, bool] | None:
    """Return both sides of `prompt::answer`, and whether `:::` makes two cards."""
    if "::" not in line or line.startswith(("|", ">", "<", "#")):
        return None
    hidden = re.sub(
        r"`[^`]*`|\$[^$]*\$|\{\{[^{}]*\}\}", lambda code: "x" * len(code[0]), line
    )
    hidden = _SCOPE.sub(lambda name: "x" * len(name[0]), hidden)
    found = _PAIR.fullmatch(hidden)
    if not found:
        return None
    end, start = found.end("prompt"), found.start("answer")
    return line[:end], line[start:], ":::" in line[end:start]
