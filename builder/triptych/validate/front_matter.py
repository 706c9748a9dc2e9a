"""Rules for the front matter."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from triptych.dialect.ids import (
    MAX_ID_CHARS,
    RESERVED_SLUGS,
    id_from,
    is_id,
    is_note_id,
    is_note_name,
    note_named,
)
from triptych.dialect.keys import (
    CARDS_KEYS,
    CARDS_OTHER_NAMES,
    CHOICES,
    GUIDE_KEYS,
    GUIDE_OTHER_NAMES,
    OTHER_NAMES,
    QUESTION_KEYS,
    Key,
)
from triptych.dialect.links import encoded_address, is_web_address
from triptych.parse.meta import moved_notes
from triptych.validate.rule import FileScope, closest, quoted_list, suggest
from triptych.validate.syntax import required
from triptych.validate.value_shapes import is_empty, mistakes
from triptych.values.diagnostics import Finding, Severity, Span
from triptych.values.document import Document, Fence, FrontMatter, Items, Scalar, Table

_HINTS: Mapping[str, str] = MappingProxyType(
    {
        "topic": "the folder of the file is its topic: move the file",
        "category": "the folder of the file is its topic: move the file",
        "deck": "the folder of the file is its topic: move the file",
        "status": "write `draft: true` for what is not ready",
        "published": "write `draft: true` for what is not ready",
        "author": "no file has an author: `references` are for sources",
        "layout": "delete it: a question has one layout",
    }
)
"""What helps with keys of other programs that no key of ours stands for."""


def keys_of(document: Document) -> Mapping[str, Key]:
    """Return the keys that this kind of file may have."""
    if document.meta.is_cards:
        return CARDS_KEYS
    return GUIDE_KEYS if document.meta.is_guide else QUESTION_KEYS


def duplicate_key(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag a key that is given twice: only one of its values would be read."""
    seen: dict[str, Span] = {}
    for key, _ in document.front_matter.entries:
        if key.text in seen:
            message = f"the key `{key.text}` is given a second time"
            yield Finding(key.span, message, f"it is on line {seen[key.text].line}")
        seen.setdefault(key.text, key.span)


