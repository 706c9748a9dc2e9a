"""What stands in the fields of a note: HTML that means the same to Anki."""

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape

from triptych.dialect.characters import unescaped
from triptych.notes.strings import Words
from triptych.notes.which import Note
from triptych.values.meta import Reference
from triptych.values.note import Role
from triptych.values.question import Prose, Question

_QUOTES = "\"'“”„«»「『"
# Anki would end a field at U+001F; no control character has a place in HTML.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# What Anki looks for in a field: clozes; sounds, LaTeX, typed answers, speech.
_BRACES = re.compile(r"\{(?=\{)")
_BRACKET = re.compile(r"\[(?=sound:|latex\]|\$\$?\]|\[type:|anki:)", re.IGNORECASE)
_LETTER_OR_PICTURE = re.compile(r"(?:^|>)\s*\w|<(?:img|audio|video|hr|input)\b")
_STRAIGHT = ("&quot;", '"')
"""A straight quotation mark in HTML: the sanitizer writes it as it is."""
_TAG = re.compile(r"<[^>]*>")


def fields(note: Note, words: Words) -> Mapping[str, str]:
    """Return the fields of `note` by name, without those that show nothing."""
    made = {name: safe(html) for name, html in _fields(note, words)}
    if note.cloze:
        made["Text"] = safe(note.cloze.card, cloze=True)
    shown = {name: html for name, html in made.items() if visible(html)}
    # A prompt that shows nothing would be a card with a blank front.
    return {"Question": note.id} | shown


def safe(html: str, *, cloze: bool = False) -> str:
    """Return HTML that looks the same and holds nothing that Anki would act upon.

    Anki searches the finished field, whatever wrote it, and so does this: the last
    gate, which no writer and no word of a deck's own can pass by.

    The text of a `cloze` note keeps its deletions.
    """
    if not html.isprintable():
        html = _CONTROL.sub("", html)
    if "[" in html:
        html = _BRACKET.sub("&#91;", html)
    return html if cloze or "{{" not in html else _BRACES.sub("&#123;", html)


def visible(html: str) -> bool:
    """Return whether a reader would see anything of `html`, as Anki judges a field."""
    if _LETTER_OR_PICTURE.search(html):
        return True
    text = unescaped(_TAG.sub("", html))
    return any(
        character.isprintable() and not character.isspace() for character in text
    )


def _fields(note: Note, words: Words) -> Iterator[tuple[str, str]]:
    question = note.question
    yield "Id", note.id
    yield "Page", note.page
    yield "Label", _label(note, words)
    if note.role is Role.PITFALL:
        yield "Question", _wrong(note.prompt, words)
    else:
        yield "Question", note.prompt.card
    if note.part:
        yield "Parent", question.prompt.card
        yield "Answer", note.part.text.card
    elif note.role is Role.QUESTION:
        yield "Hints", "".join(_hints(question.hints, words))
        yield "Summary", question.summary.card
        yield "Answer", question.answer.card
        yield "Rubric", _list(point.card for point in question.rubric)
        yield "References", _list(map(_reference, question.meta.references))


def _label(note: Note, words: Words) -> str:
    if note.role is not Role.QUESTION:
        return words[note.role].html
    question: Question = note.question
    parts = [
        words[question.meta.kind],
        words["minutes"].filled(n=question.meta.minutes),
    ]
    if question.meta.difficulty:
        parts.insert(1, words[question.meta.difficulty])
    return " · ".join(part.html for part in parts)


def _wrong(prompt: Prose, words: Words) -> str:
    asked, claim = words["wrong"], _claim(prompt, words["quoted"].text)
    if asked.is_foreign:
        claim = f'<span lang="{escape(asked.page_language)}">{claim}</span>'
    return asked.html.replace("{claim}", claim)


def _claim(prompt: Prose, quoted: str) -> str:
    """Return a claim in quotation marks: its author's, unless they are straight."""
    card, plain = prompt.card, prompt.plain
    if plain[:1] not in _QUOTES:
        return escape(quoted).replace("{text}", card)
    if plain.endswith('"') and plain.count('"') == len('""'):
        for mark in _STRAIGHT:
            if card.startswith(mark) and card.endswith(mark):
                bare = card.removeprefix(mark).removesuffix(mark)
                return escape(quoted).replace("{text}", bare)
    return card


def _hints(hints: tuple[Prose, ...], words: Words) -> Iterator[str]:
    for number, hint in enumerate(hints, start=1):
        title = words["hint"].filled(n=number).html
        yield f"<details><summary>{title}</summary>{hint.card}</details>"


def _list(items: Iterable[str]) -> str:
    rows = "".join(f"<li>{item}</li>" for item in items if item)
    return f"<ul>{rows}</ul>" if rows else ""


def _reference(source: Reference) -> str:
    title = escape(source.title)
    if source.url.startswith(("https://", "http://")):
        title = f'<a href="{escape(source.url)}">{title}</a>'
    made_by = ", ".join(escape(part) for part in (source.authors, source.year) if part)
    return f"{title}. {made_by}" if made_by else title
