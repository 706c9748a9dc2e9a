"""If nothing changed, nothing is done; if anything changed, the build sees it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.without_coverage import environment_without_coverage

from triptych import clock
from triptych.build import build as driver
from triptych.build import file_states, program, stamp
from triptych.build.build import build
from triptych.cli import run_build
from triptych.cli.main import cli
from triptych.emit.emit import emit

QUESTION = "---\nquestion: What?\n---\nAn answer. ![A line](media/a.svg)\n"
OTHER = "---\nquestion: What?\n---\nAn ANSWER. ![A line](media/a.svg)\n"
WARNED = "---\nquestion: Why?\nsummary: {}\n---\nAn answer.\n".format("word " * 90)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {0}"/>'
PAGE, SOURCE = "dist/site/q/a.html", "deck/t/a.md"

Edit = Callable[[Path], object]


class Project:
    """A deck that is built into `dist/`, and a count of the builds that did work."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root, self.builds = root, 0
        files = {
            "deck/deck.toml": 'id = "d"\ntitle = "D"\n',
            SOURCE: QUESTION,
            "deck/t/b.md": WARNED,
            "deck/t/draft.md": QUESTION.replace("---\n", "---\ndraft: true\n", 1),
            "deck/media/a.svg": SVG.format(1),
            "deck/.own/footer.html": "<p>One</p>",
        }
        for name, text in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text)
        (root / "deck/templates").mkdir()
        (root / "deck/templates/site").symlink_to(root / "deck/.own")

        def counted(*arguments: Any, **named: Any) -> object:  # noqa: ANN401 - as it
            self.builds += 1
            return build(*arguments, **named)

        monkeypatch.setattr(run_build, "build", counted)

    def run(self, *options: str, dist: str = "dist") -> str:
        """Build; return what was printed."""
        content, target = str(self.root / "deck"), str(self.root / dist)
        words = ["build", "site", *options, "--content", content, "--dist", target]
        result = CliRunner().invoke(cli, words, standalone_mode=False)
        assert not result.exception, result.output
        return result.output

    def is_idle(self, *options: str) -> bool:
        """Build; return whether nothing was done."""
        before = self.builds
        self.run(*options)
        return self.builds == before

    def files(self, dist: str = "dist") -> dict[str, bytes]:
        """Return what stands in `dist/`."""
        paths = (path for path in (self.root / dist).rglob("*") if path.is_file())
        return {str(p.relative_to(self.root / dist)): p.read_bytes() for p in paths}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    made = Project(tmp_path, monkeypatch)
    made.run()
    yield made
    assert made.builds > 1, "an edit that no build saw"


def in_place(path: Path, text: str) -> None:
    """Give a file another text, and restore its size and time of modification."""
    before = path.stat()
    assert len(text.encode()) == before.st_size
    path.write_text(text)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def replaced(path: Path, text: str) -> None:
    """Put another file into a file's place, with its size and time, as `cp -p` may."""
    before, new = path.stat(), path.with_name("new")
    new.write_text(text)
    os.utime(new, ns=(before.st_atime_ns, before.st_mtime_ns))
    new.replace(path)


def vandalised(path: Path) -> None:
    in_place(path, path.read_text().replace("answer", "ANSWER", 1))


SEEN: dict[str, Edit] = {
    "an edit": lambda root: (root / SOURCE).write_text(f"{QUESTION}More."),
    "an edit of the same size and time": lambda root: in_place(root / SOURCE, OTHER),
    "a copy of the same size and time": lambda root: replaced(root / SOURCE, OTHER),
    "a new file": lambda root: shutil.copy(root / SOURCE, root / "deck/t/c.md"),
    "a deleted file": lambda root: (root / "deck/t/b.md").unlink(),
    "a renamed file": lambda root: (root / SOURCE).rename(root / "deck/t/z.md"),
    "a picture": lambda root: in_place(root / "deck/media/a.svg", SVG.format(2)),
    "settings": lambda root: in_place(
        root / "deck/deck.toml", 'id = "d"\ntitle = "E"\n'
    ),
    "a template behind a link": lambda root: in_place(
        root / "deck/.own/footer.html", "<p>Two</p>"
    ),
    "a page that is gone": lambda root: (root / PAGE).unlink(),
    "a page of the same size and time": lambda root: vandalised(root / PAGE),
    "a foreign page": lambda root: (root / "dist/site/q/x.html").write_text("x"),
    "an empty folder": lambda root: (root / "dist/site/empty").mkdir(),
    "no manifest": lambda root: (root / "dist/manifest.json").unlink(),
    "no outputs": lambda root: shutil.rmtree(root / "dist"),
}


