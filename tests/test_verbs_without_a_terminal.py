"""What verbs write is written by functions that need no terminal."""

from pathlib import Path

from tests.cases import write_deck

from triptych.author.baseline import renew_baseline
from triptych.author.fix import check_and_fix
from triptych.build.build import build, check
from triptych.build.options import BuildOptions
from triptych.deck.project import open_project
from triptych.imports.deck_folder import ImportRequest, ImportWatch, import_into
from triptych.imports.reading import Reading
from triptych.imports.sources import read
from triptych.ledger.lock import Ledger, Released
from triptych.ledger.lock_file import dump, load
from triptych.progress import no_progress
from triptych.releases.package import read_package
from triptych.releases.rebuild import merge_from, rebuild_from_package, valid_ledger

OPTIONS = BuildOptions(jobs=1)
FIXABLE = (
    "=== t/a.md\n---\nquestion: Q?\n---\nA.\n\n## Follow-ups\n\n### Why so?\n\nB.\n"
)


def test_only_what_is_selected_is_fixed(tmp_path: Path) -> None:
    deck = write_deck(tmp_path, FIXABLE)
    report = check_and_fix(deck, OPTIONS, lambda _: ())
    assert report.diagnostics
    assert "{#" not in (deck / "t/a.md").read_text()
    report = check_and_fix(deck, OPTIONS, lambda found: found)
    assert report.diagnostics == ()
    assert "### Why so? {#why-so}\n" in (deck / "t/a.md").read_text()


def test_a_baseline_is_written_and_named_in_the_deck(tmp_path: Path) -> None:
    deck = write_deck(tmp_path, "=== t/a.md\n---\nquestion: Q?\n---\n[a](#nowhere)\n")
    before = check(open_project(deck), OPTIONS).diagnostics
    path, found = renew_baseline(deck, OPTIONS)
    assert found == before != ()
    assert path.name in (deck / "deck.toml").read_text()
    assert check(open_project(deck), OPTIONS).diagnostics == ()


def test_an_import_tells_its_steps_in_their_order(tmp_path: Path) -> None:
    source, root = tmp_path / "words.csv", tmp_path / "deck"
    source.write_text("front,back\none,eins\ntwo,zwei\n")
    collection = read(source, "", no_progress, Reading())
    steps: list[str] = []
    watch = ImportWatch(
        understood=lambda _: steps.append(f"understood {root.exists()}"),
        written=lambda _: steps.append(f"written {(root / 'deck.toml').exists()}"),
    )
    tried = import_into(root, collection, ImportRequest(dry_run=True), watch)
    assert (steps, root.exists()) == (["understood False"], False)
    steps.clear()
    result = import_into(root, collection, ImportRequest(), watch)
    assert steps == ["understood True", "written True"]
    assert result.is_new
    assert result.made.counts == tried.made.counts
    assert not import_into(root, collection, ImportRequest()).is_new


def test_a_ledger_is_rebuilt_from_a_package_unless_the_deck_has_errors(
    tmp_path: Path,
) -> None:
    deck = write_deck(tmp_path / "deck", "=== t/a.md\n---\nquestion: Q?\n---\nA.\n")
    build(open_project(deck), tmp_path / "dist", ("anki",), OPTIONS)
    package = read_package(tmp_path / "dist/anki/test.apkg")
    assert valid_ledger(deck) is None
    adopted, _ = rebuild_from_package(deck, package, "1.0.0", OPTIONS)
    assert adopted
    assert valid_ledger(deck) == adopted.ledger
    later = Ledger("test", (*adopted.ledger.releases, Released("1.1.0", 2**31)))
    (tmp_path / "other.lock").write_text(dump(later))
    merged = merge_from(deck, tmp_path / "other.lock", "").ledger
    assert merged.latest.version == "1.1.0"
    assert load((deck / "deck.lock").read_text()) == merged
    (deck / "t/a.md").write_text("---\nquestion: Q?\nsumary: S.\n---\nA.\n")
    adopted, found = rebuild_from_package(deck, package, "1.0.0", OPTIONS)
    assert adopted is None
    assert [diagnostic.rule for diagnostic in found] == ["unknown-key"]
    assert load((deck / "deck.lock").read_text()) == merged
