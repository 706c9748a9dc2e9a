"""``triptych new`` and ``init``: what they make is sound from the first moment."""

import json
import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path, PurePosixPath

import pytest
import yaml
from click.testing import CliRunner, Result
from tests.cases import write_deck
from tests.reference import ROOT

from triptych.author import tool_source
from triptych.author.ids import id_for
from triptych.author.project import ProjectKind, new_project
from triptych.author.question import new_question
from triptych.author.tool_source import requirement, requirement_of
from triptych.build.build import check
from triptych.build.options import BuildOptions
from triptych.cli.main import cli
from triptych.cli.report import concise
from triptych.deck.project import open_project
from triptych.dialect.settings import SECTIONS
from triptych.errors import TriptychError
from triptych.parse.document import parse
from triptych.values.diagnostics import Diagnostic, Span
from triptych.values.meta import Kind

QUESTION = "---\nquestion: What is one?\naliases: [uno]\n---\nAn answer."


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    return write_deck(tmp_path / "content", f"=== topic/one.md\n{QUESTION}")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def project(folder: Path, name: str = "my-deck") -> Path:
    """Make a new project in `folder`; return its deck folder."""
    for path, data in new_project(name).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder / "content"


@pytest.mark.parametrize(
    ("question", "id_"),
    [
        ("What is overfitting, and how do you avoid it?", "overfitting-avoid"),
        ("Why isn't accuracy enough?", "isnt-accuracy-enough"),
        ("Was heißt Überanpassung?", "heisst-uberanpassung"),
        ("What is $k$-means++?", "k-means"),
        ("What is it?", "what-is-it"),
        ("什么是过拟合?", "shen-shi-guo-ni-he"),
        ("What is this? ![](media/pic.png)", "what-is-this"),
        ("Name ![a cell](media/pic.png)", "name-cell"),
        ("![](media/pic.png)", "media-pic-png"),
        ("Who sings? `[sound:a.mp3]`", "sings"),
        ("[sound:a.mp3]", "sound-mp3"),
        ("Which word is <b>bold</b>?<br/>And why?", "word-bold"),
        ('Name <img src="media/pic.png" alt=""> there', "name"),
        ('<img src="media/pic.png" alt="">', "q-acb5af7a"),
        ("What does `<details>` do in <i>HTML</i>?", "details-html"),
        ("Is $a<b>c$ or a < b, and what is Vec<T>?", "b-c-b-vec-t"),
        ("Who knows <!-- hidden --> this?", "knows"),
    ],
)
def test_an_id_is_made_of_the_distinctive_words(question: str, id_: str) -> None:
    assert id_for(question, set()) == id_


def test_an_id_that_is_taken_gets_a_number() -> None:
    assert id_for("One?", {"one", "one-2"}) == "one-3"


@pytest.mark.parametrize("kind", Kind)
def test_a_new_question_is_a_draft_without_errors(deck: Path, kind: Kind) -> None:
    made = run(
        "new", kind, "What is it: '{{c1::this}}' # or \"that\"?", "--content", deck
    )
    assert made.exit_code == 0, made.output
    path = deck / made.output.strip().removeprefix(f"{deck}/")
    sources = {
        deck / source.path: source for source in open_project(deck).folder.sources
    }
    document = parse(sources[path])
    assert path.name == f"{document.front_matter.text('id')}.md"
    asked = document.front_matter.text("title" if kind is Kind.CARDS else "question")
    assert asked == "What is it: '{{c1::this}}' # or \"that\"?"
    assert document.front_matter.text("kind") == kind
    assert document.front_matter.text("draft") == "true"
    reported = check(open_project(deck), BuildOptions(drafts=True)).diagnostics
    found = [d for d in reported if d.severity == "error"]
    assert found == []


