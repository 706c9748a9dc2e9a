"""Verbs lead the right way: what is misspelt, missing or new is met with an offer."""

import shutil
import subprocess
import sys
import tomllib
import unicodedata
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from tests.cases import write_deck
from tests.without_coverage import environment_without_coverage

from triptych.author.deck_file import with_setting, with_topic
from triptych.author.ids import id_for
from triptych.cli.completion_verb import SHELLS
from triptych.cli.main import COMPLETE_VARIABLE, VERBS, cli, main
from triptych.deck.locks import folder_lock
from triptych.deck.project import open_project
from triptych.dialect.ids import is_id
from triptych.errors import TriptychError
from triptych.runner import session

QUESTION = "---\nquestion: What is bias?\ntags: [errors]\n---\nAn answer.\n"
TOPICS = 'id = "d"\ntitle = "D"\n\n[[topics]]\nid = "topic" # first\n\n[check]\n'
ROOT = Path(__file__).parents[1]
OWN_AT_START = ("cli", "cli.main", "cli.streams", "cli.terminal", "errors")
"""The modules of ours that the command needs to say what it is."""


def run(*arguments: str | Path) -> Result:
    given = [str(argument) for argument in arguments]
    return CliRunner().invoke(cli, given, standalone_mode=False)


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    files = f"=== deck.toml\n{TOPICS}=== topic/bias.md\n{QUESTION}"
    return write_deck(tmp_path / "content", files)


@pytest.mark.parametrize(
    ("question", "id_"),
    [
        ("什么是过拟合?", "shen-shi-guo-ni-he"),
        ("過学習とは何ですか", "guo-xue-xitoha-hedesuka"),
        ("Что такое переобучение?", "chto-takoe-pereobuchenie"),
        ("\u03a4\u03b9 \u03b5\u03af\u03bd\u03b1\u03b9;", "ti-einai"),
        ("ما هو فرط التعلم؟", "m-hw-frt-lt-lm"),
        ("과적합이란 무엇인가?", "gwa-jeog-hab-ilan-mu"),
        ("Was heißt Überanpassung?", "heisst-uberanpassung"),
        ("Qu'est-ce que l'œuvre d'Ærø?", "quest-ce-que-loeuvre-daero"),
        ("¿?", "q-f58ef4ee"),
        ("\u226e?", "q-85fa85c5"),
        ("What is it for?", "what-is-it-for"),
    ],
)
def test_a_question_in_any_script_has_an_id(question: str, id_: str) -> None:
    found = id_for(question, set())
    assert (found, is_id(found)) == (id_, True)
    assert id_for(unicodedata.normalize("NFD", question), set()) == found


def test_a_question_that_exists_is_not_made_again(deck: Path) -> None:
    made = run("new", "concept", "what is  BIAS", "--content", deck)
    assert isinstance(made.exception, TriptychError)
    assert str(made.exception).startswith("topic/bias.md asks this already")
    assert [path.name for path in (deck / "topic").iterdir()] == ["bias.md"]
    again = run("new", "concept", "What is bias?", "--id", "b", "--content", deck)
    assert (again.exception, (deck / "topic/b.md").is_file()) == (None, True)
    other = run("new", "concept", "What is bias++?", "--content", deck)
    assert other.exception is None


def test_a_new_topic_is_refused_without_a_terminal(deck: Path) -> None:
    made = run("new", "concept", "Two?", "--topic", "topci", "--content", deck)
    assert str(made.exception) == (
        "there is no topic `topci`: did you mean `topic`?; to make it all the same, use"
        " --add-topic"
    )
    assert "topci" not in (deck / "deck.toml").read_text()


@pytest.mark.parametrize(("answer", "added"), [("y", True), ("n", False)])
def test_a_new_topic_is_offered_at_a_terminal(
    deck: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
    added: bool,  # noqa: FBT001
) -> None:
    monkeypatch.setattr("triptych.cli.new_verb.is_terminal", lambda: True)
    arguments = ["new", "concept", "Two?", "--topic", "new-one", "--content", str(deck)]
    CliRunner().invoke(cli, arguments, input=f"{answer}\n")
    topics = [t.id for t in open_project(deck).deck.topics]
    assert topics == (["topic", "new-one"] if added else ["topic"])
    assert (deck / "new-one/two.md").is_file() is added
    assert (deck / "deck.toml").read_text().startswith(TOPICS.partition("[check]")[0])


def test_a_topic_needs_no_setting_where_every_folder_is_one(tmp_path: Path) -> None:
    deck = write_deck(tmp_path, f"=== topic/bias.md\n{QUESTION}")
    before = (deck / "deck.toml").read_text()
    made = run("new", "concept", "Two?", "--topic", "other", "--content", deck)
    assert (made.exception, (deck / "other/two.md").is_file()) == (None, True)
    assert (deck / "deck.toml").read_text() == before


