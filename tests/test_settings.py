"""Laws that the table of settings holds the rules, the reader and the schema to."""

import json
import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import fields
from math import inf, nan
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from click.testing import CliRunner
from tests.cases import FOLDER, read_cases, write_deck

from triptych.build.build import build, check
from triptych.build.options import BuildOptions
from triptych.cli.main import cli
from triptych.deck.project import open_project
from triptych.dialect.links import not_in_path
from triptych.dialect.schemas import schema
from triptych.dialect.settings import SECTIONS, SETTINGS, Setting
from triptych.parse.settings import setting_spans, table
from triptych.values.deck import Deck, PrintSettings, SheetSettings
from triptych.values.diagnostics import Diagnostic
from triptych.values.source import Source

ROOT = Path(__file__).parents[1]
REQUIRED = {("", "id"): '"test"', ("", "title"): '"Test"', ("topics", "id"): '"topic"'}
QUESTION = "=== topic/q.md\n---\nquestion: What?\n---\nAn answer.\n"
VALUES: tuple[object, ...] = (
    *(
        "",
        "a4",
        "fold",
        "test",
        "A Test",
        "c#",
        "https://example.org",
        "javascript:alert(1)",
    ),
    *(
        "x\ny",
        "/etc/passwd",
        "../known.txt",
        "a/../../b",
        "known.txt",
        "ä" * 99,
    ),
    *(True, False, 0, 1, 2, 4, 5, -1, 2**20, 2**70, 0.5, 20.0, 86_401.0, inf, nan),
    *([], ["summary"], ["sumary"], ["summary", 3], [["summary"]], [{}], {}, {"a": 1}),
)
each_setting = pytest.mark.parametrize(
    "setting", SETTINGS, ids=lambda setting: f"{setting.section}.{setting.key}"
)


def toml(value: object) -> str:
    """Return `value` as TOML writes it on one line."""
    match value:
        case dict():
            items = (f"{key} = {toml(item)}" for key, item in value.items())
            return f"{{{', '.join(items)}}}"
        case list() | tuple():
            return f"[{', '.join(map(toml, value))}]"
        case float():
            return repr(value)
        case _:
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def deck_file(said: Mapping[tuple[str, str], str]) -> str:
    """Return a `deck.toml` that says these values of settings."""
    lines = []
    for name, section in SECTIONS.items():
        own = [f"{key} = {v}" for (where, key), v in said.items() if where == name]
        lines += [section.heading, *own] if own else []
    return "\n".join(line for line in lines if line)


def written(setting: Setting, value: str, folder: Path) -> tuple[Path, int]:
    """Write a deck that says `value`; return it and the line where that stands."""
    text = deck_file({**REQUIRED, (setting.section, setting.key): value})
    deck = write_deck(folder, f"=== deck.toml\n{text}\n{QUESTION}")
    headings = [section.heading for section in SECTIONS.values()]
    section = ""
    for number, line in enumerate(text.split("\n"), 1):
        section = line if line in headings else section
        if section == SECTIONS[setting.section].heading and line.startswith(
            f"{setting.key} ="
        ):
            return deck, number
    raise AssertionError(text)


def fits(value: Any, schema: Mapping[str, Any]) -> bool:  # noqa: ANN401 - any JSON
    """Return whether `value` is what a JSON Schema asks for, of the kinds used here."""
    if "anyOf" in schema:
        return any(fits(value, inner) for inner in schema["anyOf"])
    if "const" in schema:
        return bool(value == schema["const"])
    types: dict[str, tuple[type, ...]] = {"string": (str,), "object": (dict,)}
    types |= {"array": (list,), "boolean": (bool,)}
    types |= {"integer": (int,), "number": (int, float)}
    wanted = types.get(schema.get("type", ""), (object,))
    if not isinstance(value, wanted) or (
        isinstance(value, bool) and wanted not in {(bool,), (object,)}
    ):
        return False
    match value:
        case str():
            found = re.search(schema.get("pattern", ""), value) is not None
        case list():
            found = all(fits(item, schema.get("items", {})) for item in value)
        case dict():
            properties = schema.get("properties", {})
            known = all(key in properties for key in value)
            found = set(schema.get("required", ())) <= set(value) and (
                known or schema.get("additionalProperties", True)
            )
            found &= all(fits(v, properties.get(k, {})) for k, v in value.items())
        case int() | float():
            found = schema.get("minimum", -inf) <= value <= schema.get("maximum", inf)
            found &= value > schema.get("exclusiveMinimum", -inf)
        case _:
            found = True
    return found and value in schema.get("enum", [value])


