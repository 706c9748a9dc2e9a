"""Sounds: `[sound:]` on cards, a player on the site, nothing on paper."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.cases import write_deck
from tests.sounds import SOUNDS, wave

from triptych.build.build import build, check_and_typeset
from triptych.cli.main import cli
from triptych.deck.project import open_project
from triptych.notes.history import History
from triptych.notes.kept import kept_types
from triptych.notes.kept_fields import media_names
from triptych.notes.plan import PlannedNote, plan
from triptych.parse.markdown import inline
from triptych.typeset.plain import plain

TABLE = """\
=== t/cards.csv
id,prompt,answer,sound,picture
both,cat,gato,e.wav,x.svg
asked,,gato,e.wav,
shown,,gato,,x.svg
heard,cat,,e.wav,
gap,a {{c1::cat}},,e.wav,
mine,![](media/e.wav),"[sound:e.wav] and <audio src=""e.wav""></audio>",,
"""
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


def deck_of(folder: Path, text: str = TABLE) -> Path:
    deck = write_deck(folder, text)
    (deck / "media").mkdir()
    (deck / "media/e.wav").write_bytes(wave())
    (deck / "media/x.svg").write_bytes(SVG)
    return deck


def notes(deck: Path) -> dict[str, PlannedNote]:
    project = open_project(deck)
    report = check_and_typeset(project)
    assert report.catalog is not None, report.diagnostics
    kept = kept_types(deck, project.folder.files)
    planned = plan(report.catalog, History(), kept_types=kept)
    return {note.id.partition("/")[2]: note for note in planned.notes}


def sides(note: PlannedNote) -> tuple[list[str], list[str]]:
    front = note.fields.get("Text") or note.fields["Question"]
    back = note.fields.get("Answer") or note.fields.get("Spare 1", "")
    media = re.compile(r"\[sound:|<img")
    return media.findall(front), media.findall(back)


def test_a_sound_plays_on_its_side_of_the_card(tmp_path: Path) -> None:
    made = notes(deck_of(tmp_path))
    assert {slug: sides(note) for slug, note in made.items()} == {
        "both": (["[sound:"], ["<img"]),
        "asked": (["[sound:"], []),
        "shown": (["<img"], []),
        "heard": ([], ["[sound:"]),
        "gap": ([], ["[sound:"]),
        "mine": (["[sound:"], []),
    }
    name = re.findall(r"\[sound:([^\]]*)\]", made["both"].fields["Question"])
    assert made["both"].media > set(name)
    assert re.fullmatch(r"e-[0-9a-f]{12}\.wav", name[0])
    assert "&#91;sound:e.wav]" in made["mine"].fields["Answer"]
    assert "audio" not in made["mine"].fields["Answer"]


def test_update_files_name_sounds_so_that_anki_takes_them(tmp_path: Path) -> None:
    fields = notes(deck_of(tmp_path))["both"].update_fields
    assert "[sound:_e-" in fields["Question"]
    assert 'src="_x-' in fields["Answer"]


KEPT = """\
=== note-types/own/type.toml
id = 1
name = "Own"
cloze = false
sort_field = 0
prompt = "Front"
answer = "Back"
fields = [
  { id = 1, name = "Front" }, { id = 2, name = "Back" }, { id = 3, name = "More" }
]
templates = [{ id = 1, name = "Card" }]
=== note-types/own/1-front.html
{{Front}}
=== note-types/own/1-back.html
{{Back}}
=== note-types/own/style.css
=== t/a.md
---
question: "Which ![x](media/x.svg)?"
note_type: own
fields:
  More: '<img src="x.svg"> [sound:e.wav] <img src="y.svg"> [sound:_e.wav] <b>&#xFDD7;'