def test_a_new_question_is_flagged_until_it_is_written(deck: Path) -> None:
    run("new", "concept", "What is two?", "--content", deck)
    asked = check(open_project(deck), BuildOptions(drafts=True))
    rules = {d.rule for d in asked.diagnostics}
    assert rules == {"empty-answer"}


def test_a_new_question_takes_no_id_that_was_ever_used(deck: Path) -> None:
    path, text = new_question(open_project(deck), Kind.CONCEPT, "One?")
    assert path == PurePosixPath("topic/one-2.md")
    assert "\nid: one-2\n" in text
    with pytest.raises(TriptychError, match="`uno` is taken"):
        new_question(open_project(deck), Kind.CONCEPT, "One?", id_="uno")


def test_a_new_question_overwrites_no_file_and_may_be_called_as_a_guide(
    deck: Path,
) -> None:
    (deck / "topic/two.md").write_text("---\nid: other\nquestion: Which?\n---\nB.")
    write_deck(deck, "=== guides/three.md\n---\ntitle: Three\n---\nText.\n")
    project = open_project(deck)
    with pytest.raises(TriptychError, match=r"a file topic/two\.md already"):
        new_question(project, Kind.CONCEPT, "Two?", topic="topic", id_="two")
    path, _ = new_question(project, Kind.CONCEPT, "Three?", topic="topic", id_="three")
    assert path == PurePosixPath("topic/three.md")
    with pytest.raises(TriptychError, match="needs words"):
        new_question(project, Kind.CONCEPT, " \n")


@pytest.mark.parametrize("question", ["What is two?", "???"])
@pytest.mark.parametrize("options", [(), ("--id", "two"), ("--topic", "other")])
def test_an_interrupted_run_is_made_again_and_makes_no_second_file(
    question: str, options: tuple[str, ...], deck: Path
) -> None:
    (deck / "deck.toml").write_text('id = "d"\ntitle = "D"\n[[topics]]\nid = "topic"\n')
    before = (deck / "deck.toml").read_text()
    arguments: tuple[str | Path, ...] = ("new", "concept", question, "--content", deck)
    arguments += ("--add-topic", *options)
    first = run(*arguments)
    after = (deck / "deck.toml").read_text()
    (deck / "deck.toml").write_text(before)  # as if killed after the first write
    files = sorted(deck.rglob("*.md"))
    again = run(*arguments)
    assert again.exit_code == 0, again.output
    assert "this question exists already" in again.stderr
    assert "exists already" not in first.stderr
    assert again.stdout == first.stdout
    assert sorted(deck.rglob("*.md")) == files
    assert (deck / "deck.toml").read_text() == after


def test_a_question_that_its_author_has_begun_is_not_made_again(deck: Path) -> None:
    run("new", "concept", "What is two?", "--content", deck)
    path = deck / "topic/two.md"
    path.write_text(path.read_text() + "An answer.\n")
    made = run("new", "concept", "What is two?", "--content", deck)
    assert str(made.exception).startswith("topic/two.md asks this already")


def test_a_new_question_overwrites_no_file(deck: Path) -> None:
    (deck / "topic/two.md").write_text("---\nid: x\nquestion: Q?\n---\nA.\n")
    made = run("new", "concept", "Two?", "--content", deck)
    assert isinstance(made.exception, TriptychError)
    assert "id: x" in (deck / "topic/two.md").read_text()


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--topic", "topci"), "there is no topic `topci`: did you mean `topic`?"),
        (("--id", "Two"), "`Two` is no id"),
        (("--id", "../two"), "`../two` is no id"),
    ],
)
def test_a_new_question_with_an_odd_place_is_refused(
    deck: Path, options: tuple[str, str], why: str
) -> None:
    made = run("new", "concept", "Two?", "--content", deck, *options)
    assert str(made.exception).startswith(why)
    assert [p.name for p in (deck / "topic").iterdir()] == ["one.md"]


