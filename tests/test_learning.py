"""Cards are judged as cards: with `check --learn` alone, and never in the way."""

from pathlib import Path, PurePosixPath
from typing import cast

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cases import write_deck

from triptych.build.build import build, check
from triptych.build.options import BuildOptions
from triptych.cli.main import cli
from triptych.deck.project import open_project
from triptych.validate.learning_deck import near_duplicate
from triptych.validate.rule import DeckScope
from triptych.validate.rules import DECK_LEARNING, DOCUMENT_LEARNING, RULES
from triptych.values.diagnostics import Severity, Span
from triptych.values.entry import Entry
from triptych.values.meta import Meta

LEARN = BuildOptions(learn=True)
MONTH = "write year-month"
YES_NO = "---\nquestion: Is k-means robust?\n{}---\nNo: a mean follows outliers.\n"
FOR_PRINT = {"typed-math"}
"""Hints about what is seen, which need no source."""
SPLITS = "summary: A tree splits rows by single features.\n"
WITHOUT_EXAMPLES = {"long-answer", "long-code"}
"""What is shown by numbers: an example would fill a page."""
NAMES = {
    *(rule.name for rule in DOCUMENT_LEARNING),
    *(rule.name for rule in DECK_LEARNING),
}


def hints(folder: Path, text: str) -> list[str]:
    """Return the rules whose hints a deck gets."""
    found = check(open_project(write_deck(folder, text)), LEARN).diagnostics
    return [d.rule for d in found if d.severity is Severity.HINT]


def asked(question: str, answer: str = "An answer.", more: str = "") -> str:
    return f"---\nquestion: '{question}'\n{more}---\n{answer}\n"


@pytest.mark.parametrize(
    ("question", "rule"),
    [
        ("Does dropout help?", ""),
        ("Does dropout help, and why?", ""),
        ("Can you explain dropout?", ""),
        ("Do you know any kinds of dropout?", ""),
        ("What does dropout do?", ""),
        ("What does it mean?", "orphan-pronoun"),
        ("What does it mean when a function is pure?", ""),
        ("Why does it need a log?", "orphan-pronoun"),
        ("Why did they change this in 1998?", "orphan-pronoun"),
        ("Why does this happen in training?", "orphan-pronoun"),
        ("How long does it take?", "orphan-pronoun"),
        ("How long does it take to train a forest?", ""),
        ("When is bagging or boosting better?", ""),
        ("What is bias, and how does it fall?", ""),
        ("What is bias, how does it fall, and when does it not?", "several-questions"),
        ("What is bias? Is it bad? Is it common?", "several-questions"),
        ("What is bias? Which models have large variance?", "several-questions"),
        ("What is bias, and why do forests lower variance?", "several-questions"),
        ("What is bias, and why do forests of trees lower it?", ""),
        ("What is bias, and why do forests lower the variance?", ""),
        ("You are asked how you read: which two papers do you name?", ""),
        ("What are the main advantages?", "missing-context"),
        ("Why is it important?", "missing-context"),
        ("What does `fit` mean?", ""),
        ("How does bagging work?", ""),
        ("In boosting, what is bias?", ""),
        ("When do you choose ETL and when ELT?", ""),
    ],
)
def test_a_question_gets_this_hint(question: str, rule: str, tmp_path: Path) -> None:
    assert hints(tmp_path, asked(question)) == ([rule] if rule else [])


@pytest.mark.parametrize(("words", "rule"), [(12, ""), (13, "long-reverse")])
def test_a_reversed_card_shows_a_dozen_words_at_most(
    words: int, rule: str, tmp_path: Path
) -> None:
    answer = " ".join(f"word{n}" for n in range(words))
    text = f"=== t/cards.csv\nid,prompt,answer,reverse\na,Rhine,{answer},yes\n"
    assert hints(tmp_path, text) == ([rule] if rule else [])