def schema_of(setting: Setting) -> Mapping[str, Any]:
    properties: Any = schema("deck")["properties"]
    section = properties.get(setting.section, {"properties": properties})
    found: Mapping[str, Any] = section.get("items", section)["properties"][setting.key]
    return found


def wrong(found: tuple[Diagnostic, ...]) -> list[tuple[str, int]]:
    return [(str(d.span.path), d.span.line) for d in found if d.rule == "wrong-setting"]


@each_setting
def test_every_default_is_a_value_of_its_setting(setting: Setting) -> None:
    default = setting.default
    assert setting.is_required == ((setting.section, setting.key) in REQUIRED)
    if not setting.is_required:
        plain = list(default) if isinstance(default, tuple) else default
        assert list(setting.shape.invalid_parts(plain)) == []
        assert setting.read(plain) == setting.read(None) == default
        assert fits(plain, schema_of(setting))
        assert schema_of(setting)["default"] == plain


@each_setting
def test_an_empty_value_is_read_as_the_default(setting: Setting) -> None:
    empty_values: tuple[object, ...] = ([], "", None)
    for empty in empty_values:
        assert setting.read(empty) == setting.default


def test_the_defaults_of_print_are_what_a_deck_is_printed_with() -> None:
    printing = Deck("test", "Test").printing
    settings = [setting for setting in SETTINGS if setting.section == "print"]
    used = {setting.key: getattr(printing, setting.key) for setting in settings}
    assert used == {setting.key: setting.default for setting in settings}


def test_the_older_name_of_print_has_the_same_defaults() -> None:
    old, new = SheetSettings(), PrintSettings()
    shared = {field.name for field in fields(old)} - {"paper"}
    assert {key: getattr(old, key) for key in shared} == {
        key: getattr(new, key) for key in shared
    }
    assert (old.paper,) == new.papers


def test_the_table_and_the_values_have_the_same_settings() -> None:
    for name, section in SECTIONS.items():
        keys = {setting.key for setting in SETTINGS if setting.section == name}
        inner = set() if name else set(SECTIONS) - {""}
        assert {field.name for field in fields(section.values)} == keys | inner
    assert len({(s.section, s.key) for s in SETTINGS}) == len(SETTINGS)


@each_setting
def test_the_example_of_a_remedy_fits(setting: Setting, tmp_path: Path) -> None:
    deck, _ = written(setting, setting.shape.example, tmp_path)
    assert wrong(check(open_project(deck)).diagnostics) == []


@each_setting
def test_what_does_not_fit_is_reported_once_at_its_line_and_never_read(
    setting: Setting, tmp_path: Path
) -> None:
    schema, tried = schema_of(setting), set()
    for number, value in enumerate(VALUES):
        deck, line = written(setting, toml(value), tmp_path / str(number))
        project = open_project(deck)
        # Each item of a list can be wrong, and all of them are in this line.
        found = list(dict.fromkeys(wrong(check(project).diagnostics)))
        assert found == ([] if fits(value, schema) else [("deck.toml", line)]), value
        if found:
            said = getattr(of_section(project.deck, setting), setting.key, None)
            assert (type(value), value) != (type(said), said)
            assert build(project, tmp_path / "dist", ())[1] is None
        tried.add(bool(found))
    assert tried == ({True, False})


def test_an_empty_text_counts_as_the_default(tmp_path: Path) -> None:
    text = deck_file({**REQUIRED, ("", "language"): '""', ("topics", "title"): '""'})
    deck = open_project(write_deck(tmp_path, f"=== deck.toml\n{text}\n{QUESTION}")).deck
    assert deck.language == "en"
    assert [topic.title for topic in deck.topics] == ["Topic"]


def of_section(deck: Deck, setting: Setting) -> object:
    if setting.section == "topics":
        return next(iter(deck.topics), None)
    return getattr(deck, setting.section) if setting.section else deck


def test_a_deck_that_says_every_default_builds_the_same_bytes(tmp_path: Path) -> None:
    least = {key: value for key, value in REQUIRED.items() if key[0] != "topics"}
    least |= {("topics", "id"): '"topic"', ("topics", "title"): '"Topic"'}
    defaults = {
        (s.section, s.key): toml(s.default) for s in SETTINGS if s.section != "sheet"
    }
    made = []
    for name, said in (("without", least), ("with", {**defaults, **least})):
        folder = tmp_path / name
        text = f"=== deck.toml\n{deck_file(said)}\n{QUESTION}"
        project = open_project(write_deck(folder / "content", text))
        report, emitted = build(project, folder / "dist", options=BuildOptions(jobs=1))
        assert report.diagnostics == ()
        assert emitted is not None
        made.append(dict(files(folder / "dist")))
    assert len(made[0]) > 10
    assert made[0] == made[1]