def test_a_new_question_goes_where_its_author_is(
    deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    topics = '[[topics]]\nid = "topic"\n[[topics]]\nid = "second"\n'
    (deck / "deck.toml").write_text(f'id = "d"\ntitle = "D"\n{topics}')
    (deck / "second").mkdir()
    monkeypatch.chdir(deck / "second")
    made = run("new", "concept", "Two?")
    assert made.output.endswith("second/two.md\n")
    assert (deck / "second/two.md").is_file()


def test_a_new_question_opens_in_the_editor(
    deck: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\necho "edited" >> "$1"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(editor))
    assert run("new", "concept", "Two?", "--content", deck, "-e").exit_code == 0
    assert (deck / "topic/two.md").read_text().endswith("edited\n")


def test_a_new_project_builds_strictly_at_once(tmp_path: Path) -> None:
    made = run("init", tmp_path / "interview prep")
    assert made.exit_code == 0, made.output
    content = tmp_path / "interview prep/content"
    built = run("build", "--strict", "--content", content)
    assert built.exit_code == 0, built.output
    names = {path.name for path in (tmp_path / "interview prep/dist").rglob("*")}
    assert {"interview-prep.apkg", "interview-prep-cheatsheet.pdf"} <= names
    deck = tomllib.loads((content / "deck.toml").read_text())
    assert (deck["id"], deck["title"]) == ("interview-prep", "Interview prep")


@pytest.mark.parametrize("kind", ["vocabulary", "plain"])
def test_a_new_project_of_another_kind_builds_strictly_at_once(
    tmp_path: Path, kind: str
) -> None:
    folder = tmp_path / "mi vida"
    assert run("init", folder, "--kind", kind).exit_code == 0
    content = folder / "content"
    built = run("build", "--strict", "--content", content)
    assert built.exit_code == 0, built.output
    learned = run("check", "--learn", "--format", "concise", "--content", content)
    assert "hint" not in learned.output
    names = {path.name for path in (folder / "dist").rglob("*")}
    assert {"mi-vida.apkg", "mi-vida-cheatsheet.pdf"} <= names
    documents = [parse(source) for source in open_project(content).folder.sources]
    cards = [card for document in documents for card in document.layers.cards]
    assert any(card.options.is_reversed for card in cards)
    assert any(card.options.is_typed for card in cards)
    assert any(card.cloze_numbers for card in cards)
    assert all(d.meta.is_guide or d.meta.is_cards for d in documents)
    assert (folder / "README.md").read_text().startswith("# Mi vida\n")
    assert (folder / ".github/workflows/publish.yml").is_file()


def test_a_new_project_shows_the_format(tmp_path: Path) -> None:
    folder = open_project(project(tmp_path)).folder
    documents = [parse(source) for source in folder.sources]
    kinds = {d.front_matter.text("kind") for d in documents if not d.meta.is_guide}
    assert len(kinds) == 3
    assert any(d.meta.is_guide for d in documents)
    assert any(d.layers.follow_ups and d.layers.pitfalls for d in documents)
    text = "".join(source.text for source in folder.sources)
    assert all(sign in text for sign in ("$$", "{{c1::", "# cloze c1", "python test"))


def test_the_code_of_a_new_project_passes_as_recorded_in_its_lock(
    tmp_path: Path,
) -> None:
    documents = [parse(s) for s in open_project(project(tmp_path)).folder.sources]
    answers = [code for document in documents for code in document.code]
    assert [code.role for code in answers] == ["solution", "test"]
    names: dict[str, object] = {}
    for code in answers:
        exec(code.text, names)  # noqa: S102 - our own, and the point


@pytest.mark.parametrize(
    ("name", "id_", "title"),
    [
        ("ml_questions", "ml-questions", "Ml questions"),
        ('a "quoted" \\ name', "a-quoted-name", 'A "quoted" \\ name'),
        ("面试", "mian-shi", "面试"),
        ("---", "my-deck", "My deck"),
    ],
)
def test_a_new_project_is_named_after_its_folder(
    name: str, id_: str, title: str
) -> None:
    files = new_project(name)
    deck = tomllib.loads(files[PurePosixPath("content/deck.toml")].decode())
    assert (deck["id"], deck["title"]) == (id_, title)
    assert files[PurePosixPath("README.md")].decode().startswith(f"# {title}\n")


def test_init_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine")
    made = run("init", tmp_path)
    assert isinstance(made.exception, TriptychError)
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]


