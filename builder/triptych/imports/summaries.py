"""The sentence that answers a question in short, taken from its answer."""

import re
from dataclasses import replace

from triptych.imports.found import FoundNote

MAX_SUMMARY_CHARS = 160
"""The sheet has one line for a summary."""
_MIN_SUMMARY_CHARS = 15
_LABEL = re.compile(
    r"\s*(?:[>*_#]|<b>)*\s*(?:TL;?DR|In short|Short answer|Summary)\b[ \t]*[:.\-]?"
    r"[*_ \t]*[:.\-]?[*_ \t]*\n?",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"\s{0,3}(?:[-+*#>|~`]|\d+[.)]|<|\$\$|!\[|\t| {4})")
_SENTENCE = re.compile(
    r"(?P<text>(?:`[^`\n]*`|\$[^$\n]*\$|\[[^\]\n]*\]\([^)\n]*\)|[^.!?\n`$])+?[.!])"
    r"(?=[ \t\n]+(?:[A-Z\u00c0-\u00de\u0400-\u042f`*\[]|\n)|\s*$)"
)
_SHORT_WORD = re.compile(r"(?:\b(?:e\.g|i\.e|etc|vs|cf|[A-Z]|approx|Dr|Mr|St)\.)$")


def with_summary(note: FoundNote) -> FoundNote:
    """Return `note` with the summary that its answer begins with, if it does.

    The summary is no longer a part of the answer, which cards show right below it.
    """
    if note.summary or not note.answer or note.is_kept:
        return note
    labelled = _LABEL.match(note.answer)
    if labelled:
        summary, rest = _labelled(note.answer[labelled.end() :])
    else:
        summary, rest = _first_sentence(note.answer)
    # Without the rest of an answer, the sentence is the answer.
    return replace(note, summary=summary, answer=rest) if summary and rest else note


def _labelled(text: str) -> tuple[str, str]:
    """Return the short answer below a label, and the rest; none if it is long."""
    head, _, rest = text.partition("\n\n")
    summary = " ".join(head.split())
    is_short = len(summary) <= MAX_SUMMARY_CHARS and not _BLOCK.match(head)
    return (summary if is_short else "", rest.strip("\n"))


def _first_sentence(text: str) -> tuple[str, str]:
    found = None if _BLOCK.match(text) else _SENTENCE.match(text)
    if found is None or _SHORT_WORD.search(found["text"]):
        return "", text
    summary = " ".join(found["text"].split())
    has_length = _MIN_SUMMARY_CHARS <= len(summary) <= MAX_SUMMARY_CHARS
    if not has_length or not _is_whole(summary):
        return "", text
    return summary, text[found.end() :].lstrip()


def _is_whole(text: str) -> bool:
    """Return whether no pair of marks is cut."""
    return not any(text.count(mark) % 2 for mark in ("**", "__", "`", "$", "<")) and (
        text.count("(") == text.count(")") and text.count("[") == text.count("]")
    )
