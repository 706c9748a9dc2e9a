"""Front matter is understood once: what it means reaches every output, drafts none."""

from pathlib import Path, PurePosixPath

import pytest

from triptych.build.build import build
from triptych.build.options import BuildOptions
from triptych.deck.project import open_project
from triptych.notes.which import notes_of, specs_of
from triptych.parse.document import parse
from triptych.typeset.context import Context
from triptych.typeset.question import question
from triptych.values.meta import Difficulty, Kind, Meta
from triptych.values.source import Source

SAMPLE = Path(__file__).parent / "sample"
PATH = PurePosixPath("topic/a.md")


@pytest.mark.parametrize(
    ("written", "field", "meaning"),
    [
        ("kind: coding", "kind", Kind.CODING),
        ("kind: riddle", "kind", Kind.CONCEPT),
        ("difficulty: hard", "difficulty", Difficulty.HARD),
        ("difficulty: [hard]", "difficulty", None),
        ("minutes: 12", "minutes", 12),
        ("minutes: " + 5000 * "9", "minutes", 2),
        ("minutes: ²", "minutes", 2),
        ("kind: coding\nminutes:", "minutes", 20),
        ("retired: true", "retired", True),
        ("retired: [old]", "retired_slugs", ("old",)),
        ("draft: true", "draft", True),
        ("draft: yes", "draft", False),
        ("renamed: {a: b}", "renamed", {"a": "b"}),
        ("renamed: {a: b, q/c: b}", "renamed", {"a": "b"}),
        ("renamed: {a: b, q/c: b, q/: d}", "moved", {"q/c": "b", "q": "d"}),
        ("aliases: [a, q/c]", "aliases", ("a",)),
        ("aliases: [a, q/c]", "moved", {"q/c": ""}),
        ("tags: {a: b}", "tags", ()),
        ("id: [x]", "id", "a"),
        ("kind: cards", "minutes", 0),
        ("as_of: 2026-11", "as_of", "2026-11"),
        ("as_of: 2026-13", "as_of", ""),
        ("as_of: 2026-11-28", "as_of", ""),
    ],
)
def test_a_wrong_value_counts_as_its_default(
    written: str, field: str, meaning: object
) -> None:
    document = parse(Source(PATH, f"---\nquestion: W?\n{written}\n---\n"))
    assert getattr(document.meta, field) == meaning


def test_one_sees_also_what_is_not_required_already() -> None:
    names = ("b", "c", "b", "a", "d")
    meta = Meta("a", PurePosixPath("t/a.md"), related=names, requires=("c",))
    assert meta.see_also == ("b", "d")


@pytest.mark.parametrize("retired", ["", "retired: true", "retired: [cloze, why]"])
def test_the_notes_of_a_file_are_those_of_its_question(retired: str) -> None:
    text = (
        f"---\nquestion: W?\nsummary: '{{{{c1::a}}}} {{{{c3::b}}}}'\n{retired}\n---\n"
        "```python solution\nx = 1  # cloze c2\n```\n"
        "## Follow-ups\n### Why? {#why}\nSo.\n## Pitfalls\n### No. {#no}\nYes.\n"
    )
    document = parse(Source(PATH, text))
    context = Context(PATH, frozenset(), lambda _: pytest.fail("no media"))
    made = question(document, context)
    assert [note.spec for note in notes_of(made)] == list(specs_of(document))
    assert bool(specs_of(document)) is (retired != "retired: true")


def test_the_notes_of_every_sample_file_are_those_of_its_question() -> None:
    project = open_project(SAMPLE)
    for source in project.folder.sources:
        document = parse(source)
        if not document.meta.is_guide:
            context = Context(source.path, frozenset(), lambda _: pytest.fail("media"))
            specs = [note.spec for note in notes_of(question(document, context))]
            assert specs == list(specs_of(document))


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    folder = tmp_path / "deck"
    (folder / "t").mkdir(parents=True)
    (folder / "guides").mkdir()
    (folder / "deck.toml").write_text('id = "d"\ntitle = "D"\n')
    (folder / "t/a.md").write_text("---\nquestion: What?\n---\nAn answer.\n")
    (folder / "t/b.md").write_text(
        "---\nquestion: Unripe?\ndraft: true\n---\nUnripe.\n"
    )
    (folder / "guides/g.md").write_text(
        "---\ntitle: Ripe\nreviewed: 2026-11-22\n---\nRead.\n"
    )
    (folder / "guides/w.md").write_text("---\ntitle: Unripe\ndraft: true\n---\nRead.\n")
    return folder


@pytest.mark.parametrize("drafts", [False, True])
def test_a_draft_is_on_the_site_only_when_asked_for(
    deck: Path, tmp_path: Path, *, drafts: bool
) -> None:
    build(open_project(deck), tmp_path / "dist", ("site",), BuildOptions(drafts=drafts))
    pages = sorted((tmp_path / "dist").rglob("*"))
    texts = [page.read_bytes() for page in pages if page.is_file()]
    assert any(b"Unripe" in text for text in texts) is drafts
    assert (tmp_path / "dist/site/guides/w.html").exists() is drafts
    assert (tmp_path / "dist/site/q/b.html").exists() is drafts


def test_a_guide_says_when_it_was_reviewed(deck: Path, tmp_path: Path) -> None:
    build(open_project(deck), tmp_path / "dist", ("site",))
    assert "2026-11-22</time>" in (tmp_path / "dist/site/guides/g.html").read_text()
