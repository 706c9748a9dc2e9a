"""A figure that a release puts on a card reaches learners in every Anki."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.anki.test_plain_cards import NOW, catalog_of
from tests.anki.test_upgrade import Shipped, ship

from triptych.ledger.lock import Ledger

Anki = Callable[..., list[Any]]
DECK = """\
=== media/one.svg
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"/>
=== topic/a.md
---
question: What is it?
---
It is this.

## In depth

![The first](media/one.svg)

## Pitfalls

### "It is that." {#that}

No.
"""


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Shipped, Shipped]:
    def catalog(text: str) -> Any:  # noqa: ANN401 - a catalog
        folder: Path = tmp_path_factory.mktemp("deck")
        return catalog_of(folder, text)

    without = DECK.replace("---\nIt is", "figure: none\n---\nIt is")
    first = ship(catalog(without), Ledger())
    return first, ship(catalog(DECK), first.ledger, NOW + 1000)


@pytest.mark.parametrize("by_files", [False, True], ids=["package", "files"])
def test_an_update_brings_the_figure_and_keeps_progress(
    each_anki: Anki, releases: tuple[Shipped, Shipped], *, by_files: bool
) -> None:
    first, second = releases
    way = second.update() if by_files else (second.package,)
    change = {"do": "change", "note": "a", "due": "5", "flag": 2}
    _, _, before, *_, after = each_anki(
        first.package, change, {"do": "look"}, *way, {"do": "look"}
    )
    notes = {note["id"]: note["fields"] for note in after["notes"].values()}
    name = "_one-" if by_files else "one-"
    figure = f'<figure class="card-figure"><img src="{name}'
    assert notes["a"]["Answer"].startswith(figure)
    assert 'alt="The first"' in notes["a"]["Answer"]
    assert "figure" not in notes["a/that"]["Answer"]
    assert after["missing_media"] == after["faults"] == []
    assert after["cards"] == before["cards"]
    assert set(after["types"]) == set(before["types"])
    assert after["schema"] == before["schema"]
