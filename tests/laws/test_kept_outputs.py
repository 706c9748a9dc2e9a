"""Outputs made with what earlier builds kept are those of a build from nothing."""

import os
import pickle
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from pkgutil import resolve_name
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cases import write_or_delete

from triptych.build.build import build
from triptych.build.cache import Cache
from triptych.build.compile import compile_source
from triptych.build.memory_cache import MemoryCache
from triptych.build.options import BuildOptions
from triptych.deck.project import open_project
from triptych.ledger.verdicts import Verdict, block_hash, code_hash, dump
from triptych.render.outputs import OUTPUTS
from triptych.render.sheet import document as sheet
from triptych.render.site import questions
from triptych.render.site import render as site_render
from triptych.render.site.scripts import scripts
from triptych.typeset.math import font
from triptych.values.form import Form
from triptych.values.question import Code, Question

SHOWN = "print('shown')\n"
CODE = Code("run", "python", SHOWN, (), 1)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {0}"/>'
HEAD = "---\nquestion: What is {0}?\n{1}---\n"
FRONT = (
    "tags: [x]\n",
    "tags: [x, y]\nrelated: [b]\n",
    "requires: [a]\nsummary: In short.\n",
    "draft: true\n",
    "retired: true\n",
    "aliases: [former]\n",
    "difficulty: hard\nkind: coding\n",
)
BODIES = (
    "An answer.",
    "A formula $x^2$, and another:\n\n$$\\sum_i i$$",
    "A sum $y$.\n\n## Why?\n\nA follow-up.",
    "See [b](b.md) and [c](c.md#why).",
    "![A line](media/a.svg)",
    f"```python run\n{SHOWN}```",
    "<b>An error",
)
SETTINGS = (
    "",
    'description = "About."\n',
    'language = "de"\n',
    '[site]\naccent = "#123456"\n',
    '[site]\nbase_url = "https://triptych.org/"\n',
    "[sheet]\ncolumns = 2\n",
    '[check]\nrequire = ["tags"]\n',
    '[[topics]]\nid = "t"\ntitle = "T"\n',
)


def lock(printed: str) -> str:
    """Return a `code.lock` that says what the code of the question `a` printed."""
    outputs = {block_hash(SHOWN): printed}
    return dump({"a": Verdict("a", code_hash([CODE]), "passed", "", outputs)})


def deck_toml(more: str) -> str:
    return f'id = "d"\ntitle = "D"\n{more}'


def question(name: str, front: str = FRONT[0], body: str = BODIES[0]) -> str:
    return HEAD.format(name, front) + f"{body}\n"


START = {
    "deck.toml": deck_toml(""),
    "t/a.md": question("a", FRONT[2].replace("[a]", "[b]"), BODIES[5]),
    "t/b.md": question("b", FRONT[0], BODIES[1]),
    "t/c.md": question("c", FRONT[1], BODIES[2]),
    "t/d.md": question("d", FRONT[0], f"{BODIES[3]}\n\n{BODIES[4]}"),
    "guides/g.md": "---\ntitle: G\n---\nRead [a](../t/a.md).\n",
    "media/a.svg": SVG.format(1),
    "code.lock": lock("one"),
}
RENAMES = (
    ("t/a.md", "t/e.md"),
    ("t/e.md", "t/a.md"),
    ("t/b.md", "u/b.md"),
    ("t/d.md", "u/a.md"),
    ("u/a.md", "t/d.md"),
    ("guides/g.md", "guides/h.md"),
)
"""The path of a file that gets another name, and that path."""
QUESTIONS = st.builds(
    lambda name, front, body: (f"t/{name}.md", question(name, front, body)),
    st.sampled_from("abcde"),
    st.sampled_from(FRONT),
    st.sampled_from(BODIES),
)
OTHERS = st.sampled_from(
    [
        *((f"t/{name}.md", None) for name in "abcde"),
        *(("deck.toml", deck_toml(more)) for more in SETTINGS),
        *(("media/a.svg", text) for text in (SVG.format(2), SVG.format(3), None)),
        *(("code.lock", text) for text in (lock("one"), lock("two"), None)),
        ("guides/g.md", "---\ntitle: Guide\n---\nRead on.\n"),
        ("guides/h.md", "---\ntitle: H\n---\nMore.\n"),
        ("media/backup.svg~", "x"),
        ("templates/site/footer.html", "<p>{{ deck.title }}</p>"),
        ("templates/site/footer.html", "<p>Another</p>"),
        ("templates/sheet/content.typ", None),
        ("strings.toml", '[en.site]\nanswer = "Reply"\n'),
        *RENAMES,
        ("CHANGELOG.md", "# Changelog\n\n## 1.0.0\n\n- First.\n"),
    ]
)


