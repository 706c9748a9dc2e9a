"""A learner keeps all progress in notes that go to other questions of the deck."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.anki.test_upgrade import NOW, Shipped, ship
from tests.cases import write_deck

from triptych.author.rename import rename
from triptych.build.build import check_and_typeset, settings_of
from triptych.deck.project import open_project
from triptych.deck.write import write_files
from triptych.ledger.lock import Ledger
from triptych.ledger.lock_file import dump
from triptych.releases.diff import diff
from triptych.values.catalog import Catalog

Anki = Callable[..., list[Any]]
DECK = """\
=== deck.toml
id = "test"
title = "Test"
[[topics]]
id = "one"
title = "One"
[[topics]]
id = "two"
title = "Two"
=== one/a.md
---
question: What is a?
summary: A {{c1::gap}}.
---
An answer.

## Follow-ups
### What is b? {#b}
It is b.
### And then? {#then}
Then, [b](#b).

## Pitfalls
### "It is b." {#trap}
No.
=== two/c.md
---
question: What is c?
---
An answer.
=== two/whole.md
---
question: What is whole?
---
It is whole.
"""
LEARNT = (
    {"do": "study", "deck": "Test", "answers": [3, 1, 4, 3]},
    {"do": "change", "note": "a/b", "due": "9", "fields": {"My notes": "mine"}},
    {"do": "change", "note": "a/trap", "suspend": True, "flag": 2},
    {"do": "change", "note": "whole", "due": "30"},
)


def catalog_of(root: Path) -> Catalog:
    report = check_and_typeset(open_project(root))
    assert report.catalog, report.diagnostics
    assert report.diagnostics == ()
    return report.catalog


def released(root: Path, moment: int) -> Shipped:
    """Release the deck at `root`, with its ledger beside it."""
    shipped = ship(catalog_of(root), open_project(root).ledger, moment)
    (root / "deck.lock").write_text(dump(shipped.ledger))
    return shipped


def renamed(root: Path, old: str, new: str) -> None:
    made = rename(open_project(root), old, new)
    write_files({root / path: data for path, data in made.files.items()})


def whole_became_a_follow_up(root: Path) -> None:
    """Do by hand what the README says of it."""
    path = root / "two/whole.md"
    path.write_text(path.read_text().replace("---\n", "---\nretired: true\n", 1))
    text = "\n## Follow-ups\n### What is whole? {#whole}\nIt is whole.\n"
    path = root / "two/c.md"
    head = "---\nrenamed: {whole/: whole}\n"
    path.write_text(path.read_text().replace("---\n", head, 1) + text)


def moved(root: Path) -> dict[str, str]:
    """Split and move; return the new ids by the old ones."""
    whole_became_a_follow_up(root)
    renamed(root, "a/b", "b")
    renamed(root, "a/trap", "c/trap")
    return {"a/b": "b", "a/trap": "c/trap", "whole": "c/whole"}


def by_id(seen: dict[str, Any]) -> dict[str, str]:
    return {note["id"]: guid for guid, note in seen["notes"].items()}


def test_notes_that_moved_keep_their_cards_and_schedules(
    anki: Anki, tmp_path: Path
) -> None:
    root = write_deck(tmp_path, DECK)
    first = released(root, NOW - 1000)
    ids = moved(root)
    second = released(root, NOW + 1000)
    results = anki(
        first.package, *LEARNT, {"do": "look"}, second.package, {"do": "look"}
    )
    before, imported, after = results[-3:]
    assert imported["new"] == imported["conflicting"] == 0
    assert after["cards"] == before["cards"]
    assert after["note_count"] == before["note_count"]
    assert after["schema"] == before["schema"]
    assert after["types"] == before["types"]
    assert after["faults"] == after["blank"] == after["missing_media"] == []
    old, new = by_id(before), by_id(after)
    assert new == {ids.get(name, name): guid for name, guid in old.items()}
    assert after["notes"][new["b"]]["fields"]["Page"] == "b.html"
    assert after["notes"][new["c/whole"]]["fields"]["Page"] == "c.html#whole"


def test_a_note_keeps_its_guid_when_it_moves_twice_and_back(tmp_path: Path) -> None:
    root = write_deck(tmp_path, DECK)
    known = released(root, NOW - 1000).ledger.notes["a/b"].guid
    moment = NOW
    for old, new in (("a/b", "c/d"), ("c/d", "c/e"), ("c/e", "a/b"), ("a/b", "f")):
        renamed(root, old, new)
        assert guid_of(root, new) == known
        moment += 1
        released(root, moment)
        assert guid_of(root, new) == known


def guid_of(root: Path, note: str) -> str:
    settings = settings_of(open_project(root))
    notes = settings.plan(catalog_of(root)).notes
    return next(planned.guid for planned in notes if planned.id == note)


@pytest.mark.parametrize("held", ["release", "package"])
def test_diff_calls_them_moved(tmp_path: Path, held: str) -> None:
    root = write_deck(tmp_path / "deck", DECK)
    first = released(root, NOW)
    ids = moved(root)
    package = tmp_path / "test.apkg"
    package.write_bytes(first.package)
    project = open_project(root)
    settings = settings_of(project)
    old = package if held == "package" else None
    found = diff(catalog_of(root), settings, "", old)
    assert {change.was_note: change.note for change in found.moved} == ids
    assert found.new == found.retired == ()


def test_an_unreleased_note_is_recorded_under_its_new_id(tmp_path: Path) -> None:
    root = write_deck(tmp_path, DECK)
    renamed(root, "a/b", "b")
    assert ship(catalog_of(root), Ledger(), NOW).ledger.notes["b"].first == "1.0.0"
