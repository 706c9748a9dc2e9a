"""Long tasks have a subdeck of their own, but where learners have them elsewhere."""

from pathlib import Path

import pytest
from tests.cases import write_deck

from triptych.build.build import check_and_typeset
from triptych.deck.project import open_project
from triptych.ledger.lock import Ledger, Released
from triptych.ledger.lock_file import dump, load
from triptych.notes.history import History
from triptych.notes.names import TASKS
from triptych.notes.plan import Plan, plan
from triptych.notes.stamp import stamp
from triptych.values.catalog import Catalog

DECK = """\
=== deck.toml
id = "d"
title = "D"

[[topics]]
id = "b"
title = "Last letters"

[[topics]]
id = "a"
title = "First"
=== b/short.md
---
question: What is short?
summary: "{{c1::This}} is."
---
Short.
"""
TASK = """\
=== a/task.md
---
question: Design a thing.
kind: system-design
summary: "A {{c1::thing}} is designed."
---
So.

## Follow-ups

### And then? {#then}

Then this.
=== b/zone.md
---
question: Draw a zone.
kind: coding
---
So.
"""


def catalog_of(folder: Path, text: str) -> Catalog:
    report = check_and_typeset(open_project(write_deck(folder, text)))
    assert report.catalog is not None, report.diagnostics
    return report.catalog


def subdecks(planned: Plan) -> dict[str, str]:
    return {note.id: note.deck for note in planned.notes}


def released(catalog: Catalog, ledger: Ledger, time: int) -> Ledger:
    planned = plan(catalog, History(ledger, time))
    version = Released(f"1.{len(ledger.releases)}.0", time)
    return load(dump(stamp(ledger, "d", planned, version)))


APART = {
    "short": "D::01 Last letters",
    "short/cloze": "D::01 Last letters",
    "task": "D::Long tasks",
    "task/cloze": "D::02 First",
    "task/then": "D::02 First",
    "zone": "D::Long tasks",
}


def test_a_new_deck_keeps_long_tasks_out_of_its_queues(tmp_path: Path) -> None:
    catalog = catalog_of(tmp_path, DECK + TASK)
    first = plan(catalog, History())
    assert subdecks(first) == APART
    in_order = [note.id for note in sorted(first.notes, key=lambda note: note.due)]
    assert in_order[-2:] == ["zone", "task"]
    # And so it stays after its release.
    ledger = released(catalog, Ledger(), 1000)
    second = plan(catalog, History(ledger, 2000))
    assert subdecks(second) == APART
    assert not second.is_preview
    assert second.decks == first.decks


def test_a_deck_without_long_tasks_has_no_subdeck_for_them(tmp_path: Path) -> None:
    assert TASKS not in plan(catalog_of(tmp_path, DECK), History()).decks


def test_a_released_deck_never_gets_one(tmp_path: Path) -> None:
    ledger = released(catalog_of(tmp_path / "one", DECK), Ledger(), 1000)
    catalog = catalog_of(tmp_path / "two", DECK + TASK)
    later = plan(catalog, History(ledger, 2000))
    assert later.decks == ledger.decks
    assert subdecks(later)["task"] == "D::02 First"
    assert subdecks(later)["zone"] == "D::01 Last letters"
    third = released(catalog, ledger, 2000)
    assert third.decks == ledger.decks


@pytest.mark.parametrize("language", ["de", "ja"])
def test_it_keeps_its_name_in_another_language(tmp_path: Path, language: str) -> None:
    ledger = released(catalog_of(tmp_path / "one", DECK + TASK), Ledger(), 1000)
    text = DECK.replace('id = "d"', f'id = "d"\nlanguage = "{language}"')
    translated = catalog_of(tmp_path / "two", text + TASK)
    assert subdecks(plan(translated, History(ledger, 2000))) == APART
    assert subdecks(plan(translated, History()))["task"] != APART["task"]


def test_it_outlives_the_last_long_task(tmp_path: Path) -> None:
    ledger = released(catalog_of(tmp_path / "one", DECK + TASK), Ledger(), 1000)
    less = catalog_of(tmp_path / "two", DECK)
    after = released(less, ledger, 2000)
    assert after.decks == ledger.decks
    assert after.notes["task"] == ledger.notes["task"]
