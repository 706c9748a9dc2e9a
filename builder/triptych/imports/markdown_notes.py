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
    paragraph_beside,
    paragraphs,
    parsed_lines,
)
from triptych.imports.markdown_question import (
    Raw,
    answer_of,
    prompt_of_title,
    with_answer,
)

_Q = re.compile(r"\s{0,3}(?:[-*+][ \t]+)?(?:\*\*|__)?Q(?:uestion)?[ \t]*\d*[ \t]*[.:]")
_A = re.compile(
    r"\s{0,3}(?:[-*+][ \t]+)?(?:\*\*|__)?A(?:ns(?:wer)?)?[ \t]*\d*[ \t]*[.:]"
)
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
                if not line.is_code and n and _A.match(line.text)
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
    for n, line in enumerate(parsed):
        if line.is_code or line.level:
            continue
        bare = line.text.strip()
        if bare in {"?", "??"}:
            above = paragraph_beside(parsed, n, -1)
            below = paragraph_beside(parsed, n, 1)
            if above and below:
                prompt = prompt_of_title(" ".join(above))
                answer = answer_of("\n".join(below))
                both = bare == "??"
                span = range(n - len(above), n + 1 + len(below))
                yield Raw(prompt, answer, span, headings[n], is_reversed=both)
        elif asked := _CALLOUT.fullmatch(bare):
            end = next(
                (k for k in range(n + 1, len(parsed)) if not _quoted(parsed[k])),
                len(parsed),
            )
            quoted = "".join(line.text for line in parsed[n + 1 : end])
            body = re.sub(r"^[ \t]*>[ \t]?", "", quoted, flags=re.MULTILINE)
            prompt = prompt_of_title(asked[1])
            yield with_answer(prompt, body, range(n, end), headings[n])
        elif found := _pair(re.sub(r"^[-*+][ \t]+", "", bare)):
            prompt, answer, both = found
            prompt, span = prompt_of_title(prompt), range(n, n + 1)
            yield Raw(prompt, answer, span, headings[n], is_reversed=both)
    for span, paragraph in paragraphs(parsed):
        if has_gaps(paragraph) and not _pair(paragraph):
            filled = gaps_of(paragraph)
            titles = headings[span.start]
            yield Raw(prompt_of(filled), filled, span, titles, has_gaps=True)


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
