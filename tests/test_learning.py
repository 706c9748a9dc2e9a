"""Cards are judged as cards: with `check --learn` alone, and never in the way."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.cases import write_deck

from triptych.build.build import build, check
from triptych.build.options import BuildOptions
from triptych.cli.main import cli
from triptych.deck.project import open_project
from triptych.validate.rules import DECK_LEARNING, DOCUMENT_LEARNING, RULES
from triptych.values.diagnostics import Severity

LEARN = BuildOptions(learn=True)
YES_NO = "---\nquestion: Is k-means robust?\n{}---\nNo: a mean follows outliers.\n"
FOR_PRINT = {"typed-math"}
"""Hints about what is seen, which need no source."""
NAMES = {rule.name for rule in (*DOCUMENT_LEARNING, *DECK_LEARNING)}


def hints(folder: Path, text: str) -> list[str]:
    """Return the rules whose hints a deck gets."""
    found = check(open_project(write_deck(folder, text)), LEARN).diagnostics
    return [d.rule for d in found if d.severity is Severity.HINT]


def asked(question: str, answer: str = "An answer.", more: str = "") -> str:
    return f"---\nquestion: '{question}'\n{more}---\n{answer}\n"


@pytest.mark.parametrize(
    ("question", "rule"),
    [
        ("Does dropout help?", "yes-no-question"),
        ("Does dropout help, and why?", ""),
        ("Can you explain dropout?", ""),
        ("What does dropout do?", ""),
        ("What does it mean?", "orphan-pronoun"),
        ("Is bagging or boosting better?", "either-or-question"),
        ("When is bagging or boosting better?", ""),
        ("What is bias, and how does it fall?", "several-questions"),
        ("What is bias? What is variance?", "several-questions"),
        ("In boosting, what is bias?", ""),
        ("When do you choose ETL and when ELT?", ""),
    ],
)
def test_a_question_gets_this_hint(question: str, rule: str, tmp_path: Path) -> None:
    assert hints(tmp_path, asked(question)) == ([rule] if rule else [])


@pytest.mark.parametrize(
    ("summary", "is_poor"),
    [
        ("{{c1::Dropout}} drops units.", True),
        ("It falls {{c1::to}} zero.", True),
        ("Scale {{c1::before}} the softmax.", False),
        ("Units {{c1::are left out at random in each step}}.", True),
        ("Drop units, {{c1::units}} at random.", True),
        ("Drop {{c1::units}} at random.", False),
    ],
)
def test_a_gap_hides_what_carries_the_fact(
    summary: str, tmp_path: Path, *, is_poor: bool
) -> None:
    text = asked("What does dropout do?", more=f"summary: '{summary}'\n")
    assert ("poor-gap" in hints(tmp_path, text)) is is_poor


@pytest.mark.parametrize(("words", "is_long"), [(340, False), (341, True)])
def test_an_answer_must_fit_its_minutes(
    words: int, tmp_path: Path, *, is_long: bool
) -> None:
    code = "```python\n" + "x = 1\n" * 400 + "```"
    text = asked("What is it for?", f"{'word ' * words}\n\n{code}")
    assert ("long-answer" in hints(tmp_path, text)) is is_long


def test_another_language_is_not_judged_by_english_words(tmp_path: Path) -> None:
    deck = '=== deck.toml\nid = "d"\ntitle = "D"\nlanguage = "de"\n=== topic/q.md\n'
    assert hints(tmp_path, deck + asked("Was will er? Was?")) == []


def test_only_check_learn_reports_hints_and_they_stop_nothing(tmp_path: Path) -> None:
    deck = write_deck(tmp_path / "content", YES_NO.format(""))
    assert check(open_project(deck)).diagnostics == ()
    where = ["--content", str(deck)]
    run = CliRunner().invoke
    told = run(cli, ["check", "--learn", "--strict", *where], standalone_mode=False)
    assert "hint[yes-no-question]" in told.output
    assert "1 hint in" in told.output
    assert told.return_value == 0
    github = run(cli, ["check", "--learn", "--format", "github", *where])
    assert github.output.startswith("::notice file=")
    options = BuildOptions(learn=True, strict=True)
    _, emitted = build(open_project(deck), tmp_path / "dist", ("site",), options)
    assert emitted


def test_a_reason_in_the_front_matter_allows_a_hint(tmp_path: Path) -> None:
    allow = 'allow: {yes-no-question: "the guess is asked for"}\n'
    assert hints(tmp_path / "a", YES_NO.format(allow)) == []
    other = 'allow: {long-list: "x"}\n'
    assert hints(tmp_path / "b", YES_NO.format(other)) == ["yes-no-question"]


@pytest.mark.parametrize(
    ("allow", "rule"),
    [
        ("{yes-no-question: }", "wrong-type"),
        ("[yes-no-question]", "wrong-type"),
        ("{yes-no-qestion: x}", "unknown-allowance"),
    ],
)
def test_an_allowance_needs_a_rule_and_a_reason(
    allow: str, rule: str, tmp_path: Path
) -> None:
    deck = write_deck(tmp_path, YES_NO.format(f"allow: {allow}\n"))
    found = check(open_project(deck), LEARN).diagnostics
    assert {d.rule for d in found} == {rule, "yes-no-question"}


def test_an_error_cannot_be_allowed(tmp_path: Path) -> None:
    text = YES_NO.format("allow: {unknown-key: x, missing-alt: y}\nsumary: x\n")
    picture = '![](a.svg)\n=== a.svg\n<svg xmlns="http://www.w3.org/2000/svg"/>'
    deck = write_deck(tmp_path, f"=== topic/q.md\n{text}{picture}")
    assert [d.rule for d in check(open_project(deck)).diagnostics] == ["unknown-key"]


def test_a_baseline_may_ignore_hints(tmp_path: Path) -> None:
    deck = write_deck(tmp_path, YES_NO.format(""))
    run = CliRunner().invoke
    run(cli, ["check", "--learn", "--update-baseline", "--content", str(deck)])
    known = (deck / "known-warnings.txt").read_text()
    assert known == "topic/question.md yes-no-question\n"
    assert check(open_project(deck), LEARN).diagnostics == ()


def test_questions_that_differ_in_a_word_are_near_duplicates(tmp_path: Path) -> None:
    one, two = "What is the variance of a mean", "What is the variance of the mean"
    text = f"=== topic/a.md\n{asked(one)}=== topic/b.md\n{asked(two)}"
    assert hints(tmp_path, text) == ["near-duplicate"]


def test_every_hint_has_a_source_and_both_examples() -> None:
    for name in NAMES:
        manual = RULES[name].manual
        assert RULES[name].severity is Severity.HINT
        assert ("\nBad:" in manual) is ("\nGood:" in manual) is (name != "long-answer")
        sourced = any(source in manual for source in ("(M", "(W", "(G"))
        assert sourced or name in FOR_PRINT
