"""Which of many names was meant, found without comparing a word with all of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

_MAX_COMPARED_NAMES = 60
"""So many names are all compared with a word; of more, only the likely ones."""
_MIN_SIMILARITY = 0.6
_END_CHARS = 2
"""How many letters at either end make a name a likely one."""


class Names:
    """Names that a word may have been meant for; those of many are looked up."""

    def __init__(self, names: Iterable[str]) -> None:
        """Take the `names`; nothing is compared yet."""
        self._names = {name.lower(): name for name in names}
        self._by_base: Mapping[str, Sequence[str]] | None = None
        self._by_end: Mapping[str, Sequence[str]] = {}

    def closest(self, word: str) -> str:
        """Return the likeliest name for `word`, or nothing."""
        lowered = word.lower()
        if lowered in self._names:
            return self._names[lowered]
        found = get_close_matches(lowered, self._likely(lowered), 1, _MIN_SIMILARITY)
        return self._names[found[0]] if found else ""

    def _likely(self, word: str) -> Sequence[str]:
        if len(self._names) <= _MAX_COMPARED_NAMES and "/" not in word:
            return list(self._names)
        if self._by_base is None:
            self._index()
        base, ends = _base(word), _ends(word)
        same = (self._by_base or {}).get(base, ())
        lists = [same, *(self._by_end.get(end, ()) for end in ends)]
        likely = (
            name
            for found in lists
            for name in found[: _MAX_COMPARED_NAMES // len(lists)]
        )
        return list(dict.fromkeys(likely))

    def _index(self) -> None:
        by_base, by_end = defaultdict(list), defaultdict(list)
        for name in self._names:
            by_base[_base(name)].append(name)
            for end in _ends(name):
                by_end[end].append(name)
        self._by_base, self._by_end = by_base, by_end


def _base(name: str) -> str:
    return name.rpartition("/")[2]


def _ends(name: str) -> tuple[str, str]:
    """Return the beginning and the end of a name, which distinguish similar ones."""
    stem = _base(name).partition(".")[0]
    return f"{stem[:_END_CHARS]}…", f"…{stem[-_END_CHARS:]}"