@contextmanager
def one_page_a_task() -> Iterator[None]:
    """Let each page be kept by itself, as in a deck with more than a few."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(site_render, "_QUESTIONS_PER_TASK", 1)
        yield


def built(deck: Path, dist: Path, cache: Cache | None) -> list[str]:
    options = BuildOptions(jobs=1, cache=cache)
    report, _ = build(open_project(deck), dist, OUTPUTS, options)
    assert cache is None or not cache.problem
    return [f"{d.severity} {d.span} {d.rule} {d.message}" for d in report.diagnostics]


def has_error(said: list[str]) -> bool:
    return any(line.startswith("error") for line in said)


def files(dist: Path) -> dict[str, bytes]:
    paths = (path for path in dist.rglob("*") if path.is_file())
    return {str(path.relative_to(dist)): path.read_bytes() for path in paths}


def edit(deck: Path, name: str, what: str | None) -> None:
    """Write, delete or rename a file, if it is there."""
    if (name, what) not in RENAMES:
        write_or_delete(deck, name, what)
    elif what and (deck / name).exists():
        (deck / what).parent.mkdir(exist_ok=True)
        (deck / name).replace(deck / what)


def cache_again(path: Path) -> Callable[[], Cache]:
    """Return a function that opens the cache anew, as each run of a command does."""
    return lambda: Cache(path)


def cache_in_memory(path: Path) -> Callable[[], Cache]:
    """Return a function for the one cache that all builds of a process use."""
    memory = MemoryCache(path)
    return lambda: memory


CACHES = (cache_again, cache_in_memory)


@pytest.mark.slow
@given(
    st.lists(st.one_of(QUESTIONS, OTHERS), min_size=2, max_size=5),
    st.sampled_from(CACHES),
)
@settings(max_examples=4, deadline=None)
def test_any_edits_make_what_a_build_from_nothing_makes(
    edits: list[tuple[str, str | None]],
    caches: Callable[[Path], Callable[[], Cache]],
) -> None:
    with tempfile.TemporaryDirectory() as folder, one_page_a_task():
        root = Path(folder)
        deck, dist, anew = root / "deck", root / "dist", root / "anew"
        for name, text in START.items():
            write_or_delete(deck, name, text)
        cache = caches(root / "cache")
        built(deck, dist, cache())
        built(deck, anew, None)
        for name, edited in edits:
            before = root / "before"
            shutil.rmtree(before, ignore_errors=True)
            shutil.copytree(deck, before)
            edit(deck, name, edited)
            said = built(deck, dist, cache())
            assert said == built(deck, anew, None)
            assert files(dist) == files(anew)
            if has_error(said):  # which would hide what the edits after it do
                shutil.rmtree(deck)
                shutil.copytree(before, deck)


LONG = "A long answer. " * 100
"""What follows it is in no line of a list."""
PITFALL = LONG + "\n\n## Pitfalls\n\n### Wrong. {{#w}}\n\n{}"
OWN_SHEET = """{% extends "builtin/sheet.html" %}
{% block main %}<h1>{{ heading }}</h1>
{% for _, rows in groups %}{% for _, question in rows %}{{ question.answer | prose }}
{% endfor %}{% endfor %}{% endblock %}"""
STEPS: tuple[tuple[str, str | None], ...] = (
    ("t/b.md", question("b", "tags: [x]\nsummary: In short.\n", BODIES[1])),
    ("t/c.md", question("another", FRONT[1], BODIES[2])),
    ("t/d.md", question("d", "tags: [y]\nasked_at: [Acme]\n", START["t/d.md"][40:])),
    ("t/b.md", question("b", "tags: [x]\nhints: [Think.]\n", BODIES[1])),
    ("t/b.md", question("b", "tags: [x]\nhints: [Think again.]\n", BODIES[1])),
    ("t/a.md", question("a", "requires: [b]\nsummary: Shorter.\n", BODIES[5])),
    ("t/d.md", "u/a.md"),
    ("u/a.md", "t/d.md"),
    ("t/c.md", None),
    ("t/c.md", question("c", FRONT[0], "# Heading {#x}\n\n" + BODIES[2])),
    ("t/c.md", question("c", "related: [nobody]\n")),
    ("t/c.md", question("c", "related: [d]\n")),
    ("deck.toml", deck_toml('[[topics]]\nid = "t"\n[[topics]]\nid = "v"\n')),
    ("deck.toml", deck_toml("")),
    ("guides/g.md", "---\ntitle: Guide\n---\nRead [b](../t/b.md).\n"),
    ("t/a.md", question("a", "requires: [b]\nsummary: Shorter.\n", "New.")),
    ("t/a.md", question("a", "summary: Shorter.\n", f"{LONG}One.")),
    ("t/a.md", question("a", "summary: Shorter.\n", f"{LONG}See [d](d.md).")),
    ("t/c.md", question("c")),
    ("t/d.md", question("d", "id: delta\n")),
    ("t/c.md", question("c", "summary: So.\n", PITFALL.format("Right."))),
    ("t/c.md", question("c", "summary: So.\n", PITFALL.format("Correct."))),
)
"""Edits that follow each other: each is one that something kept depends on."""
BROKEN = {STEPS[6], STEPS[10]}
"""Those after which the deck has an error, until the next one mends it."""
OWN_STEPS: tuple[tuple[str, str | None], ...] = (
    ("templates/site/sheet.html", OWN_SHEET),
    ("t/a.md", question("a", "summary: Shorter.\n", f"{LONG}One.")),
    ("t/a.md", question("a", "summary: Shorter.\n", f"{LONG}Two.")),
    ("templates/site/scripts/common.js", "const own = 1;\n"),
    ("templates/site/footer.html", "<p>One</p>"),
    ("templates/site/footer.html", "<p>Two</p>"),
)


@pytest.mark.parametrize("steps", [STEPS, OWN_STEPS], ids=["content", "templates"])
def test_each_edit_makes_what_a_build_from_nothing_makes(
    steps: tuple[tuple[str, str | None], ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    deck, anew = tmp_path / "deck", tmp_path / "anew"
    # The check of all artifacts allows our scripts alone; the deck brings its own.
    monkeypatch.setattr(
        "tests.output_checks.scripts", lambda: scripts(deck / "templates")
    )
    # They share the file, so that what is dear is made once.
    ways = [(tmp_path / c.__name__, c(tmp_path / "cache")) for c in CACHES]
    for name, text in START.items():
        write_or_delete(deck, name, text)
    with one_page_a_task():
        for dist, cache in ways:
            built(deck, dist, cache())
        for name, edited in steps:
            edit(deck, name, edited)
            expected = built(deck, anew, None)
            assert has_error(expected) == ((name, edited) in BROKEN), expected
            for dist, cache in ways:
                assert built(deck, dist, cache()) == expected, name
                assert files(dist) == files(anew), name


def test_what_was_lost_is_made_again(tmp_path: Path) -> None:
    """Only an outline of a file is read first: its other parts may be gone."""
    deck, dist, path = tmp_path / "deck", tmp_path / "dist", tmp_path / "cache"
    for name, text in START.items():
        write_or_delete(deck, name, text)
    built(deck, dist, Cache(path))
    before = files(dist)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("DELETE FROM made WHERE key LIKE '%-%'")
    shutil.rmtree(dist)
    built(deck, dist, Cache(path))
    assert files(dist) == before


def test_what_cannot_be_unpacked_is_made_again(tmp_path: Path) -> None:
    """Pages of an archive are kept compressed alone."""
    deck, dist, path = tmp_path / "deck", tmp_path / "dist", tmp_path / "cache"
    for name, text in START.items():
        write_or_delete(deck, name, text)
    built(deck, dist, Cache(path))
    pages = files(dist / "site" / "q")
    with closing(sqlite3.connect(path)) as database, database:
        kept = dict(database.execute("SELECT key, data FROM made"))
        for key, data in kept.items():
            if key.endswith("-deflated"):
                assert key.replace("-deflated", "-data") not in kept
                damaged = [b"\xff" for _ in pickle.loads(data)]  # noqa: S301 - our own
                row = pickle.dumps(damaged), key
                database.execute("UPDATE made SET data = ? WHERE key = ?", row)
    shutil.rmtree(dist)
    pages_alone = BuildOptions(jobs=1, cache=Cache(path), downloads=False)
    build(open_project(deck), dist, ["site"], pages_alone)
    assert files(dist / "site" / "q") == pages


def test_a_view_is_the_same_for_the_same_question(tmp_path: Path) -> None:
    for name, text in START.items():
        write_or_delete(tmp_path, name, text)
    project = open_project(tmp_path)
    for output in OUTPUTS.values():
        for view in map(resolve_name, output.views.values()):
            for source in project.folder.sources:
                one, other = (
                    compile_source(source, project, frozenset(Form)).result
                    for _ in range(2)
                )
                if isinstance(one, Question) and isinstance(other, Question):
                    assert view(one) == view(other), output.name


class Counts(Counter[str]):
    """How often each dear thing was made."""


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> Counts:
    made = Counts()
    for module, name, thing in (
        (questions, "_page", "pages"),
        (font, "math_font", "fonts"),
        (sheet, "typeset_uncached", "sheets"),
    ):
        make: Callable[..., object] = getattr(module, name)

        def counted(
            *arguments: object,
            _make: Callable[..., object] = make,
            _thing: str = thing,
            **named: object,
        ) -> object:
            made[_thing] += 1
            return _make(*arguments, **named)

        monkeypatch.setattr(module, name, counted)
    return made


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a deck that is built, and its cache."""
    root = tmp_path_factory.mktemp("kept")
    for name, text in START.items():
        write_or_delete(root / "deck", name, text)
    # More than one task has pages: an edit of one must leave the others alone. Both
    # that are edited here have seven.
    for number in range(130):
        write_or_delete(
            root / "deck", f"u/q{number:03}.md", question(f"number {number}")
        )
    built(root / "deck", root / "dist", Cache(root / "cache"))
    return root


