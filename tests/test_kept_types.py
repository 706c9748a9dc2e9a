"""Note types of an imported deck: which are valid, which cards and fields they make."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

import pytest

from triptych.errors import TriptychError
from triptych.notes.kept import KeptType, kept_type, kept_types, keys
from triptych.notes.kept_fields import (
    cards,
    clean,
    media_names,
    required_fields,
    with_media,
)
from triptych.notes.types import Field, NoteType, Template, name_at
from triptych.render.anki.package import PackedDeck, package

TYPE = NoteType(
    key="basic",
    id=1,
    name="Basic",
    cloze=False,
    sort_field="Front",
    fields=(Field(1, "Front"), Field(2, "Back"), Field(3, "Extra")),
    templates=(Template(1, "Card", None, "{{Front}}", "{{Back}}"),),
    css="",
    right_to_left=False,
)
KEPT = KeptType(TYPE, "Front", "Back")
OTHER = Template(2, "Other", None, "{{Back}}", "")
GOOD = """\
id = 1
name = "Basic"
cloze = false
sort_field = 0
prompt = "Front"
answer = "Back"
fields = [{ id = 1, name = "Front" }, { id = 2, name = "Back" }]
templates = [{ id = 1, name = "Card" }]
"""


def read(root: Path, text: str) -> KeptType:
    folder = root / "note-types/basic"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "type.toml").write_text(text)
    for name in ("1-front.html", "1-back.html", "style.css"):
        (folder / name).write_text("{{Front}}")
    return kept_type(root, "basic")


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('answer = "Back"', 'answer = "Rear"', "no field is called `Rear`"),
        ('prompt = "Front"', 'prompt = "Top"', "no field is called `Top`"),
        ("sort_field = 0", "sort_field = 2", "`sort_field` is 2, not from 0 to 1"),
        ('[{ id = 1, name = "Card" }]', "[]", "it has no cards"),
        ("cloze = false\n", "", "`cloze` is missing"),
    ],
)
def test_a_damaged_note_type_is_refused_with_the_reason(
    tmp_path: Path, old: str, new: str, why: str
) -> None:
    assert read(tmp_path, GOOD).names == ("Front", "Back")
    with pytest.raises(TriptychError, match=why):
        read(tmp_path, GOOD.replace(old, new))


def test_a_note_type_is_read_with_its_direction(tmp_path: Path) -> None:
    assert not read(tmp_path, GOOD).type.right_to_left
    assert read(tmp_path, f"right_to_left = true\n{GOOD}").type.right_to_left


def test_a_note_type_is_a_folder_with_the_files_beside_its_own(tmp_path: Path) -> None:
    read(tmp_path, GOOD)
    beside = ("basic/_a.PNG", "basic/deep/_b.png", "basic/c.txt")
    for name in (*beside, "basic/deep/type.toml", "other/x.css"):
        path = tmp_path / "note-types" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"\x89PNG\r\n\x1a\n")
    files = frozenset(
        PurePosixPath(path.relative_to(tmp_path))
        for path in tmp_path.rglob("*")
        if path.is_file()
    )
    assert keys(files) == ("basic",)
    (kept,) = kept_types(tmp_path, files).values()
    assert [media.name for media in kept.files] == ["_a.PNG"]


@pytest.mark.parametrize(
    ("front", "is_made"),
    [
        ("{{Front}}", True),
        ("{{Back}}", False),
        ("{{hint:Front}}", True),
        ("{{#Back}}{{Front}}{{/Back}}", False),
        ("{{^Back}}{{Front}}{{/Back}}", True),
        ("{{^Front}}{{Front}}{{/Front}}", False),
        ("{{#Back}}x{{/Back}}{{Front}}", True),
        ("{{#Front}}{{#Back}}{{Front}}{{/Back}}{{/Front}}", False),
        ("{{Tags}} {{Deck}}", False),
        ("only text", False),
    ],
)
def test_a_card_is_made_where_its_front_shows_a_field(
    front: str, *, is_made: bool
) -> None:
    other = Template(2, "Other", None, front, "")
    both = replace(KEPT, type=replace(TYPE, templates=(*TYPE.templates, other)))
    assert cards(both, {"Front": "x", "Back": "<b> </b>"}) == (0, 1)[: 1 + is_made]
    assert cards(both, {"Front": "x", "Tags": "y"}) == (0, 1)[: 1 + is_made]
    assert cards(both, {}) == (0,)  # Anki makes no note without a card


@pytest.mark.parametrize("name", ["img", "audio", "video", "hr", "input"])
def test_a_field_without_words_shows_what_is_drawn(name: str) -> None:
    only = replace(KEPT, type=replace(TYPE, templates=(OTHER, *TYPE.templates)))
    assert cards(only, {"Front": f"<{name}>"}) == (1,)
    assert cards(only, {"Front": f"<{name}s>"}) == (0,)


@pytest.mark.parametrize("tag", ["cloze:Front", " cloze:Front ", "type:cloze:Front"])
def test_a_cloze_makes_a_card_for_each_number_but_zero(tag: str) -> None:
    front = Template(1, "Cloze", None, f"{{{{{tag}}}}}", "")
    kept = replace(KEPT, type=replace(TYPE, cloze=True, templates=(front,)))
    text = "{{c3::a}} {{c1::b}} {{c3::c}} {{c0::d}}"
    assert cards(kept, {"Front": text, "Back": "{{c7::e}}"}) == (0, 2)
    assert cards(kept, {"Front": "none"}) == (0,)


def test_a_front_requires_the_fields_that_it_shows() -> None:
    front = "{{#Extra}}{{hint:Back}}{{/Extra}}{{^Front}}x{{/Front}}"
    assert required_fields(TYPE, front) == ("Back",)
    other = replace(TYPE, templates=(*TYPE.templates, replace(OTHER, front=front)))
    archive = ZipFile(BytesIO(package([PackedDeck("D")], [(other, 1)], {})))
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(archive.read("collection.anki2"))
        (models,) = connection.execute("SELECT models FROM col").fetchone()
    (model,) = json.loads(models).values()
    assert model["req"] == [[0, "any", [0]], [1, "any", [1]]]


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ('<img src="a.png">', '<img src="a.png">'),
        ('<img src="https://a.b/c.png">', "<img>"),
        ('<img src="//a.b/c.png">', "<img>"),
        ('<b style="color:red">x</b>', '<b style="color:red">x</b>'),
        ('<b style="border:url(//a.b)">x</b>', "<b>x</b>"),
        ('<b style="border:URL(//a.b)">x</b>', "<b>x</b>"),
        ('<b style="border:\\75rl(//a.b)">x</b>', "<b>x</b>"),
        ("<script>x</script>y", "y"),
        ("<style>x</style>y", "y"),
    ],
)
def test_a_field_fetches_and_runs_nothing(html: str, kept: str) -> None:
    assert clean(html) == kept


@pytest.mark.parametrize(
    ("index", "name"), [(0, "Front"), (2, "Extra"), (3, "Front"), (-1, "Front")]
)
def test_a_source_that_sorts_by_no_field_sorts_by_the_first(
    index: int, name: str
) -> None:
    assert name_at(TYPE.fields, index) == name
    assert name_at((), index) == ""


def test_media_get_their_names_in_outputs() -> None:
    html = "<img src=\"a&amp;b.png\"><img alt='x' src='c.png'>[sound:d.mp3] a&b.png"
    names = {"a&b.png": "1.png", "c.png": "2.png", "d.mp3": "3.mp3"}
    assert with_media(html, names) == (
        "<img src=\"1.png\"><img alt='x' src='2.png'>[sound:3.mp3] a&b.png"
    )
    assert with_media("[sound:e.mp3]", names) == "[sound:e.mp3]"
    assert media_names({"Front": html}) == names.keys()
