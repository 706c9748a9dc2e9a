"""No compiler changes a released note: release 1.0.0 of the flagship stays as it is.

`tests/data/release-1.0.0.zip` holds its content and its lock files as they were
released, and the package beside it is the one that learners imported.
"""

from collections.abc import Callable
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
    assert found.is_empty, as_text(found)
    assert not plan(catalog, settings.history).is_preview
    assert len(settings.history.ledger.notes) == 717


def test_the_words_are_those_of_the_package(
    catalog: Catalog, settings: RenderSettings
) -> None:
    found = diff(catalog, settings, old=PACKAGE)
    assert found.is_empty, as_text(found)
    assert found.relabelled == ()


def test_the_next_release_names_the_formula_and_moves_nothing(
    catalog: Catalog, settings: RenderSettings
) -> None:
    ledger = settings.history.ledger
    moment = ledger.latest.time + 1000
    after = deck_state(catalog, settings, Released("1.0.1", moment)).ledger
    for name, line in after.notes.items():
        assert line.mod == ledger.notes[name].mod
        assert (line.formula, bool(line.labels)) == (2, True)
    again = deck_state(
        catalog,
        RenderSettings(history=type(settings.history)(after)),
        Released("1.0.2", moment + 1000),
    )
    assert {line.mod for line in again.ledger.notes.values()} == {ledger.latest.time}


def test_a_learner_of_it_gets_nothing_new_and_nothing_updated(
    anki: Callable[..., list[Any]], catalog: Catalog, settings: RenderSettings
) -> None:
    package, *_ = render(catalog, settings)
    first, second = anki(PACKAGE.read_bytes(), package.data)
    assert first["new"] == 717
    assert (second["new"], second["updated"]) == (0, 0)
    assert second["duplicate"] == 717
