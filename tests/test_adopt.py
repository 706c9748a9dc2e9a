"""``triptych adopt``: a lost ledger comes back from what learners have."""

import json
import shutil
import sqlite3
import zipfile
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from triptych.cli.main import cli
from triptych.errors import TriptychError
from triptych.ledger.lock import Ledger
from triptych.ledger.lock_file import load
from triptych.releases.package import read_package

DAY_SECONDS = 86_400
DECK = """\
id = "d"
title = "D"
[[topics]]
id = "one"
title = "One: first"
[[topics]]
id = "two"
title = "Two"
"""
QUESTION = """\
---
id: {0}
question: What is **{0}**?
tags: [t]
summary: It is {{{{c1::a gap}}}}.
---
An answer to {0}, $x < y$.

## Follow-ups
### Why {0}? {{#why}}
So.

## Pitfalls
### "It is {0}." {{#trap}}
No.
"""


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [*map(str, arguments)], standalone_mode=False)


def at(monkeypatch: pytest.MonkeyPatch, day: int) -> None:
    """Set the clock that stamps releases, to noon of a day."""
    monkeypatch.setattr(
        "triptych.clock.now", lambda: day * DAY_SECONDS + DAY_SECONDS // 2
    )


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which the deck was released once."""
    root = tmp_path_factory.mktemp("released")
    with pytest.MonkeyPatch.context() as patch:
        write_content(root / "content")
        patch.chdir(root)
        release(root / "content", patch, 20_000)
    return root


def write_content(content: Path) -> None:
    write(content / "deck.toml", DECK)
    write(content / "one/a.md", QUESTION.format("a"))
    write(content / "two/b.md", QUESTION.format("b"))


@pytest.fixture
def deck(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    content = tmp_path / "content"
    write_content(content)
    monkeypatch.chdir(tmp_path)
    at(monkeypatch, 20_000)
    return content


def release(deck: Path, monkeypatch: pytest.MonkeyPatch, day: int) -> Path:
    """Release on a day; return the package, kept where no build replaces it."""
    at(monkeypatch, day)
    made = run("release")
    assert made.return_value == 0, made.output
    kept = deck.parent / f"{day}.apkg"
    shutil.copy("dist/anki/d.apkg", kept)
    return kept


def ledger(deck: Path) -> Ledger:
    return load((deck / "deck.lock").read_text())


def refusal(*arguments: str | Path) -> str:
    """Return why a run was refused, which must write nothing."""
    before = {p: p.read_bytes() for p in Path.cwd().rglob("*") if p.is_file()}
    made = run(*arguments)
    after = {p: p.read_bytes() for p in Path.cwd().rglob("*") if p.is_file()}
    assert after == before
    assert isinstance(made.exception, TriptychError), made.output
    return str(made.exception)


def test_after_one_release_the_whole_ledger_comes_back(
    deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = release(deck, monkeypatch, 20_000)
    before = (deck / "deck.lock").read_text()
    (deck / "deck.lock").unlink()
    made = run("adopt", package)
    assert made.return_value == 0, made.output
    assert "content/deck.lock: release 1.0.0 of 2024-10-04, 8 notes\n" in made.output
    assert (deck / "deck.lock").read_text() == before


def test_the_subdeck_of_long_tasks_comes_back(
    deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(
        deck / "two/b.md",
        QUESTION.format("b").replace("---\n", "---\nkind: coding\n", 1),
    )
    package = release(deck, monkeypatch, 20_000)
    before = ledger(deck)
    assert before.decks["/tasks"] == "D::Long tasks"
    (deck / "deck.lock").unlink()
    made = run("adopt", package)
    assert made.return_value == 0, made.output
    assert ledger(deck) == before


def test_the_next_build_gives_the_package_and_diff_says_nothing(
    deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release(deck, monkeypatch, 20_000)
    write(deck / "one/a.md", QUESTION.format("a").replace("So.", "So it is."))
    write(deck / "two/c.md", QUESTION.format("c"))
    run("rename", "b", "b2")
    package = release(deck, monkeypatch, 20_001)
    known = ledger(deck)
    (deck / "deck.lock").unlink()
    made = run("adopt", package)
    assert made.return_value == 0, made.output
    assert "today" not in made.output
    built = run("build")
    assert built.return_value == 0, built.output
    assert "preview" not in built.output
    assert Path("dist/anki/d.apkg").read_bytes() == package.read_bytes()
    for arguments in ((), (package,)):
        reported = json.loads(run("diff", "--format", "json", *arguments).output)
        kinds = ("new", "changed", "moved", "retired", "fewer", "restyled")
        assert [reported[kind] for kind in kinds] == [[]] * len(kinds)
    adopted = ledger(deck)
    assert adopted.latest == known.latest
    assert adopted.decks == known.decks
    assert adopted.types == known.types
    assert {n: line.mod for n, line in adopted.notes.items()} == {
        n: line.mod for n, line in known.notes.items()
    }


def test_changed_notes_are_reported_and_updated(
    deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = release(deck, monkeypatch, 20_000)
    (deck / "deck.lock").unlink()
    write(deck / "one/a.md", QUESTION.format("a").replace("So.", "Not so."))
    write(
        deck / "two/b.md",
        QUESTION.format("b").replace("\n---\nAn", "\nretired: [why]\n---\nAn"),
    )
    made = run("adopt", package)
    assert "1 have changed since" in made.output
    assert "updates them: a/why\n" in made.output
    assert "1 are not in the deck any more" in made.output
    reported = json.loads(run("diff", "--format", "json").output)
    assert [change["note"] for change in reported["changed"]] == ["a/why"]
    assert [change["note"] for change in reported["retired"]] == ["b/why"]
    at(monkeypatch, 20_001)
    assert run("release").return_value == 0
    mods = {name: line.mod // DAY_SECONDS for name, line in ledger(deck).notes.items()}
    assert mods.pop("a/why") == 20_001
    assert set(mods.values()) == {20_000}


def test_other_tags_alone_change_no_note(
    deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = release(deck, monkeypatch, 20_000)
    (deck / "deck.lock").unlink()
    write(deck / "one/a.md", QUESTION.format("a").replace("[t]", "[other]"))
    run("adopt", package)
    reported = json.loads(run("diff", "--format", "json").output)
    assert reported["changed"] == []
    assert {change["note"] for change in reported["relabelled"]} == {
        *("a", "a/why", "a/trap", "a/cloze")
    }


def test_a_release_that_changed_no_note_has_its_day(
    deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release(deck, monkeypatch, 20_000)
    package = release(deck, monkeypatch, 20_007)
    (deck / "deck.lock").unlink()
    assert run("adopt", package).return_value == 0
    assert ledger(deck).latest.version == "1.0.1"
    assert ledger(deck).latest.time == 20_007 * DAY_SECONDS


def test_a_release_is_as_new_as_its_note_types(released: Path, deck: Path) -> None:
    shutil.copytree(released, deck.parent, dirs_exist_ok=True)
    sql = (
        "UPDATE col SET models = (SELECT json_group_object(key, json_set(value,"
        " '$.mod', 1728050000)) FROM json_each(models))"
    )
    made = remade(deck.parent / "20000.apkg", {}, sql)
    (deck / "deck.lock").unlink()
    assert run("adopt", made).return_value == 0
    assert ledger(deck).latest.time == 1_728_050_000 == 20_000 * DAY_SECONDS + 50_000


def test_a_package_with_pictures_is_one_of_triptych(released: Path, deck: Path) -> None:
    shutil.copytree(released, deck.parent, dirs_exist_ok=True)
    members = {"0": b"x", "media": b'{"0": "a.png"}'}
    sql = "UPDATE notes SET tags = ' z' || tags || 'a '"
    made = remade(deck.parent / "20000.apkg", members, sql)
    tags = [note.tags for note in read_package(made).notes]
    assert tags == [tuple(sorted({*own, "a", "z"})) for own in tags]
    (deck / "deck.lock").unlink()
    assert run("adopt", made).return_value == 0
    assert ledger(deck).media == {"a.png": "1.0.0"}


def test_a_sound_ledger_is_given_up_only_with_a_yes(
    deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = release(deck, monkeypatch, 20_000)
    assert "is valid, and of release 1.0.0" in refusal("adopt", package)
    before = (deck / "deck.lock").read_text()
    assert run("adopt", package, "--yes").return_value == 0
    assert (deck / "deck.lock").read_text() == before


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: "",
        lambda text: text[: len(text) // 2],
        lambda text: text.replace('"cards": 1', '"cards": 2', 1),
        lambda text: f"<<<<<<< ours\n{text}=======\n>>>>>>> theirs\n",
        lambda _: "\x00",
    ],
)
def test_a_damaged_ledger_is_replaced_without_a_yes(
    deck: Path, monkeypatch: pytest.MonkeyPatch, damage: Callable[[str], str]
) -> None:
    package = release(deck, monkeypatch, 20_000)
    before = (deck / "deck.lock").read_text()
    (deck / "deck.lock").write_text(damage(before))
    assert run("adopt", package).return_value == 0
    assert (deck / "deck.lock").read_text() == before


def test_the_version_is_that_of_the_changelog_unless_said(
    deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = release(deck, monkeypatch, 20_000)
    second = release(deck, monkeypatch, 20_001)
    (deck / "deck.lock").unlink()
    reported = "20000.apkg is release 1.0.0, but CHANGELOG.md lists 1.0.1"
    assert reported in refusal("adopt", first)
    assert run("adopt", second, "--version", "2.0.0").return_value == 0
    assert ledger(deck).latest.version == "2.0.0"
    (deck / "deck.lock").unlink()
    (deck / "CHANGELOG.md").unlink()
    assert "say it with --version X.Y.Z" in refusal("adopt", second)
    assert run("adopt", second, "--version", "1.0.1").return_value == 0
    assert ledger(deck).latest.version == "1.0.1"
    assert run("adopt", second, "--version", "x").exit_code == 1


def test_older_releases_stay_in_the_news(
    deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release(deck, monkeypatch, 20_000)
    package = release(deck, monkeypatch, 20_001)
    (deck / "deck.lock").unlink()
    run("adopt", package)
    run("build", "site")
    news = Path("dist/site/news.html").read_text()
    assert "1.0.0 - 2024-10-04" in news
    assert "1.0.1 - 2024-10-05" in news


def remade(package: Path, members: Mapping[str, bytes], sql: str = "") -> Path:
    """Return a package like another, with other members and another database."""
    with zipfile.ZipFile(package) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(files["collection.anki2"])
        connection.executescript(sql)
        files["collection.anki2"] = bytes(connection.serialize())
    made = package.with_name("remade.apkg")
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in {**files, **members}.items():
            archive.writestr(name, data)
    return made


@pytest.mark.parametrize(
    ("members", "sql", "why"),
    [
        ({"collection.anki21": b""}, "", "was exported by Anki"),
        ({"meta": b""}, "", "was exported by Anki"),
        ({"collection.anki2": b"x"}, "", "its database, `collection.anki2`, is"),
        ({"media": b"[1"}, "", "its list of pictures, `media`, is damaged; take"),
        ({"media": b"[]"}, "", "its list of pictures, `media`, is damaged"),
        ({"media": b'{"0": 5, "1": "a"}'}, "", "its list of pictures, `media`, is"),
        ({}, "DELETE FROM notes", "holds no notes"),
        (
            {},
            "UPDATE notes SET guid = 'x' || id",
            "no note in remade.apkg has the GUID",
        ),
        ({}, "UPDATE notes SET tags = ''", "has no topic"),
        ({}, "UPDATE notes SET flds = 'a'", "its notes are damaged"),
        ({}, "UPDATE notes SET mod = 'soon'", "its notes are damaged"),
        ({}, "UPDATE notes SET mod = 9e999", "its notes are damaged"),
        ({}, "UPDATE notes SET tags = x'41'", "its notes are damaged"),
        (
            {},
            "UPDATE notes SET flds = replace(flds, 'a/why', '../why')",
            "`../why` is no id, in the field `Id` of a note",
        ),
        ({}, "UPDATE notes SET mod = -1", "is not as triptych made it"),
        ({}, "UPDATE cards SET did = 1", "is in the deck `Default`"),
        (
            {},
            (
                "UPDATE cards SET did = (SELECT did FROM cards ORDER BY id DESC)"
                " WHERE nid = (SELECT min(nid) FROM cards)"
            ),
            "`a` is in the deck `D::02 Two`",
        ),
        (
            {},
            "UPDATE notes SET guid = 'a\nb' WHERE id = (SELECT min(id) FROM notes)",
            "is not as triptych made it",
        ),
        (
            {},
            "UPDATE notes SET flds = (SELECT flds FROM notes n WHERE mid = notes.mid)",
            "two of its notes have the same id",
        ),
        ({}, "UPDATE col SET models = '{}'", "its notes are damaged"),
        ({}, "UPDATE col SET models = '[]'", "its note types are damaged"),
        ({}, "UPDATE col SET models = '{\"5\": 5}'", "its note types are damaged"),
        (
            {},
            'UPDATE col SET decks = \'{"1": {"name": 5}}\'',
            "its decks are damaged",
        ),
        (
            {},
            (
                "UPDATE col SET models = (SELECT json_group_object(key, json_remove("
                "value, '$.tmpls[0].id', '$.flds[0].id')) FROM json_each(models))"
            ),
            "are not those that triptych makes",
        ),
        ({}, "DROP TABLE col", "its database, `collection.anki2`, is damaged"),
    ],
)
def test_what_is_not_as_triptych_made_it_is_refused(
    released: Path,
    deck: Path,
    members: Mapping[str, bytes],
    sql: str,
    why: str,
) -> None:
    shutil.copytree(released, deck.parent, dirs_exist_ok=True)
    made = remade(deck.parent / "20000.apkg", members, sql)
    (deck / "deck.lock").unlink()
    assert why in refusal("adopt", made)


@pytest.mark.parametrize(
    ("members", "why"),
    [
        (None, "it is damaged, or no zip archive"),
        (("media",), "it does not hold `collection.anki2` and `media`"),
    ],
)
def test_what_is_no_package_is_refused_in_plain_words(
    members: tuple[str, ...] | None, why: str, deck: Path
) -> None:
    made = deck.parent / "made.apkg"
    made.write_bytes(b"PK\x03\x04")
    if members:
        with zipfile.ZipFile(made, "w") as archive:
            for name in members:
                archive.writestr(name, b"{}")
    assert refusal("adopt", made) == (
        f"{made} cannot be read as a package that triptych made: {why}; take the file"
        " as it was released"
    )


def test_a_package_of_another_deck_is_refused(
    deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = release(deck, monkeypatch, 20_000)
    (deck / "deck.lock").unlink()
    write(deck / "deck.toml", DECK.replace('"d"', '"d2"'))
    assert refusal("adopt", package).startswith(
        "the note type `Triptych Question (d)` in 20000.apkg is not of the deck `d2`"
    )


def test_nothing_is_adopted_while_the_content_has_errors(
    deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = release(deck, monkeypatch, 20_000)
    (deck / "deck.lock").unlink()
    write(deck / "one/a.md", "no front matter")
    made = run("adopt", package)
    assert made.return_value == 1
    assert "1 error; nothing was adopted" in made.output
    assert not (deck / "deck.lock").exists()


def test_one_of_a_package_and_a_ledger_is_named(deck: Path) -> None:
    other = deck / "deck.toml"
    for arguments in ((), (other, "--merge", other)):
        assert "name a package, or with --merge" in str(
            run("adopt", *arguments).exception
        )


def test_release_1_0_0_comes_back_from_its_package(
    first_release: Path, tmp_path: Path
) -> None:
    """Its own ledger is made by another formula, so hashes and labels differ."""
    package = Path(__file__).parent / "data/release-1.0.0.apkg"
    content = shutil.copytree(first_release, tmp_path / "content")
    known = load((content / "deck.lock").read_text())
    made = run("adopt", package, "--yes", "--content", content)
    assert made.return_value == 0, made.output
    adopted = load((content / "deck.lock").read_text())
    same = {
        name: replace(
            line,
            hash=known.notes[name].hash,
            formula=known.notes[name].formula,
            labels=known.notes[name].labels,
        )
        for name, line in adopted.notes.items()
    }
    assert replace(adopted, notes=same) == known
    assert not [n for n, line in adopted.notes.items() if line.hash == "unknown"]


@pytest.fixture
def branch(deck: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the deck folder of another branch, made after a common release."""
    release(deck, monkeypatch, 20_000)
    return shutil.copytree(deck, deck.parent / "branch")


