"""What learners of a deck must do when its source held no ids of note types."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.anki.test_imported import package_of, schedules
from tests.genanki_deck import NOTES, TYPES, package

from triptych.cli.main import cli

Anki = Callable[..., list[Any]]
LEARNT = (
    {"do": "change", "note": "g-0", "flag": 3, "due": "30"},
    {"do": "change", "note": "c-2", "due": "5"},
    {"do": "change", "note": "code", "suspend": True},
)
NO_OPTION = "importing: Anki's default options suffice"


@pytest.fixture
def theirs(tmp_path: Path) -> bytes:
    return package(tmp_path)


def crowdanki(folder: Path) -> Path:
    """Return a folder of CrowdAnki with the notes of the deck in `folder`."""
    models = [
        {
            "crowdanki_uuid": key,
            "name": model.name,
            "css": model.css,
            "type": model.model_type,
            "flds": [{**field, "ord": n} for n, field in enumerate(model.fields)],
            "tmpls": [{**item, "ord": n} for n, item in enumerate(model.templates)],
        }
        for key, model in TYPES.items()
    ]
    decks: dict[str, dict[str, Any]] = {}
    for name, type_, guid, *fields in NOTES:
        *_, (found, _) = [
            (
                decks.setdefault(path, {"name": level, "notes": [], "children": []}),
                level,
            )
            for path, level in levels(name)
        ]
        width = len(TYPES[type_].fields)
        note = {"guid": guid, "fields": fields[:width], "note_model_uuid": type_}
        found["notes"].append(note)
    for name, deck in decks.items():
        if above := name.rpartition("::")[0]:
            decks[above]["children"].append(deck)
    media = folder / "crowd" / "media"
    media.mkdir(parents=True)
    for file in ("cat pic.png", "a.mp3"):
        (media / file).write_bytes((folder / file).read_bytes())
    text = json.dumps({**decks["Geo"], "note_models": models})
    (media.parent / "deck.json").write_text(text, encoding="utf-8")
    return media.parent


def levels(name: str) -> list[tuple[str, str]]:
    """Return the full name and the last level of a deck and of those above it."""
    parts = name.split("::")
    return [("::".join(parts[: n + 1]), part) for n, part in enumerate(parts)]


def text_export(folder: Path) -> Path:
    """Return a text export with the notes of the deck."""
    head = "#separator:tab\n#html:true\n#guid column:1\n#deck column:2\n"
    rows = [
        "\t".join([guid, deck, *(field.replace("\n", "<br>") for field in fields[:2])])
        for deck, _, guid, *fields in NOTES
        if '"' not in guid
    ]
    path = folder / "export.txt"
    path.write_text(head + "\n".join(rows), encoding="utf-8")
    for file in ("cat pic.png", "a.mp3"):
        (folder / "media").mkdir(exist_ok=True)
        (folder / "media" / file).write_bytes((folder / file).read_bytes())
    return path


def run(*arguments: str | Path) -> str:
    result = CliRunner().invoke(cli, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_learners_of_crowdanki_merge_note_types_once(
    anki: Anki, theirs: bytes, tmp_path: Path
) -> None:
    content = tmp_path / "content"
    run("import", crowdanki(tmp_path), "--content", content)
    ours = package_of(content)
    *_, before, skipped, after = anki(
        theirs, *LEARNT, {"do": "look"}, ours, {"do": "look"}
    )
    assert (skipped["conflicting"], skipped["new"]) == (len(NOTES), 0)
    assert {**after, "decks": {}} == {**before, "decks": {}}
    assert after["decks"].keys() == before["decks"].keys()
    merged = {"file": ours, "merge": True}
    *_, before, found, after = anki(
        theirs, *LEARNT, {"do": "look"}, merged, {"do": "look"}
    )
    assert (found["conflicting"], found["new"]) == (0, 0)
    assert schedules(after) == schedules(before)
    assert after["decks"].keys() == before["decks"].keys()
    said = run("diff", "--content", content)
    assert NO_OPTION not in said
    assert "ticks Merge note types once, for Cloze, My Basic" in said


def test_learners_of_a_text_export_keep_what_they_have(
    anki: Anki, theirs: bytes, tmp_path: Path
) -> None:
    content = tmp_path / "content"
    run("import", text_export(tmp_path), "--content", content)
    ours = package_of(content)
    count = sum('"' not in guid for _, _, guid, *_ in NOTES)
    *_, before, found, after = anki(
        theirs, *LEARNT, {"do": "look"}, ours, {"do": "look"}
    )
    assert found["conflicting"] == count
    assert schedules(after) == schedules(before)
    assert after["notes"] == before["notes"]
    assert after["decks"].keys() == before["decks"].keys()
    said = run("diff", "--content", content)
    assert NO_OPTION not in said
    assert f"keeps {count} of its notes as they are" in said
