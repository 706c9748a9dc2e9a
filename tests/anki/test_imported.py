"""Learners of a deck of another program go on with it after `triptych import`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.genanki_deck import NOTES, package

from triptych.build.build import build
from triptych.cli.main import cli
from triptych.deck.project import open_project

Anki = Callable[..., list[Any]]
LEARNT = (
    {"do": "change", "note": "g-0", "flag": 3, "due": "30"},
    {"do": "change", "note": "c-2", "due": "5"},
    {"do": "change", "note": "code", "suspend": True},
    {"do": "change", "note": 'w"1', "flag": 2, "due": "7"},
    {"do": "change", "note": "g-1", "fields": {"Extra": "my own words"}},
)


@pytest.fixture(scope="session")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return package(tmp_path_factory.mktemp("genanki"))


def imported(folder: Path, package: bytes) -> Path:
    source = folder / "geo.apkg"
    source.write_bytes(package)
    arguments = ["import", str(source), "--content", str(folder / "content")]
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 0, result.output
    assert " error" not in result.output
    return folder / "content"


def package_of(content: Path) -> bytes:
    dist = content.parent / "dist"
    _, emitted = build(open_project(content), dist, ("anki",))
    assert emitted
    (package,) = dist.glob("anki/*.apkg")
    return package.read_bytes()


def schedules(seen: dict[str, Any]) -> list[Any]:
    return sorted(
        seen["cards"], key=lambda card: (str(card.get("guid")), str(card.get("ord")))
    )


def exported(anki: Anki, package: bytes, folder: Path, *, legacy: bool) -> bytes:
    path = folder / "exported.apkg"
    anki(package, {"do": "export_all", "path": str(path), "legacy": legacy})
    return path.read_bytes()


@pytest.mark.parametrize("made_by", ["genanki", "anki", "older anki"])
def test_learners_of_an_imported_deck_keep_their_progress(
    each_anki: Anki, anki: Anki, theirs: bytes, tmp_path: Path, made_by: str
) -> None:
    source = theirs
    if made_by != "genanki":
        source = exported(anki, theirs, tmp_path, legacy=made_by == "older anki")
    content = imported(tmp_path, source)
    ours = package_of(content)
    changed = next(content.glob("*/*l2.md"))
    text = changed.read_text(encoding="utf-8")
    changed.write_text(text.replace("City & 2", "Town & 2"), encoding="utf-8")
    table = content / "words" / "cards.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace("mot 1", "parole 1"), encoding="utf-8")
    again = package_of(content)
    *_, before, first, after, second, last = each_anki(
        theirs, *LEARNT, {"do": "look"}, ours, {"do": "look"}, again, {"do": "look"}
    )
    assert first == {
        "found": len(NOTES),
        "new": 0,
        "updated": 0,
        "duplicate": len(NOTES),
        "conflicting": 0,
        "first_field_match": 0,
    }
    # The description names the release, as that of every deck does.
    assert {**after, "decks": {}} == {**before, "decks": {}}
    assert after["decks"].keys() == before["decks"].keys()
    assert (second["new"], second["updated"], second["conflicting"]) == (0, 2, 0)
    assert schedules(last) == schedules(before)
    assert last["note_count"] == len(NOTES)
    assert last["types"] == before["types"]
    assert last["schema"] == before["schema"]
    reported = {
        guid for guid, note in last["notes"].items() if note != before["notes"][guid]
    }
    assert reported == {"g-2", 'w"1'}
    assert "parole 1" in str(last["notes"]['w"1'])
    assert "Town &amp; 2" in str(last["notes"]["g-2"])


def test_newcomers_get_the_cards_that_learners_have(
    anki: Anki, theirs: bytes, tmp_path: Path
) -> None:
    ours = package_of(imported(tmp_path, theirs))
    _, old = anki(theirs, {"do": "look"})
    _, new, media = anki(ours, {"do": "look"}, {"do": "media"})
    assert new["notes"].keys() == old["notes"].keys()
    assert [(c["deck"], c["ord"]) for c in schedules(new)] == [
        (c["deck"], c["ord"]) for c in schedules(old)
    ]
    assert not new["missing_media"]
    assert "_teal.woff2" in media
    assert not new["faults"]
    assert not new["blank"]
    assert not new["empty_cards"]


def test_a_renamed_package_is_released_for_those_who_have_it(
    anki: Anki, theirs: bytes, tmp_path: Path
) -> None:
    """A package imported again under another name, and released on the same day."""
    content = imported(tmp_path, theirs)
    again = tmp_path / "geo (1).apkg"
    again.write_bytes(theirs)
    dist = tmp_path / "dist"
    for arguments in (
        ["import", again, "--content", content],
        ["release", "--content", content, "--dist", dist],
    ):
        result = CliRunner().invoke(cli, [str(argument) for argument in arguments])
        assert result.exit_code == 0, result.output
    assert "importing: Anki's default options suffice" in result.output
    (package,) = dist.glob("anki/*.apkg")
    *_, before, found, after = anki(
        theirs, *LEARNT, {"do": "look"}, package.read_bytes(), {"do": "look"}
    )
    assert (found["new"], found["updated"], found["conflicting"]) == (0, 0, 0)
    assert found["duplicate"] == len(NOTES)
    assert after["decks"].keys() == before["decks"].keys()
    assert {**after, "decks": {}} == {**before, "decks": {}}