def files(dist: Path) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Yield what was built; the manifest alone also says from what."""
    for path in dist.rglob("*"):
        name = PurePosixPath(path.relative_to(dist).as_posix())
        if path.is_file() and name.name != "manifest.json":
            yield name, path.read_bytes()


def deck_files() -> Iterator[str]:
    for name in ("content", "templates/init/content", "tests/sample"):
        yield (ROOT / name / "deck.toml").read_text("utf-8")
    for case in read_cases(FOLDER / "validate" / "deck.md"):
        for part in ("\n" + case.input).split("\n=== ")[1:]:
            name, _, text = part.partition("\n")
            if name == "deck.toml":
                yield text


def addresses(data: object, way: tuple[str | int, ...] = ()) -> Iterator[object]:
    yield way
    items = data.items() if isinstance(data, dict) else ()
    for key, value in [*items, *enumerate(data if isinstance(data, list) else ())]:
        yield from addresses(value, (*way, key))


@pytest.mark.parametrize("text", list(deck_files()))
def test_everything_that_a_deck_says_has_a_place(text: str) -> None:
    source = Source(PurePosixPath("deck.toml"), text)
    data = table(source)
    assert {(), *setting_spans(source)} == set(addresses(data or {}))
    lines = [span.line for span in setting_spans(source).values()]
    assert lines == sorted(lines)


def test_a_deck_can_be_written_in_every_way_of_toml() -> None:
    text = """\
        # Comments say nothing: columns = 1
        site.base_url = [
          "columns = 1", # an item
          { "a.b" = 1 },
        ]
        [ "sheet" ] # a header
        'columns' = 3
        author = '''
        [sheet]
        columns = 4'''

        [[topics]]
        id = "a"
        [topics.more]
        x = 1
        [[topics]]
        [[topics.parts]]
        [[topics.parts]]
        y = 1
        """
    found = setting_spans(Source(PurePosixPath(), text))
    assert {address: span.line for address, span in found.items()} == {
        ("site",): 2,
        ("site", "base_url"): 2,
        ("site", "base_url", 0): 2,
        ("site", "base_url", 1): 2,
        ("site", "base_url", 1, "a.b"): 2,
        ("sheet",): 6,
        ("sheet", "columns"): 7,
        ("sheet", "author"): 8,
        ("topics",): 12,
        ("topics", 0): 12,
        ("topics", 0, "id"): 13,
        ("topics", 0, "more"): 14,
        ("topics", 0, "more", "x"): 15,
        ("topics", 1): 16,
        ("topics", 1, "parts"): 17,
        ("topics", 1, "parts", 0): 17,
        ("topics", 1, "parts", 1): 18,
        ("topics", 1, "parts", 1, "y"): 19,
    }
    assert found["sheet", "columns"].column == 9
    assert found["sheet", "columns"].length == len("'columns'")


def test_the_schema_of_deck_toml_fits_the_decks_of_this_repository() -> None:
    printed = CliRunner().invoke(cli, ["schema", "deck"]).output
    judge = json.loads(printed)
    assert judge == schema("deck")
    for name in ("content", "templates/init/content", "tests/sample"):
        source = Source(PurePosixPath(), (ROOT / name / "deck.toml").read_text("utf-8"))
        assert fits(table(source), judge)
    assert not fits({"id": "test"}, judge)
    assert not fits({"id": "test", "title": "Test", "titel": "Test"}, judge)


def test_a_character_is_refused_in_a_topic_just_where_its_page_would_be_lost() -> None:
    characters = string.printable[: string.printable.index(" ") + 1].replace("/", "")
    lost = {
        character
        for character in characters
        if unquote(urlsplit(f"../topics/a{character}abc.html").path)
        != f"../topics/a{character}abc.html"
    }
    # Browsers take it for a slash.
    lost.add("\\")
    assert {c for c in characters if not_in_path(f"a{c}abc") == c} == lost


def test_a_new_question_never_stands_outside_the_deck(tmp_path: Path) -> None:
    text = 'id = "d"\ntitle = "D"\n[[topics]]\nid = "../outside"\n'
    (tmp_path / "deck").mkdir()
    (tmp_path / "deck" / "deck.toml").write_text(text)
    arguments = ["new", "concept", "What?", "--content", str(tmp_path / "deck")]
    done = CliRunner().invoke(cli, arguments)
    assert done.exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["deck"]
