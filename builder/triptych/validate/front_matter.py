"""Rules for the front matter."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType

from triptych.dialect.ids import (
    RESERVED_SLUGS,
    id_from,
    is_id,
    is_note_id,
    is_note_name,
    note_named,
)
from triptych.dialect.keys import (
    CHOICES,
    GUIDE_KEYS,
    MAX_MINUTES_DIGITS,
    QUESTION_KEYS,
    REFERENCE_KEYS,
    Key,
    Shape,
)
from triptych.dialect.links import is_web_address
from triptych.parse.meta import moved_notes, whole_number
from triptych.validate.rule import Scope, quoted_list, suggest
from triptych.values.diagnostics import Finding, Severity, Span
from triptych.values.document import Document, Fence, Field, Items, Scalar, Table
from triptych.values.meta import Level

_QUOTE = "put it in quotes"
_BOOLEANS = ("true", "false")


def keys_of(document: Document) -> Mapping[str, Key]:
    """Return the keys that this kind of file may have."""
    return GUIDE_KEYS if document.meta.is_guide else QUESTION_KEYS


def not_utf8(document: Document, _scope: Scope) -> Iterator[Finding]:
    """Flag a file that is not UTF-8: some of its text would be lost.

    Save it as UTF-8; every editor can.
    """
    line = document.source.undecodable
    if line:
        column = document.source.line(line).find("\ufffd") + 1
        span = Span(document.source.path, line, max(1, column))
        yield Finding(span, "the file is not UTF-8 from here", "save it as UTF-8")


def no_front_matter(document: Document, _scope: Scope) -> Iterator[Finding]:
    """Flag a file that does not begin with front matter.

    A question begins with a line `---`, then at least `question: …`, then `---` again.
    """
    if document.front_matter.fence is Fence.ABSENT:
        yield Finding(
            Span(document.source.path),
            "the file has no front matter",
            f"begin it with `---`, `{_required(document)}: …` and `---`",
        )


def unclosed_front_matter(document: Document, _scope: Scope) -> Iterator[Finding]:
    """Flag front matter whose second `---` is missing: the whole file would be it."""
    if document.front_matter.fence is Fence.UNCLOSED:
        yield Finding(
            Span(document.source.path, 1, 1, 3),
            "the front matter is never closed",
            "put a line `---` after its last key",
        )


def bad_yaml(document: Document, _scope: Scope) -> Iterator[Finding]:
    """Flag front matter that is not YAML.

    A value wants quotes when it starts with one of `{[%@&*!|>` or a backtick, or holds
    a colon and a space: `summary: 'Bias: the average error'`.
    """
    finding = document.front_matter.finding
    if finding:
        yield finding


def duplicate_key(document: Document, _scope: Scope) -> Iterator[Finding]:
    """Flag a key that is given twice: only one of its values would be read."""
    seen: dict[str, Span] = {}
    for key, _ in document.front_matter.entries:
        if key.text in seen:
            message = f"the key `{key.text}` is given a second time"
            yield Finding(key.span, message, f"it stands on line {seen[key.text].line}")
        seen.setdefault(key.text, key.span)


def unknown_key(document: Document, _scope: Scope) -> Iterator[Finding]:
    """Flag a key that nothing reads, most often a misspelt one."""
    known = keys_of(document)
    for key, _ in document.front_matter.entries:
        if key.text not in known:
            hint = suggest(key.text, known, f"known keys: {quoted_list(known)}")
            yield Finding(key.span, f"nothing reads the key `{key.text}`", hint)


def wrong_type(document: Document, _scope: Scope) -> Iterator[Finding]:
    """Flag a value of another type than its key wants, such as text for a list."""
    known = keys_of(document)
    for key, value in document.front_matter.entries:
        if key.text not in known or _is_empty(value):
            continue
        shape = known[key.text].shape
        for span, hint in _CHECKS.get(shape, _text)(value):
            message = f"`{key.text}` wants {shape.value}"
            yield Finding(span, message, hint)


def missing_key(document: Document, scope: Scope) -> Iterator[Finding]:
    """Flag a question without a key that the format or the deck requires.

    The format requires `question`; a deck adds to it under `[check] require` in
    `deck.toml`. What the deck requires is only a warning in a draft.
    """
    front_matter = document.front_matter
    if front_matter.fence is not Fence.CLOSED or front_matter.finding:
        return
    name = _required(document)
    place = Span(document.source.path, 1, 1, 3)
    if front_matter.get(name) is None:
        yield Finding(place, f"the key `{name}` is missing", f"add `{name}: …`")
    if document.meta.is_guide:
        return
    for key in scope.deck.check.require:
        value = front_matter.get(key)
        absent = (
            value is None
            or (isinstance(value, Items) and not value.items)
            or (isinstance(value, Scalar) and not value.text.strip())
        )
        if key != name and absent:
            yield Finding(
                place,
                f"the key `{key}` is missing, which this deck requires",
                f"add `{key}: …`",
                severity=Severity.WARNING if document.meta.draft else None,
            )


def bad_id(document: Document, _scope: Scope) -> Iterator[Finding]:
    """Flag an id that is not made of `a-z`, `0-9` and single hyphens.

    An id is permanent: a URL, an Anki GUID and a practice key use it. Without `id` the
    file's name is the id and must have that form. A former id under `aliases` may be
    that of a small note, `question/slug`; under `renamed` a question's own note is
    `question/`.
    """
    front_matter = document.front_matter
    path = document.source.path
    written = front_matter.get("id")
    if written is None and front_matter.fence is Fence.CLOSED:
        if not is_id(path.stem):
            message = f"the file's name `{path.stem}` is no id"
            slug = id_from(path.stem) or "some-name"
            yield Finding(Span(path), message, f"add `id: {slug}`")
    elif isinstance(written, Scalar) and not is_id(written.text):
        slug = id_from(written.text)
        hint = f"write `{slug}`" if slug else "use a-z, 0-9 and hyphens"
        yield Finding(written.span, f"`{written.text}` is no id", hint)
    for alias in front_matter.scalars("aliases"):
        if not (is_id(alias.text) or is_note_id(alias.text)):
            yield Finding(
                alias.span, f"`{alias.text}` is no id", "use a-z, 0-9, hyphens"
            )
    renamed = front_matter.get("renamed")
    for old, _ in renamed.entries if isinstance(renamed, Table) else ():
        sound = is_note_id(old.text) or is_id(note_named(old.text))
        if is_note_name(old.text) and not sound:
            hint = "write `question/slug`, or `question/` for the question itself"
            yield Finding(old.span, f"`{old.text}` is no id of a note", hint)
    for note, _ in moved_notes(front_matter):
        if note.name.partition("/")[2] in RESERVED_SLUGS:
            message = f"`{note.name}` is a note with gaps, and cannot become another"
            yield Finding(note.span, message, "retire it")


def unknown_value(document: Document, _scope: Scope) -> Iterator[Finding]:
    """Flag a kind or a difficulty that does not exist."""
    known = keys_of(document)
    for key, value in document.front_matter.entries:
        choices = CHOICES.get(known[key.text].shape) if key.text in known else None
        if choices and isinstance(value, Scalar) and value.text not in ("", *choices):
            hint = suggest(value.text, choices, f"choose among {quoted_list(choices)}")
            yield Finding(value.span, f"there is no {key.text} `{value.text}`", hint)


def unknown_topic(document: Document, scope: Scope) -> Iterator[Finding]:
    """Flag a question in a folder that `deck.toml` does not list as a topic."""
    known = [topic.id for topic in scope.deck.topics]
    if not document.meta.is_guide and document.meta.topic not in known:
        yield Finding(
            Span(document.source.path),
            f"the folder `{document.meta.topic}` is no topic of this deck",
            suggest(document.meta.topic, known, "add it to `[[topics]]` in deck.toml"),
        )


def bad_url(document: Document, _scope: Scope) -> Iterator[Finding]:
    """Flag a reference whose `url` is no web address."""
    references = document.front_matter.get("references")
    items = references.items if isinstance(references, Items) else ()
    entries = [e for item in items if isinstance(item, Table) for e in item.entries]
    for key, value in entries:
        url = value.text if isinstance(value, Scalar) else ""
        if key.text == "url" and url and not is_web_address(url):
            message = f"`{url}` is no web address"
            yield Finding(value.span, message, "begin it with https://")


def _required(document: Document) -> str:
    return "title" if document.meta.is_guide else "question"


def _is_empty(value: Field) -> bool:
    return isinstance(value, Scalar) and not value.text and not value.quoted


_Problems = Iterator[tuple[Span, str]]
"""The place and the hint of each wrong value."""


def _text(value: Field) -> _Problems:
    if not isinstance(value, Scalar):
        yield value.span, _QUOTE if isinstance(value, Table) else "give one value"


def _list_of_text(value: Field) -> _Problems:
    if isinstance(value, Scalar):
        yield value.span, f"write it as a list: `[{value.text}]`"
    elif isinstance(value, Table):
        yield value.span, "write it as a list: `[…]`"
    else:
        for item in value.items:
            yield from _text(item)


def _number(value: Field) -> _Problems:
    if not (isinstance(value, Scalar) and whole_number(value.text)):
        yield value.span, f"write 1 to {MAX_MINUTES_DIGITS} digits, at least 1"


def _flag(value: Field) -> _Problems:
    if not (isinstance(value, Scalar) and value.text in _BOOLEANS):
        yield value.span, "write `true` or `false`"


def _date(value: Field) -> _Problems:
    try:
        date.fromisoformat(value.text if isinstance(value, Scalar) else "")
    except ValueError:
        yield value.span, "write year-month-day"


def _reference_list(value: Field) -> _Problems:
    if not isinstance(value, Items):
        yield value.span, "write it as a list: `[{title: …, url: …}]`"
        return
    for item in value.items:
        if isinstance(item, Items):
            yield item.span, "a reference is `{title: …, url: …}`"
        for key, entry in item.entries if isinstance(item, Table) else ():
            if key.text not in REFERENCE_KEYS:
                known = f"a reference has {quoted_list(REFERENCE_KEYS)}"
                yield key.span, suggest(key.text, REFERENCE_KEYS, known)
            yield from _text(entry)


def _retired(value: Field) -> _Problems:
    if isinstance(value, Scalar):
        yield from _flag(value)
    else:
        yield from _list_of_text(value)


def _slugs(value: Field) -> _Problems:
    if not isinstance(value, Table):
        yield value.span, "write `{old-slug: new-slug}`"
        return
    for _, new in value.entries:
        yield from _text(new)


def _levels(value: Field) -> _Problems:
    if not isinstance(value, Table):
        yield value.span, "write `{senior: …, staff: …}`"
        return
    seen: set[str] = set()
    for level, text in value.entries:
        if level.text not in list(Level):
            known = f"the levels are {quoted_list(Level)}"
            yield level.span, suggest(level.text, list(Level), known)
        elif level.text in seen:
            yield level.span, f"`{level.text}` is given a second time"
        seen.add(level.text)
        yield from _text(text)


_CHECKS: Mapping[Shape, Callable[[Field], _Problems]] = MappingProxyType(
    {
        Shape.IDS: _list_of_text,
        Shape.FORMER: _list_of_text,
        Shape.WORDS: _list_of_text,
        Shape.PROSES: _list_of_text,
        Shape.NUMBER: _number,
        Shape.FLAG: _flag,
        Shape.DATE: _date,
        Shape.REFERENCES: _reference_list,
        Shape.RETIRED: _retired,
        Shape.SLUGS: _slugs,
        Shape.LEVELS: _levels,
    }
)