def release_branch(
    branch: Path, monkeypatch: pytest.MonkeyPatch, day: int, *more: str
) -> None:
    at(monkeypatch, day)
    dist = branch.parent / "branch-dist"
    made = run("release", "--content", branch, "--dist", dist, *more)
    assert made.return_value == 0, made.output


def test_the_ledgers_of_two_branches_become_one(
    deck: Path, branch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(deck / "one/a.md", QUESTION.format("a").replace("So.", "So it is."))
    release(deck, monkeypatch, 20_001)
    write(branch / "two/c.md", QUESTION.format("c"))
    run("rename", "b/why", "b/reason", "--content", branch)
    release_branch(branch, monkeypatch, 20_002)
    other = branch / "deck.lock"
    made = run("adopt", "--merge", other)
    assert made.return_value == 0, made.output
    assert "releases 1.0.0, 1.0.1, 1.1.0; 12 notes" in made.output
    assert "`b/why` and `b/reason` are one note: it is called `b/reason`" in made.output
    known = ledger(deck)
    swapped = run("adopt", "--merge", deck / "deck.lock", "--content", branch)
    assert "it is called `b/reason`" not in swapped.output
    assert ledger(branch) == known
    # What version control makes of the two folders.
    for name in ("two/b.md", "two/c.md", "CHANGELOG.md"):
        shutil.copy(branch / name, deck / name)
    reported = json.loads(run("diff", "--format", "json").output)
    assert [reported[kind] for kind in ("new", "changed", "moved", "retired")] == [
        []
    ] * 4
    mods = {name: line.mod // DAY_SECONDS for name, line in known.notes.items()}
    assert mods["a/why"] == 20_001
    assert mods["b/reason"] == mods["c"] == 20_002
    assert mods["a"] == mods["b"] == 20_000


def test_after_two_branches_the_next_version_is_higher_than_all(
    deck: Path, branch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(deck / "two/c.md", QUESTION.format("c"))
    release(deck, monkeypatch, 20_001)
    release_branch(branch, monkeypatch, 20_002, "--version", "1.0.7")
    assert run("adopt", "--merge", branch / "deck.lock").return_value == 0
    assert ledger(deck).latest.version == "1.0.7"
    assert ledger(deck).highest == "1.1.0"
    assert run("check").return_value == 0
    release(deck, monkeypatch, 20_003)
    assert ledger(deck).latest.version == "1.1.1"
    at(monkeypatch, 20_004)
    assert "does not come after 1.1.1" in refusal("release", "--version", "1.0.8")


def test_two_releases_of_one_version_need_another(
    deck: Path, branch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release(deck, monkeypatch, 20_001)
    release_branch(branch, monkeypatch, 20_002)
    other = branch / "deck.lock"
    assert "both have a release 1.0.1" in refusal("adopt", "--merge", other)
    assert run("adopt", "--merge", other, "--version", "1.0.2").return_value == 0
    versions = [item.version for item in ledger(deck).releases]
    assert versions == ["1.0.0", "1.0.1", "1.0.2"]


def test_a_ledger_that_is_no_sound_one_of_this_deck_is_not_taken_in(
    deck: Path, branch: Path
) -> None:
    other = branch / "deck.lock"
    text = other.read_text()
    other.write_text(text[:-9])
    assert refusal("adopt", "--merge", other).startswith(f"{other} cannot be merged")
    other.write_bytes(b"\xff")
    assert refusal("adopt", "--merge", other).startswith(f"{other} cannot be merged")
    other.write_text("")
    assert "has no release" in refusal("adopt", "--merge", other)
    other.write_text(text)
    (deck / "deck.lock").write_text("<<<<<<< ours\n" + text)
    assert "holds a merge conflict: keep your own" in refusal("adopt", "--merge", other)
    (deck / "deck.lock").unlink()
    write(deck / "deck.toml", DECK.replace('"d"', '"d2"'))
    assert "is of the deck `d`, not `d2`" in refusal("adopt", "--merge", other)