---
![](media/e.wav), not [sound:e.wav]
"""


def test_an_imported_note_names_what_the_deck_has_as_its_prose_does(
    tmp_path: Path,
) -> None:
    (note,) = notes(deck_of(tmp_path, KEPT)).values()
    picture, sound = sorted(note.media, reverse=True)
    assert note.fields == {
        "Front": f'Which <img src="{picture}" alt="x">?',
        "Back": f"<p>[sound:{sound}], not &#91;sound:e.wav]</p>",
        "More": f'<img src="{picture}"> [sound:{sound}] <img src="y.svg">'
        " [sound:_e.wav] <b>\ufffd</b>",
    }
    assert note.update_fields == {
        name: html.replace(picture, f"_{picture}").replace(sound, f"_{sound}")
        for name, html in note.fields.items()
    }


@pytest.mark.parametrize("key", ["More", "Front"])
def test_what_a_field_shows_is_packed_and_counts_before_prose(
    tmp_path: Path, key: str
) -> None:
    text = KEPT.partition("question:")[0]
    shown = '"<img src=x.svg> [sound:e.wav] <b>not the prompt</b>"'
    text += f"question: Which?\nnote_type: own\nfields:\n  {key}: {shown}\n---\nIt.\n"
    (note,) = notes(deck_of(tmp_path, text)).values()
    assert media_names(note.fields) == note.media
    assert len(note.media) == 2
    assert note.fields[key].endswith("<b>not the prompt</b>")


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    report, emitted = build(open_project(deck_of(tmp_path_factory.mktemp("d"))), folder)
    assert emitted, report.diagnostics
    return folder


def test_the_site_has_a_player_and_the_file(dist: Path) -> None:
    html = (dist / "site/q/t.html").read_text(encoding="utf-8")
    names = re.findall(r'<audio controls preload="none" src="\.\./media/([^"]*)"', html)
    assert len(names) == 5
    assert (dist / "site/media" / names[0]).read_bytes() == wave()
    assert "<figure><audio" not in html
    listing = (dist / "site/sheet.html").read_text(encoding="utf-8")
    assert 'src="media/e-' in listing


def test_a_player_is_in_no_link_and_in_no_plain_text(dist: Path) -> None:
    for path in (dist / "site").rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert not re.search(r"<a\b[^>]*>(?:(?!</a>).)*<audio", html, re.DOTALL)
    data = re.search(
        r'ld\+json">(.*?)</script>', (dist / "site/q/t.html").read_text("utf-8")
    )
    assert data
    assert ".wav" not in json.dumps(json.loads(data[1])["hasPart"][0])


def test_paper_makes_no_sound_and_that_is_said_once(tmp_path: Path) -> None:
    deck, dist = deck_of(tmp_path / "deck"), tmp_path / "dist"
    words = ["build", "--content", deck, "--dist", dist]
    made = CliRunner().invoke(cli, [*map(str, words)])
    assert made.stderr.count("sheet is paper: 1 sound not on it") == 1
    words.insert(1, "anki")
    anki_alone = CliRunner().invoke(cli, [*map(str, words)])
    assert "is paper" not in anki_alone.stderr


@pytest.mark.parametrize("name", SOUNDS)
def test_each_format_is_recognized_by_its_first_bytes(
    tmp_path: Path, name: str
) -> None:
    text = f"=== t/a.md\n---\nquestion: Q?\n---\n![](media/{name})\n"
    deck = deck_of(tmp_path, text)
    (deck / "media" / name).write_bytes(SOUNDS[name])
    report = check_and_typeset(open_project(deck))
    assert [d.rule for d in report.diagnostics] == []
    (deck / "media" / name).write_bytes(b"<html>")
    report = check_and_typeset(open_project(deck))
    assert [d.rule for d in report.diagnostics] == ["unsafe-media"]


def test_a_film_is_a_link(tmp_path: Path) -> None:
    text = "=== t/a.md\n---\nquestion: Q?\n---\n![x](media/a.mp4)\n"
    deck = deck_of(tmp_path, text)
    (deck / "media/a.mp4").write_bytes(b"\x00\x00\x00\x18ftypmp42")
    (found,) = check_and_typeset(open_project(deck)).diagnostics
    assert found.rule == "unsafe-media"
    assert "link to it" in found.hint


def test_the_name_of_a_sound_is_not_among_the_words_of_a_text() -> None:
    """It may be the answer: a list, the search and a title would give it away."""
    assert plain(inline("Which animal ![a dog](a.mp3) is it?")) == "Which animal is it?"
    assert plain(inline("What is ![a dog](a.png)?")) == "What is a dog?"