@pytest.mark.parametrize(
    ("question", "answer", "rule"),
    [
        ("Does dropout help?", "No. It hurts here.", "yes-no-question"),
        ("Does dropout help?", "Not without more layers.", "yes-no-question"),
        ("Does dropout help?", "Mostly yes, in wide nets.", "yes-no-question"),
        ("Does dropout help?", "Dropout lowers variance.", ""),
        ("Does dropout help?", "Nobody knows.", ""),
        ("Does dropout help, and why?", "No. It hurts here.", ""),
        ("Could you implement dropout?", "No.", ""),
        ("Is bagging or boosting better?", "Bagging.", "either-or-question"),
        ("Is it put before or after ReLU?", "Before it.", "either-or-question"),
        ("Is bagging or boosting better?", "Bagging for trees, boosting else.", ""),
        ("Is bagging or boosting better?", "Bagging. Rarely boosting.", ""),
        ("Is bagging or boosting better?", "Look at the curve first.", ""),
        (
            "Are trees or lines better when training on text?",
            "Lines are.",
            "either-or-question",
        ),
        ("When is bagging or boosting better?", "Bagging.", ""),
    ],
)
def test_an_answer_that_can_be_guessed_is_found_by_its_first_words(
    question: str, answer: str, rule: str, tmp_path: Path
) -> None:
    expected = [rule] if rule else []
    assert hints(tmp_path / "1", asked(question, answer)) == expected
    more = f"summary: '{answer}'\n"
    assert hints(tmp_path / "2", asked(question, "As was said.", more)) == expected


@pytest.mark.parametrize(
    ("summary", "is_poor"),
    [
        ("{{c1::Dropout}} drops units.", True),
        ("It falls {{c1::to}} zero.", True),
        ("Scale {{c1::before}} the softmax.", False),
        ("Units {{c1::are left out at random in each step}}.", True),
        ("Drop units, {{c1::units}} at random.", True),
        ("Noise such as {{c1::dropout}} regularizes.", True),
        ("Noise such as {{c1::jitter::of inputs}} regularizes.", False),
        ("One cause of that is {{c1::drift}}.", True),
        ("One common remedy is {{c1::dropout}}.", True),
        ("One cause of that is {{c1::drift::of data}}.", False),
        ("One byte is {{c1::eight}} bits.", False),
        ("Another name is {{c1::shrinkage}}.", False),
        ("Watch {{c1::delay}}, errors, load and so on.", True),
        ("Watch the {{c1::delay}} of calls, batches and so on.", False),
        ("More data, {{c1::less capacity}} or averaging reduce it.", True),
        ("Adding {{c1::noise}} or dropout helps.", True),
        ("It approves, {{c1::steps up}} or declines.", False),
        ("A router and a {{c1::fallback}}, both alive, decide.", True),
        ("Split by time and {{c1::campaign}}.", True),
        ("Between time and {{c1::campaign}}.", False),
        ("Split by time and {{c1::campaign::of fraud}}.", False),
        ("Split by bias and {{c1::variance}}.", False),
        ("It trades both bias and {{c1::drift}}.", False),
        ("It has two parts, a router and a {{c1::gate}}.", False),
        ("The router and the {{c1::gate}} learn.", False),
        ("Studied by Neyman and {{c1::Pearson}}.", False),
        ("Weights are {{c1::often}} halved.", True),
        ("Weights are {{c1::halved}} often.", False),
        ("One common symptom of it is {{c1::noise}}.", True),
        ("An example of noise is {{c1::dropout}}.", True),
        ("Drop {{c1::units}} at random.", False),
    ],
)
def test_a_gap_hides_what_carries_the_fact(
    summary: str, tmp_path: Path, *, is_poor: bool
) -> None:
    answer = "The variance that bias has falls."
    text = asked("What does dropout do?", answer, f"summary: '{summary}'\n")
    assert ("poor-gap" in hints(tmp_path, text)) is is_poor


@pytest.mark.parametrize(
    ("kind", "words", "is_long"),
    [
        ("concept", 340, False),
        ("concept", 341, True),
        ("behavioral", 510, False),
        ("behavioral", 511, True),
        ("coding", 300, False),
        ("system-design", 301, True),
    ],
)
def test_an_answer_must_fit_its_kind(
    kind: str, words: int, tmp_path: Path, *, is_long: bool
) -> None:
    code = "```python\n" + "x = 1\n" * 400 + "```"
    answer = f"{'word ' * words}\n\n{code}"
    text = asked("What is it for?", answer, f"kind: {kind}\n")
    assert ("long-answer" in hints(tmp_path, text)) is is_long


