"""Why a file is not TOML, in words from which its author learns what to change.

A table leads from what `tomllib` says, which may differ a little between versions of
Python, to what an author of `deck.toml` did wrong at that place.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from triptych.dialect.settings import SECTIONS
from triptych.parse.toml_place import Place
from triptych.parse.toml_unclosed import open_braces, open_list, open_string, open_text
from triptych.values.diagnostics import Finding
from triptych.values.source import Source

_AT = re.compile(r"\(at line (\d+), column (\d+)\)|\(at end of document\)")
_MAX_SHOWN_CHARS = 60
"""A hint writes out no longer value."""
_TYPOGRAPHIC = "\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb\u2032\u2033"
"""Quotation marks that word processors put in place of `"`."""
_SPACES = "\u00a0\u2007\u202f\u3000\ufeff"
_FLAGS = MappingProxyType(
    {
        **dict.fromkeys(("true", "yes", "on"), "true"),
        **dict.fromkeys(("false", "no", "off"), "false"),
    }
)
_WORD = re.compile(r"[A-Za-z]+")
_FENCE = re.compile(r"(?:-{3}|\+{3})\s*")


def explained(error: Exception, source: Source) -> Finding:
    """Return what `error`, which `tomllib` raised, says of `source`."""
    said = str(error)
    found = _AT.search(said)
    lines = source.text.rstrip("\n").count("\n") + 1
    place = Place(source, lines, len(source.line(lines)) + 1)
    if found and found[1]:
        place = Place(source, int(found[1]), int(found[2]))
    message = _AT.sub("", said).strip()
    message = f"{message[:1].lower()}{message[1:]}"
    for words, explain in _PROBLEMS.items():
        if words in message:
            return explain(place)
    hint = "text goes in double quotes, a table's name in brackets"
    return place.fault(f"the file is not TOML: {message}", hint)


def _strange(place: Place) -> Finding | None:
    """Return the fault of a character that stands for one of TOML's."""
    sign = place.rest[:1]
    if sign and sign in _TYPOGRAPHIC:
        message = f"`{sign}` is a typographic quotation mark"
        return place.fault(message, 'write the plain `"`, before and after the text')
    if sign and sign in _SPACES:
        message = "a no-break space is where TOML needs a plain one"
        return place.fault(message, "delete it and type a plain space")
    return None


def _value(place: Place) -> Finding:
    strange = _strange(place)
    if strange:
        return strange
    word = _WORD.match(place.rest)
    value = place.rest.partition("#")[0].strip().rstrip(",")
    if not value:
        return place.fault("no value follows the equals sign", _example(place.key))
    if word and word[0].lower() in _FLAGS and word[0] == value:
        hint = f"write `{_FLAGS[value.lower()]}`"
        return place.fault(f"`{value}` is no value in TOML", hint)
    short = len(value) <= _MAX_SHOWN_CHARS and not {'"', "\\"} & set(value)
    hint = f'write `"{value}"`' if short and "," not in value else "put text in quotes"
    return place.fault("this text has no quotes", hint)


def _example(key: str) -> str:
    return f'write `{key} = "…"`' if key else 'write `key = "…"`'


def _key(place: Place) -> Finding:
    strange = _strange(place)
    if strange:
        return strange
    if _FENCE.fullmatch(place.text):
        return _statement(place)
    key = place.key
    if place.rest.lstrip().startswith(":"):
        message = f"a colon follows `{key}`: TOML needs an equals sign"
        return place.fault(message, _example(key))
    before = place.text[: place.column - 1].strip()
    if place.rest.strip() and "=" in place.rest and " " not in before:
        whole = place.text.partition("=")[0].strip()
        message = f"the key `{whole}` holds a space"
        return place.fault(message, f"write `{'_'.join(whole.split())} = …`")
    return place.fault(f"no value follows the key `{key}`", _example(key))


def _statement(place: Place) -> Finding:
    text = place.text.strip()
    strange = _strange(place)
    if strange:
        return strange
    if text.startswith(("//", "/*", "--", ";", "<!--")) and not _FENCE.match(text):
        return place.fault("this is no comment in TOML", "begin a comment with `#`")
    if text.startswith("{"):
        return place.fault("this is JSON, not TOML", 'write `id = "…"`, a line a key')
    if _FENCE.fullmatch(text):
        hint = f"delete it: {place.source.path} has no fences, and no YAML"
        return place.fault(f"`{text}` is not TOML", hint)
    return place.fault("this line sets nothing", 'write `key = "value"` or `[table]`')