def test_init_works_in_a_folder_that_has_other_files(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    assert run("init", tmp_path).exit_code == 0
    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert (tmp_path / "content/deck.toml").is_file()


def test_the_files_for_hosts_and_editors_can_be_read_by_them() -> None:
    files = {str(path): data for path, data in new_project("x").items()}
    for name in (".pre-commit-config.yaml", ".github/workflows/publish.yml"):
        assert isinstance(yaml.safe_load(files[name]), dict)
    tasks = json.loads(files[".vscode/tasks.json"])["tasks"]
    pattern = tasks[0]["problemMatcher"]["pattern"]
    found = Diagnostic(
        "unknown-key", Span(PurePosixPath("a/b.md"), 7, 2), "nothing reads `x`: no"
    )
    line = concise([found], "content", colour=False).rstrip("\n")
    match = re.match(pattern["regexp"], line)
    assert match
    said = {name: match[pattern[name]] for name in pattern if name != "regexp"}
    assert said == {
        "file": "content/a/b.md",
        "line": "7",
        "column": "2",
        "severity": "error",
        "code": "unknown-key",
        "message": "nothing reads `x`: no",
    }


WORKFLOW = ".github/workflows/publish.yml"


def test_a_workflow_installs_the_version_that_made_it(tmp_path: Path) -> None:
    source = "https://host.example/triptych"
    assert requirement(source, "1.2.0") == f"triptych @ git+{source}@v1.2.0"
    run("init", tmp_path / "d", "--source", f"{source}@v1.2.0")
    needed = (tmp_path / "d/requirements.txt").read_text().splitlines()[-1]
    assert needed == f"triptych @ git+{source}@v1.2.0"


def test_a_version_without_a_tag_is_pinned_to_the_commit_of_its_clone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = "https://host.example/triptych"
    git = ("git", "-C", tmp_path, "-c", "user.name=a", "-c", "user.email=a@b.example")
    subprocess.run([*git, "init", "-q"], check=True)
    # Of a clone without a commit git prints what it was asked for.
    assert tool_source.commit_of(str(tmp_path)) == ""
    subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "One"], check=True)
    commit = tool_source.commit_of(str(tmp_path))
    noted = json.dumps({"url": tmp_path.as_uri(), "dir_info": {}})
    monkeypatch.setattr(tool_source, "_direct_url", lambda: noted)
    assert len(commit) == 40
    assert requirement(source, "1.2.0.dev0") == f"triptych @ git+{source}@{commit}"
    monkeypatch.setattr(tool_source, "_direct_url", lambda: "{}")
    with pytest.raises(TriptychError, match="triptych@TAG"):
        requirement(source, "1.2.0.dev0")


@pytest.mark.parametrize(
    "source", ["triptych", "https://a b", "https://host.example/a b", "git@host:x"]
)
def test_an_address_that_is_none_is_refused(source: str, tmp_path: Path) -> None:
    made = run("init", tmp_path / "d", "--source", source)
    assert isinstance(made.exception, TriptychError)
    assert not (tmp_path / "d").exists()


def test_what_was_installed_from_a_repository_is_installed_again() -> None:
    url, commit = "https://host.example/t.git", "0" * 40
    noted = {"url": url, "vcs_info": {"vcs": "git", "commit_id": commit}}
    assert requirement_of(json.dumps(noted)) == f"triptych @ git+{url}@{commit}"
    assert requirement_of('{"url": "file:///home/me/triptych", "dir_info": {}}') == ""
    assert requirement_of("{}") == ""


