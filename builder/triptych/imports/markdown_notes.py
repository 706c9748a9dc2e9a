"""Find the questions in a Markdown file, in the shapes that authors use."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from triptych.imports.clozes import gaps_of, has_gaps, prompt_of
from triptych.imports.markdown_lines import (
    BOLD,
    Line,
    first_paragraph,
    heading_title,
    headings_above,
    paragraph_beside,
    paragraphs,
    parsed_lines,
)
from triptych.imports.pieces import lines


@dataclass(frozen=True, slots=True)
class Raw:
    """A question as it is written in a file."""

    prompt: str
    answer: str
    line: int
    """Where it starts, counted from 1."""
    headings: tuple[str, ...] = ()
    """The headings above it, from the outermost."""
    has_gaps: bool = False
    """Whether the answer is a line with clozes, and the prompt the same without."""
    is_reversed: bool = False
    """Whether a second card asks for the prompt."""


_LABEL = re.compile(
    r"(?:Q(?:uestion)?[ \t]*\d*[ \t]*[.:)\-]|Question[ \t]+\d+)[ \t]*", re.IGNORECASE
)
_NUMBER = re.compile(r"\d{1,4}[.):][ \t]+")
_ASKS = re.compile(r"[?\uff1f\u061f][\W_]*$")
_ANSWER_LABEL = re.compile(
    r"\s*(?:#{1,6}[ \t]+)?(?:\*\*|__)?(?:A|Ans|Answer)(?:[ \t]*\d+)?"
    r"(?:[ \t]*[.:][ \t]*(?:\*\*|__)?|(?:\*\*|__)?[ \t]*[.:]|[ \t]*(?=\n))[ \t]*",
    re.IGNORECASE,
)
_DETAILS = re.compile(r"</?details\b[^>]*>", re.IGNORECASE)
_SUMMARY = re.compile(r"<summary\b[^>]*>(.*?)</summary>", re.IGNORECASE | re.DOTALL)
_HTML_LINE = re.compile(r"(?:\s*(?:<br\s*/?>|</?b>|</?p>))+(?=\s|$)", re.IGNORECASE)
_REVEALS = re.compile(
    r"\W*(?:(?:show|see|view|click|reveal|toggle|open|expand)\b.*"
    r"|(?:the )?(?:answer|solution|hint|explanation)s?\b\W*\d*)\W*",
    re.IGNORECASE,
)
"""Summaries of `<details>` that hide an answer and ask nothing."""
_Q = re.compile(r"\s{0,3}(?:[-*+][ \t]+)?(?:\*\*|__)?Q(?:uestion)?[ \t]*\d*[ \t]*[.:]")
_A = re.compile(
    r"\s{0,3}(?:[-*+][ \t]+)?(?:\*\*|__)?A(?:ns(?:wer)?)?[ \t]*\d*[ \t]*[.:]"
)
_PAIR = re.compile(r"(?P<prompt>[^\s:`|].*?[^:\s])[ \t]*:::?[ \t]*(?P<answer>[^:\s].*)")
_SCOPE = re.compile(
    r"\b(?:std|boost|absl|core|alloc|crate|self|super|Self|tokio|Eigen|[a-z]+_[a-z_]+)::"
)
"""The start of a name of C++ or Rust, such as `std::vector`: it asks nothing."""
_RULE = re.compile(r"[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*")
_TO_TOP = re.compile(
    r"[^\w\[]*\[[^\]]*(?:\btop\b|\u2191|\u2b06|\U0001f51d)[^\]]*\]\(#[^)]*\)\W*",
    re.IGNORECASE,
)


def by_headings(text: str) -> Iterator[Raw]:
    """Yield what headings ask: `## Q. What …`, `### Q1: …`, `## What is …?`."""
    parsed = parsed_lines(text)
    is_question = _question_headings(parsed)
    stack: list[tuple[int, str]] = []
    end = 0
    for place, line in enumerate(parsed):
        if not line.level or place < end:
            continue
        while stack and stack[-1][0] >= line.level:
            stack.pop()
        if is_question(place):
            end = _section_end(parsed, place, is_question)
            body = "".join(item.text for item in parsed[place + 1 : end])
            titles = tuple(title for _, title in stack)
            prompt, body = _asked(line.title, body)
            yield Raw(prompt, answer_of(body), place + 1, titles)
        else:
            stack.append((line.level, line.title))


def _asked(title: str, body: str) -> tuple[str, str]:
    """Return the prompt and the answer below a heading.

    Below `### Question 1: Title` the question itself may stand in bold.
    """
    prompt = _prompt(title)
    first, _, rest = body.strip("\n").partition("\n\n")
    bold = BOLD.fullmatch(" ".join(first.split()))
    is_asked = bold and bold[1] not in bold[2] and _ASKS.search(bold[2])
    if not bold or not is_asked or _ASKS.search(prompt) or not _LABEL.match(title):
        return prompt, body
    return ": ".join(filter(None, (prompt, bold[2].strip()))), rest


def by_details(text: str) -> Iterator[Raw]:
    """Yield what `<details>` blocks hide the answers of, under their `<summary>`."""
    parsed = parsed_lines(text)
    stack: list[tuple[int, str]] = []
    place = 0
    while place < len(parsed):
        line = parsed[place]
        if line.level:
            while stack and stack[-1][0] >= line.level:
                stack.pop()
            stack.append((line.level, line.title))
        if line.is_code or not line.text.lstrip().lower().startswith("<details"):
            place += 1
            continue
        end = _details_end(parsed, place)
        block = "".join(item.text for item in parsed[place:end])
        found = _SUMMARY.search(block)
        if found and not _REVEALS.fullmatch(found[1]):
            body = block[found.end() :].rstrip()
            body = body[: body.lower().rfind("</details>")] if end else body
            titles = tuple(title for _, title in stack)
            prompt = _prompt(" ".join(_without_tags(found[1]).split()))
            yield Raw(prompt, answer_of(_without_wrapping(body)), place + 1, titles)
        place = end


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
        yield Raw(_prompt(prompt), answer_of(body), start + 1, headings[start])


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
                prompt = " ".join(" ".join(above).split())
                answer = answer_of("\n".join(below))
                both = bare == "??"
                yield Raw(_prompt(prompt), answer, n, headings[n], is_reversed=both)
        elif found := _pair(re.sub(r"^[-*+][ \t]+", "", bare)):
            prompt, answer, both = found
            yield Raw(_prompt(prompt), answer, n + 1, headings[n], is_reversed=both)
    for n, paragraph in paragraphs(parsed):
        if has_gaps(paragraph) and not _pair(paragraph):
            filled = gaps_of(paragraph)
            yield Raw(prompt_of(filled), filled, n + 1, headings[n], has_gaps=True)


SHAPES: Mapping[str, Callable[[str], Iterator[Raw]]] = MappingProxyType(
    {
        "details": by_details,
        "labels": by_labels,
        "headings": by_headings,
        "colons": by_colons,
    }
)
"""What finds questions of each shape; of equal numbers the first shape counts."""
OF_CARDS = frozenset({"labels", "colons"})
"""Shapes that programs for flashcards read, and not people."""


def answer_of(body: str) -> str:
    """Return an answer without its label, and without what leads away below it."""
    label = _ANSWER_LABEL.match(body)
    if label:
        body = body[label.end() :]
    kept: list[str] = []
    for is_code, line in lines(body):
        if not is_code and _TO_TOP.fullmatch(line.rstrip("\n")):
            continue
        kept.append(line)
    while kept and (not kept[-1].strip() or _RULE.fullmatch(kept[-1].rstrip("\n"))):
        kept.pop()
    return _unfolded("".join(kept)).strip("\n")


def _unfolded(text: str) -> str:
    """Return `text` without `<details>` around an answer: a card hides it already."""
    found = _SUMMARY.search(text)
    tags = list(_DETAILS.finditer(text))
    is_whole = len(tags) == len(("<details>", "</details>"))
    if not (found and is_whole and _REVEALS.fullmatch(_without_tags(found[1]))):
        return text
    first, last = tags
    inside = text[found.end() : last.start()]
    return f"{text[: first.start()]}{_without_wrapping(inside)}{text[last.end() :]}"


def _without_wrapping(body: str) -> str:
    """Return the inside of `<details>` without `<br><b>` and `</b>` around it."""
    opening = _HTML_LINE.match(body)
    if not opening:
        return body
    rest = body[opening.end() :].rstrip()
    bolds = opening[0].lower().count("<b>") + opening[0].lower().count("<p>")
    for _ in range(bolds):
        rest = re.sub(r"\s*</(?:b|p)>$", "", rest, flags=re.IGNORECASE)
    return rest


def _without_tags(html: str) -> str:
    return re.sub(r"</?(?:b|strong|i|em|h[1-6]|p|u|span|font)\b[^>]*>", "", html)


def _question_headings(parsed: list[Line]) -> Callable[[int], bool]:
    """Return what tells whether the heading on a line asks something.

    Where some are labelled, as `Q1:`, only these ask.
    """
    headings = {n: line for n, line in enumerate(parsed) if line.level}
    labelled = {n for n, line in headings.items() if _LABEL.match(line.title)}
    asking = {n for n, line in headings.items() if _ASKS.search(line.title)}
    chosen = labelled or asking
    if chosen and not labelled:
        # Of numbered headings on the level of questions, all ask: `4. Explain …`.
        levels = {headings[n].level for n in chosen if _NUMBER.match(headings[n].title)}
        chosen = chosen | {
            n
            for n, line in headings.items()
            if line.level in levels and _NUMBER.match(line.title)
        }
    return chosen.__contains__


def _section_end(
    parsed: list[Line], start: int, is_question: Callable[[int], bool]
) -> int:
    level = parsed[start].level
    depth = 0
    for n in range(start + 1, len(parsed)):
        line = parsed[n]
        if line.level and (is_question(n) or (line.level <= level and depth <= 0)):
            return n
        # A heading within `<details>` belongs to the answer that it folds.
        for tag in () if line.is_code else _DETAILS.findall(line.text):
            depth += -1 if tag.startswith("</") else 1
    return len(parsed)


def _details_end(parsed: list[Line], start: int) -> int:
    """Return the line after the end of the block that opens on the line `start`."""
    depth = 0
    for n in range(start, len(parsed)):
        if parsed[n].is_code:
            continue
        for tag in _DETAILS.findall(parsed[n].text):
            depth += -1 if tag.startswith("</") else 1
        if depth <= 0:
            return n + 1
    return len(parsed)


def _prompt(title: str) -> str:
    title = " ".join(title.split())
    for label in (_LABEL, _NUMBER):
        title = label.sub("", title, count=1) if label.match(title) else title
    return heading_title(title.strip(" *_") if title.startswith("**") else title)


def _pair(line: str) -> tuple[str, str, bool] | None:
    """Return both sides of `prompt::answer`, and whether `:::` makes two cards."""
    if "::" not in line or line.startswith(("|", ">", "<", "#")):
        return None
    hidden = re.sub(r"`[^`]*`|\$[^$]*\$", lambda code: "x" * len(code[0]), line)
    hidden = _SCOPE.sub(lambda name: "x" * len(name[0]), hidden)
    found = _PAIR.fullmatch(hidden)
    if not found:
        return None
    end, start = found.end("prompt"), found.start("answer")
    return line[:end], line[start:], ":::" in line[end:start]
