"""What authors do wrong on a line of front matter, found without parsing it."""

import re
from collections.abc import Callable, Sequence
from types import MappingProxyType
from typing import NamedTuple

from triptych.dialect.keys import GUIDE_KEYS, QUESTION_KEYS
from triptych.patterns import lazy_pattern
from triptych.values.source import Source

QUOTE_VALUE = "put the value in single quotes, or write it on its own lines after `>-`"
_MAX_QUOTED_CHARS = 60
"""A hint writes out no longer value."""
_KEYS = "|".join(sorted({*QUESTION_KEYS, *GUIDE_KEYS}))
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Spaces that YAML does not take for one."""
_ODD_SPACE = lazy_pattern(
    rf"^\s*(?:-[ ]*)?(?:[\w-]+:)?(?P<place>[{_SPACES}])"
    rf"|^\s*-?[ ]*(?:{_KEYS})(?P<late>[{_SPACES}])\s*:"
)
_WIDE_COLON = lazy_pattern(rf"^\s*(?P<key>{_KEYS})\s*(?P<place>[\uff1a\ufe55\u2236])")
_EQUALS = lazy_pattern(rf"^\s*(?P<key>{_KEYS})\s*(?P<place>=)")
_NO_SPACE = lazy_pattern(rf"^(?P<key>{_KEYS}):(?P<place>[^\s:])")
_NO_COLON = lazy_pattern(rf"^(?P<key>{_KEYS})(?P<place>\s+[^\s:]|\s*$)")
_INDENTED_KEY = lazy_pattern(rf"^[ ]+(?P<place>{_KEYS}):(?:[ ]|$)")
_KEY_WITH_VALUE = lazy_pattern(r"^[\w-]+:[ ]+[^\s#|>]")
_KEY = lazy_pattern(r"^[\w-]+:(?:\s|$)")
_VALUE = lazy_pattern(r"^(?P<lead>\s*(?:-[ ]+)*(?:[\w-]+:[ ]+)?)(?P<value>\S.*)$")
_SIGN_ALONE = lazy_pattern(r"^\s*[\w-]+:[ ]+[-?](?:[ ]|$)")
_STRINGS = MappingProxyType(
    {'"': re.compile(r'"(?:[^"\\]|\\.)*"'), "'": re.compile(r"'(?:[^']|'')*'")}
)
_BLOCK = lazy_pattern(r"^(?P<indent>\s*)(?:-[ ]+)*[\w-]+:[ ]+[|>][-+0-9]*\s*(?:#.*)?$")
_HASH_IN_LIST = lazy_pattern(r"^[\w-]+:[ ]+\[(?:[^\]#\"']*[\s,])?(?P<place>#)")
_OTHER_BULLET = lazy_pattern(r"^\s*(?P<place>[*+\u2022\u00b7\u2023\u2013\u2014])\s+\S")
_BRACKETS = MappingProxyType({"[": "]", "{": "}"})


class Clue(NamedTuple):
    """A mistake on a line: where, what, and how to mend it."""

    column: int
    """Counted from 0."""
    length: int
    message: str
    hint: str


def is_in_block(source: Source, number: int) -> bool:
    """Return whether a line is text of a value that begins with `|` or `>`."""
    line = source.line(number)
    indent = len(line) - len(line.lstrip())
    while number > 2 and indent:  # noqa: PLR2004 - the fence is line 1
        number -= 1
        above = source.line(number)
        if above.strip() and len(above) - len(above.lstrip()) < indent:
            return bool(_BLOCK.match(above))
    return False


def _tab(lines: Sequence[str]) -> Clue | None:
    line = lines[1]
    blanks = line[: len(line) - len(line.lstrip(" \t"))]
    if "\t" not in blanks or not line.strip():
        return None
    message = "the line is indented with a tab"
    return Clue(blanks.index("\t"), 1, message, "indent it with spaces")


def _odd_space(lines: Sequence[str]) -> Clue | None:
    found = _ODD_SPACE.match(lines[1])
    if not found:
        return None
    column = max(found.start("place"), found.start("late"))
    what = "no-break space" if lines[1][column] in "\u00a0\u202f" else "special space"
    hint = "delete it and type a plain space"
    return Clue(column, 1, f"a {what} is where YAML needs a plain one", hint)


def _odd_sign(pattern: re.Pattern[str], message: str) -> "_Look":
    """Return a search for a key that no `: ` follows."""

    def clue_in(lines: Sequence[str]) -> Clue | None:
        found = pattern.match(lines[1])
        if not found:
            return None
        key, place = found["key"], found.start("place")
        said = message.format(key=key, sign=found["place"].strip())
        return Clue(place, 1, said, f"write `{key}: …`")

    return clue_in


def _indented_key(lines: Sequence[str]) -> Clue | None:
    found = _INDENTED_KEY.match(lines[1])
    if not found or not _KEY_WITH_VALUE.match(lines[0]):
        return None
    message = f"the key `{found['place']}` is indented, so it continues the line above"
    hint = "begin it at the left margin"
    return Clue(found.start("place"), len(found["place"]), message, hint)


def _hash_in_list(lines: Sequence[str]) -> Clue | None:
    found = _HASH_IN_LIST.match(lines[1])
    if not found:
        return None
    hint = "leave it out, or put the word in quotes"
    return Clue(found.start("place"), 1, "`#` begins a comment in YAML", hint)


def _other_bullet(lines: Sequence[str]) -> Clue | None:
    found = _OTHER_BULLET.match(lines[1])
    if not found:
        return None
    message = f"`{found['place']}` begins no item of a list in YAML"
    return Clue(found.start("place"), 1, message, "begin each item with `- `")


def _text_not_indented(lines: Sequence[str]) -> Clue | None:
    if not _BLOCK.match(lines[0]) or lines[1][:1].isspace() or not lines[1]:
        return None
    key = lines[0].partition(":")[0].strip()
    message = f"the text of `{key}` is not indented"
    return Clue(0, 1, message, "indent each of its lines by two spaces")


def _quotes(lines: Sequence[str]) -> Clue | None:
    found = _VALUE.match(lines[1])
    if not found or found["value"][0] not in _STRINGS:
        return None
    value, start = found["value"], found.start("value")
    string = _STRINGS[value[0]].match(value)
    if not string:
        return _open_quote(lines, start)
    return _after_quote(value, start, string.end())


def _open_quote(lines: Sequence[str], start: int) -> Clue | None:
    ends = not lines[2].strip() or lines[2].startswith("---")
    if not ends and not _KEY.match(lines[2]):
        return None
    hint = f"end the value with {_named(lines[1][start])}"
    return Clue(start, 1, "this quote is never closed", hint)


def _after_quote(value: str, start: int, end: int) -> Clue | None:
    """Return the clue of what follows a quoted text that ends at `end` of `value`."""
    rest = value[end:]
    if not rest.strip() or rest[0] in ":]}" or rest.lstrip()[0] in "#:":
        return None
    if rest.strip() in {",", ";"}:
        message = f"`{rest.strip()}` follows the closing quote"
        return Clue(start + end, 1, message, "delete it")
    if value[0] == "'" and rest[0].isalnum():
        inner = value[1:-1] if value[-1] == "'" else value[1:]
        message = "the apostrophe ends the quoted text"
        where = start + end - 1
        return Clue(where, 1, message, _in_quotes(inner))
    where = start + len(value) - len(rest.lstrip())
    inner = value
    if value.count(value[0]) > 2 and value[-1] == value[0]:  # noqa: PLR2004 - a pair
        inner = value[1:-1]
    return Clue(where, 1, "text follows the closing quote", _in_quotes(inner))


def _odd_start(lines: Sequence[str]) -> Clue | None:
    line = lines[1]
    if _SIGN_ALONE.match(line):
        start = line.index(":") + 1
        start += len(line[start:]) - len(line[start:].lstrip())
    else:
        found = _VALUE.match(line)
        if not found or not found["lead"].strip():
            return None
        start = found.start("value")
    value = line[start:].rstrip()
    if not _is_odd(value):
        return None
    sign = "a backtick" if value[0] == "`" else f"`{value[0]}`"
    message = f"a value that begins with {sign} is not plain text in YAML"
    return Clue(start, 1, message, _in_quotes(value))


def _is_odd(value: str) -> bool:
    sign = value[0]
    if sign in "|>":
        return not re.fullmatch(r"[|>][-+0-9]*\s*(?:#.*)?", value)
    if sign in _BRACKETS:
        closed = _closing(value)
        rest = value[closed + 1 :].strip() if closed else ""
        return value.startswith("{{") or bool(rest and rest[0] != "#")
    return sign in "%@`*" or value[:2] in {"- ", "? "} or value in {"-", "?"}


def _open_list(lines: Sequence[str]) -> Clue | None:
    found = _VALUE.match(lines[1])
    if not found or found["value"][0] not in _BRACKETS or _closing(found["value"]):
        return None
    if not (_KEY.match(lines[2]) or lines[2].startswith("---")):
        return None
    sign = found["value"][0]
    hint = f"end it with `{_BRACKETS[sign]}`"
    return Clue(found.start("value"), 1, f"this `{sign}` is never closed", hint)


def _closing(value: str) -> int:
    """Return where the bracket that `value` begins with is closed; 0 if nowhere."""
    depth = 0
    for position, character in enumerate(value):
        depth += (character in _BRACKETS) - (character in _BRACKETS.values())
        if not depth:
            return position
    return 0


def _colon(lines: Sequence[str]) -> Clue | None:
    found = _VALUE.match(lines[1])
    if not found or found["value"][0] in "\"'[{|>&*!#" or not found["lead"].strip():
        return None
    value = found["value"]
    inner = re.search(r":(?=\s)|:$", value.partition(" #")[0])
    if not inner or not found["lead"].rstrip().endswith(":"):
        return None
    message = "a colon and a space within a value that is not in quotes"
    where = found.start("value") + inner.start()
    return Clue(where, 1, message, _in_quotes(value))


_Look = Callable[[Sequence[str]], Clue | None]
CLUES: Sequence[_Look] = (
    _tab,
    _odd_space,
    _odd_sign(_WIDE_COLON, "`{sign}` is not the colon of YAML"),
    _odd_sign(_EQUALS, "an equals sign follows the key `{key}`: YAML needs a colon"),
    _odd_sign(_NO_SPACE, "no space follows the colon of `{key}`"),
    _odd_sign(_NO_COLON, "no colon follows the key `{key}`"),
    _indented_key,
    _text_not_indented,
    _hash_in_list,
    _other_bullet,
    _quotes,
    _odd_start,
    _open_list,
    _colon,
)
"""What authors do wrong on a line, found by the lines above and below it."""


def _in_quotes(value: str) -> str:
    """Return the hint to put `value` in quotes, written out if it is short."""
    if len(value) > _MAX_QUOTED_CHARS:
        return QUOTE_VALUE
    if "'" in value and not {'"', "\\"} & set(value):
        return f'write `"{value}"`'
    doubled = value.replace("'", "''")
    return f"write `'{doubled}'`"


def _named(quote: str) -> str:
    return '`"`' if quote == '"' else "`'`"