NOTHING = Counts()
EDITS: dict[str, tuple[dict[str, str], dict[str, int]]] = {
    "settings that are saved again": ({"deck.toml": deck_toml("")}, {}),
    "a backup of an editor": ({"media/x.svg~": "x", "notes.txt": "x"}, {}),
    "what an editor writes beside a question": (
        {"t/a.md~": "x", "t/.#a.md": "x", "t/.a.md.swp": "x", "t/4913": ""},
        {},
    ),
    "code that is tested again": ({"code.lock": START["code.lock"]}, {}),
    "a guide": ({"guides/g.md": "---\ntitle: G\n---\nNo more.\n"}, {"files": 1}),
    "an answer": (
        {"u/q064.md": question("number 64", body="Another answer.")},
        {"files": 1, "pages": 7, "sheets": 1},
    ),
    "what the sheet leaves out": (
        {"t/a.md": f"{START['t/a.md']}\nMore, after the code.\n"},
        {"files": 1, "pages": 7},
    ),
    "a verdict": ({"code.lock": lock("two")}, {"files": 1, "pages": 7}),
    "a picture": ({"media/a.svg": SVG.format(2)}, {"files": 1, "pages": 7}),
    "a formula": (
        {"t/b.md": question("b", FRONT[0], "Now $z^2$.")},
        {"files": 1, "pages": 7, "sheets": 1, "fonts": 1},
    ),
    "the title": (
        {"deck.toml": deck_toml("").replace('"D"', '"E"')},
        {"pages": 134, "sheets": 1},
    ),
    "the layout of the sheet": (
        {"deck.toml": deck_toml("[sheet]\ncolumns = 2\n")},
        {"pages": 134, "sheets": 1},
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_makes_again_what_hangs_on_it(
    name: str, kept: Path, counts: Counts, tmp_path: Path
) -> None:
    texts, expected = EDITS[name]
    shutil.copytree(kept, tmp_path, dirs_exist_ok=True)
    for path, text in texts.items():
        write_or_delete(tmp_path / "deck", path, text)
    for there in (tmp_path / "deck").rglob("*"):
        os.utime(there, (1, 1))  # as after another checkout
    cache = Cache(tmp_path / "cache")
    built(tmp_path / "deck", tmp_path / "dist", cache)
    assert Counts(expected) == counts + Counts(files=cache.misses)


def test_a_page_names_a_neighbour_anew_that_another_task_makes(
    kept: Path, tmp_path: Path
) -> None:
    shutil.copytree(kept, tmp_path, dirs_exist_ok=True)
    # A task begins at such an id: see `render._together`.
    first = next(n for n in range(1, 130) if crc32(f"q{n:03}".encode()) % 8 == 0)
    before = f"u/q{first - 1:03}.md"
    write_or_delete(tmp_path / "deck", before, question("by another name"))
    built(tmp_path / "deck", tmp_path / "dist", Cache(tmp_path / "cache"))
    page = tmp_path / "dist" / "site" / "q" / f"q{first:03}.html"
    assert "by another name" in page.read_text()


def test_a_save_under_serve_makes_one_file_again(
    kept: Path, counts: Counts, tmp_path: Path
) -> None:
    shutil.copytree(kept, tmp_path, dirs_exist_ok=True)
    deck, memory = tmp_path / "deck", MemoryCache(tmp_path / "cache")
    options = BuildOptions(jobs=1, cache=memory, downloads=False)
    build(open_project(deck), tmp_path / "dist", ["site"], options)
    held = []
    for number in range(3):
        write_or_delete(deck, "u/q064.md", question("number 64", body=f"No. {number}."))
        counts.clear()
        build(open_project(deck), tmp_path / "dist", ["site"], options)
        assert Counter({"files": 1, "pages": 7}) == counts + Counter(
            files=memory.misses
        )
        held.append(memory.loaded_count)
    # What earlier saves made is not held for ever.
    assert held[1] == held[2]


def test_builds_of_other_outputs_keep_each_others_cache(
    kept: Path, counts: Counts, tmp_path: Path
) -> None:
    shutil.copytree(kept, tmp_path, dirs_exist_ok=True)
    cache = Cache(tmp_path / "cache")
    options = BuildOptions(jobs=1, cache=cache, downloads=False)
    build(open_project(tmp_path / "deck"), tmp_path / "other", ["site"], options)
    assert (cache.misses, counts) == (0, NOTHING)
    for number in range(6):
        write_or_delete(
            tmp_path / "deck", "t/c.md", question("c", body=f"Number {number}.")
        )
        options = BuildOptions(jobs=1, cache=Cache(tmp_path / "cache"), downloads=False)
        build(open_project(tmp_path / "deck"), tmp_path / "dist", ["site"], options)
    cache = Cache(tmp_path / "cache")
    write_or_delete(tmp_path / "deck", "t/c.md", START["t/c.md"])
    counts.clear()
    built(tmp_path / "deck", tmp_path / "dist", cache)
    assert (cache.misses, counts) == (0, NOTHING)


def test_what_is_not_used_any_more_is_dropped(tmp_path: Path) -> None:
    for name, text in START.items():
        write_or_delete(tmp_path / "deck", name, text)
    counts = []
    for number in range(20):
        write_or_delete(
            tmp_path / "deck", "t/a.md", question("a", body=f"Number {number}.")
        )
        options = BuildOptions(jobs=1, cache=Cache(tmp_path / "cache"), downloads=False)
        build(open_project(tmp_path / "deck"), tmp_path / "dist", ["site"], options)
        with closing(sqlite3.connect(tmp_path / "cache")) as database:
            counts += database.execute("SELECT count(*) FROM made").fetchall()
    # What is used is written down again in every fourth build.
    assert counts[-1] == counts[-5]
