"""A question as a Markdown file has it: its prompt, and an answer without labels."""

import re
from dataclasses import dataclass

from triptych.imports.details import Role, top_blocks
from triptych.imports.markdown_lines import heading_title
from triptych.imports.pieces import lines


@dataclass(frozen=True, slots=True)
class Raw:
    """A question as it is written in a file."""

    prompt: str
    answer: str
    lines: range
    """The lines of the file that it is made of, counted from 0."""
    headings: tuple[str, ...] = ()
    """The headings above it, from the outermost."""
    has_gaps: bool = False
    """Whether the answer is a line with clozes, and the prompt the same without."""
    is_reversed: bool = False
    """Whether a second card asks for the prompt."""
    hints: tuple[str, ...] = ()

    @property
    def line(self) -> int:
        """Return the line where it starts, counted from 1."""
        return self.lines.start + 1


LABEL = re.compile(
    r"(?:Q(?:uestion)?[ \t]*\d*[ \t]*[.:)\-]|Q\d+(?!\w)|Question[ \t]+\d+)[ \t]*",
    re.IGNORECASE,
)
NUMBER = re.compile(r"\d{1,4}[.):][ \t]+")
ASKS = re.compile(r"[?\uff1f\u061f][\W_]*$")
"""The end of a sentence that asks, with marks after it."""
TO_TOP = re.compile(
    r"[^\w\[]*\[[^\]]*(?:\btop\b|\u2191|\u2b06|\U0001f51d)[^\]]*\]\(#[^)]*\)\W*",
    re.IGNORECASE,
)
"""A line that leads to the top of a page."""
_BOLD_LABEL = re.compile(
    rf"^(\*\*|__)(?:{LABEL.pattern}|\d{{1,4}}[.):])\1[ \t]*", re.IGNORECASE
)
_ANSWER_LABEL = re.compile(
    r"\s*(?:#{1,6}[ \t]+)?(?:\*\*|__)?(?:A|Ans|Answer)(?:[ \t]*\d+)?"
    r"(?:[ \t]*[.:)][ \t]*(?:\*\*|__)?|(?:\*\*|__)?[ \t]*[.:)]|[ \t]*(?=\n))[ \t]*",
    re.IGNORECASE,
)
_OPTIONS = re.compile(r"\s*A[.):].*\n+[ \t]*B[.):]")
"""The first of several answers to choose from, and no label."""
_BLANK_LINES = re.compile(r"\A(?:[ \t]*\n)+")
_IS_ALL = re.compile(r"\s*A[.)][\s\-*_]*")
"""An answer that is a letter, as of a test with several to choose from."""
_HTML_LINE = re.compile(r"(?:\s*(?:<br\s*/?>|</?b>|</?p>))+(?=\s|$)", re.IGNORECASE)
_BLOCKS = re.compile(r"\n[ \t]*\n|^[ \t]*(?:[-*+>|#]|\d+[.)]|```|~~~|<)", re.MULTILINE)
"""What makes a text more than a paragraph."""
_MAX_HINT_CHARS = 300
_RULE = re.compile(r"[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*")


def prompt_of_title(title: str) -> str:
    """Return what a heading or a summary asks, without label, number and marks."""
    title = _BOLD_LABEL.sub("", heading_title(" ".join(title.split())), count=1)
    for label in (LABEL, NUMBER):
        title = label.sub("", title, count=1) if label.match(title) else title
    return heading_title(title.strip(" *_") if title.startswith("**") else title)


def answer_of(body: str) -> str:
    """Return an answer without its label, and without what leads away below it."""
    label = _ANSWER_LABEL.match(body)
    if label and not _OPTIONS.match(body) and not _IS_ALL.fullmatch(body):
        body = body[label.end() :]
    kept: list[str] = []
    for is_code, line in lines(body):
        if not is_code and TO_TOP.fullmatch(line.rstrip("\n")):
            continue
        kept.append(line)
    while kept and (not kept[-1].strip() or _RULE.fullmatch(kept[-1].rstrip("\n"))):
        kept.pop()
    return _BLANK_LINES.sub("", unfolded("".join(kept))).rstrip("\n")


def unfolded(text: str) -> str:
    """Return `text` without `<details>` around an answer: a card hides it already."""
    for block in reversed(top_blocks(text)):
        if block.says_nothing:
            inside = without_wrapping(block.folded_text(text))
            head, tail = text[: block.start].rstrip(" \t"), text[block.end :]
            head += "\n" if head and not head.endswith("\n") else ""
            text = f"{head}{inside}{tail}"
    return text


def with_answer(
    prompt: str, body: str, lines: range, headings: tuple[str, ...] = ()
) -> Raw:
    """Return the question `prompt` with what `body` answers, and with its hints."""
    body, hints = _without_hints(body)
    return Raw(prompt, answer_of(body), lines, headings, hints=hints)


def _without_hints(body: str) -> tuple[str, tuple[str, ...]]:
    """Return `body` without the hints that it folds away, and these.

    What is more than a paragraph stays folded in the answer.
    """
    hints: list[str] = []
    for block in reversed(top_blocks(body)):
        hint = without_wrapping(block.folded_text(body)).strip()
        is_line = 0 < len(hint) <= _MAX_HINT_CHARS and not _BLOCKS.search(hint)
        if block.role is Role.HINT and is_line:
            hints.insert(0, " ".join(hint.split()))
            body = body[: block.start] + body[block.end :].lstrip(" \t")
    return body, tuple(hints)


def without_wrapping(body: str) -> str:
    """Return the inside of `<details>` without `<br><b>` and `</b>` around it."""
    opening = _HTML_LINE.match(body)
    if not opening:
        return body
    rest = body[opening.end() :].rstrip()
    bolds = opening[0].lower().count("<b>") + opening[0].lower().count("<p>")
    for _ in range(bolds):
        rest = re.sub(r"\s*</(?:b|p)>$", "", rest, flags=re.IGNORECASE)
    return rest
