"""The search as Python does it: what the script in the browser must agree with.

It reads the files of a built site, and uses nothing of what made them.
"""

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from triptych.render.site.search.terms import UNSPACED, terms

EXACT, ALIKE = 4, 2
_UNSPACED = re.compile(f"[{UNSPACED}]")
_POSTING = re.compile(r"([0-9a-z]+)([A-Z])")


@dataclass(slots=True)
class ReferenceSearch:
    """The index of a site, and how it ranks pages."""

    files: Mapping[str, bytes]
    fetched: set[str] = field(default_factory=set)
    """The files that were needed so far."""

    def data(self, name: str) -> Mapping[str, Any]:
        """Return what the file `name` of the index says."""
        self.fetched.add(f"search/{name}.js")
        text = self.files[f"search/{name}.js"].decode()
        data: Mapping[str, Any] = json.loads(text[len("triptychIndex(") : -2])
        return data

    @property
    def root(self) -> Mapping[str, Any]:
        """Return what is needed before anything else."""
        return self.data("index")

    def row(self, number: int) -> Sequence[Any]:
        """Return what the index says about a page."""
        root = self.root
        if "pages" in root:
            rows: Sequence[Sequence[Any]] = root["pages"]
            return rows[number]
        part = self.data(f"pages-{number // root['each']}")
        row: Sequence[Any] = part["pages"][number - part["from"]]
        return row

    def rank(self, query: str) -> list[tuple[int, int, bool]]:
        """Return the pages that answer `query`: number, score, if they have all."""
        words = list(dict.fromkeys(terms(query)))
        common = self.root.get("common", ())
        telling = [word for word in words if word not in common]
        return self._rank_by(telling, words[-1:]) or self._rank_by(words, words[-1:])

    def _rank_by(
        self, used: Sequence[str], last: Sequence[str]
    ) -> list[tuple[int, int, bool]]:
        cut = self.root.get("cut")
        totals: dict[int, tuple[int, int, int]] = {}
        for word in used:
            shard = self._shard(word)
            best: dict[int, int] = {}
            found = list(_meant(list(shard), word, word in last))
            for term, surely in found:
                for number, weight in shard[term]:
                    best[number] = max(best.get(number, 0), weight * surely)
            is_whole = not cut or all(len(shard[term]) < cut for term, _ in found)
            for number, score in best.items():
                total, whole, count = totals.get(number, (0, 0, 0))
                totals[number] = total + score, whole + is_whole, count + 1
        ranked = [
            (number, total * max(whole, 1), count == len(used))
            for number, (total, whole, count) in totals.items()
        ]
        return sorted(ranked, key=lambda page: (-page[1], page[0]))

    def questions(self, query: str) -> list[str]:
        """Return the ids of the questions that a search for `query` shows."""
        words = list(dict.fromkeys(terms(query)))
        count = self.root["questions"]
        found = [number for number, _, _ in self.rank(query) if number < count][:10]
        rows = [self.row(number) for number in found]
        rows.sort(key=lambda row: list(dict.fromkeys(terms(row[0]))) != words)
        return [row[1] for row in rows]

    def places(self, query: str) -> list[str]:
        """Return the titles of the lists and guides that are shown above them."""
        count = self.root["questions"]
        found = [n for n, _, has_all in self.rank(query) if n >= count and has_all]
        return [self.row(number)[0] for number in found[:4]]

    def _shard(self, word: str) -> Mapping[str, list[tuple[int, int]]]:
        root = self.root
        if "terms" in root:
            return dict(_decoded(root["terms"]))
        starts = [_units(start) for start in root["starts"]]
        at = max(0, bisect_right(starts, _units(word)) - 1)
        return dict(_decoded(self.data(f"terms-{at}")["terms"]))


def _decoded(text: str) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    term = b""
    for line in text.split("\n"):
        start, _, list_ = line.partition(" ")
        term = term[: 2 * int(start[0], 36)] + _units(start[1:])
        number, pages = 0, []
        for step, weight in _POSTING.findall(list_):
            number += int(step, 36)
            pages.append((number, ord(weight) - ord("A")))
        yield term.decode("utf-16-be"), pages


def _meant(every: list[str], word: str, is_last: bool) -> Iterator[tuple[str, int]]:  # noqa: FBT001
    units = [_units(term) for term in every]
    at = bisect_left(units, _units(word))
    is_there = at < len(every) and every[at] == word
    if is_there:
        yield word, EXACT
    if (is_last or not is_there) and (len(word) > 1 or _UNSPACED.search(word)):
        for term in every[at + is_there :]:
            if not term.startswith(word):
                break
            yield term, ALIKE
    if not is_there and len(word) > 3:
        for term in every:
            if not term.startswith(word) and near(word, term):
                yield term, ALIKE


def near(one: str, other: str) -> bool:
    """Return whether one wrong, missing, added or swapped letter makes the other."""
    if len(one) == len(other):
        wrong = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        if len(wrong) == 2 and wrong[1] == wrong[0] + 1:
            return one[wrong[0]] == other[wrong[1]] and one[wrong[1]] == other[wrong[0]]
        return len(wrong) < 2
    short, long = sorted((one, other), key=len)
    return len(long) == len(short) + 1 and any(
        long[:at] + long[at + 1 :] == short for at in range(len(long))
    )


def _units(text: str) -> bytes:
    return text.encode("utf-16-be")
