"""A dist/ holds just what was rendered, and is never half of it."""

import errno
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path, PurePosixPath
from threading import Event, Thread
from typing import IO, Any

import pytest

from triptych.build.cache import Cache
from triptych.build.known_files import keep_known, load_known
from triptych.deck.locks import deck_lock, folder_lock
from triptych.deck.write import replace_file, staged_name
from triptych.dialect.files import MANIFEST_FILE
from triptych.emit import emit as emit_module
from triptych.emit.emit import emit
from triptych.emit.known import Known, State, lasting, state_of
from triptych.errors import TriptychError
from triptych.values.artifact import Artifact

ABOUT = {"deck": "test"}


def artifacts(**files: str) -> list[Artifact]:
    return [
        Artifact(PurePosixPath(f"site/{name.replace('_', '/')}"), data.encode())
        for name, data in files.items()
    ]


def put(dist: Path, **files: str) -> emit_module.EmittedFiles:
    found = artifacts(**files)
    return emit(found, dist, outputs=["site"], about=ABOUT)


def tree(dist: Path) -> dict[str, str]:
    return {
        path.relative_to(dist).as_posix(): path.read_text()
        for path in sorted(dist.rglob("*"))
        if path.is_file()
    }


def test_only_what_differs_is_written_and_what_is_stale_goes(tmp_path: Path) -> None:
    put(tmp_path, a="1", b="2", deep_c="3")
    before = (tmp_path / "site/a").stat().st_mtime_ns
    changed = put(tmp_path, a="1", b="two")
    assert changed.written == (PurePosixPath("site/b"),)
    assert changed.removed == (PurePosixPath("site/deep/c"),)
    assert (tmp_path / "site/a").stat().st_mtime_ns == before
    assert not (tmp_path / "site/deep").exists()
    assert tree(tmp_path)["site/b"] == "two"