@pytest.mark.parametrize(
    "text",
    [
        'id = "d"\n',
        'id = "d"\r\n[[topics]]\r\nid = "a"\r\n\r\n\r\n[site]\r\n',
        '\ufeffid = "d"\n[ [topics] ]'.replace(
            "[ [topics] ]", '[[ topics ]]\nid = "a"'
        ),
        'id = "d"\n[[topics]] # a\nid = "a"\ndescription = """\n[check]\n"""\n[check]',
        'id = "d"\n[check] # known\nignore = []\n[[topics]]\nid = "a"',
    ],
)
def test_an_edit_of_the_deck_file_changes_one_thing(text: str) -> None:
    before = tomllib.loads(text.removeprefix("\ufeff"))
    topic, setting = with_topic(text, "new"), with_setting(text, "check", "k", "é")
    after = tomllib.loads(topic.removeprefix("\ufeff"))
    topics = [*before.get("topics", []), {"id": "new"}]
    assert after == {**before, "topics": topics}
    after = tomllib.loads(setting.removeprefix("\ufeff"))
    assert after == {**before, "check": {**before.get("check", {}), "k": "é"}}
    for edited in (topic, setting):
        lines = [line for line in text.splitlines() if line]
        assert [line for line in lines if line not in edited.splitlines()] == []
        ending = "\r\n" if "\r\n" in text else "\n"
        assert not {"\r", "\n"} & set(edited.replace(ending, ""))


def test_a_topic_is_added_after_the_topics_and_a_setting_in_its_section() -> None:
    text = 'id = "d"\n\n[[topics]]\nid = "a"\n\n\n[check]\nignore = []\n'
    assert with_topic(text, "b") == text.replace(
        "\n\n\n[check]", '\n\n[[topics]]\nid = "b"\n\n[check]'
    )
    assert with_setting(text, "check", "k", 'a "b"', why="So.") == text.replace(
        "[check]", '[check]\n# So.\nk = "a \\"b\\""'
    )
    assert with_setting('id = "d"', "site", "k", "v") == (
        'id = "d"\n\n[site]\nk = "v"\n'
    )


def test_what_cannot_be_edited_is_left_to_its_author() -> None:
    with pytest.raises(TriptychError, match="by hand"):
        with_topic('topics = [{id = "a"}]\n', "b")


@pytest.mark.parametrize(
    ("verb", "meant"),
    [("biuld", "build"), ("lint", "check"), ("publish", "release"), ("ls", "list")],
)
def test_an_unknown_verb_is_answered_with_a_known_one(verb: str, meant: str) -> None:
    assert f"did you mean `triptych {meant}`?" in str(run(verb).exception)


def test_a_verb_like_no_other_is_met_with_the_help() -> None:
    reported = str(run("xyzzy").exception)
    assert reported == "there is no verb `xyzzy`: see `triptych --help`"


@pytest.mark.parametrize("shell", SHELLS)
def test_a_completion_script_is_printed_for_each_shell(shell: str) -> None:
    reported = run("completion", shell).output
    assert COMPLETE_VARIABLE in reported
    assert f"{shell}_complete" in reported


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("triptych re", {"release", "rename"}),
        ("triptych explain bad-to", {"bad-toml", "bad-topic"}),
        ("triptych test b", {"bias"}),
        ("triptych rename b", {"bias"}),
        ("triptych check --ignore bad-to", {"bad-toml", "bad-topic"}),
    ],
)
def test_verbs_rules_and_ids_are_completed(
    deck: Path, words: str, offered: set[str]
) -> None:
    environment = environment_without_coverage() | {
        COMPLETE_VARIABLE: "zsh_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(words.count(" ")),
    }
    done = subprocess.run(
        [sys.executable, "-m", "triptych"],
        cwd=deck,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(done.stdout.split("\n")[1::3]) == offered


@pytest.mark.parametrize("words", ["triptych ", "triptych build --"])
def test_verbs_are_completed_without_the_compiler(words: str) -> None:
    environment = environment_without_coverage() | {
        COMPLETE_VARIABLE: "zsh_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(words.count(" ")),
    }
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "triptych"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "click" in imported
    assert not imported & {"importlib.metadata", "triptych.build.build", "yaml"}


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_what_the_command_is_is_printed_without_the_compiler(option: str) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "triptych", option],
        env=environment_without_coverage(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    own = {name for name in imported if name.startswith("triptych")}
    assert own == {"triptych", *(f"triptych.{name}" for name in OWN_AT_START)}
    assert not imported & {"importlib.metadata", "yaml", "multiprocessing"}


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
def test_bash_reads_its_completion() -> None:
    script = run("completion", "bash").output
    done = subprocess.run(["bash", "-n"], input=script, text=True, check=False)
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("where", "reported"),
    [
        (
            "topic=topci",
            "no question has `topic=topci`: did you mean `topic`? there",
        ),
        ("topic=topic and tag=x", "no question has `tag=x`: there is errors"),
        ("difficulty=easy", "no question has `difficulty=easy`: no question has any"),
        ("minutes>90", "no question has `minutes>90`: there is 2"),
        ("topic=topic and not tag=errors", "no question has all of that at once"),
    ],
)
def test_an_empty_edition_is_an_error_that_lists_the_values(
    deck: Path, tmp_path: Path, where: str, reported: str
) -> None:
    (deck / "guides").mkdir()
    (deck / "guides/g.md").write_text("---\ntitle: G\n---\nRead. [a](#nowhere)\n")
    dist = tmp_path / "dist"
    made = run("build", "--where", where, "--content", deck, "--dist", dist)
    assert str(made.exception).startswith(f"--where: {reported}")
    assert not dist.exists()


