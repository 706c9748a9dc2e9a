"""Code answers for sequences and graphs take the inputs that are easily forgotten."""

import copy
import math
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np
import pytest
from tests.answers.battery import RAISES
from tests.answers.solutions import solution

Items = list[Any]
NODES = range(4)
NUMBERS = [5, 1, 4, 4, 2]
LEARNED = [(97, 110), (98, 256), (256, 97)]


@dataclass(frozen=True, slots=True)
class Case:
    """A function of a list, and what it returns for the lists at the edge."""

    call: Callable[[Items], Any]
    items: Items
    empty: Any
    """Of no items, or `RAISES`."""
    one: Any
    """Of the first item alone."""
    alike: Any
    """Of the first item, three times."""


def seeded() -> Random:
    """Return the same numbers each time."""
    return Random(0)  # noqa: S311 - for samples, no secrets


def streams() -> dict[str, Case]:
    """Return what reads a stream or compares sequences."""
    best, drawn = solution("code-top-k"), solution("code-reservoir-sampling")
    edit, pieces = solution("code-edit-distance"), solution("code-bpe-tokenizer")
    pairs = [("a", 2.0), ("b", 1.0), ("c", 0.5)]
    words = [("banana", 4), ("bandana", 2), ("band", 3)]

    def spelt(a: Items) -> Items:
        return [x for x, _ in edit.alignment(a, "kitten") if x is not None]

    def quick(a: Items) -> Any:  # noqa: ANN401 - of any item
        return best.quickselect(a, 1, seeded())

    def weighted(a: Items) -> Any:  # noqa: ANN401 - of any item
        return drawn.weighted_reservoir(a, 2, seeded())

    def sampled(a: Items) -> Any:  # noqa: ANN401 - of any item
        return drawn.reservoir(a, 2, seeded())

    def merges(a: Items) -> Any:  # noqa: ANN401 - of the answer's own
        return pieces.train(dict(a), 3)

    def ids(a: Items) -> Any:  # noqa: ANN401 - of the answer's own
        return pieces.encode("".join(a), LEARNED)

    return {
        "top-k": Case(lambda a: best.top_k(a, 3), NUMBERS, [], [5], [5, 5, 5]),
        "quickselect": Case(quick, NUMBERS, RAISES, 5, 5),
        "reservoir": Case(sampled, NUMBERS, [], [5], [5, 5]),
        "weighted reservoir": Case(weighted, pairs, [], ["a"], ["a", "a"]),
        "distance": Case(
            lambda a: edit.distance(a, "kitten"), list("sitting"), 6, 6, 6
        ),
        "alignment": Case(spelt, list("sitting"), [], ["s"], ["s", "s", "s"]),
        "BPE merges": Case(merges, words, [], LEARNED, LEARNED),
        "BPE ids": Case(ids, list("anna"), [], [97], [97, 97, 97]),
    }


def graphs() -> dict[str, Case]:
    """Return what walks graphs, trees and caches."""
    sort, walk = solution("code-topological-sort"), solution("code-depth-first-search")
    shared, cache = solution("code-common-ancestors"), solution("code-lru-cache")

    def kept(keys: Items) -> Items:
        store = cache.LRUCache(2)
        for key in keys:
            store.put(key, key * 10)
        return [store.get(key) for key in keys]

    def ancestors(links: Items) -> Any:  # noqa: ANN401 - of the answer's own
        return shared.common_ancestors(dict(links), "b", "a")

    def ordered(edges: Items) -> Any:  # noqa: ANN401 - of the answer's own
        return sort.topological_order(NODES, edges)

    def reached(after: Items) -> Any:  # noqa: ANN401 - of the answer's own
        order = walk.dfs_preorder({0: after}, 0)
        assert order == walk.dfs_recursive({0: after}, 0)
        return order

    first = [1, 0, 2, 3]
    links = [("b", "a"), ("c", "b"), ("d", "b")]
    return {
        "topological order": Case(
            ordered, [(1, 0), (2, 1), (1, 3)], [0, 1, 2, 3], first, first
        ),
        "depth-first search": Case(reached, [3, 1], [0], [0, 3], [0, 3]),
        "common ancestors": Case(ancestors, links, [], ["a"], ["a"]),
        "LRU cache": Case(kept, [1, 2, 3], [], [10], [10, 10, 10]),
    }


def decoders() -> dict[str, Case]:
    """Return what searches or samples with probabilities, and what differentiates."""
    beam, fast = solution("code-beam-search"), solution("code-speculative-sampling")
    graph = solution("code-autograd")

    def searched(p: Items) -> Any:  # noqa: ANN401 - of the answer's own
        logs = [math.log(share) for share in p]
        return beam.beam_search(lambda _: logs, bos=0, eos=1, width=2, max_len=2)

    def proposed(p: Items) -> Any:  # noqa: ANN401 - of the answer's own
        def target(_: Items, tokens: Items) -> np.ndarray:
            return np.array([p] * (len(tokens) + 1))

        rng = np.random.default_rng(0)
        return fast.speculative_step(lambda _: np.array(p), target, [], 2, rng)

    def slopes(numbers: Items) -> list[float]:
        nodes, total = [graph.Value(x) for x in numbers], graph.Value(0)
        for node in nodes:
            total = total + node * node
        total.backward()
        return [total.data, *(node.grad for node in nodes)]

    shares = [0.5, 0.3, 0.2]
    return {
        "beam search": Case(searched, shares, RAISES, RAISES, RAISES),
        "speculative sampling": Case(proposed, shares, RAISES, RAISES, RAISES),
        "autograd": Case(slopes, [3, 1.5, -2], [0], [9, 6], [27, 6, 6, 6]),
    }


CASES = streams() | graphs() | decoders()


def result(case: Case, items: Items) -> Any:  # noqa: ANN401 - of any answer
    """Return what comes of `items`, or `RAISES`."""
    try:
        return case.call(items)
    except ValueError:
        return RAISES


@pytest.mark.parametrize("name", CASES)
def test_an_answer_takes_sequences_at_the_edge(name: str) -> None:
    case = CASES[name]
    assert result(case, []) == case.empty
    assert result(case, case.items[:1]) == case.one
    assert result(case, case.items[:1] * 3) == case.alike


@pytest.mark.parametrize("name", CASES)
def test_an_answer_leaves_its_items_and_repeats_itself(name: str) -> None:
    case = CASES[name]
    items = copy.deepcopy(case.items)
    once = case.call(items)
    assert items == case.items
    assert case.call(items) == once
    assert once not in ([], RAISES)
