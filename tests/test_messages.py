"""What is reported to authors of their mistakes: message, place, remedy, all of it.

`pytest --update` rewrites what is expected; read the difference before you commit it.
"""

import tomllib
from pathlib import Path

import pytest
import yaml
from tests.cases import FOLDER, Case, read_cases, write_deck

from triptych.build.build import check
from triptych.cli.report import FORMATS, full
from triptych.deck.project import open_project
from triptych.parse import front_matter
from triptych.parse.toml_errors import _PROBLEMS as TOML_PROBLEMS
from triptych.parse.yaml_errors import _PROBLEMS as YAML_PROBLEMS
from triptych.values.diagnostics import Severity

FILES = sorted((FOLDER / "messages").glob("*.md"))
CASES = [(path, case) for path in FILES for case in read_cases(path)]
NAMES = [f"{path.stem}: {case.name}" for path, case in CASES]


def said(folder: Path, text: str) -> str:
    deck = write_deck(folder, text)
    found = check(open_project(deck)).diagnostics
    return full(found, "", colour=False).replace("\n\n", "\n").rstrip("\n")


@pytest.mark.parametrize(("path", "case"), CASES, ids=NAMES)
def test_the_message_is_as_recorded(
    path: Path,
    case: Case,
    tmp_path: Path,
    update: bool,  # noqa: FBT001 - a fixture
) -> None:
    reported = said(tmp_path, case.input)
    if update:
        begin, end = f"{case.name}\n.\n{case.input}\n.\n", "\n.\n"
        text = path.read_text(encoding="utf-8")
        before, _, rest = text.partition(begin)
        after = rest.partition(end)[2]
        path.write_text(before + begin + reported + end + after, encoding="utf-8")
    else:
        assert reported == case.expected


def test_each_mistake_is_reported() -> None:
    silent = [name for name, (_, case) in zip(NAMES, CASES, strict=True) if not case[2]]
    assert silent == []


@pytest.mark.parametrize("words", YAML_PROBLEMS)
def test_each_message_of_the_yaml_parser_has_a_case(words: str) -> None:
    start = YAML_PROBLEMS[words].message.partition("{sign}")[0]
    reported = [case.expected for path, case in CASES if path.stem == "yaml"]
    assert any(start in text for text in reported) or words in _OF_THE_OTHER_PARSER


_OF_THE_OTHER_PARSER = {"expected <block end>", "but found '-'"}
"""What only PyYAML without its C library says."""


def test_both_parsers_lead_to_the_same_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = []
    for loader in (yaml.CBaseLoader, yaml.BaseLoader):
        monkeypatch.setattr(front_matter, "_Loader", loader)
        for number, (path, case) in enumerate(CASES):
            if path.stem == "yaml":
                deck = write_deck(tmp_path / str(number), case.input)
                found = check(open_project(deck)).diagnostics
                places.append([(d.rule, d.span.line) for d in found])
    half = len(places) // 2
    assert places[:half] == places[half:]


@pytest.mark.parametrize("words", TOML_PROBLEMS)
def test_each_message_of_the_toml_parser_has_a_case(words: str) -> None:
    raised = []
    for path, case in CASES:
        text = case.input.partition("=== deck.toml\n")[2].partition("\n=== ")[0]
        if path.stem == "toml":
            try:
                tomllib.loads(text)
            except tomllib.TOMLDecodeError as error:
                raised.append(str(error).lower())
    assert any(words in error for error in raised)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_file_in_utf_16_or_32_is_one_error(encoding: str, tmp_path: Path) -> None:
    text = "---\nsumary: x\n---\nAn answer.\n\n## Follow-ups\n\n### Why?\n\nSo.\n"
    deck = write_deck(tmp_path, "---\nquestion: What?\n---\nAn answer.")
    (deck / "topic/question.md").write_bytes(
        text.replace("sumary: x", "question: Q?")
        .replace("Why?", "Why? {#why}")
        .encode(encoding)
    )
    [found] = check(open_project(deck)).diagnostics
    assert (found.rule, found.message) == (
        "not-utf8",
        f"the file is {encoding.upper()}, not UTF-8",
    )


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_nothing_is_mended_in_a_file_that_is_not_utf8(
    encoding: str, tmp_path: Path
) -> None:
    text = "---\nquestion: Café?\n---\nA.\n\n## Follow-ups\n\n### Why?\n\nSo.\n"
    deck = write_deck(tmp_path, "---\nquestion: What?\n---\nAn answer.")
    (deck / "topic/question.md").write_bytes(text.encode(encoding))
    found = check(open_project(deck)).diagnostics
    assert "missing-id" in {d.rule for d in found}
    assert not any(d.edits for d in found)


def test_a_deck_file_that_is_not_utf8_is_an_error(tmp_path: Path) -> None:
    deck = write_deck(tmp_path, "---\nquestion: What?\n---\nAn answer.")
    (deck / "deck.toml").write_bytes('id = "d"\ntitle = "Café"\n'.encode("latin-1"))
    [found] = check(open_project(deck)).diagnostics
    assert (found.rule, found.span.line, found.span.column) == ("bad-toml", 2, 13)
    assert found.severity is Severity.ERROR


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_lists_every_mistake(name: str, tmp_path: Path) -> None:
    for number, (_, case) in enumerate(CASES):
        deck = write_deck(tmp_path / str(number), case.input)
        found = check(open_project(deck)).diagnostics
        reported = FORMATS[name](found, "content", colour=False)
        assert all(d.rule in reported and str(d.span.line) in reported for d in found)