def unknown_key(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag a key that nothing reads, most often a misspelt one."""
    known = keys_of(document)
    for key, _ in document.front_matter.entries:
        if key.text not in known:
            meant = _hint_for_key(document, key.text)
            hint = f"did you mean `{meant}`?" if meant else _HINTS.get(key.text, "")
            hint = hint or f"known keys: {quoted_list(known)}"
            yield Finding(key.span, f"nothing reads the key `{key.text}`", hint)


def _hint_for_key(document: Document, unknown: str) -> str:
    """Return the key that `unknown` was meant for, if it can be found.

    A key that the file has under its own name is not meant a second time.
    """
    known, names = keys_of(document), OTHER_NAMES
    if document.meta.is_cards:
        names = CARDS_OTHER_NAMES
    elif document.meta.is_guide:
        names = GUIDE_OTHER_NAMES
    name = unknown.strip().casefold().replace("-", "_").replace(" ", "_")
    meant = name if name in known else names.get(name, "") or closest(name, known)
    given = {key.text for key, _ in document.front_matter.entries}
    return "" if meant in given else meant


def wrong_type(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag a value of the wrong type for its key, such as text for a list."""
    known = keys_of(document)
    for key, value in document.front_matter.entries:
        if key.text not in known or is_empty(value):
            continue
        shape = known[key.text].shape
        for span, hint in mistakes(value, shape):
            message = f"`{key.text}` must be {shape.value}"
            yield Finding(span, message, hint)


def missing_key(document: Document, scope: FileScope) -> Iterator[Finding]:
    """Flag a question without a key that the format or the deck requires.

    The format requires `question`, and `title` of a file of cards; a deck adds to it
    under `[check] require` in `deck.toml` for questions. What the deck requires is only
    a warning in a draft, and in an imported file whose line in the baseline says so.
    """
    front_matter = document.front_matter
    if front_matter.fence is not Fence.CLOSED or front_matter.finding:
        return
    name = required(document)
    misspelt = {
        _hint_for_key(document, key.text)
        for key, _ in front_matter.entries
        if key.text not in keys_of(document)
    }
    place = Span(document.source.path, 1, 1, 3)
    is_default = document.source.is_table
    if front_matter.get(name) is None and name not in misspelt and not is_default:
        yield Finding(place, f"the key `{name}` is missing", f"add `{name}: …`")
    if document.meta.is_guide or document.meta.is_cards:
        return
    for key in scope.settings.required:
        value = front_matter.get(key)
        absent = (
            value is None
            or (isinstance(value, Items) and not value.items)
            or (isinstance(value, Scalar) and not value.text.strip())
        )
        if key != name and absent and key not in misspelt:
            is_tolerated = document.meta.draft or _is_known(document, scope)
            yield Finding(
                place,
                f"the key `{key}` is missing, which this deck requires",
                f"add `{key}: …`",
                severity=Severity.WARNING if is_tolerated else None,
            )


def _is_known(document: Document, scope: FileScope) -> bool:
    """Return whether the deck's known warnings have the missing keys of a file."""
    return (str(document.source.path), "missing-key") in scope.known


def bad_id(document: Document, _scope: FileScope) -> Iterator[Finding]:
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
        message = f"`{written.text}` is no id"
        if len(written.text) > MAX_ID_CHARS:
            message = f"this id is longer than {MAX_ID_CHARS} characters"
            hint = "no file could have it as its name: shorten it"
        yield Finding(written.span, message, hint)
    yield from _bad_former_ids(front_matter)


def _bad_former_ids(front_matter: FrontMatter) -> Iterator[Finding]:
    """Yield the former ids, of the question and of its notes, that cannot be ids."""
    for alias in front_matter.scalars("aliases"):
        if not (is_id(alias.text) or is_note_id(alias.text)):
            yield Finding(
                alias.span, f"`{alias.text}` is no id", "use a-z, 0-9, hyphens"
            )
    renamed = front_matter.get("renamed")
    for old, _ in renamed.entries if isinstance(renamed, Table) else ():
        is_valid_id = is_note_id(old.text) or is_id(note_named(old.text))
        if is_note_name(old.text) and not is_valid_id:
            hint = "write `question/slug`, or `question/` for the question itself"
            yield Finding(old.span, f"`{old.text}` is no id of a note", hint)
    for note, _ in moved_notes(front_matter):
        if note.name.partition("/")[2] in RESERVED_SLUGS:
            message = f"`{note.name}` is a note with gaps, and cannot become another"
            yield Finding(note.span, message, "retire it")


def unknown_value(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag a kind or a difficulty that does not exist."""
    known = keys_of(document)
    for key, value in document.front_matter.entries:
        choices = CHOICES.get(known[key.text].shape) if key.text in known else None
        if choices and isinstance(value, Scalar) and value.text not in ("", *choices):
            hint = suggest(value.text, choices, f"choose among {quoted_list(choices)}")
            yield Finding(value.span, f"there is no {key.text} `{value.text}`", hint)


def unknown_allowance(document: Document, scope: FileScope) -> Iterator[Finding]:
    """Flag a name under `allow` that no rule has: nothing is allowed by it.

    Hints and warnings can be allowed, with a reason; an error cannot.

    Bad:

        ---
        question: What?
        allow: {long-lists: "all of them are asked for"}
        ---
        An answer.

    Good:

        ---
        question: What?
        allow: {long-list: "all of them are asked for"}
        ---
        An answer.
    """
    value = document.front_matter.get("allow")
    for rule, _ in value.entries if isinstance(value, Table) else ():
        if scope.rule_names and rule.text not in scope.rule_names:
            hint = suggest(rule.text, scope.rule_names, "`triptych explain` lists all")
            yield Finding(rule.span, f"there is no rule `{rule.text}`", hint)


def unknown_topic(document: Document, scope: FileScope) -> Iterator[Finding]:
    """Flag a question in a folder that `deck.toml` does not list as a topic."""
    known = scope.settings.topics
    if not document.meta.is_guide and document.meta.topic not in known:
        yield Finding(
            Span(document.source.path),
            f"the folder `{document.meta.topic}` is no topic of this deck",
            suggest(document.meta.topic, known, "add it to `[[topics]]` in deck.toml"),
        )


def bad_url(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag a reference whose `url` is no web address."""
    references = document.front_matter.get("references")
    items = references.items if isinstance(references, Items) else ()
    entries = [e for item in items if isinstance(item, Table) for e in item.entries]
    for key, value in entries:
        url = value.text if isinstance(value, Scalar) else ""
        if key.text == "url" and url and not is_web_address(url):
            message = f"`{url}` is no web address"
            right = encoded_address(url)
            hint = (
                f"write `{right}`"
                if is_web_address(right)
                else "begin it with https://"
            )
            yield Finding(value.span, message, hint)
