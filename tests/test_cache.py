"""A cache gives back what was made, notices every change, and is no program."""

import pickle
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import fields, replace
from pathlib import Path, PurePosixPath
from typing import Any
from unittest.mock import Mock, patch

import pytest
from jinja2 import DictLoader, Environment
from tests.cases import write_or_delete
from tests.ledgers import LEDGER
from tests.test_kept_types import GOOD

from triptych.build import program as program_module
from triptych.build.cache import Cache, cache_of, keep_in
from triptych.build.cache_folder import cache_file, cache_folder
from triptych.build.check_deck import OF_THE_PROGRAM, check_deck
from triptych.build.compile import compile_source
from triptych.build.kept_files import compile_all
from triptych.build.memory_cache import MemoryCache
from triptych.build.options import BuildOptions
from triptych.build.program import program
from triptych.build.scope import deck_scope
from triptych.deck.project import open_project
from triptych.errors import TriptychError
from triptych.ledger import lock_file
from triptych.render.site.template_code import TemplateCode
from triptych.typeset.context import ProseStrings
from triptych.validate.rule import DeckScope
from triptych.values.deck import Deck
from triptych.values.diagnostics import Finding, Severity, Span
from triptych.values.form import Form
from triptych.values.kept import keep_in_memory
from triptych.values.question import Question
from triptych.values.source import Folder, Media, Source
from triptych.values.ui_strings import Strings, UnreadString

SAMPLE = Path(__file__).parent / "sample"
QUESTION = "---\nquestion: What?\n---\nAn answer. ![A line](media/a.svg)\n"
NOTE_TYPE = GOOD.replace(
    'name = "Back" }]', 'name = "Back" }, { id = 3, name = "Extra" }]'
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {0}"/>'


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    folder = tmp_path / "deck"
    (folder / "t").mkdir(parents=True)
    (folder / "media").mkdir()
    (folder / "deck.toml").write_text('id = "d"\ntitle = "D"\n')
    (folder / "t/a.md").write_text(QUESTION)
    (folder / "t/b.md").write_text(QUESTION)
    (folder / "media/a.svg").write_text(SVG.format(1))
    return folder


def prose(deck: Path, cache: Cache | None) -> list[str]:
    results = [
        c.result
        for c in compile_all(open_project(deck), frozenset({Form.SITE}), 1, cache)
    ]
    return [result.answer.site for result in results if isinstance(result, Question)]


def test_what_was_made_comes_back(deck: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(deck.parent / "cache")
    first = prose(deck, cache)
    monkeypatch.setattr(
        "triptych.build.compile.parse", lambda _: pytest.fail("parsed again")
    )
    assert prose(deck, cache) == first


def test_another_string_table_is_noticed(deck: Path) -> None:
    (deck / "t/a.md").write_text(f"{QUESTION}\n- [x] task\n")
    cache = Cache(deck.parent / "cache")
    project = open_project(deck)
    for word in ("done", "finished"):
        own = {field.name: {"other": ""} for field in fields(ProseStrings)}
        own["done"] = {"other": word}
        said = replace(project, strings=Strings({"en": {"prose": own}}))
        made, _ = compile_all(said, frozenset({Form.SITE}), 1, cache)
        assert isinstance(made.result, Question)
        assert f'aria-label="{word}"' in made.result.answer.site


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("t/a.md", QUESTION.replace("An", "Another")),
        ("media/a.svg", SVG.format(2)),
        ("deck.toml", 'id = "d"\ntitle = "D"\n[check]\nrequire = ["tags"]\n'),
    ],
)
def test_a_change_is_noticed(deck: Path, path: str, text: str) -> None:
    cache = Cache(deck.parent / "cache")
    before = prose(deck, cache)
    (deck / path).write_text(text)
    after = prose(deck, cache)
    assert after == prose(deck, None)
    assert after != before


def test_a_key_that_is_known_to_be_missing_is_noticed(deck: Path) -> None:
    settings = '[check]\nrequire = ["tags"]\nbaseline = "known"\n'
    (deck / "deck.toml").write_text(f'id = "d"\ntitle = "D"\n{settings}')
    cache, known = Cache(deck.parent / "cache"), deck / "known"
    counts = []
    for rows in ("", "t/a.md missing-key\n", "t/a.md bad-key\n"):
        known.write_text(rows)
        counts.append(len(prose(deck, cache)))
    assert counts == [0, 1, 0]


