"""A damaged ledger is an error in words, whatever was done to it."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.ledgers import LEDGER, sealed

from triptych.cli.main import cli
from triptych.deck.project import open_project
from triptych.errors import TriptychError
from triptych.ledger.changelog import (
    interrupted_release,
    refuse_lost_ledger,
    versions,
    without_unreleased,
)
from triptych.ledger.lock import Ledger, Released
from triptych.ledger.lock_file import dump, load
from triptych.notes.content import FORMULA

TEXT = dump(LEDGER)
LINES = TEXT.splitlines(keepends=True)


def edited(number: int, **values: object) -> str:
    """Return the text with other values in line `number`, its end mended."""
    rows = [json.loads(line) for line in LINES[:-1]]
    row = {**rows[number], **values}
    rows[number] = {key: value for key, value in row.items() if value is not ...}
    return sealed(rows)


NOTE = next(n for n, line in enumerate(LINES) if line.startswith('{"note": "a"'))
DAMAGES: dict[str, str] = {
    "cut in a line": TEXT[: len(TEXT) // 2],
    "cut between lines": "".join(LINES[:-2]),
    "a line gone": "".join(LINES[:NOTE] + LINES[NOTE + 1 :]),
    "a line twice": "".join([*LINES[:NOTE], LINES[NOTE], *LINES[NOTE:]]),
    "lines swapped": "".join(
        [*LINES[:NOTE], LINES[NOTE + 1], LINES[NOTE], *LINES[NOTE + 2 :]]
    ),
    "a word changed": TEXT.replace("What?", "Why?", 1),
    "its end gone": "".join(LINES[:-1]),
    "something after its end": TEXT + LINES[NOTE],
    "two ends": TEXT + LINES[-1],
    "conflict": "<<<<<<< HEAD\n" + TEXT + "=======\n" + TEXT + ">>>>>>> other\n",
    "no JSON": "[1, 2\n",
    "a list": "[1]\n",
    "an unknown line": '{"colour": 1}\n',
    "deep": "[" * 100_000,
    "a number too large": edited(1, time=10**400),
    "a time after the year 9999": edited(2, time=1 << 39),
    "a time that is not after the one before": edited(2, time=1000),
    "a flag for a number": edited(NOTE, cards=True),
    "a negative time": edited(NOTE, mod=-1),
    "a missing key": edited(NOTE, guid=...),
    "an unknown key": edited(NOTE, more=1),
    "a GUID with a line end": edited(NOTE, guid="a\nb"),
    "a GUID with a tabulator": edited(NOTE, guid="a\tb"),
    "a GUID that is too long": edited(NOTE, guid="g" * 65),
    "a GUID of another note": edited(NOTE, guid="gc"),
    "a prompt with a control character": edited(NOTE, prompt="\x1b[31m"),
    "an unknown formula": edited(NOTE, formula=FORMULA + 1),
    "a text that is newer than its note": edited(NOTE, text_mod=1001),
    "an unknown release": edited(NOTE, last="9.9.9"),
    "an unknown topic": edited(NOTE, topic="elsewhere"),
    "no version": edited(1, release="one"),
}


def test_a_ledger_comes_back_as_it_was() -> None:
    assert load(TEXT) == LEDGER
    assert load(f"{TEXT}\n") == LEDGER
    assert load("") == Ledger()
    assert dump(load(TEXT)) == TEXT


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_reported_with_a_remedy(name: str) -> None:
    with pytest.raises(TriptychError, match=r"deck\.lock:\d+ .*`triptych adopt"):
        load(DAMAGES[name])


def test_of_several_missing_keys_the_first_is_named() -> None:
    with pytest.raises(TriptychError, match="`cards` is missing"):
        load('{"note": "a"}\n')


def test_a_ledger_of_the_first_version_has_no_end_and_is_read() -> None:
    old = [line for line in LINES[:-1] if '"note"' not in line]
    assert load("".join(old)).releases == LEDGER.releases


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which a deck was released once."""
    root = tmp_path_factory.mktemp("released")
    (root / "content/t").mkdir(parents=True)
    (root / "content/deck.toml").write_text('id = "d"\ntitle = "D"\n')
    (root / "content/t/a.md").write_text("---\nquestion: What?\n---\nThis.\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        made = CliRunner().invoke(cli, ["release"], standalone_mode=False)
    assert made.return_value == 0
    return root


@pytest.fixture
def deck(released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(released, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "content"


@pytest.mark.parametrize(
    "lose",
    [
        lambda lock: lock.unlink(),
        lambda lock: lock.write_text(""),
        lambda lock: lock.write_text('{"deck": "d"}\n'),
        lambda lock: lock.write_text(lock.read_text().replace("1.0.0", "0.9.0")),
    ],
)
@pytest.mark.parametrize("verb", ["check", "build", "diff", "release", "list"])
def test_a_lost_ledger_stops_every_verb(
    deck: Path, lose: Callable[[Path], None], verb: str
) -> None:
    lose(deck / "deck.lock")
    with pytest.raises(TriptychError, match=r"deck\.lock.*version control"):
        CliRunner().invoke(cli, [verb], standalone_mode=False, catch_exceptions=False)


def test_a_release_that_was_cut_short_is_made_anew(deck: Path) -> None:
    lock = deck / "deck.lock"
    lock.rename(deck / ".deck.lock.part")
    assert open_project(deck).ledger == Ledger()
    again = CliRunner().invoke(cli, ["release"], standalone_mode=False)
    assert again.return_value == 0, again.output
    assert load(lock.read_text()).latest.version == "1.0.0"
    assert versions((deck / "CHANGELOG.md").read_text()) == ("1.0.0",)


def test_no_output_shows_a_release_that_the_ledger_does_not_have() -> None:
    text = (
        "# Changes\n\n## 1.1.0 - 2026-01-02\n\nNew.\n\n## 1.0.0 - 2026-01-01\n\nOld.\n"
    )
    ledger = Ledger(releases=(Released("1.0.0", 1),))
    shown = without_unreleased(text, ledger)
    assert shown == "# Changes\n\n## 1.0.0 - 2026-01-01\n\nOld.\n"
    assert without_unreleased("Nothing yet.", ledger) == "Nothing yet."


def ledger_of(*versions: str) -> Ledger:
    """Return a ledger of these releases, a second after each other."""
    return Ledger(releases=tuple(Released(v, n) for n, v in enumerate(versions, 1)))


def sections(*versions: str) -> str:
    """Return a changelog of these versions, the newest first."""
    return "".join(f"## {version} - 2026-01-01\n\nNews.\n\n" for version in versions)


@pytest.mark.parametrize(
    ("staged", "reported", "interrupted"),
    [
        (ledger_of("1.0.0", "1.1.0"), sections("1.1.0", "1.0.0"), "1.1.0"),
        (None, sections("1.1.0", "1.0.0"), ""),
        (ledger_of("1.0.0", "1.1.0"), sections("1.0.0"), ""),
        # A release of somebody else came after it.
        (ledger_of("1.0.0", "1.1.0"), sections("1.2.0", "1.1.0", "1.0.0"), ""),
        # It follows other releases than those that the deck has.
        (ledger_of("0.9.0", "1.0.0", "1.1.0"), sections("1.1.0", "1.0.0"), ""),
        (ledger_of("1.1.0"), sections("1.1.0", "1.0.0"), ""),
    ],
)
def test_a_staged_ledger_is_of_an_interrupted_release_if_it_is_the_next(
    staged: Ledger | None, reported: str, interrupted: str
) -> None:
    assert interrupted_release(ledger_of("1.0.0"), reported, staged) == interrupted


@pytest.mark.parametrize(
    ("reported", "is_lost"),
    [
        ("", False),
        (sections("1.2.0"), True),
        (sections("1.10.0"), True),
        (sections("1.1.0", "1.2.0"), False),
        (sections("1.0.0"), False),
    ],
)
def test_a_ledger_is_lost_where_the_changelog_lists_a_newer_release(
    reported: str, *, is_lost: bool
) -> None:
    # The newest release of two merged branches has the lower number.
    ledger = ledger_of("1.0.0", "1.1.0", "1.0.1")
    refuse_lost_ledger(ledger, reported, interrupted=True)
    if is_lost:
        with pytest.raises(TriptychError, match="without its ledger"):
            refuse_lost_ledger(ledger, reported, interrupted=False)
    else:
        refuse_lost_ledger(ledger, reported, interrupted=False)
