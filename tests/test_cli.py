"""The command as a user meets it: exit codes, streams, formats, colours, start-up."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner
from tests.cases import write_deck

from triptych.cli import check_verb, main
from triptych.cli.main import cli
from triptych.validate.rules import RULES

SOUND = "---\nquestion: What?\n---\nAn answer."
BROKEN = """\
=== topic/one.md
---
question: One?
summry: None.
---
An answer with ![](media/missing.svg).
=== topic/two.md
---
question: Two?
---
"""
HEAVY = ("genanki", "jinja2", "markdown_it", "pygments", "typst", "yaml", "nh3", "PIL")


class Done(NamedTuple):
    """What a run of the command left behind."""

    code: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Run:
    """Return what runs the command in an empty folder of its own."""
    monkeypatch.chdir(tmp_path)

    def running(*words: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["triptych", *words])
        with pytest.raises(SystemExit) as ended:
            main.main()
        assert isinstance(ended.value.code, int)
        return Done(ended.value.code, *capsys.readouterr())

    return running


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    return write_deck(tmp_path / "content", BROKEN)


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    return write_deck(tmp_path / "content", SOUND)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are text")
def test_odd_file_names_are_printed_safely(run: Run, sound: Path) -> None:
    topic = sound / "topic"
    (topic / "question.md").rename(topic / os.fsdecode(b"\xff.md"))
    (topic / "a\n::error::b\x1b[31m.md").write_text(BROKEN.split("=== ")[2])
    done = run("check", "--format", "concise")
    assert done.code == 1
    assert "topic/?.md:1:1: error[misplaced-file]" in done.out
    assert "its name is not UTF-8" in done.out
    assert "\n::" not in done.out
    assert "\x1b" not in done.out
    assert json.loads(run("check", "--format", "json").out)["diagnostics"]


@pytest.mark.parametrize("dist", ["content", "content/dist", "."])
def test_outputs_never_share_a_folder_with_the_deck(
    dist: str, run: Run, tmp_path: Path
) -> None:
    # Builds prune `site/`: here it is the deck, or one of its topics.
    name = "site" if dist == "." else "content"
    deck = write_deck(tmp_path / name, f"=== site/a.md\n{SOUND}")
    done = run("build", "site", "--content", name, "--dist", dist)
    assert done.code == 2
    assert "name another" in done.err
    assert (deck / "site" / "a.md").read_text() == SOUND + "\n"


def program(
    *words: str, cwd: Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command as a program of its own."""
    return subprocess.run(
        [sys.executable, "-m", "triptych", *words],
        cwd=cwd,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_sound_deck_exits_0(sound: Path, run: Run) -> None:
    done = run("check")
    assert (done.code, done.out) == (0, "")
    assert done.err == "no problems in content\n"
    assert sound.is_dir()


@pytest.mark.usefixtures("broken")
def test_every_mistake_of_every_file_is_reported_in_one_run_and_exits_1(
    run: Run,
) -> None:
    done = run("check", "--format", "concise")
    place = "content/topic/one.md:5:16"
    assert done.code == 1
    assert done.out.splitlines() == [
        "content/topic/one.md:3:1: error[unknown-key]: nothing reads the key `summry`",
        f"{place}: warning[missing-alt]: the picture has no alt text",
        f"{place}: error[missing-media]: there is no file `media/missing.svg`",
        "content/topic/two.md:1:1: warning[empty-answer]: nothing answers this",
    ]


@pytest.mark.usefixtures("broken")
def test_a_build_of_a_broken_deck_exits_1_and_writes_nothing(
    run: Run, tmp_path: Path
) -> None:
    done = run("build")
    assert done.code == 1
    assert done.out == ""
    assert done.err.endswith("2 errors and 2 warnings; nothing was written\n")
    assert not (tmp_path / "dist").exists()


@pytest.mark.usefixtures("broken")
def test_warnings_exit_1_only_when_strict(run: Run) -> None:
    only = ("--select", "empty-answer")
    assert run("check", *only).code == 0
    assert run("check", *only, "--strict").code == 1


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("check",), "there is no deck here"),
        (("check", "--content", "nowhere"), "there is no deck.toml in nowhere"),
        (("build", "pdf"), "'pdf' is not one of"),
        (("chekc",), "there is no verb `chekc`: did you mean `triptych check`?"),
        (("check", "--colour"), "No such option"),
        (("explain", "unknown-kye"), "did you mean `unknown-key`?"),
        (("new", "concept"), "Missing argument"),
    ],
)
def test_usage_and_set_up_exit_2(run: Run, words: tuple[str, ...], why: str) -> None:
    done = run(*words)
    assert (done.code, done.out) == (2, "")
    assert why in done.err
    assert "Traceback" not in done.err