def test_a_new_file_is_noticed_by_each_page_that_may_mean_it(deck: Path) -> None:
    for name in ("a", "b"):
        (deck / f"t/{name}.md").write_text(QUESTION.replace("a.svg", "line.svg"))
    cache = Cache(deck.parent / "cache")
    remedies = []
    for _ in range(2):
        for used in (cache, None):
            files = compile_all(open_project(deck), None, 1, used)
            remedies.append([d.hint for file in files for d in file.diagnostics])
        assert remedies[-2] == remedies[-1]
        (deck / "media/lines.svg").write_text(SVG.format(1))
    assert remedies[0] != remedies[-1]


def test_a_picture_makes_only_the_pages_with_it_again(deck: Path) -> None:
    (deck / "t/b.md").write_text(QUESTION.partition("!")[0])
    cache = Cache(deck.parent / "cache")
    prose(deck, cache)
    (deck / "media/a.svg").write_text(SVG.format(2))
    prose(deck, cache)
    assert (cache.hits, cache.misses) == (1, 3)


@pytest.mark.skipif(sys.platform == "win32", reason="makes links")
def test_a_picture_behind_a_link_is_read_where_it_is(deck: Path) -> None:
    place, other = deck / "media/a.svg", deck / "media/b.svg"
    outside = deck.parent / "outside.svg"
    for path in (other, outside):
        path.write_text(SVG.format(2))
    cache, found = Cache(deck.parent / "cache"), []
    for target in (other, outside, other):
        place.unlink()
        place.symlink_to(target)
        found.append(prose(deck, cache))
        assert found[-1] == prose(deck, None)
    assert found[0] == found[2] != found[1]


@pytest.mark.parametrize(
    ("name", "good", "bad", "rule"),
    [
        ("static/a.svg", SVG.format(1), "not a picture", "bad-static-file"),
        ("media/a.svg", SVG.format(1), "not a picture", "bad-theme"),
        ("theme.css", "", "}", "bad-theme"),
        ("templates/site/nothing.html", None, "x", "unread-template"),
        ("t/u/v.md", None, QUESTION, "misplaced-file"),
        ("t/words.csv", None, "a,b\n", "unread-table"),
        (
            "deck.lock",
            lock_file.dump(replace(LEDGER, notes={})),
            lock_file.dump(LEDGER),
            "vanished-note",
        ),
        ("note-types/basic/type.toml", NOTE_TYPE, "not a note type", "bad-note-type"),
        (
            "note-types/basic/type.toml",
            NOTE_TYPE,
            NOTE_TYPE.replace('"Extra"', '"More"'),
            "unknown-field",
        ),
    ],
)
def test_what_is_wrong_in_the_deck_is_found_and_mended(
    deck: Path, name: str, good: str | None, bad: str, rule: str
) -> None:
    settings = (deck / "deck.toml").read_text()
    (deck / "deck.toml").write_text(f'{settings}[site]\nlogo = "media/a.svg"\n')
    if name.startswith("note-types/"):
        for part in ("1-front.html", "1-back.html", "style.css"):
            write_or_delete(deck, f"note-types/basic/{part}", "{{Front}}")
        own = QUESTION.replace(
            "---\n", "---\nnote_type: basic\nfields: {Extra: x}\n", 1
        )
        write_or_delete(deck, "t/a.md", own)
    write_or_delete(deck, name, good)
    cache = Cache(deck.parent / "cache")
    first = deck_rules(deck, cache)
    write_or_delete(deck, name, bad)
    assert deck_rules(deck, cache) == deck_rules(deck, None)
    assert rule in {*deck_rules(deck, cache)} - {*first}
    write_or_delete(deck, name, good)
    assert deck_rules(deck, cache) == first


# Another value than the test's deck has, for each part of a scope.
OTHER_PARTS: dict[str, Any] = {
    "deck": Deck("other", "D"),
    "logo": Media(PurePosixPath("media/a.svg"), "a.svg", b"other"),
    "ledger": LEDGER,
    "strings": Strings({"en": {"prose": {"done": {"other": "done"}}}}),
    "unread_templates": (PurePosixPath("templates/x"),),
    "bad_templates": (Finding(Span(PurePosixPath("templates/x")), "bad"),),
    "note_types": {"basic": ("Front",)},
    "shapes": {"basic": ("Front",)},
    "bad_note_types": ((PurePosixPath("note-types/x"), "bad"),),
    "learn": True,
    "unread_words": lambda: (
        UnreadString(Span(PurePosixPath("strings.toml")), "x", "", ()),
    ),
}


