"""What stands in the fields of a note: HTML that Anki and MathJax show as it is meant."""

import re
from collections.abc import Iterator, Mapping
from html import escape, unescape
from urllib.parse import urlsplit

from builder.model import Prose, Question, Reference
from builder.notes import Note, Role

_LABELS = {
    Role.FOLLOW_UP: "follow-up",
    Role.PITFALL: "pitfall",
    Role.CLOZE: "fill in the gap",
    Role.CODE: "fill in the code",
}
_QUOTES = "\"'“”„«»‹›「『"
# Anki would end a field at U+001F; no control character has a place in HTML.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# What Anki looks for in the text of a field: clozes, sounds, LaTeX, typed answers, speech.
_SYNTAX = re.compile(r"\{(?=\{)|\[(?=sound:|latex\]|\$\$?\]|\[type:|anki:)", re.IGNORECASE)
_VISIBLE_SOON = re.compile(r"(?:^|>)[^<&\s]|<(?:img|audio|video|hr|input)\b")
_TAG = re.compile(r"<[^>]*>")


def fields(note: Note) -> Mapping[str, str]:
    """Return the fields of `note` by name; those left out are empty."""
    made = {name: safe(html) for name, html in _fields(note)}
    if note.cloze:
        made["Text"] = _CONTROL.sub("", note.cloze.card)
    made = {name: html for name, html in made.items() if visible(html)}
    # A prompt that shows nothing would be a card with a blank front.
    return {"Question": escape(note.id)} | made


def safe(html: str) -> str:
    """Return HTML that looks the same and holds nothing that Anki would act upon."""
    if _CONTROL.search(html):
        html = _CONTROL.sub("", html)
    if "{{" in html or "[" in html:
        html = _SYNTAX.sub(lambda match: f"&#{ord(match[0])};", html)
    return html


def visible(html: str) -> bool:
    """Return whether a reader would see anything of `html`."""
    if _VISIBLE_SOON.search(html):
        return True
    text = unescape(_TAG.sub("", html))
    return any(character.isprintable() and not character.isspace() for character in text)


def _fields(note: Note) -> Iterator[tuple[str, str]]:
    question = note.question
    yield "Id", escape(note.id)
    yield "Page", escape(note.page)
    yield "Label", _LABELS.get(note.role) or _label(question)
    yield "Question", _asked(note)
    if note.part:
        yield "Parent", question.prompt.card
        yield "Answer", note.part.text.card
    elif note.role is Role.QUESTION:
        yield "Hints", "".join(_hints(question.hints))
        yield "Summary", question.summary.card
        yield "Answer", question.answer.card
        yield "Rubric", _list(point.card for point in question.rubric)
        yield "References", _list(map(_reference, question.references))


def _label(question: Question) -> str:
    parts = [question.kind.replace("-", " ")]
    if question.difficulty:
        parts.append(question.difficulty)
    return " · ".join([*parts, f"{question.minutes} min"])


def _asked(note: Note) -> str:
    html = note.prompt.card
    if note.role is not Role.PITFALL:
        return html
    claim = html if note.prompt.plain[:1] in _QUOTES else f"“{html}”"
    return f"What is wrong with {claim}?"


def _hints(hints: tuple[Prose, ...]) -> Iterator[str]:
    for number, hint in enumerate(hints, start=1):
        yield f"<details><summary>Hint {number}</summary>{hint.card}</details>"


def _list(items: Iterator[str]) -> str:
    rows = "".join(f"<li>{item}</li>" for item in items if item)
    return f"<ul>{rows}</ul>" if rows else ""


def _reference(source: Reference) -> str:
    title = escape(source.title)
    if urlsplit(source.url).scheme in {"http", "https"}:
        title = f'<a href="{escape(source.url)}">{title}</a>'
    made_by = ", ".join(escape(part) for part in (source.authors, source.year) if part)
    return f"{title}. {made_by}" if made_by else title