@pytest.mark.usefixtures("sound")
@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("check", "--select", "unknown-kye"), "there is no rule `unknown-kye`"),
        (("check", "--select", "tiny-formula"), "by `triptych build sheet`"),
        (("check", "--select", "long-list"), "by `triptych check --learn`"),
        (("check", "content/topic/none.md"), "there is no file"),
        (("check", "/etc/passwd"), "is not in the deck folder"),
        (("build", "--where", "kind=coding"), "add --dist DIR"),
        (("build", "--where", "knd=x", "--dist", "d"), "there is no `knd`"),
        (("build", "--jobs", "-1"), "not in the range"),
    ],
)
def test_usage_inside_a_deck_exits_2(
    run: Run, words: tuple[str, ...], why: str, tmp_path: Path
) -> None:
    done = run(*words)
    assert (done.code, done.out) == (2, "")
    assert why in done.err
    assert not (tmp_path / "dist").exists()


@pytest.mark.usefixtures("sound")
def test_an_interruption_exits_130_quietly(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check_verb, "check", raising(KeyboardInterrupt()))
    done = run("check")
    assert (done.code, done.out, done.err.strip()) == (130, "", "")


@pytest.mark.usefixtures("sound")
def test_a_bug_of_ours_exits_3_in_one_line_or_with_its_traceback(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check_verb, "check", raising(ZeroDivisionError("oh")))
    short, long = run("check"), run("-v", "check")
    assert (short.code, long.code) == (3, 3)
    assert "this is a bug in triptych: ZeroDivisionError: oh" in short.err
    assert "Traceback" not in short.err
    assert "Traceback" in long.err


def raising(trouble: BaseException) -> Callable[..., None]:
    def fail(*_: object) -> None:
        raise trouble

    return fail


@pytest.mark.usefixtures("broken")
def test_json_stands_alone_on_the_standard_output(run: Run) -> None:
    done = run("check", "--format", "json")
    found = json.loads(done.out)["diagnostics"]
    assert done.err == ""
    assert found[0] == {
        "path": "content/topic/one.md",
        "line": 3,
        "column": 1,
        "rule": "unknown-key",
        "severity": "error",
        "message": "nothing reads the key `summry`",
        "hint": "did you mean `summary`?",
    }


@pytest.mark.usefixtures("sound")
def test_json_of_a_sound_deck_is_an_empty_list(run: Run) -> None:
    assert json.loads(run("check", "--format", "json").out) == {
        "ok": True,
        "diagnostics": [],
        "result": {"errors": 0, "warnings": 0, "hints": 0},
    }


@pytest.mark.usefixtures("broken")
def test_the_full_format_shows_line_and_remedy(run: Run) -> None:
    done = run("check")
    assert done.out.startswith(
        "content/topic/one.md:3:1: error[unknown-key]: nothing reads the key `summry`\n"
        "   3 | summry: None.\n"
        "     | ^^^^^^ did you mean `summary`?\n"
    )
    assert done.err == "2 errors and 2 warnings in content\n"


@pytest.mark.usefixtures("broken")
def test_the_github_format_is_a_workflow_command_a_line(run: Run) -> None:
    first = run("check", "--format", "github").out.splitlines()[0]
    assert first == (
        "::error file=content/topic/one.md,line=3,col=1,endColumn=7,title=unknown-key"
        "::nothing reads the key `summry` (did you mean `summary`?)"
    )


