"""No compiler changes a released note: release 1.0.0 of the flagship stays as it is.

`tests/data/release-1.0.0.zip.xz` holds its content and its lock files as they were
released, and the package beside it is the one that learners imported.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from triptych.build.build import check_and_typeset, settings_of
from triptych.deck.project import Project, open_project
from triptych.ledger.lock import Released
from triptych.notes.plan import plan
from triptych.releases.diff import deck_state, diff
from triptych.releases.report import as_text
from triptych.render.anki.render import render
from triptych.render.settings import RenderSettings
from triptych.values.catalog import Catalog

DATA = Path(__file__).parents[1] / "data"
PACKAGE = DATA / "release-1.0.0.apkg"


@pytest.fixture(scope="module")
def project(first_release: Path) -> Project:
    return open_project(first_release)


@pytest.fixture(scope="module")
def catalog(project: Project) -> Catalog:
    catalog = check_and_typeset(project).catalog
    assert catalog is not None
    return catalog


@pytest.fixture(scope="module")
def settings(project: Project) -> RenderSettings:
    return settings_of(project)


def test_nothing_changed_since_the_release(
    catalog: Catalog, settings: RenderSettings
) -> None:
    found = diff(catalog, settings)
    assert replace(found, restyled=()).is_empty, as_text(found)
    assert all(note.is_released for note in plan(catalog, settings.history).notes)
    assert len(settings.history.ledger.notes) == 717


def test_the_cards_lose_only_their_link_to_a_placeholder(
    catalog: Catalog, settings: RenderSettings
) -> None:
    """The address of the first release never resolved, and each card linked to it."""
    assert catalog.deck.site.base_url == "https://triptych.example/ml-interview/"
    planned = plan(catalog, settings.history)
    assert [type_.is_released for type_ in planned.types.values()] == [False, False]
    for type_ in planned.types.values():
        assert "<a " not in "".join(card.back for card in type_.type.templates)


def test_the_words_are_those_of_the_package(
    catalog: Catalog, settings: RenderSettings
) -> None:
    found = diff(catalog, settings, old=PACKAGE)
    assert replace(found, restyled=()).is_empty, as_text(found)
    assert found.relabelled == ()


def test_the_next_release_records_the_formula_and_updates_nothing(
    catalog: Catalog, settings: RenderSettings
) -> None:
    ledger = settings.history.ledger
    moment = ledger.latest.time + 1000
    after = deck_state(catalog, settings, Released("1.0.1", moment)).ledger
    for name, line in after.notes.items():
        assert line.mod == ledger.notes[name].mod
        assert (line.formula, bool(line.labels)) == (3, True)
    again = deck_state(
        catalog,
        RenderSettings(history=type(settings.history)(after)),
        Released("1.0.2", moment + 1000),
    )
    assert {line.mod for line in again.ledger.notes.values()} == {ledger.latest.time}


def test_a_learner_of_it_gets_nothing_new_and_nothing_updated(
    each_anki: Callable[..., list[Any]], catalog: Catalog, settings: RenderSettings
) -> None:
    package, *files = render(catalog, settings)
    assert [file.path.name for file in files] == [
        "ml-interview-from-1.0.0-1-new.apkg",
        "ml-interview-from-1.0.0-2-look.apkg",
    ]
    note = min(settings.history.ledger.notes)
    card = {"do": "render", "note": note}
    for way in ((package,), files):
        first, linked, before, *imported, plain, after = each_anki(
            PACKAGE.read_bytes(), card, {"do": "look"}, *way, card, {"do": "look"}
        )
        assert first["new"] == 717
        for log in imported:
            assert (log["new"], log["updated"], log["conflicting"]) == (0, 0, 0)
        assert after["notes"] == before["notes"]
        assert after["cards"] == before["cards"]
        assert after["schema"] == before["schema"]
        # The other look arrives by an ordinary import.
        assert "triptych.example" in linked["back"]
        assert "triptych.example" not in plain["back"]