@pytest.mark.parametrize("needed", ["", "triptych @ git+https://a.example/t@v1"])
def test_a_workflow_says_what_is_not_set_up(needed: str, tmp_path: Path) -> None:
    files = new_project("d", requirement=needed)
    workflow = yaml.safe_load(files[PurePosixPath(WORKFLOW)])
    steps = workflow["jobs"]["build"]["steps"]
    (step,) = (s for s in steps if s.get("id") == "tool")
    (tmp_path / "requirements.txt").write_bytes(
        files[PurePosixPath("requirements.txt")]
    )
    output = tmp_path / "output"
    output.touch()
    done = subprocess.run(
        ["bash", "-e", "-c", step["run"]],
        cwd=tmp_path,
        env={**os.environ, "GITHUB_OUTPUT": str(output)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert output.read_text() == ("known=true\n" if needed else "")
    assert done.stdout.startswith("::warning ") is not bool(needed)
    asked = [s["if"] for s in steps if "triptych" in s.get("run", "") and s is not step]
    assert set(asked) == {"steps.tool.outputs.known"}


TEMPLATE = ROOT / "examples/template"


def test_the_template_is_what_init_makes(*, update: bool) -> None:
    made = {TEMPLATE / path: data for path, data in new_project("my-deck").items()}
    if update:
        shutil.rmtree(TEMPLATE, ignore_errors=True)
        for path, data in made.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    ignored = TEMPLATE / "dist"
    there = {
        path: path.read_bytes()
        for path in TEMPLATE.rglob("*")
        if path.is_file() and not path.is_relative_to(ignored)
    }
    assert there == made, "run pytest --update"


@pytest.mark.skipif(not shutil.which("git"), reason="needs git")
def test_the_template_is_green_in_a_fresh_clone(tmp_path: Path) -> None:
    origin, clone = tmp_path / "origin", tmp_path / "clone"
    shutil.copytree(TEMPLATE, origin, ignore=shutil.ignore_patterns("dist"))
    git = ("git", "-C", origin, "-c", "user.name=a", "-c", "user.email=a@b.example")
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "Begin")):
        subprocess.run([*git, *words], check=True)
    subprocess.run(["git", "clone", "-q", origin, clone], check=True)
    content = clone / "content"
    learned = run("check", "--learn", "--format", "json", "--content", content)
    assert json.loads(learned.stdout)["diagnostics"] == []
    for verb in (
        ("check", "--strict"),
        ("test", "--no-skip"),
        ("build", "--strict", "--no-cache"),
        ("diff",),
    ):
        done = run(*verb, "--content", content)
        assert done.exit_code == 0, done.output
    assert (clone / "dist/manifest.json").is_file()
    said = ("git", "-C", clone, "status", "--porcelain")
    status = subprocess.run(said, capture_output=True, text=True, check=True)
    assert status.stdout == ""


def test_a_new_deck_uses_no_older_name_of_a_section() -> None:
    for kind in ProjectKind:
        files = new_project("x", kind)
        tables = tomllib.loads(files[PurePosixPath("content/deck.toml")].decode())
        older = {
            name
            for name, section in SECTIONS.items()
            if "older name" in section.description
        }
        assert older == {"sheet"}
        assert not older & {*tables}
        assert tables["print"]["products"] == ["sheet"]


def test_editors_find_the_schema_of_the_settings() -> None:
    for kind in ProjectKind:
        files = new_project("x", kind)
        deck = PurePosixPath("content/deck.toml")
        first = files[deck].decode().partition("\n")[0]
        path = (deck.parent / first.removeprefix("#:schema ")).as_posix()
        schema = json.loads(files[PurePosixPath(os.path.normpath(path))])
        assert schema["$id"].endswith("/deck.schema.json")
        assert set(tomllib.loads(files[deck].decode())) <= {*schema["properties"]}
