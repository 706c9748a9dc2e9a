"""Rules about what an interview asks of a card: rubric, hints, and code in time.

Sources as in `learning`; their findings are hints, too.
"""

import re
from collections.abc import Iterator

from triptych.typeset.plain import plain
from triptych.validate.learning_words import is_english, spoken, stems
from triptych.validate.rule import FileScope
from triptych.values.diagnostics import Finding
from triptych.values.document import Document
from triptych.values.meta import Kind

_MIN_RUBRIC_STEMS = 4
"""A line with fewer words of its own may be said in others."""
_MAX_COVERED_PART = 0.2
_SAYS = re.compile(
    r"(?:(?:Mid|Senior|Staff):\s*)?(?:names|mentions|says|states|gives|lists|knows"
    r"|explains|describes|compares|defines|tells|adds|quantifies)\b",
    re.IGNORECASE,
)
"""What begins otherwise is judged by how the candidate works, not by what is said."""
_ABBREVIATION = re.compile(r"\b[A-Z]{2,5}\b")
_WORD = re.compile(r"[^\W_]+")
_LINES_PER_MINUTE = 3
"""Faster than almost everybody writes what they have thought through."""
_DOCSTRING = re.compile(
    r'^\s*(?:"""|\'\'\').*?(?:"""|\'\'\')', re.DOTALL | re.MULTILINE
)
_WITH_HINTS = frozenset({Kind.CODING, Kind.SYSTEM_DESIGN, Kind.BEHAVIORAL})


def uncovered_rubric(document: Document, scope: FileScope) -> Iterator[Finding]:
    """Flag a line of the rubric of which the spoken answer says nothing (G).

    The answer is what the rubric is judged by: who learns it by heart must pass. Words
    are compared by their beginnings, in the answer and in the summary.

    Bad:

        ---
        question: What is the life of a model?
        rubric:
          - Mentions privacy, fairness, audit and decommissioning
        ---
        A loop from data to training to release, and back.

    Good:

        ---
        question: What is the life of a model?
        rubric:
          - Says that monitoring leads back to training
        ---
        A loop from data to training to release; monitoring leads back to training.
    """
    if document.meta.is_guide or document.meta.kind is not Kind.CONCEPT:
        return
    said = stems(spoken(document)) if is_english(scope) else frozenset()
    for key, tokens in document.prose.items():
        line = plain(tokens)
        says = _SAYS.match(line) if said and key.startswith("rubric.") else None
        wanted = stems(line[says.end() :]) if says else frozenset()
        if len(wanted) < _MIN_RUBRIC_STEMS:
            continue
        covered = wanted & (said | _spelled_out(line, spoken(document)))
        if len(covered) <= len(wanted) * _MAX_COVERED_PART:
            message = "no sentence of the spoken answer covers this line"
            hint = "say it in the answer, or ask for less"
            yield Finding(document.span(tokens[0]), message, hint)


def _spelled_out(line: str, answer: str) -> frozenset[str]:
    """Return the abbreviations in `line` whose words stand in `answer`."""
    initials = "".join(word[0] for word in _WORD.findall(answer)).upper()
    return stems(" ".join(a for a in _ABBREVIATION.findall(line) if a in initials))


def missing_hints(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag a problem to be solved, not recalled, that has no hints (G).

    Who is stuck at code, at a design or at a story of their own either gets a first
    step, or turns the card and learns nothing.

    Bad:

        ---
        question: Write k-means.
        kind: coding
        ---
        Assign, average, repeat.

    Good:

        ---
        question: Write k-means.
        kind: coding
        hints: ["What stays fixed while you assign rows to centers?"]
        ---
        Assign, average, repeat.
    """
    meta = document.meta
    if meta.is_guide or meta.kind not in _WITH_HINTS or "hints.0" in document.prose:
        return
    for token in document.prose.get("question", ()):
        message = "whoever is stuck here gets no hint"
        yield Finding(document.span(token), message, "add `hints: [first, second]`")


def long_code(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag a solution with more lines than can be written in the stated minutes (G).

    Three lines a minute are fast for whoever thinks, too. Blank lines, comments and
    docstrings do not count.

    Of 60 lines in 20 minutes each can be written, of 70 not.
    """
    if document.meta.is_guide or document.meta.kind is not Kind.CODING:
        return
    lines = sum(
        bool(line.strip()) and not line.lstrip().startswith(("#", "//"))
        for code in document.code
        if code.role == "solution"
        for line in _DOCSTRING.sub("", code.text).splitlines()
    )
    minutes = document.meta.minutes
    most = minutes * _LINES_PER_MINUTE
    place = document.front_matter.get("minutes") or document.front_matter.get(
        "question"
    )
    if place and lines > most:
        message = f"the solution has {lines} lines: {most} fit {minutes} minutes"
        hint = "ask for a part of it, or give more minutes"
        yield Finding(place.span, message, hint)
