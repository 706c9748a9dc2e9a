"""Every rule has a case, and every case says just what is found, and where."""

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from tests.cases import FOLDER, Case, read_cases, write_deck

from triptych.build.build import check, check_and_typeset
from triptych.build.cache import Cache
from triptych.build.options import BuildOptions
from triptych.cli.manuals import manual
from triptych.cli.report import concise
from triptych.deck.project import open_project
from triptych.dialect.settings import SETTINGS
from triptych.validate.rule import Rule
from triptych.validate.rules import (
    DECK_LEARNING,
    DECK_RULES,
    DOCUMENT_LEARNING,
    DOCUMENT_RULES,
    RULES,
    RULES_OF_CODE,
)
from triptych.values.diagnostics import Severity

FILES = sorted((FOLDER / "validate").glob("*.md"))
CASES = [case for path in FILES for case in read_cases(path)]
EXAMPLES = re.compile(r"^(Bad|Good):\n\n((?: {4}.*(?:\n|$)|\n)+)", re.MULTILINE)
TESTED_ELSEWHERE = {
    "not-utf8",
    "too-large",
    "file-outside",
    "not-a-file",
    "ambiguous-name",  # no file system of a Mac holds both names
    "missing-glyph",
    # A hint is in the examples of its manual, which are tested.
    *(rule.name for rule in DOCUMENT_LEARNING),
    *(rule.name for rule in DECK_LEARNING),
    *(rule.name for rule in RULES_OF_CODE),
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case_finds_what_it_says(case: Case, tmp_path: Path) -> None:
    project = open_project(write_deck(tmp_path, case.input))
    found = check(project, BuildOptions(drafts=True)).diagnostics
    # One by one, for findings that say the same are printed as one.
    lines = "".join(concise([d], "", colour=False) for d in found)
    assert lines.rstrip("\n") == case.expected


@pytest.mark.parametrize(
    ("reviewed", "expected"), [("1970-01-03", []), ("1970-01-04", ["future-date"])]
)
def test_check_alone_compares_dates_with_the_present_one(
    reviewed: str,
    expected: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(24 * 60 * 60))  # 1970-01-02
    text = f"---\nquestion: What?\nreviewed: {reviewed}\n---\nAn answer."
    project = open_project(write_deck(tmp_path, text))
    assert [d.rule for d in check(project).diagnostics] == expected
    assert [d.rule for d in check_and_typeset(project).diagnostics] == []


def test_every_rule_has_a_case_that_finds_it() -> None:
    found = {rule for rule in RULES for c in CASES if f"[{rule}]" in c.expected}
    assert set(RULES) - TESTED_ELSEWHERE - found == set()


def test_every_rule_has_a_manual_and_one_severity() -> None:
    for rule in RULES:
        assert EXAMPLES.sub("", manual(rule)).rstrip().endswith((".", ":", "`."))
    rules: tuple[Rule[Any], ...] = (*DOCUMENT_RULES, *DECK_RULES, *RULES_OF_CODE)
    assert len({rule.name for rule in rules}) == len(rules)
    assert RULES["unknown-key"].severity is Severity.ERROR
    assert RULES["remote-media"].severity is Severity.WARNING
    assert RULES["missing-key"].group == "front-matter"
    keys = {setting.key for setting in SETTINGS if setting.section == "check"}
    assert all(set(rule.settings) <= keys for rule in rules)


@pytest.mark.parametrize("rule", [r for r in RULES if "\nBad:" in manual(r)])
def test_a_manual_has_a_bad_example_that_is_found_and_a_good_one(
    rule: str, tmp_path: Path
) -> None:
    examples = {
        name: dedent(text) for name, text in EXAMPLES.findall(manual(rule) + "\n")
    }
    assert list(examples) == ["Bad", "Good"]
    for name, example in examples.items():
        written = example.strip("\n")
        if not written.startswith(("---", "===")):
            written = f"---\nquestion: What?\n---\n{written}"
        deck = write_deck(tmp_path / name, written)
        learn = RULES[rule].severity is Severity.HINT
        options = BuildOptions(learn=learn)
        found = {d.rule for d in check(open_project(deck), options).diagnostics}
        assert (rule in found) is (name == "Bad"), found


def test_a_file_that_is_not_utf8_is_an_error_at_its_place(tmp_path: Path) -> None:
    deck = write_deck(tmp_path, "---\nquestion: What?\n---\nAn answer.")
    path = deck / "topic" / "question.md"
    path.write_bytes(path.read_bytes() + b"caf\xe9\n")
    [found] = check(open_project(deck)).diagnostics
    assert (found.rule, found.span.line, found.span.column) == ("not-utf8", 5, 4)


def test_a_question_that_is_a_link_out_of_the_deck_is_reported_and_not_read(
    tmp_path: Path,
) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("---\nsumary: secret\n---\n")
    deck = write_deck(tmp_path / "deck", "---\nquestion: What?\n---\nAn answer.")
    (deck / "topic/linked.md").symlink_to(secret)
    [found] = check(open_project(deck)).diagnostics
    assert (found.rule, str(found.span.path)) == ("file-outside", "topic/linked.md")


@pytest.mark.skipif(sys.platform == "win32", reason="makes links and pipes")
@pytest.mark.parametrize("name", ["s", "topic/s.md", "media/s.png", "static/s"])
@pytest.mark.parametrize(
    ("make", "what"),
    [
        (lambda path, _: path.symlink_to("nowhere"), "a link that leads nowhere"),
        (lambda path, _: path.symlink_to(path.name), "a link that leads nowhere"),
        (lambda path, shared: path.symlink_to(shared), "a link to a folder"),
        (lambda path, _: os.mkfifo(path), "no file"),
    ],
)
def test_what_is_no_file_is_reported_and_is_not_read(
    tmp_path: Path, make: Callable[[Path, Path], None], what: str, name: str
) -> None:
    deck = write_deck(tmp_path / "deck", "---\nquestion: What?\n---\nAn answer.")
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared/q.md").write_text("---\nquestion: Why?\n---\nSo.\n")
    place = deck / name
    place.parent.mkdir(exist_ok=True)
    make(place, tmp_path / "shared")
    options = BuildOptions(cache=Cache(tmp_path / "cache"))
    [found] = check(open_project(deck), options).diagnostics
    assert (found.rule, str(found.span.path)) == ("not-a-file", name)
    assert found.message.startswith(f"this is {what}")
    place.unlink()
    assert not check(open_project(deck), options).diagnostics


def test_a_picture_that_is_a_link_out_of_the_deck_is_reported(tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    deck = write_deck(tmp_path / "deck", "---\nquestion: What?\n---\n![A](media/a.svg)")
    (deck / "media").mkdir()
    (deck / "media/a.svg").symlink_to(secret)
    found = check(open_project(deck)).diagnostics
    assert [(d.rule, d.span.line) for d in found] == [("media-outside", 4)]


def test_an_invalid_web_address_is_reported_with_a_valid_one(
    tmp_path: Path,
) -> None:
    deck = write_deck(
        tmp_path,
        "=== topic/a.md\n---\nquestion: What?\nreferences:\n- title: Bayes\n"
        "  url: https://en.example.org/wiki/Bayes'_theorem\n---\nAn answer.\n",
    )
    (found,) = check(open_project(deck)).diagnostics
    assert found.hint == "write `https://en.example.org/wiki/Bayes%27_theorem`"
