"""Give the custom properties of the style sheets short names."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import count, product
from string import ascii_lowercase

_NAME = re.compile(r"(?<![\w-])--[a-zA-Z][\w-]*")


def with_short_properties(sheets: Mapping[str, str], theme: str) -> Mapping[str, str]:
    """Return the style sheets by name, with the deck's `theme` after the first.

    A theme sets our properties by the names that the documentation tells, and may have
    others of its own, which keep theirs.
    """
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


def _names() -> Iterator[str]:
    """Yield names of properties, the shortest first."""
    for length in count(1):
        for letters in product(ascii_lowercase, repeat=length):
            yield f"--{''.join(letters)}"