WITHOUT_OTHERS = {*OF_THE_PROGRAM, "folder"}
OTHER_FILES: dict[str, Any] = {
    "deck": Source(PurePosixPath("deck.toml"), "other"),
    "sources": (Source(PurePosixPath("t/other.md"), ""),),
    "files": frozenset({PurePosixPath("t/other.txt")}),
    "misplaced": (PurePosixPath("other.md"),),
    "outside": (PurePosixPath("t/other.md"),),
    "unread": ((PurePosixPath("t/other.md"), "a link to a folder"),),
    "theme": Source(PurePosixPath("theme.css"), "other"),
    "static": (Media(PurePosixPath("static/other"), "other", b"other"),),
    "changelog": Source(PurePosixPath("CHANGELOG.md"), "other"),
}


@pytest.mark.parametrize(
    "part",
    [
        *(f.name for f in fields(DeckScope) if f.name not in WITHOUT_OTHERS),
        *(f"folder {f.name}" for f in fields(Folder) if f.name != "root"),
    ],
)
def test_what_rules_over_the_deck_read_is_in_the_key_of_what_they_find(
    part: str, deck: Path
) -> None:
    settings = (deck / "deck.toml").read_text()
    (deck / "deck.toml").write_text(f'{settings}language = "de"\n')
    cache, scope = Cache(deck.parent / "cache"), deck_scope(open_project(deck))
    deck_rules(deck, cache)
    name, _, of_folder = part.partition(" ")
    other: Any = (
        replace(scope.folder, **{of_folder: OTHER_FILES[of_folder]})
        if of_folder
        else OTHER_PARTS[name]
    )
    for value, times in ((getattr(scope, name), 0), (other, 1)):
        scope_now, find = replace(scope, **{name: value}), Mock(return_value=[])
        patched = {"deck_scope": Mock(return_value=scope_now), "find_in_deck": find}
        with patch.multiple("triptych.build.check_deck", **patched):
            deck_rules(deck, cache)
        assert find.call_count == times


def deck_rules(deck: Path, cache: Cache | None, *, drafts: bool = False) -> list[str]:
    """Return the rules that find something in the deck as a whole."""
    project, options = open_project(deck), BuildOptions(cache=cache, drafts=drafts)
    files = compile_all(project, frozenset({Form.SITE}), 1, cache)
    return [d.rule for d in check_deck(files, project, options).diagnostics]


def test_what_drafts_name_is_looked_up_where_they_are_built(deck: Path) -> None:
    draft = QUESTION.replace("question", "draft: true\nrelated: [nobody]\nquestion")
    (deck / "t/b.md").write_text(draft)
    cache = Cache(deck.parent / "cache")
    found = [deck_rules(deck, cache, drafts=drafts) for drafts in (False, True, False)]
    assert found == [[], ["dangling-reference"], []]


def test_hints_about_learning_are_found_each_time(deck: Path) -> None:
    project, cache = open_project(deck), Cache(deck.parent / "cache")

    def rules(cache: Cache | None, *, learn: bool) -> set[str]:
        options = BuildOptions(learn=learn)
        files = compile_all(project, frozenset({Form.SITE}), 1, cache, options)
        return {d.rule for file in files for d in file.diagnostics}

    without = rules(cache, learn=False)
    assert rules(cache, learn=True) == rules(None, learn=True) > without
    assert rules(cache, learn=False) == without


def test_what_is_made_of_nothing_that_is_known_is_made_each_time(
    tmp_path: Path,
) -> None:
    for keep in (keep_in(Cache(tmp_path / "cache")), keep_in_memory()):
        assert [keep("", lambda: 1), keep("", lambda: 2)] == [1, 2]
        assert [keep("x", lambda: 3), keep("x", lambda: 4)] == [3, 3]


def test_a_second_build_renders_nothing_again(tmp_path: Path) -> None:
    # Of every kind of value: what a Python gives a new name would not be read.
    project, forms = open_project(SAMPLE), frozenset(Form)
    first, second = Cache(tmp_path / "cache"), Cache(tmp_path / "cache")
    made = compile_all(project, forms, 1, first)
    assert compile_all(project, forms, 1, second) == made
    assert (first.hits, first.misses) == (0, len(made))
    assert (second.hits, second.misses, second.problem) == (len(made), 0, "")


