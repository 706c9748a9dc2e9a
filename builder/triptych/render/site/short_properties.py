"""Give the custom properties of the style sheets short names, or write their values."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import count, product
from string import ascii_lowercase

_NAME = re.compile(r"(?<![\w-])--[a-zA-Z][\w-]*")
_DEFINITION = re.compile(r"(?<=[{;])(--[a-zA-Z][\w-]*):([^;{}]*)(?:;|(?=\}))")
_SHORT_NAME_LENGTH = len("--aa")


def with_short_properties(sheets: Mapping[str, str], theme: str) -> Mapping[str, str]:
    """Return the style sheets by name, with the deck's `theme` after the first.

    A theme sets our properties by the names that the documentation names, and may have
    others of its own, which keep theirs.
    """
    sheets = _with_values(sheets, theme)
    uses = Counter(name for css in sheets.values() for name in _NAME.findall(css))
    taken = set(_NAME.findall(theme)) - uses.keys()
    fresh = (name for name in _names() if name not in taken)
    names = sorted(uses, key=lambda name: (-uses[name], name))
    short = dict(zip(names, fresh, strict=False))
    first = next(iter(sheets))
    whole = {**sheets, first: f"{sheets[first]}{theme}"}
    return {
        sheet: _NAME.sub(lambda found: short.get(found[0], found[0]), css)
        for sheet, css in whole.items()
    }


def _with_values(sheets: Mapping[str, str], theme: str) -> Mapping[str, str]:
    """Return the style sheets with the values of properties that only make them longer.

    Such a property has one value on all pages, that of no other property in it, and the
    theme cannot name it.
    """
    whole = "".join(sheets.values())
    values: dict[str, set[str]] = {}
    for name, value in _DEFINITION.findall(whole):
        values.setdefault(name, set()).add(value)
    known = set(_NAME.findall(theme))
    inlined: dict[str, str] = {}
    for name, found in values.items():
        value, is_only = next(iter(found)), len(found) == 1
        if is_only and name not in known and "var(" not in value:
            uses = whole.count(f"var({name})")
            with_name = _SHORT_NAME_LENGTH * (uses + 1) + len("var()") * uses
            if len(f":{value};") + with_name >= len(value) * uses:
                inlined[name] = value
    return {name: _inlined(css, inlined) for name, css in sheets.items()}


def _inlined(css: str, values: Mapping[str, str]) -> str:
    css = _DEFINITION.sub(lambda found: "" if found[1] in values else found[0], css)
    for name, value in values.items():
        css = css.replace(f"var({name})", value)
    return css.replace(";}", "}")


def _names() -> Iterator[str]:
    """Yield names of properties, the shortest first."""
    for length in count(1):
        for letters in product(ascii_lowercase, repeat=length):
            yield f"--{''.join(letters)}"