@pytest.mark.parametrize("name", SEEN)
def test_every_change_is_seen(project: Project, name: str) -> None:
    assert project.is_idle()
    SEEN[name](project.root)
    assert not project.is_idle()
    project.run("--no-cache", dist="anew")
    assert project.files() == project.files("anew")
    assert project.is_idle()


@pytest.mark.parametrize("name", [name for name in SEEN if "same size" in name])
def test_a_change_is_seen_where_clocks_are_coarse(
    project: Project, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fine = file_states._state  # noqa: SLF001 - what the file system says

    def coarse(path: str, status: os.stat_result, target: str) -> file_states.FileState:
        state = fine(path, status, target)
        mode, size, _, _ = state.status
        hour = 3600 * 10**9
        # Nothing that changed within the test has another time or inode.
        return state._replace(
            status=(mode, size), changed=-(-state.changed // hour) * hour
        )

    monkeypatch.setattr(file_states, "_state", coarse)
    assert not project.is_idle()
    assert project.is_idle()
    SEEN[name](project.root)
    assert not project.is_idle()


def test_a_change_within_a_tick_of_the_clock_is_seen(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    fine = file_states._state  # noqa: SLF001 - what the file system says
    tick = clock.now_ns()

    def coarse(path: str, status: os.stat_result, target: str) -> file_states.FileState:
        state = fine(path, status, target)
        mode, size, _, _ = state.status
        return state._replace(status=(mode, size), changed=tick)

    monkeypatch.setattr(file_states, "_state", coarse)
    monkeypatch.setattr(clock, "now_ns", lambda: tick + 10**9)
    assert not project.is_idle()
    assert project.is_idle()
    in_place(project.root / SOURCE, OTHER)
    assert not project.is_idle()


def test_old_files_are_not_read_and_their_edits_are_seen(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stamp, "RECENT_NS", 0)
    assert project.is_idle()  # reads what changed while the build ran
    with monkeypatch.context() as patch:
        for module in (file_states, stamp):
            patch.setattr(module, "content_digest", lambda _: pytest.fail("read"))
        assert project.is_idle()
    in_place(project.root / SOURCE, OTHER)
    assert not project.is_idle()


def test_what_a_build_wrote_is_read_once(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    digest = file_states.content_digest

    def counted(state: file_states.FileState) -> str:
        read.append(state.path)
        return digest(state)

    shutil.rmtree(project.root / "dist")
    for module in (file_states, stamp):
        monkeypatch.setattr(module, "content_digest", counted)
    assert not project.is_idle()
    pages = [path for path in read if path.startswith(str(project.root / "dist/site"))]
    assert len(pages) > 10
    assert sorted(pages) == sorted(set(pages))


def test_a_commit_is_no_change_of_the_deck(project: Project) -> None:
    head = project.root / "deck" / ".git" / "HEAD"
    head.parent.mkdir()
    head.write_text("one")
    assert project.is_idle()
    head.write_text("another")
    assert project.is_idle()
    project.run("--no-cache")


def test_a_deck_that_is_only_touched_stays_the_same(project: Project) -> None:
    before = project.files()
    (project.root / SOURCE).touch()
    project.run()
    assert project.files() == before
    assert project.is_idle()
    project.run("--no-cache")


@pytest.mark.parametrize(
    "options",
    [
        ("--drafts",),
        ("--base-url", "https://example.org/"),
        ("--where", "topic=t"),
        ("--no-downloads",),
        ("anki",),
    ],
)
def test_other_options_are_another_build(
    project: Project, options: tuple[str, ...]
) -> None:
    assert not project.is_idle(*options)
    assert project.is_idle(*options)
    assert not project.is_idle()


def test_another_program_builds_again(
    project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    library = tmp_path / "lib"
    (library / "typst-0.15.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(library)
    assert not project.is_idle()
    assert project.is_idle()
    (library / "typst-0.15.dist-info").rename(library / "typst-0.16.dist-info")
    assert not project.is_idle()
    package = tmp_path / "package"
    package.mkdir()
    (package / "module.py").write_text("one")
    monkeypatch.setattr(program, "_PACKAGE", package)
    assert not project.is_idle()
    assert project.is_idle()
    in_place(package / "module.py", "two")
    assert not project.is_idle()
    monkeypatch.setattr(sys, "version", "4.0")
    assert not project.is_idle()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert not project.is_idle()


def test_options_that_ask_for_work_get_it(project: Project) -> None:
    assert not project.is_idle("--no-cache")
    assert not project.is_idle("--timings")
    assert project.is_idle()


def test_what_is_edited_while_a_build_runs_is_seen_by_the_next(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(*arguments: Any, **named: Any) -> object:  # noqa: ANN401 - as it
        in_place(project.root / SOURCE, OTHER)
        return emit(*arguments, **named)

    (project.root / SOURCE).write_text(QUESTION)
    with monkeypatch.context() as patch:
        patch.setattr(driver, "emit", slow)
        assert not project.is_idle()
    assert not project.is_idle()
    assert b"ANSWER" in project.files()["site/q/a.html"]


@pytest.mark.parametrize("name", [name for name in SEEN if "page" in name])
def test_outputs_that_are_edited_while_a_build_ends_are_mended(
    project: Project, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hindered(*arguments: Any, **named: Any) -> object:  # noqa: ANN401 - as it
        emitted = emit(*arguments, **named)
        SEEN[name](project.root)
        return emitted

    before = project.files()
    (project.root / SOURCE).touch()
    with monkeypatch.context() as patch:
        patch.setattr(driver, "emit", hindered)
        assert not project.is_idle()
    assert not project.is_idle()
    assert project.files() == before


def test_warnings_are_printed_again(project: Project) -> None:
    said = project.run()
    assert project.run() == said
    assert "warning[" in said
    assert "up to date" in said
    assert project.run("--no-cache") == said


@pytest.mark.parametrize("text", ["", "{}", '{"messages": {}}', "[]", "\x00"])
def test_a_damaged_stamp_only_costs_a_build(project: Project, text: str) -> None:
    (file,) = Path(os.environ["XDG_CACHE_HOME"], "triptych").glob(
        f"{stamp.Stamp(project.root / 'deck', project.root / 'dist', '')._file.name}"  # noqa: SLF001
    )
    file.write_text(text)
    assert not project.is_idle()
    assert project.is_idle()


def test_nothing_heavy_is_imported_when_there_is_nothing_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = Project(tmp_path, monkeypatch)
    content, dist = str(tmp_path / "deck"), str(tmp_path / "dist")
    words = ["build", "site", "--content", content, "--dist", dist]
    script = (
        "import sys\n"
        "from triptych.cli.main import cli\n"
        "cli.main(sys.argv[1:], standalone_mode=False)\n"
        "print(*sorted(sys.modules))\n"
    )
    for heavy in (True, False):
        done = subprocess.run(
            [sys.executable, "-c", script, *words],
            env=environment_without_coverage(),
            capture_output=True,
            text=True,
            check=True,
        )
        modules = done.stdout.splitlines()[-1].split()
        for name in (
            "triptych.build.build",
            "markdown_it",
            "sqlite3",
            "jinja2",
        ):
            assert (name in modules) is heavy
    assert project.builds == 0


@pytest.mark.skipif(sys.platform == "win32", reason="makes links and pipes")
def test_states_come_to_an_end_behind_links_and_pipes(tmp_path: Path) -> None:
    names = "abcdefghi"
    for name in names:
        (tmp_path / name).mkdir()
        for other in names:
            (tmp_path / name / f"to-{other}").symlink_to(f"../{other}")
    (tmp_path / "itself").symlink_to("itself")
    os.mkfifo(tmp_path / "pipe")
    few = file_states.file_states(tmp_path)
    assert len(few) == len(names) * (1 + len(names)) + 2
    all_ = file_states.file_states(tmp_path, follows_links=True)
    # Each folder once by its own path, and once behind the first link to it.
    assert len(all_) == len(few) + len(names) ** 2
    assert file_states.digest_of(all_, 0) != file_states.digest_of(few, 0)