@pytest.mark.parametrize(("words", "is_long"), [(80, False), (81, True)])
def test_a_follow_up_has_a_short_answer(
    words: int, tmp_path: Path, *, is_long: bool
) -> None:
    more = f"## Follow-ups\n\n### Why so? {{#why}}\n\n{'word ' * words}"
    found = hints(tmp_path, asked("What is bias?", f"Error.\n\n{more}"))
    assert found == ["long-answer"] * is_long


@pytest.mark.parametrize(
    ("lines", "is_long"), [(60, False), (61, True)], ids=["fits", "long"]
)
def test_a_solution_must_fit_its_minutes(
    lines: int, tmp_path: Path, *, is_long: bool
) -> None:
    program = '"""Say\nit."""\n\n# how\n' + "x = 1\n" * lines
    answer = f"So:\n\n```python solution\n{program}```"
    text = asked("Write it.", answer, "kind: coding\nhints: [Count]\n")
    assert ("long-code" in hints(tmp_path, text)) is is_long


@pytest.mark.parametrize(
    ("answer", "is_wrong"),
    [
        ("It works in two ways:\n\n- One\n- Two\n- Three", True),
        ("It works in three ways:\n\n- One\n- Two\n- Three", False),
        ("There are two ways. These help:\n\n- One\n- Two\n- Three", False),
    ],
)
def test_a_list_has_as_many_items_as_are_announced(
    answer: str, tmp_path: Path, *, is_wrong: bool
) -> None:
    assert hints(tmp_path, asked("What is bias?", answer)) == ["wrong-count"] * is_wrong


@pytest.mark.parametrize(
    ("question", "summary", "is_wrong"),
    [
        ("What are the five signs of an inflammation?", "A, b, c and d.", True),
        ("What are the five signs of an inflammation?", "A, b, c, d, and e.", False),
        ("What are the two signs of an inflammation?", "Heat and pain", False),
        ("What are the three signs of an inflammation?", "Heat and pain", True),
        ("What are the five signs of an inflammation?", "Red: a, b and c.", False),
        ("Which two papers show that bagging works?", "One by Breiman", False),
    ],
)
def test_a_summary_that_is_a_list_has_as_many_as_are_asked_for(
    question: str, summary: str, tmp_path: Path, *, is_wrong: bool
) -> None:
    text = asked(question, more=f"summary: '{summary}'\n")
    assert hints(tmp_path, text) == ["wrong-count"] * is_wrong


def test_a_wrong_count_is_reported_once(tmp_path: Path) -> None:
    answer = "There are two kinds:\n\n- One\n- Two\n- Three"
    text = asked("Which two kinds of bias are there?", answer)
    assert hints(tmp_path, text) == ["wrong-count"]


@pytest.mark.parametrize(("sign", "found"), [("-", ["long-list"]), ("1.", [])])
def test_steps_may_be_more_than_five(
    sign: str, found: list[str], tmp_path: Path
) -> None:
    items = "\n".join(f"{sign} Word {n}" for n in range(6))
    assert hints(tmp_path, asked("What is bias?", items)) == found


def test_a_summary_lists_five_things_at_most(tmp_path: Path) -> None:
    five = "summary: Bias has one, two, three, four and five.\n"
    assert hints(tmp_path, asked("What is bias?", more=five)) == []
    for last in (" and six", ", six"):
        six = f"summary: Bias has one, two, three, four, five{last}.\n"
        assert hints(tmp_path, asked("What is bias?", more=six)) == ["long-list"]


@pytest.mark.parametrize(
    ("more", "rule"),
    [
        (SPLITS, ""),
        (f"{SPLITS}hints: [Which features split its rows by one?]\n", ""),
        (
            f"{SPLITS}hints: [A tree that splits rows by single features?]\n",
            "given-away",
        ),
        ("summary: Vitamin C.\nhints: ['Vitamin C is what it lacks']\n", "given-away"),
        ("summary: Vitamin C.\nhints: [Which vitamin is it?]\n", ""),
        ("summary: The CART.\n", "given-away"),
        ("summary: The CARTs.\n", ""),
    ],
)
def test_a_hint_does_not_give_the_answer(more: str, rule: str, tmp_path: Path) -> None:
    found = hints(tmp_path, asked("What is CART?", more=more))
    assert found == ([rule] if rule else [])


