"""Rules over `deck.toml`. TOML readers keep no places, so they are looked up here."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from triptych.deck.settings import table
from triptych.dialect.ids import is_id
from triptych.dialect.keys import QUESTION_KEYS
from triptych.dialect.links import is_web_address
from triptych.validate.finding import Finding, Scope, listed, suggest
from triptych.values.diagnostics import Span
from triptych.values.entry import Entry

_AT = re.compile(r"\(at line (\d+), column (\d+)\)")
_Types = type | tuple[type, ...]

KEYS: Mapping[str, Mapping[str, _Types]] = MappingProxyType(
    {
        "": {
            "id": str,
            "title": str,
            "description": str,
            "language": str,
            "license": str,
            "topics": list,
            "site": dict,
            "sheet": dict,
            "check": dict,
            "test": dict,
        },
        "topics": {"id": str, "title": str, "description": str},
        "site": {"base_url": str, "repository": str},
        "sheet": {
            "paper": str,
            "columns": int,
            "landscape": bool,
            "fonts": str,
            "font": str,
            "author": str,
        },
        "check": {"require": list, "ignore": list, "baseline": str},
        "test": {"timeout": (int, float), "memory": int},
    }
)
_NAMES: Mapping[_Types, str] = {
    str: "text",
    list: "a list",
    dict: "a table",
    int: "a whole number",
    bool: "true or false",
    (int, float): "a number",
}
_REQUIRED = ("id", "title")


def bad_toml(_entries: tuple[Entry, ...], scope: Scope) -> Iterator[Finding]:
    """Flag a `deck.toml` that is not TOML."""
    source = scope.folder.deck
    try:
        tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:
        place = _AT.search(str(error))
        lines = source.text.rstrip("\n").count("\n") + 1
        line, column = (int(place[1]), int(place[2])) if place else (lines, 1)
        message = _AT.sub("", str(error)).strip()
        yield Finding(
            Span(source.path, line, column),
            f"the file is not TOML: {message[:1].lower()}{message[1:]}",
            "text goes in double quotes, a table's name in brackets",
        )


def unknown_setting(_entries: tuple[Entry, ...], scope: Scope) -> Iterator[Finding]:
    """Flag a setting in `deck.toml` that nothing reads, most often a misspelt one."""
    for section, key, _ in _settings(scope):
        known = KEYS[section]
        if key not in known:
            hint = suggest(key, known, f"known here: {listed(known)}")
            span = _place(scope, section, key)
            yield Finding(span, f"nothing reads the setting `{key}`", hint)


def wrong_setting(_entries: tuple[Entry, ...], scope: Scope) -> Iterator[Finding]:
    """Flag a setting in `deck.toml` of another type, or with a value out of range."""
    for section, key, value in _settings(scope):
        wanted = KEYS[section].get(key)
        if wanted is None:
            continue
        span = _place(scope, section, key)
        # To Python, `true` is a number too.
        if not isinstance(value, wanted) or (
            isinstance(value, bool) and wanted is not bool
        ):
            message = f"the setting `{key}` wants {_NAMES[wanted]}"
            yield Finding(span, message, "see the README")
        else:
            for message, hint in _RANGES.get((section, key), _any)(value):
                yield Finding(span, message, hint)


_Faults = Iterator[tuple[str, str]]


def _any(_value: object) -> _Faults:
    yield from ()


def _id(value: object) -> _Faults:
    if not is_id(str(value)):
        yield f"`{value}` is no id", "use a-z, 0-9 and hyphens"


def _web_address(value: object) -> _Faults:
    if value and not is_web_address(str(value)):
        yield f"`{value}` is no web address", "begin it with https://"


def _paper(value: object) -> _Faults:
    if value not in {"a4", "us-letter"}:
        yield f"there is no paper `{value}`", "write `a4` or `us-letter`"


def _columns(value: object) -> _Faults:
    if value not in {2, 3, 4}:
        yield "a sheet has 2 to 4 columns", "write 2, 3 or 4"


def _keys(value: object) -> _Faults:
    for name in value if isinstance(value, list) else ():
        if name not in QUESTION_KEYS:
            message = f"`require` names the key `{name}`, which does not exist"
            yield message, suggest(str(name), QUESTION_KEYS)


_RANGES: Mapping[tuple[str, str], Callable[[object], _Faults]] = MappingProxyType(
    {
        ("", "id"): _id,
        ("topics", "id"): _id,
        ("site", "base_url"): _web_address,
        ("site", "repository"): _web_address,
        ("sheet", "paper"): _paper,
        ("sheet", "columns"): _columns,
        ("check", "require"): _keys,
    }
)


def missing_setting(_entries: tuple[Entry, ...], scope: Scope) -> Iterator[Finding]:
    """Flag a `deck.toml` without an id or a title, and a topic without an id.

    The id is the deck's identity in Anki: choose it once, and never change it.
    """
    source = scope.folder.deck
    data = table(source)
    if not data and source.text.strip():
        return
    for key in _REQUIRED:
        if key not in data:
            message = f"the setting `{key}` is missing"
            yield Finding(Span(source.path), message, f'add `{key} = "…"`')
    topics = data.get("topics")
    for number, topic in enumerate(topics if isinstance(topics, list) else (), 1):
        if not isinstance(topic, dict) or "id" not in topic:
            message = f"the {number}. topic has no id"
            hint = 'write `[[topics]]` with `id = "folder"`'
            yield Finding(_place(scope, "topics", ""), message, hint)


def duplicate_topic(_entries: tuple[Entry, ...], scope: Scope) -> Iterator[Finding]:
    """Flag a topic that `deck.toml` lists twice."""
    ids = [topic.id for topic in scope.deck.topics]
    for name in dict.fromkeys(name for name in ids if ids.count(name) > 1):
        span = _place(scope, "topics", "id", name)
        yield Finding(span, f"the topic `{name}` is listed twice", "delete one")


def _settings(scope: Scope) -> Iterator[tuple[str, str, object]]:
    data = table(scope.folder.deck)
    for key, value in data.items():
        yield "", key, value
        entries = value if isinstance(value, list) and key == "topics" else [value]
        for entry in entries:
            if key in KEYS and key and isinstance(entry, dict):
                for inner, said in entry.items():
                    yield key, inner, said


def _place(scope: Scope, section: str, key: str, value: str = "") -> Span:
    """Return the place of a setting, or of its section: the last that fits."""
    source, current = scope.folder.deck, ""
    found = Span(source.path)
    for number, line in enumerate(source.text.split("\n"), 1):
        text = line.strip()
        if text.startswith("["):
            current = text.strip("[] ")
        fits = key and re.match(
            rf"\"?{re.escape(key)}\"?\s*=.*{re.escape(value)}", text
        )
        # A table is a setting of the deck, too.
        heads = text.startswith("[") and not (section and key)
        if (heads and current == section + key) or (current == section and fits):
            column = line.index(text[0]) + 1
            found = Span(source.path, number, column, len(key or text))
    return found