def _after_value(place: Place) -> Finding:
    rest, before = place.rest, place.text[: place.column - 1]
    if rest.startswith(","):
        return place.fault("a comma follows the value", "delete it")
    if re.match(r"\s*[\w-]+\s*=", rest):
        hint = "begin each on a line of its own"
        return place.fault("two settings are on one line", hint)
    value = place.text.partition("=")[2].partition("#")[0].strip()
    inner = value[1:-1] if value[:1] == value[-1:] else value[1:]
    if before.rstrip().endswith("'") and '"' not in inner:
        message = "the apostrophe ends the quoted text"
        return place.fault(message, _remedy_of_value(f'"{inner}"'), place.column - 1)
    if before.rstrip().endswith('"'):
        message = "text follows the closing quote"
        hint = (
            _remedy_of_value(f"'{inner}'")
            if "'" not in inner
            else 'write `\\"` within text'
        )
        return place.fault(message, hint)
    message = "something follows the value"
    return place.fault(message, "put text in quotes, and each setting on its own line")


def _remedy_of_value(value: str) -> str:
    short = len(value) <= _MAX_SHOWN_CHARS
    return f"write `{value}`" if short else "use the other kind of quotes around it"


def _illegal(place: Place) -> Finding:
    if not place.rest or place.rest == "\r":
        return open_string(place)
    code = f"U+{ord(place.rest[0]):04X}"
    return place.fault(f"the character {code} is not allowed in TOML", "delete it")


def _key_part(place: Place) -> Finding:
    strange = _strange(place)
    if strange:
        return strange
    if not place.rest.strip():
        hint = "write it on one line, or with a `[table]` of its own"
        return place.fault("a table in braces has only one line", hint)
    if place.text.lstrip().startswith("["):
        name = re.sub(r"[^\w-]", "", place.text)
        return place.fault("this is no name of a table", f"write {_heading(name)}")
    return place.fault("a key is missing here", _example(""))


def _table_end(place: Place) -> Finding:
    name = re.sub(r"[^\w-]", "", place.text.partition("#")[0])
    message = "the name of this table is not closed"
    return place.fault(message, f"write {_heading(name)}", 1)


def _heading(name: str) -> str:
    is_known = name in SECTIONS and bool(name)
    return f"`{SECTIONS[name].heading if is_known else f'[{name}]'}`"


def _twice(place: Place) -> Finding:
    text = place.text.strip()
    if text.startswith("["):
        name = re.sub(r"[^\w-]", "", text.partition("#")[0])
        right = SECTIONS[name].heading if name and name in SECTIONS else f"[{name}]"
        written = "[[" if text.startswith("[[") else "["
        if right.count("[") != len(written):
            message = f"the table `{name}` is not opened as before"
            return place.fault(message, f"write `{right}`", 1)
        message = f"the table `[{name}]` occurs a second time"
        return place.fault(message, "gather its settings under the first one", 1)
    message = f"the setting `{place.key}` is given a second time"
    return place.fault(message, "delete one", 1)


def _closed(place: Place) -> Finding:
    name = re.sub(r"[^\w-]", "", place.text.partition("#")[0].partition("=")[0])
    message = f"`{name}` has its value already, in brackets or braces above"
    return place.fault(message, f"delete the line `{name} = …`", 1)


def _twice_in_braces(place: Place) -> Finding:
    message = "a setting is given a second time within these braces"
    return place.fault(message, "delete one", place.text.find("{") + 1)


def _backslash(place: Place) -> Finding:
    at = place.text.rfind("\\", 0, place.column) + 1
    message = "this backslash means nothing in double quotes"
    return place.fault(message, "use single quotes, or write `\\\\`", at)


def _date(place: Place) -> Finding:
    return place.fault("there is no such date or time", "put text in quotes")


_PROBLEMS: Mapping[str, Callable[[Place], Finding]] = MappingProxyType(
    {
        "invalid value": _value,
        "expected '=' after a key": _key,
        "invalid statement": _statement,
        "expected newline or end of document": _after_value,
        "illegal character": _illegal,
        "found invalid character": _illegal,
        "unterminated string": open_text,
        "unclosed array": open_list,
        "unclosed inline table": open_braces,
        "invalid initial character for a key": _key_part,
        "at the end of a table": _table_end,
        "at the end of an array": _table_end,
        "cannot declare": _twice,
        "cannot overwrite": _twice,
        "cannot mutate": _closed,
        "duplicate inline table key": _twice_in_braces,
        "in a string": _backslash,
        "invalid hex value": _backslash,
        "escaped character": _backslash,
        "invalid date": _date,
    }
)
"""What `tomllib` says, and what helps its author more."""
