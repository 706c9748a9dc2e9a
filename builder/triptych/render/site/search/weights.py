"""How much a term says about a page: BM25 over weighted fields, in small numbers."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import chain
from math import log

from triptych.render.site.search.terms import terms

FIELDS = (6, 4, 2, 1)
"""The weight of a title, of labels, of what is in short, and of the rest."""
HIGHEST = 25
"""A weight is one of the letters A to Z in the index."""
_SATURATION = 1.2
_LENGTH_WEIGHT = 0.6
_OTHER_TERMS = 11
"""The most terms of a page that neither its title nor a label has: what says most."""

Postings = Mapping[str, Sequence[tuple[int, int]]]
"""For each term, pages by number, and how much the term says about each."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as the search sees it: its text by field, as `FIELDS` weighs it."""

    texts: tuple[str, str, str, str]


def weigh(pages: Sequence[Page]) -> Postings:
    """Return the weight of each term for each page that has it."""
    counted = [[Counter(terms(text)) for text in page.texts] for page in pages]
    means = [
        max(1.0, sum(page[field].total() for page in counted) / max(1, len(pages)))
        for field in range(len(FIELDS))
    ]
    spread = Counter(chain.from_iterable(set().union(*page) for page in counted))
    rarity = {
        term: log(1 + (len(pages) - count + 0.5) / (count + 0.5))
        for term, count in spread.items()
    }
    scored: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, page in enumerate(counted):
        for term, score in _scores(page, means, rarity).items():
            scored[term].append((number, score))
    top = max((score for own in scored.values() for _, score in own), default=1.0)
    return {
        term: [(number, max(1, round(HIGHEST * s / top))) for number, s in own]
        for term, own in scored.items()
    }


def _scores(
    page: Sequence[Counter[str]],
    means: Sequence[float],
    rarity: Mapping[str, float],
) -> Mapping[str, float]:
    found: defaultdict[str, float] = defaultdict(float)
    for field, own in enumerate(page):
        relative = 1 - _LENGTH_WEIGHT + _LENGTH_WEIGHT * own.total() / means[field]
        for term, times in own.items():
            found[term] += FIELDS[field] * times / relative
    scores = {
        term: rarity[term] * weight / (_SATURATION + weight)
        for term, weight in found.items()
    }
    title, labels, *others = page
    rest = set().union(*others).difference(title, labels)
    # By name where two say as much, so that the same deck gives the same bytes.
    kept = nlargest(_OTHER_TERMS, rest, key=lambda term: (scores[term], term))
    left_out = rest.difference(kept)
    return {term: score for term, score in scores.items() if term not in left_out}
