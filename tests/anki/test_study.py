"""The deck's description says how to study a part, with searches that Anki accepts."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from triptych.values.catalog import Catalog

Anki = Callable[..., list[Any]]
Pack = Callable[[Catalog], bytes]


def test_the_searches_find_the_parts(
    each_anki: Anki, catalog: Catalog, pack: Pack
) -> None:
    odd = replace(catalog, deck=replace(catalog.deck, title="A `b` *c*: d_e \\ f"))
    for deck in (catalog, odd):
        data = pack(deck)
        _, looked = each_anki(data, {"do": "look"})
        (title,) = (name for name, text in looked["decks"].items() if "`deck:" in text)
        searches = re.findall(r"`(deck:[^`]*)`", looked["decks"][title])
        found = each_anki(data, *({"do": "search", "text": s} for s in searches))[1:]
        assert found == [
            [
                f"overfitting/{slug}"
                for slug in ("cloze", "l1-or-l2", "more-data", "zero")
            ],
            ["code-k-means", "overfitting"],
            ["code-k-means", "code-k-means/fill-in"],
            ["overfitting/l1-or-l2", "overfitting/more-data"],
            ["overfitting/zero"],
        ]