@pytest.mark.parametrize(
    ("line", "is_covered"),
    [
        ("Mentions privacy, fairness, audit and decommissioning", False),
        ("Mentions privacy, fairness, audit and the loop", True),
        ("Mentions privacy, fairness, audit and an ALO", True),
        ("Mentions privacy, fairness, audit and an ALX", False),
        ("Begins with privacy, fairness, audit and decommissioning", True),
        ("Mentions privacy and fairness", True),
    ],
)
def test_the_spoken_answer_covers_the_rubric(
    line: str, tmp_path: Path, *, is_covered: bool
) -> None:
    more = f"rubric: ['{line}']\n"
    text = asked("What is a life cycle?", "A loop of models.", more)
    assert hints(tmp_path, text) == ["uncovered-rubric"] * (not is_covered)


@pytest.mark.parametrize(
    ("claim", "more", "rule"),
    [
        ("Transformers are the state of the art.", "", "undated-claim"),
        ("As of 2026 nothing detects this.", "", ""),
        ("As of 2025 nothing detects this currently.", "", ""),
        ("As of May 2024 nothing detects this.", "", "old-claim"),
        ("As of 2024 nothing detects this.", "as_of: 2026-10\n", ""),
        ("In 2012 a network won.", "", ""),
        ("`currently` is a word.", "", "undated-claim"),
        ("Nobody does so currently.", "as_of: 2026-11\n", ""),
        ("Nobody does so.", "as_of: 2025-11\n", ""),
        ("Nobody does so.", "as_of: 2025-10\n", "old-claim"),
    ],
)
def test_what_grows_old_has_a_date(
    claim: str, more: str, rule: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795860000")  # 2026-11-28
    found = hints(tmp_path, asked("How are models built?", claim, more))
    assert found == ([rule] if rule else [])


@pytest.mark.parametrize("written", ["2026", "2026-13", "2026-11-28", "[2026-11]"])
def test_as_of_is_a_month(written: str, tmp_path: Path) -> None:
    deck = write_deck(tmp_path, asked("What is bias?", more=f"as_of: {written}\n"))
    found = check(open_project(deck)).diagnostics
    assert [d.rule for d in found] == ["wrong-type"]
    assert found[0].hint == ("write `2026-11`" if written[-2:] == "28" else MONTH)


def test_identical_answers_are_found_across_the_deck(tmp_path: Path) -> None:
    one, two = (
        asked("Which error is lower?", "The bias of it!"),
        asked("What falls?", "The bias of it."),
    )
    text = f"=== topic/a.md\n{one}=== topic/b.md\n{two}"
    assert hints(tmp_path, text) == ["identical-answers"]


@pytest.mark.parametrize(("mark", "found"), [("", 1), (" .no-card", 0)])
def test_an_answer_without_a_card_is_no_second_one(
    mark: str, found: int, tmp_path: Path
) -> None:
    part = f"\n## Follow-ups\n### What falls? {{#falls{mark}}}\nThe bias of it.\n"
    text = f"=== topic/a.md\n{asked('Which is lower?', 'The bias of it.')}{part}"
    assert hints(tmp_path, text).count("identical-answers") == found


@pytest.mark.parametrize(
    ("answer", "found"), [("Johann Sebastian Bach.", 0), ("J. S. Bach, the father.", 2)]
)
def test_a_name_may_answer_many_cards_and_a_sentence_not(
    answer: str, found: int, tmp_path: Path
) -> None:
    cards = (
        asked(f"Who composed the {work}?", answer)
        for work in ("Goldberg Variations", "Art of Fugue", "Mass in B minor")
    )
    text = "".join(f"=== topic/{n}.md\n{card}" for n, card in enumerate(cards))
    assert hints(tmp_path, text) == ["identical-answers"] * found


def test_another_language_is_not_judged_by_english_words(tmp_path: Path) -> None:
    deck = '=== deck.toml\nid = "d"\ntitle = "D"\nlanguage = "de"\n=== topic/q.md\n'
    assert hints(tmp_path, deck + asked("Was will er? Was?")) == []


def test_only_check_learn_reports_hints_and_they_stop_nothing(tmp_path: Path) -> None:
    deck = write_deck(tmp_path / "content", YES_NO.format(""))
    assert check(open_project(deck)).diagnostics == ()
    where = ["--content", str(deck)]
    run = CliRunner().invoke
    reported = run(cli, ["check", "--learn", "--strict", *where], standalone_mode=False)
    assert "hint[yes-no-question]" in reported.output
    assert "1 hint in" in reported.output
    assert reported.return_value == 0
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
    text = f"=== topic/a.md\n{asked(one)}=== topic/b.md\n{asked(two, 'It falls.')}"
    assert hints(tmp_path, text) == ["near-duplicate"]


@pytest.mark.parametrize(
    ("one", "two", "is_near"),
    [
        ("How does dropout help a network?", "How does dropout help networks?", True),
        ("How do trees split queries?", "How does a tree split a query?", True),
        ("What is promise.all?", "What is a promise?", False),
        ("What is a loss before averaging?", "What is a loss after averaging?", False),
    ],
)
def test_questions_in_another_number_are_near_duplicates(
    one: str, two: str, tmp_path: Path, *, is_near: bool
) -> None:
    text = f"=== topic/a.md\n{asked(one)}=== topic/b.md\n{asked(two, 'It falls.')}"
    assert hints(tmp_path, text) == ["near-duplicate"] * is_near


@given(st.lists(st.frozensets(st.sampled_from("abcdefgh"), min_size=1), max_size=8))
@settings(deadline=None)
def test_no_pair_of_like_questions_is_missed(asked_words: list[frozenset[str]]) -> None:
    questions = dict.fromkeys(
        " ".join(f"word{w}" for w in sorted(words)) for words in asked_words
    )
    entries = tuple(
        Entry(
            Meta(f"q{n}", PurePosixPath(f"topic/q{n}.md")), Span(PurePosixPath()), text
        )
        for n, text in enumerate(questions)
    )
    found = {f.span.path.stem for f in near_duplicate(entries, cast("DeckScope", None))}
    sets = [set(text.split()) for text in questions]
    like = {
        f"q{n}"
        for n, one in enumerate(sets)
        for other in sets[:n]
        if len(one & other) / len(one | other) >= 0.8
    }
    assert found == like


def test_the_same_summary_is_an_identical_answer(tmp_path: Path) -> None:
    one, two = (
        asked(f"What does {what} do?", f"Word {what}.", f"summary: {summary}\n")
        for what, summary in (
            ("bagging", "lowers the variance much"),
            ("averaging", "Lowers the variance much!"),
        )
    )
    text = f"=== topic/a.md\n{one}=== topic/b.md\n{two}"
    assert hints(tmp_path, text) == ["identical-answers"]


@pytest.mark.parametrize(
    ("question", "answer", "is_reported"),
    [
        ("Which minor key is relative to C major?", "A minor.", False),
        ("Which key is the parallel minor of C major?", "C minor.", False),
        ("What makes A minor sad?", "A minor.", True),
    ],
)
@pytest.mark.parametrize("more", ["", "summary: {}\n"], ids=["answer", "summary"])
def test_a_name_of_one_letter_is_given_away_as_a_whole_only(
    question: str, answer: str, more: str, tmp_path: Path, *, is_reported: bool
) -> None:
    said = "Its third is small, as in folk songs." if more else answer
    found = hints(tmp_path, asked(question, said, more.format(answer)))
    assert ("given-away" in found) is is_reported


def test_every_hint_has_a_source_and_both_examples() -> None:
    for name in NAMES:
        manual = RULES[name].manual
        assert RULES[name].severity is Severity.HINT
        assert (
            ("\nBad:" in manual)
            is ("\nGood:" in manual)
            is (name not in WITHOUT_EXAMPLES)
        )
        sourced = any(source in manual for source in ("(M", "(W", "(G"))
        assert sourced or name in FOR_PRINT