def cut(data: bytes) -> bytes:
    return data[:3000] + b"damaged"


def other_table(_: bytes) -> bytes:
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE made (another TEXT)")
        return bytes(database.serialize())


@pytest.mark.parametrize("damage", [cut, other_table, lambda _: b"damaged"])
def test_a_damaged_cache_is_rebuilt_and_reported(
    deck: Path, damage: Callable[[bytes], bytes]
) -> None:
    path = deck.parent / "cache"
    first = prose(deck, Cache(path))
    path.write_bytes(damage(path.read_bytes()))
    damaged, after = Cache(path), Cache(path)
    assert prose(deck, damaged) == first
    assert str(path) in damaged.problem
    assert "damaged" in damaged.problem
    assert (damaged.hits, damaged.misses) == (0, 2)
    assert prose(deck, after) == first
    assert (after.hits, after.misses, after.problem) == (2, 0, "")


@pytest.mark.parametrize(("row", "hits"), [(1, 0), (2, 1)], ids=["sets", "file"])
def test_an_unreadable_cache_entry_is_rebuilt_and_reported(
    deck: Path, row: int, hits: int
) -> None:
    path = deck.parent / "cache"
    first = prose(deck, Cache(path))
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE made SET data = x'00' WHERE rowid = ?", (row,))
    damaged, after = Cache(path), Cache(path)
    assert prose(deck, damaged) == first
    assert (damaged.hits, damaged.misses) == (hits, 2 - hits)
    assert "cannot be read" in damaged.problem
    assert prose(deck, after) == first
    assert (after.hits, after.misses, after.problem) == (2, 0, "")


def test_an_unusable_cache_is_reported_once(deck: Path) -> None:
    no_folder = Cache(deck / "deck.toml/cache")
    assert prose(deck, no_folder) == prose(deck, None)
    assert no_folder.problem.count("not used") == 1
    path = deck.parent / "cache"
    prose(deck, Cache(path))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        busy = Cache(path)
        assert prose(deck, busy) == prose(deck, None)
    assert busy.problem.endswith("is not used: database is locked")
    assert prose(deck, unharmed := Cache(path))
    assert (unharmed.hits, unharmed.misses) == (2, 0)


def test_a_cache_of_another_python_is_not_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mine = program()
    program.cache_clear()
    monkeypatch.setattr("sys.version", "4.0")
    assert program().digest != mine.digest
    assert program().versions == mine.versions
    program.cache_clear()