@pytest.mark.usefixtures("broken")
def test_only_the_files_named_are_reported(run: Run) -> None:
    done = run("check", "content/topic/two.md", "--format", "concise")
    assert done.code == 0
    assert "one.md" not in done.out
    assert "two.md" in done.out


@pytest.mark.usefixtures("broken")
def test_rules_can_be_chosen_and_left_out(run: Run) -> None:
    one = run("check", "--format", "concise", "--select", "unknown-key").out
    rest = run("check", "--format", "concise", "--ignore", "unknown-key").out
    assert one.count("\n") == 1
    assert rest.count("\n") == 3
    assert "unknown-key" not in rest


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize(
    ("set_to", "coloured"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_colours_are_for_terminals_and_those_who_ask(
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    *,
    set_to: dict[str, str],
    coloured: bool,
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in set_to.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in run("check").out) is coloured
    assert ("\x1b[" in run("build").err) is coloured
    assert "\x1b[" not in run("check", "--format", "json").out


def test_fix_adds_ids_and_keeps_every_other_byte(run: Run, tmp_path: Path) -> None:
    deck = write_deck(tmp_path / "content", SOUND)
    path = deck / "topic/question.md"
    text = (
        "---\r\nquestion: Q?\r\n---\r\nA\x0cB\u2028C.\r\n## Follow-ups\r\n### Why so?"
    )
    path.write_bytes(text.encode())
    assert run("check").code == 1
    assert path.read_bytes().decode() == text
    assert run("check", "--fix").code == 0
    assert path.read_bytes().decode() == f"{text} {{#why-so}}"


def test_a_deck_is_found_from_inside_it(
    sound: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(sound / "topic")
    assert run("check").code == 0
    assert run("list").out.splitlines()[1].split()[1] == "question"


def test_list_shows_a_deck_with_errors_as_far_as_it_can(broken: Path, run: Run) -> None:
    (broken / "topic/three.md").write_text("---\nquestion: [\n---\n")
    (broken / "topic/four.md").write_bytes(b"\xff\xfe")
    table = run("list")
    assert table.code == 0
    assert table.out.splitlines()[0].split() == [
        "number",
        "id",
        "topic",
        "kind",
        "difficulty",
        "notes",
        "path",
    ]
    rows = json.loads(run("list", "--format", "json").out)["questions"]
    assert [row["id"] for row in rows] == ["four", "one", "three", "two"]
    assert rows[1]["question"] == "One?"


def test_list_shows_topics_that_the_deck_does_not_name_last(
    run: Run, tmp_path: Path
) -> None:
    question = "---\nquestion: What?\n---\nThat.\n"
    content = write_deck(
        tmp_path,
        "=== deck.toml\nid = 'd'\ntitle = 'D'\n[[topics]]\nid = 'z'\n"
        f"=== a/one.md\n{question}=== z/two.md\n{question}",
    )
    listed = run("list", "--format", "json", "--content", str(content)).out
    assert [row["id"] for row in json.loads(listed)["questions"]] == ["two", "one"]


def test_list_numbers_what_is_no_draft(run: Run, tmp_path: Path) -> None:
    write_deck(
        tmp_path / "content",
        "=== t/a.md\n---\nquestion: A?\ndraft: true\n---\nA.\n"
        "=== t/b.md\n---\nquestion: B?\nretired: true\n---\nB.\n"
        "=== t/c.md\n---\nquestion: C?\n---\nC.\n",
    )
    rows = json.loads(run("list", "--format", "json").out)["questions"]
    assert [(row["id"], row["number"]) for row in rows] == [
        ("a", ""),
        ("b", ""),
        ("c", 1),
    ]


def test_list_counts_the_notes_that_anki_gets(run: Run, tmp_path: Path) -> None:
    write_deck(
        tmp_path / "content",
        "---\nquestion: Q?\nsummary: '{{c1::S}}'\nretired: [gone]\n---\nA.\n"
        "```python solution\nx = 1  # cloze c1\n```\n"
        "## Follow-ups\n### F {#f}\nF.\n### G {#gone}\nG.\n## Pitfalls\n### P {#p}\nP.",
    )
    [row] = json.loads(run("list", "--format", "json").out)["questions"]
    assert row["notes"] == 5


def test_explain_lists_all_rules_and_describes_one(run: Run) -> None:
    reported = {line.split()[0] for line in run("explain").out.splitlines()}
    assert set(RULES) <= reported
    manual = run("explain", "missing-id").out
    assert manual.startswith("missing-id (error, body)\n\nFlag ")


def test_schema_is_json(run: Run) -> None:
    schema = json.loads(run("schema").out)
    assert [choice["required"] for choice in schema["anyOf"]] == [
        ["question"],
        ["title", "kind"],
    ]


def test_help_lists_every_verb_and_each_verb_has_help(run: Run) -> None:
    done = run("--help")
    assert done.code == 0
    for verb, what in main.VERBS.items():
        if (Path(main.__file__).with_name(f"{verb}_verb.py")).is_file():
            assert f"  {verb} " in done.out
            assert what.split()[0] in done.out
            assert run(verb, "--help").code == 0


def test_the_module_is_the_command(sound: Path) -> None:
    assert program("--version", cwd=sound).stdout.startswith("triptych ")
    assert program("check", cwd=sound).returncode == 0
    assert program("check", cwd=sound.parent.parent).returncode == 2


@pytest.mark.parametrize(
    ("words", "spared"),
    [
        (("--help",), HEAVY),
        (("--version",), (*HEAVY, "importlib.metadata", "triptych.build.build")),
        (("init", "x"), HEAVY),
        (("check",), ("genanki", "jinja2", "typst", "fontTools", "watchfiles")),
        (("list",), ("genanki", "jinja2", "typst", "fontTools", "watchfiles")),
    ],
)
def test_a_verb_imports_only_what_it_needs(
    sound: Path, words: tuple[str, ...], spared: tuple[str, ...]
) -> None:
    script = (
        "import sys\n"
        f"sys.argv[1:] = {list(words)!r}\n"
        "from triptych.cli.main import main\n"
        "try:\n    main()\nexcept SystemExit as ended:\n    assert not ended.code\n"
        f"print([name for name in {spared!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=sound,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_warnings_in_the_baseline_are_not_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t").mkdir()
    settings = 'id = "d"\ntitle = "D"\n[check]\nbaseline = "known.txt"\n'
    (tmp_path / "deck.toml").write_text(settings)
    warned = "---\nquestion: What?\n---\n[a](#nowhere)\n"
    (tmp_path / "t/old.md").write_text(warned)
    runner = CliRunner()
    strict = ["check", "--strict"]
    assert runner.invoke(cli, strict, standalone_mode=False).return_value == 1
    runner.invoke(cli, ["check", "--update-baseline"], standalone_mode=False)
    assert (tmp_path / "known.txt").read_text() == "t/old.md dead-anchor\n"
    assert runner.invoke(cli, strict, standalone_mode=False).return_value == 0
    (tmp_path / "t/new.md").write_text(warned)
    assert runner.invoke(cli, strict, standalone_mode=False).return_value == 1


def test_check_reports_only_what_is_in_the_named_folder(tmp_path: Path) -> None:
    wrong = "---\nquestion: What?\nsumary: x\n---\nAn answer.\n"
    for name in ("a/one.md", "b/two.md"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(wrong)
    (tmp_path / "deck.toml").write_text('id = "d"\ntitle = "D"\n')
    arguments = ["check", "--content", str(tmp_path), "--format", "github"]
    runner = CliRunner()
    for folder, found in (("a", 1), ("", 2)):
        made = runner.invoke(cli, [*arguments, str(tmp_path / folder)])
        assert made.output.count("unknown-key") == found