def test_a_baseline_is_named_where_the_deck_names_none(deck: Path) -> None:
    (deck / "topic/bias.md").write_text(QUESTION.replace("An", "[a](#nowhere)"))
    (deck / "known-warnings.txt").write_text("mine")
    assert run("check", "--strict", "--content", deck).return_value == 1
    made = run("check", "--update-baseline", "--content", deck)
    assert made.return_value == 0, made.output
    assert open_project(deck).deck.check.baseline == "known-warnings-2.txt"
    known = (deck / "known-warnings-2.txt").read_text()
    assert known == "topic/bias.md dead-anchor\n"
    assert (deck / "known-warnings.txt").read_text() == "mine"
    assert run("check", "--strict", "--content", deck).return_value == 0


def test_a_baseline_that_was_missing_is_no_warning_any_more(deck: Path) -> None:
    settings = 'id = "d"\ntitle = "D"\n[check]\nbaseline = "known.txt"\n'
    (deck / "deck.toml").write_text(settings)
    made = run("check", "--update-baseline", "--content", deck)
    assert made.output.startswith("no problems; the warnings are in")
    assert (deck / "known.txt").read_text() == ""


@pytest.mark.parametrize(
    "path", [".pre-commit-hooks.yaml", "templates/init/dot-pre-commit-config.yaml"]
)
def test_pre_commit_runs_for_pictures_and_settings_too(path: str) -> None:
    read = yaml.safe_load((ROOT / path).read_text())
    hook = read[0] if isinstance(read, list) else read["repos"][0]["hooks"][0]
    assert hook["pass_filenames"] is False
    assert hook["files"] == "^content/"
    assert "types" not in hook


def test_every_verb_has_its_line_of_help(capsys: pytest.CaptureFixture[str]) -> None:
    sys.argv[1:], before = ["--help"], sys.argv[1:]
    with pytest.raises(SystemExit):
        main()
    sys.argv[1:] = before
    reported = capsys.readouterr().out
    assert all(f"\n  {verb} " in reported for verb in VERBS)


@pytest.mark.parametrize(
    "words",
    [
        ("list",),
        ("test",),
        ("new", "concept", "What is it?"),
        ("rename", "a", "b"),
        ("progress", "log.json"),
        ("adopt", str(ROOT / "tests/data/release-1.0.0.apkg")),
        ("check", "--update-baseline"),
    ],
)
def test_a_verb_does_not_guess_settings_that_cannot_be_read(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    text = f'=== deck.toml\nid = "d"\ntitle = [\n=== t/a.md\n{QUESTION}'
    deck = write_deck(tmp_path / "deck", text)
    (tmp_path / "log.json").write_text("{}")
    before = sorted(tmp_path.rglob("*"))
    done = run(*(tmp_path / w if "." in w else w for w in words), "--content", deck)
    assert isinstance(done.exception, TriptychError)
    assert "deck.toml:2:10: no value follows the equals sign" in str(done.exception)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    "words",
    [
        ("new", "concept", "What is it?"),
        ("rename", "bias", "b"),
        ("check", "--fix"),
        ("check", "--update-baseline"),
        ("test",),
        ("release",),
        ("adopt", "old.apkg"),
        ("adopt", "--merge", "other.lock"),
        ("import", "words.csv"),
    ],
)
def test_no_verb_writes_while_another_does(
    words: tuple[str, ...],
    deck: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("triptych.deck.locks.LOCK_TIMEOUT_SECONDS", 0.0)
    # The code answers, which a release runs first, wait for themselves.
    ended = session.TestSession((), 0, recorded=False)
    monkeypatch.setattr("triptych.releases.publish.run_session", lambda *_: ended)
    for name in ("old.apkg", "other.lock", "words.csv"):
        (tmp_path / name).write_text("front,back\nOne?,Eins.\n")
    before = sorted(tmp_path.rglob("*"))
    given = (tmp_path / word if "." in word else word for word in words)
    with folder_lock(deck, "busy"):
        done = run(*given, "--content", deck)
    assert f"another triptych is writing to {deck}" in str(done.exception)
    assert sorted(tmp_path.rglob("*")) == before
