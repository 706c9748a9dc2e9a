"""The HTML in the fields of a note."""

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape

from triptych.dialect.characters import unescaped
from triptych.notes import shape
from triptych.notes.strings import CardStrings
from triptych.notes.which import Note
from triptych.values.meta import Reference
from triptych.values.note import Role
from triptych.values.prose import Prose
from triptych.values.question import Part, Question

_QUOTES = "\"'“”„«»「『"
# Anki ends a field at U+001F, and control characters are not allowed in HTML.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# Syntax that Anki interprets: clozes; sounds, LaTeX, typed answers, speech.
_BRACES = re.compile(r"\{(?=\{)")
_BRACKET = re.compile(r"\[(?=sound:|latex\]|\$\$?\]|\[type:|anki:)", re.IGNORECASE)
# Anki looks at the finished field, so do these. It may be HTML of another program, too.
_LETTER_OR_PICTURE = re.compile(r"(?:^|>)\s*\w|<(?:img|audio|video|hr|input)\b")
_TAG = re.compile(r"<[^>]*>")


def fields(note: Note, strings: CardStrings) -> Mapping[str, str]:
    """Return the fields of `note` by name, without empty ones.

    They are HTML for `put_media`, which names their pictures and sounds.
    """
    written = (
        _plain_card(note, strings) if note.role is Role.CARD else _fields(note, strings)
    )
    safe_fields = {name: safe(html) for name, html in written}
    if note.cloze:
        safe_fields["Text"] = safe(note.cloze.card, cloze=True)
    shown = {name: html for name, html in safe_fields.items() if visible(html)}
    if note.role is Role.CARD and note.cloze:
        return shown
    # An invisible prompt would make a card with a blank front.
    return {"Question": note.id} | shown


def safe(html: str, *, cloze: bool = False) -> str:
    """Return HTML with the same look, but without syntax that Anki interprets.

    Anki searches the finished field, so this is applied to every field last, whatever
    function wrote it. With `cloze`, cloze deletions are kept.
    """
    if not html.isprintable():
        html = _CONTROL.sub("", html)
    if "[" in html:
        html = _BRACKET.sub("&#91;", html)
    return html if cloze or "{{" not in html else _BRACES.sub("&#123;", html)


def visible(html: str) -> bool:
    """Return whether `html` is visible, by the criteria of Anki."""
    if _LETTER_OR_PICTURE.search(html):
        return True
    text = unescaped(_TAG.sub("", html))
    return any(
        character.isprintable() and not character.isspace() for character in text
    )


def _fields(note: Note, strings: CardStrings) -> Iterator[tuple[str, str]]:
    question = note.question
    yield "Id", note.id
    yield "Page", note.page
    yield "Label", _label(note, strings)
    if note.part and note.role is Role.PITFALL:
        yield "Question", _pitfall_prompt(note.part, strings)
    else:
        yield "Question", note.prompt.card
    if note.part:
        yield "Parent", question.prompt.card
        yield "Answer", note.part.text.card
    elif note.role is Role.QUESTION:
        yield "Hints", question.task.card + "".join(_hints(question.hints, strings))
        yield "Summary", question.summary.card
        yield "Answer", question.figure.card + _answer(question, strings)
        rubric = _list(point.card for point in question.rubric)
        yield "Rubric", rubric + _list(_levels(question, strings))
        yield "References", _list(map(_reference, question.meta.references))


def _plain_card(note: Note, strings: CardStrings) -> Iterator[tuple[str, str]]:
    """Yield the fields of a plain card; see `shape` for the spare ones."""
    part = note.part
    if part is None or part.plain is None:
        return
    yield "Id", note.id
    yield "Page", note.page
    if note.cloze:
        yield shape.BACK_OF_CLOZE, part.text.card
        return
    yield "Question", part.prompt.card
    if part.plain.hint.card:
        yield "Hints", "".join(_hints((part.plain.hint,), strings))
    yield "Answer", part.text.card
    if part.plain.is_reversed and visible(part.text.card):
        yield shape.REVERSED, "1"
    yield shape.TYPED, escape(part.plain.typed)


def _label(note: Note, strings: CardStrings) -> str:
    if note.role is not Role.QUESTION:
        return strings[note.role].html
    question: Question = note.question
    parts = [
        strings[question.meta.kind],
        strings["minutes"].filled(n=question.meta.minutes),
    ]
    if question.meta.difficulty:
        parts.insert(1, strings[question.meta.difficulty])
    label = " · ".join(part.html for part in parts)
    # The style puts the rubric of what takes long above its folded answer.
    return f'<span class="long">{label}</span>' if question.is_long else label


def _answer(question: Question, strings: CardStrings) -> str:
    """Return the answer, folded where the summary and the rubric grade a long one."""
    html = question.answer.card
    is_graded = question.summary.card or question.rubric
    if not (html and question.is_long and is_graded):
        return html
    title = f'<summary class="fold">{strings["whole_answer"].html}</summary>'
    return f'<details class="whole">{title}{html}</details>'


def _pitfall_prompt(pitfall: Part, strings: CardStrings) -> str:
    question, claim = strings["wrong"], _claim(pitfall, strings["quoted"].text)
    if question.is_foreign:
        claim = f'<span lang="{escape(question.page_language)}">{claim}</span>'
    return question.html.replace("{claim}", claim)


def _claim(pitfall: Part, quoted: str) -> str:
    """Return a claim in quotation marks; those of its author unless straight."""
    claim = pitfall.claim
    if pitfall.prompt.plain[:1] not in _QUOTES:
        claim = pitfall.prompt.card
    return escape(quoted).replace("{text}", claim) if claim else pitfall.prompt.card


def _hints(hints: tuple[Prose, ...], strings: CardStrings) -> Iterator[str]:
    for number, hint in enumerate(hints, start=1):
        title = strings["hint"].filled(n=number).html
        yield f"<details><summary>{title}</summary>{hint.card}</details>"


def _levels(question: Question, strings: CardStrings) -> Iterator[str]:
    for answer in question.levels:
        yield f"<b>{strings[answer.level].html}:</b> {answer.text.card}"


def _list(items: Iterable[str]) -> str:
    rows = "".join(f"<li>{item}</li>" for item in items if item)
    return f"<ul>{rows}</ul>" if rows else ""


def _reference(source: Reference) -> str:
    title = escape(source.title)
    if source.url.startswith(("https://", "http://")):
        title = f'<a href="{escape(source.url)}">{title}</a>'
    details = ", ".join(escape(part) for part in (source.authors, source.year) if part)
    return f"{title}. {details}" if details else title