def test_a_program_that_was_just_edited_is_read_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An edit right after this one may leave the same states."""
    monkeypatch.setattr(program_module, "RECENT_NS", 1 << 62)
    monkeypatch.setattr(program_module, "_keep", lambda *_: pytest.fail("kept"))
    monkeypatch.setattr(program_module, "_load", lambda *_: pytest.fail("not read"))
    assert program.__wrapped__() == program()


def test_an_edited_program_is_another(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    package = tmp_path / "package"
    package.mkdir()
    module = package / "module.py"
    module.write_text("one")
    monkeypatch.setattr(program_module, "_PACKAGE", package)
    monkeypatch.setattr(program_module, "RECENT_NS", 0)
    mine = program.__wrapped__()
    monkeypatch.setattr(program_module, "_read", lambda: pytest.fail("read"))
    assert program.__wrapped__() == mine  # its states show that it is the same
    monkeypatch.undo()
    monkeypatch.setattr(program_module, "_PACKAGE", package)
    # Of another size, so that its state differs within one tick of the clock, too.
    module.write_text("three")
    monkeypatch.setattr(program_module, "RECENT_NS", 0)
    assert program.__wrapped__().digest != mine.digest
    monkeypatch.undo()
    monkeypatch.setattr(program_module, "_PACKAGE", package)
    module.write_text("two")
    edited = program.__wrapped__()
    assert edited.digest != mine.digest
    module.write_text("six")
    assert program.__wrapped__().digest not in {mine.digest, edited.digest}


def test_without_a_home_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("no home")

    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(Path, "home", homeless)
    with pytest.raises(TriptychError, match="set HOME or XDG_CACHE_HOME"):
        cache_folder()


def test_each_deck_and_each_folder_of_outputs_has_files_in_one_folder_of_caches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    a, b = tmp_path / "a", tmp_path / "b"
    files = [cache_file(*of, suffix=".x") for of in ((a,), (b,), (a, b), (b, a))]
    assert len(set(files)) == 4
    assert {path.parent for path in files} == {tmp_path / "triptych"}
    assert cache_file(b / ".." / "a", suffix=".x") == files[0]
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(Path, "home", lambda: b)
    assert cache_folder() == b / ".cache" / "triptych"


def test_very_many_values_are_loaded_at_once(tmp_path: Path) -> None:
    # More than one query of an older SQLite may name.
    cache, values = Cache(tmp_path / "cache"), {str(n): n for n in range(1200)}
    cache.store(values)
    assert cache.load(values) == values
    assert not cache.problem


def test_a_guide_is_typeset_for_all_that_its_digest_is_of(deck: Path) -> None:
    (deck / "guides").mkdir()
    (deck / "guides/g.md").write_text("---\ntitle: G\n---\nRead.\n")
    project = open_project(deck)
    (guide,) = (s for s in project.folder.sources if s.path.name == "g.md")
    site, every = frozenset({Form.SITE}), frozenset(Form) - {Form.EPUB}
    made = compile_source(guide, project, site)
    assert made.result == compile_source(guide, project, every).result


def test_a_build_prints_hits_and_says_what_is_wrong(deck: Path) -> None:
    def build() -> str:
        command = (sys.executable, "-m", "triptych", "build", "--timings", "--content")
        done = subprocess.run(
            [*command, deck], capture_output=True, text=True, check=True
        )
        return done.stderr

    assert re.search(r"^cache +0 hits, 2 misses$", build(), re.MULTILINE)
    second = build()
    assert re.search(r"^cache +2 hits, 0 misses$", second, re.MULTILINE)
    assert "triptych: the cache" not in second
    cache_of(deck).path.write_bytes(b"damaged")
    third = build()
    assert third.count("triptych: the cache") == 1
    assert re.search(r"^cache +0 hits, 2 misses$", third, re.MULTILINE)


def test_a_cache_cannot_name_a_program(deck: Path, tmp_path: Path) -> None:
    class Evil:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return (Path.touch, (str(tmp_path / "touched"),))

    cache = Cache(tmp_path / "cache")
    cache.store({"evil": Evil(), "good": deck.name})
    assert pickle.loads(pickle.dumps(deck.name))  # noqa: S301 - our own
    assert cache.load(["evil", "good"]) == {"good": deck.name}
    assert "does not belong in a cache" in cache.problem
    assert not (tmp_path / "touched").exists()


def attribute(kind: str, name: str) -> bytes:
    return f"cbuiltins\ngetattr\n(c{kind}\nV{name}\ntR.".encode()


def test_a_member_of_an_enumeration_is_the_only_attribute(tmp_path: Path) -> None:
    # As Python 3.11.2 writes members, which is Debian 12's.
    rows = {
        "member": attribute("triptych.values.diagnostics\nSeverity", "ERROR"),
        "dunder": attribute("triptych.values.diagnostics\nSeverity", "__init__"),
        "method": attribute("triptych.values.source\nSource", "__init__"),
    }
    assert all(pickle.loads(data) for data in rows.values())  # noqa: S301 - our own
    cache = Cache(tmp_path / "cache")
    cache.store({"other": "value"})
    with closing(sqlite3.connect(tmp_path / "cache")) as database, database:
        database.executemany("INSERT INTO made VALUES (?, ?)", rows.items())
    assert cache.load(rows) == {"member": Severity.ERROR}


def test_a_template_that_changed_is_compiled_again() -> None:
    code = TemplateCode()
    for text in ("one", "two", "one"):
        environment = Environment(
            loader=DictLoader({"page": text}), bytecode_cache=code, autoescape=True
        )
        assert environment.get_template("page").render() == text


def test_memory_has_what_was_stored_last(tmp_path: Path) -> None:
    memory = MemoryCache(tmp_path / "cache")
    for value in ("first", "second"):
        memory.store({"key": value})
        assert memory.load(["key"]) == memory.load(["key"]) == {"key": value}


def test_memory_drops_what_a_build_did_not_use(tmp_path: Path) -> None:
    memory = MemoryCache(tmp_path / "cache")
    memory.store({"key": "value", "other": "value"})
    memory.load(["key", "other"])
    memory.end_build()
    memory.load(["key"])
    memory.end_build()
    assert memory.loaded_count == 1
    assert set(memory.load(["key", "other"])) == {"key", "other"}