def test_a_second_identical_build_touches_nothing(tmp_path: Path) -> None:
    put(tmp_path, a="1", b="2")
    times = {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*")}
    again = put(tmp_path, a="1", b="2")
    assert (again.written, again.removed) == ((), ())
    assert {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*")} == times


def test_what_an_interrupted_build_staged_goes(tmp_path: Path) -> None:
    put(tmp_path, a="1", b="2")
    for name in ("site/a", "site/deep/c", MANIFEST_FILE):
        staged = staged_name(tmp_path / name)
        staged.parent.mkdir(exist_ok=True)
        staged.write_text("half of i")
    again = put(tmp_path, a="1", b="3")
    assert set(again.removed) == {
        PurePosixPath("site/.a.part"),
        PurePosixPath("site/deep/.c.part"),
    }
    assert set(tree(tmp_path)) == {".gitignore", MANIFEST_FILE, "site/a", "site/b"}
    assert set(json.loads(again.manifest)["files"]) == {"site/a", "site/b"}


def test_a_file_is_not_read_while_its_state_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def again(known: Known) -> emit_module.EmittedFiles:
        found = artifacts(a="1", b="2")
        return emit(found, tmp_path, outputs=["site"], about=ABOUT, known=known)

    known = put(tmp_path, a="1", b="2").known
    assert set(known) == {"site/a", "site/b"}
    read: list[str] = []
    digest = emit_module._digest  # noqa: SLF001 - the one place that reads a file

    def reported(at: Path, path: str) -> str:
        read.append(path)
        return digest(at, path)

    monkeypatch.setattr(emit_module, "_digest", reported)
    assert again(known) == emit_module.EmittedFiles((), (), again({}).manifest, known)
    assert read == [MANIFEST_FILE, "site/a", "site/b", MANIFEST_FILE]
    (tmp_path / "site/a").write_text("x")
    assert again(known).written == (PurePosixPath("site/a"),)
    assert tree(tmp_path)["site/a"] == "1"
    # A file of the same size that is to hold something else is no known one.
    found = artifacts(a="1", b="3")
    changed = emit(found, tmp_path, outputs=["site"], about=ABOUT, known=known)
    assert changed.written == (PurePosixPath("site/b"),)


@pytest.mark.parametrize(
    ("changed", "now", "lasts"),
    [
        (1_000_000_123, 1_050_000_124, True),
        (1_000_000_123, 1_050_000_123, False),
        (1_000_000_000, 2_500_000_000, False),  # such a clock counts seconds
        (1_000_000_000, 3_000_000_001, True),
    ],
)
def test_what_changed_just_now_is_not_known(
    changed: int, now: int, *, lasts: bool
) -> None:
    known = {"site/a": (State(0, 0, 0, 0, changed), "digest")}
    assert lasting(known, now) == (known if lasts else {})


def test_what_is_known_comes_back_in_the_next_build_of_the_same_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache, now = Cache(tmp_path / "cache"), 9_000_000_000
    monkeypatch.setattr("triptych.clock.now_ns", lambda: now)
    old = {"site/a": (State(1, 2, 3, 4, 5), "digest")}
    new = {"site/b": (State(1, 2, 3, 4, now), "digest")}
    assert load_known(tmp_path / "dist", cache) == {}
    keep_known(tmp_path / "dist", {**old, **new}, cache)
    assert load_known(tmp_path / "x" / ".." / "dist", cache) == old
    assert load_known(tmp_path / "other", cache) == {}


def test_only_a_regular_file_has_a_state(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to("file")
    (tmp_path / "folder").mkdir()
    found = {path.name: state_of(str(path)) for path in tmp_path.iterdir()}
    assert {name for name, state in found.items() if state} == {"file"}
    assert state_of(str(tmp_path / "file/inside")) is None


def test_the_manifest_names_every_file_with_its_digest(tmp_path: Path) -> None:
    put(tmp_path, a="1")
    manifest = json.loads((tmp_path / MANIFEST_FILE).read_text())
    assert manifest["deck"] == "test"
    assert set(manifest["files"]) == {"site/a"}
    assert manifest["files"]["site/a"].startswith("6b86b273ff34")


@pytest.mark.parametrize("files", [{}, {"a": "1"}, {"ü_b": "2", 'a"\n  c': "1"}])
def test_a_manifest_is_indented_as_python_indents(
    tmp_path: Path, files: dict[str, str]
) -> None:
    text = put(tmp_path, **files).manifest.decode()
    assert text == json.dumps(json.loads(text), indent=1, ensure_ascii=False) + "\n"


def test_other_outputs_stay_and_stay_listed(tmp_path: Path) -> None:
    put(tmp_path, a="1")
    deck = [Artifact(PurePosixPath("anki/x.apkg"), b"deck")]
    emit(deck, tmp_path, outputs=["anki"], about=ABOUT)
    manifest = json.loads((tmp_path / MANIFEST_FILE).read_text())
    assert set(manifest["files"]) == {"anki/x.apkg", "site/a"}


def test_files_that_an_incomplete_output_did_not_make_anew_stay(tmp_path: Path) -> None:
    both = [*artifacts(a="1", b="2", c="3"), Artifact(PurePosixPath("anki/x"), b"x")]
    emit(both, tmp_path, outputs=["anki", "site"], about=ABOUT)
    (tmp_path / "site/c").unlink()
    changed = emit(
        artifacts(a="one"),
        tmp_path,
        outputs=["anki", "site"],
        about=ABOUT,
        incomplete=["site"],
    )
    assert changed.removed == (PurePosixPath("anki/x"),)
    found = tree(tmp_path)
    assert (found["site/a"], found["site/b"]) == ("one", "2")
    files = json.loads(found[MANIFEST_FILE])["files"]
    assert files == {
        f"site/{name}": hashlib.sha256(data).hexdigest()
        for name, data in (("a", b"one"), ("b", b"2"))
    }


def test_without_a_manifest_other_outputs_are_not_called_finished(
    tmp_path: Path,
) -> None:
    put(tmp_path, a="1")
    (tmp_path / MANIFEST_FILE).unlink()
    deck = [Artifact(PurePosixPath("anki/x.apkg"), b"deck")]
    emit(deck, tmp_path, outputs=["anki"], about=ABOUT)
    manifest = json.loads((tmp_path / MANIFEST_FILE).read_text())
    assert set(manifest["files"]) == {"anki/x.apkg"}


@pytest.mark.parametrize("damaged", ["", "{}", "[]", "null", '{"files": []}', "\xff"])
def test_a_damaged_manifest_counts_as_none(tmp_path: Path, damaged: str) -> None:
    put(tmp_path, a="1")
    (tmp_path / MANIFEST_FILE).write_text(damaged, encoding="latin-1")
    deck = [Artifact(PurePosixPath("anki/x.apkg"), b"deck")]
    for incomplete in ([], ["anki"]):
        (tmp_path / MANIFEST_FILE).write_text(damaged, encoding="latin-1")
        emit(deck, tmp_path, outputs=["anki"], about=ABOUT, incomplete=incomplete)
        manifest = json.loads((tmp_path / MANIFEST_FILE).read_text())
        assert set(manifest["files"]) == {"anki/x.apkg"}


def test_a_file_where_a_folder_must_be_gives_way_and_the_reverse(
    tmp_path: Path,
) -> None:
    put(tmp_path, a="1", b_c="2")
    put(tmp_path, a_d="1", b="2")
    assert {name for name in tree(tmp_path) if name.startswith("site/")} == {
        "site/a/d",
        "site/b",
    }


def test_links_are_replaced_and_never_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("keep")
    dist = tmp_path / "dist"
    put(dist, a="0")
    (dist / "site/a").unlink()
    (dist / "site/a").symlink_to(secret)
    put(dist, a="1")
    assert secret.read_text() == "keep"
    assert (dist / "site/a").read_text() == "1"


def test_a_folder_that_is_a_link_is_replaced(tmp_path: Path) -> None:
    elsewhere, dist = tmp_path / "elsewhere", tmp_path / "dist"
    elsewhere.mkdir()
    (elsewhere / "c").write_text("keep")
    put(dist, a="0")
    (dist / "site/deep").symlink_to(elsewhere)
    put(dist, deep_c="1")
    assert (elsewhere / "c").read_text() == "keep"
    assert (dist / "site/deep/c").read_text() == "1"


def test_an_output_that_is_a_link_is_refused(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "precious").write_text("keep")
    dist = tmp_path / "dist"
    put(dist, a="0")
    shutil.rmtree(dist / "site")
    (dist / "site").symlink_to(elsewhere)
    with pytest.raises(TriptychError, match="is a link"):
        put(dist, a="1")
    assert (elsewhere / "precious").read_text() == "keep"


def test_a_folder_that_somebody_else_filled_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("*.pyc\n")
    (tmp_path / "site").mkdir()
    (tmp_path / "site/precious").write_text("keep")
    with pytest.raises(TriptychError, match="not made by triptych"):
        put(tmp_path, a="1")
    assert (tmp_path / "site/precious").read_text() == "keep"
    assert tree(tmp_path)[".gitignore"] == "*.pyc\n"


def test_a_full_disk_leaves_the_old_files_and_no_manifest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, a="1", b="2")
    opened = Path.open

    def fails(path: Path, *args: Any, **named: Any) -> IO[Any]:  # noqa: ANN401
        if path.name.startswith(".b"):
            path.touch()
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        file: IO[Any] = opened(path, *args, **named)
        return file

    monkeypatch.setattr(Path, "open", fails)
    reported = r"cannot write .*site/b: No space left .* free some space"
    with pytest.raises(TriptychError, match=reported):
        put(tmp_path, a="one", b="two")
    found = tree(tmp_path)
    assert MANIFEST_FILE not in found
    assert found["site/b"] == "2"
    assert not [name for name in found if "part" in name]
    monkeypatch.undo()
    put(tmp_path, a="one", b="two")
    assert tree(tmp_path)["site/b"] == "two"


def test_a_file_that_another_program_holds_open_is_named_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class HeldError(PermissionError):
        winerror = 32  # as Windows says it

    def held(_: Path, target: Path) -> Path:
        raise HeldError(13, "used by another process", str(target))

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(TriptychError) as reported:
        replace_file(tmp_path / "deck.pdf", b"%PDF-")
    assert "deck.pdf: used by another process" in str(reported.value)
    assert "close the program that has it open, then run" in str(reported.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0,
    reason="root may write anywhere, and Windows has other permissions",
)
def test_a_read_only_folder_is_an_error_with_its_name(tmp_path: Path) -> None:
    put(tmp_path, a="1")
    (tmp_path / "site").chmod(0o500)
    try:
        with pytest.raises(TriptychError, match="cannot write"):
            put(tmp_path, a="2")
    finally:
        (tmp_path / "site").chmod(0o700)


def test_a_second_build_of_the_same_folder_is_kept_out(tmp_path: Path) -> None:
    with (
        folder_lock(tmp_path, "busy"),
        pytest.raises(TriptychError, match="another build"),
    ):
        put(tmp_path, a="1")


def test_a_verb_waits_for_another_one_that_writes_to_the_deck(tmp_path: Path) -> None:
    started, written = Event(), Event()

    def write() -> None:
        with folder_lock(tmp_path, "busy"):
            started.set()
            time.sleep(0.1)
            written.set()

    other = Thread(target=write)
    other.start()
    started.wait()
    with deck_lock(tmp_path):
        assert written.is_set()
    other.join()


KILLED = """
import sys
from pathlib import Path, PurePosixPath
from triptych.emit.emit import emit
from triptych.values.artifact import Artifact
dist, mark = Path(sys.argv[1]), sys.argv[2]
data = (mark * 50_000).encode()
files = [Artifact(PurePosixPath(f"site/{n}"), data) for n in range(120)]
print("ready", flush=True)
emit(files, dist, outputs=["site"], about={"mark": mark})
"""


def test_a_killed_build_leaves_whole_files_and_is_repaired(tmp_path: Path) -> None:
    command = [sys.executable, "-c", KILLED, str(tmp_path)]
    subprocess.run([*command, "a"], check=True, capture_output=True)
    halves = 0
    for number in range(60):
        mark = "bc"[number % 2]
        with subprocess.Popen([*command, mark], stdout=subprocess.PIPE) as process:
            assert process.stdout
            process.stdout.readline()
            time.sleep(0.003 * (number % 20))
            process.send_signal(signal.SIGKILL)
        texts = {
            p.read_bytes() for p in (tmp_path / "site").iterdir() if p.name.isdigit()
        }
        assert all(len(set(text)) == 1 and len(text) == 50_000 for text in texts)
        manifest = tmp_path / MANIFEST_FILE
        if manifest.exists():
            said = json.loads(manifest.read_text())["mark"]
            assert texts == {(said * 50_000).encode()}
        else:
            halves += 1
        if halves >= 4 and number >= 12:
            break
    assert halves, "no kill fell into the writing: the test shows nothing"
    subprocess.run([*command, "d"], check=True, capture_output=True)
    names = {path.name for path in (tmp_path / "site").iterdir()}
    assert names == {str(number) for number in range(120)}
