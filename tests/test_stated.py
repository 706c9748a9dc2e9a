"""Numbers of the text that tests compute: what is wrong, and what is mended."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.cases import write_deck

from triptych.cli.main import cli
from triptych.ledger.verdicts import Verdict, load
from triptych.parse.numbers import numbers
from triptych.parse.readable import readable
from triptych.runner.statements import statements

DECK = """\
=== deck.toml
id = "test"
title = "Test"
language = "{language}"
=== topic/a.md
---
question: What is it?
summary: {summary}
rubric: [names it, says it]
---
{text}

```python solution
size = 131.2e9
```

```python test
{test}
```
"""

# The words, and a value that is not what they say.
WRONG = [
    # As many digits as are written
    ("cache of 131 GB", "131.6"),
    ("cache of 131 GB", "130.4"),
    ("needs 2.50 GiB", "2.51"),
    ("needs 2.50 GiB", "2.494"),
    ("exactly 0.0730 nats", "0.07294"),
    ("an error of 0.9999", "0.9998"),
    ("takes 1000 steps", "1001"),
    ("takes 1000 steps", "999"),
    # Units are the author's: bytes are no gigabytes, seconds no milliseconds
    ("cache of 131 GB", "131e9"),
    ("a delay of 12 ms", "0.012"),
    ("1.05 B weights", "1.05e9"),
    ("40 GiB of cache", "40 * 2**30"),
    # Shares
    ("13% of the model", "13"),
    ("13% of the model", "0.136"),
    ("13.0 % of the model", "0.131"),
    ("2‰ are lost", "0.02"),
    ("0.5% are lost", "0.5"),
    # Groups of digits
    ("all 128,256 entries", "128.256"),
    ("all 128,256 entries", "128257"),
    ("all $8{,}192$ tokens", "8193"),
    (r"all $128\\,256$ entries", "128255"),
    ("costs $1,126.50 a day", "1126.5 * 1.001"),
    # Powers of ten
    ("$7.2\\\\cdot10^{23}$ FLOP", "7.2e22"),
    ("$7.2\\\\cdot10^{23}$ FLOP", "7.3e23"),
    ("$7.2 \\\\times 10^{-6}$ volts", "7.2e6"),
    ("7.2·10²³ FLOP", "7.1e23"),
    ("a rate of 1e-5", "1e-4"),
    ("a rate of 3e5 Hz", "30000"),
    ("one GiB is $2^{30}$", "10**9"),
    ("one GB is 10⁹", "2**30"),
    # Ranges
    ("between 3 and 5 ms", "3, 6"),
    ("between 3 and 5 ms", "2, 5"),
    ("takes 3\u20135 ms", "3, -5"),
    ("falls by 3\u20135%", "3, 5"),
    ("falls by 3\u20135%", "0.03, 0.056"),
    # About
    ("about 130 tokens", "137"),
    ("roughly 20 tokens", "23"),
    ("≈ 100 tokens", "131"),
    ("about 131 tokens", "132"),
    # Signs
    ("a gap of \u22120.3 points", "0.3"),
    ("a gap of -0.3 points", "-0.4"),
    ("a gap of 0.3 points", "-0.3"),
    ("±3.5 points", "3.6"),
    # What is no number at all
    ("a loss of 0.5", "float('nan')"),
    ("a loss of 0.5", "float('inf')"),
]
# The same kinds of words, with a value that they say.
RIGHT = [
    ("cache of 131 GB", "size / 1e9"),
    ("cache of 131 GB", "130.5"),
    ("cache of 131 GB", "131.5"),
    ("needs 2.50 GiB", "2.504"),
    ("13% of the model", "0.134"),
    ("13.0 % of the model", "0.13"),
    ("2‰ are lost", "0.002"),
    ("all 128,256 entries", "128256"),
    ("all $8{,}192$ tokens", "8192"),
    (r"all $128\\,256$ entries", "128256"),
    ("costs $1,126.50 a day", "1126.5"),
    ("$7.2\\\\cdot10^{23}$ FLOP", "7.21e23"),
    ("$7.2 \\\\times 10^{-6}$ volts", "7.2e-6"),
    ("7.2·10²³ FLOP", "7.2e23"),
    ("a rate of 1e-5", "1e-5"),
    ("one GiB is $2^{30}$", "2**30"),
    ("takes 3\u20135 ms", "3, 5.2"),
    ("falls by 3\u20135%", "0.03, 0.05"),
    ("about 130 tokens", "134"),
    ("roughly 20 tokens", "18.3"),
    ("≈ 100 tokens", "93"),
    ("$\\\\approx 20$ tokens", "18.3"),
    ("a gap of \u22120.3 points", "-0.3"),
    ("±3.5 points", "3.5"),
    ("at 8 heads 2.5 GiB", "None, 2.5"),
    ("505,000 hours", "505102, digits=3"),
    ("cache of **131** GB", "131"),
    ("an H100 has 80 GB", "80"),
    ("pass@5 is 0.601", "0.6009"),
    ("rounds to 2.68", "2.675"),
    ("rounds to 2.67", "2.675"),
]

LETTERS = "abcdefghij" * 9


def deck(folder: Path, text: str, test: str, **other: str) -> Path:
    said = {"summary": "It is this.", "language": "en"} | other
    return write_deck(
        folder / "content", DECK.format(text=text, test=test.strip(), **said)
    )


def run(folder: Path, *arguments: str) -> tuple[list[dict[str, Any]], int]:
    result = CliRunner().invoke(
        cli,
        ["test", "--content", str(folder), "--format", "json", *arguments],
        standalone_mode=False,
    )
    if result.exception:
        raise result.exception
    return json.loads(result.stdout)["diagnostics"], result.return_value


def check(folder: Path) -> list[dict[str, Any]]:
    arguments = ["check", "--content", str(folder), "--format", "json"]
    result = CliRunner().invoke(cli, arguments, standalone_mode=False)
    diagnostics: list[dict[str, Any]] = json.loads(result.stdout)["diagnostics"]
    return diagnostics


def page(folder: Path) -> str:
    return (folder / "topic/a.md").read_text("utf-8")


def lock(folder: Path) -> Verdict:
    return load((folder / "code.lock").read_text("utf-8"))["a"]


def many(cases: list[tuple[str, str]]) -> tuple[str, str]:
    """Return a text that says the words of all cases, and a test that states them."""
    text = "\n\n".join(f"{n}: {w}." for n, (w, _) in zip(LETTERS, cases, strict=False))
    said = "\n".join(f'stated("{words}", {value})' for words, value in cases)
    return text.replace("\\\\", "\\"), said


def test_more_than_forty_planted_wrong_numbers_are_caught(tmp_path: Path) -> None:
    folder = deck(tmp_path, *many(WRONG))
    found, code = run(folder)
    lines = page(folder).split("\n")
    caught = {lines[d["line"] - 1] for d in found}
    assert caught == {f'stated("{words}", {value})' for words, value in WRONG}
    assert {d["rule"] for d in found} <= {"wrong-number", "bad-statement"}
    assert code == 1
    assert len(WRONG) >= 40


def test_no_right_number_is_called_wrong(tmp_path: Path) -> None:
    folder = deck(tmp_path, *many(RIGHT))
    assert run(folder) == ([], 0)
    assert len(lock(folder).stated) == len({words for words, _ in RIGHT})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a cache\n  of 131 GB", "cache of 131 GB"),
        ("> a cache\n> of 131 GB", "cache of 131 GB"),
        (r"a cache of $131\,\text{GB}$", "cache of 131 GB"),
        ("| cache | 131 GB |\n|---|---|\n| a | b |", "cache 131 GB"),
        ("| a | b |\n|---|---|\n| cache | **131** GB |", "cache 131 GB"),
        ("## In depth\n- a `cache` of 131 GB", "cache of 131 GB"),
        ("## Follow-ups\n### Cache of 131 GB? {#a}\nYes.", "Cache of 131 GB"),
        ("```text\ncache of 131 GB\n```", "cache of 131 GB"),
    ],
)
def test_words_are_found_however_they_are_set(
    tmp_path: Path, text: str, words: str
) -> None:
    folder = deck(tmp_path, text, f'stated("{words}", 131)')
    assert run(folder) == ([], 0)


@pytest.mark.parametrize(
    "summary", ["A cache of {{c1::131 GB::how much}}.", "'A cache of 131 GB'"]
)
def test_front_matter_counts(tmp_path: Path, summary: str) -> None:
    folder = deck(tmp_path, "Text.", 'stated("cache of 131 GB", 131)', summary=summary)
    assert run(folder) == ([], 0)


@pytest.mark.parametrize(
    "text",
    [
        "a cache of 1131 GB",
        "a cache of 131.5 GB",
        "a cache of 131 GBit",
        "<!-- a cache of 131 GB -->",
        "131\n\n```python solution\nx = 1\n```\n\nGB",
        '```python solution\nx = "cache of 131 GB"\n```',
        "a cache of x131 GB",
    ],
)
def test_words_that_are_not_in_the_text_are_reported(tmp_path: Path, text: str) -> None:
    folder = deck(tmp_path, f"Text.\n\n{text}", 'stated("131 GB", 131)')
    (found,) = run(folder)[0]
    assert found["rule"] == "unfound-words"
    assert found["message"] == "the text does not have `131 GB`"


def test_a_part_of_another_number_is_no_place_for_words(tmp_path: Path) -> None:
    folder = deck(tmp_path, "It is 10^131 GB.", 'stated("131 GB", 120)')
    before = page(folder)
    (found,) = run(folder, "--accept")[0]
    assert found["hint"] == "quote the words exactly as in the text"
    assert page(folder) == before


def test_a_decimal_comma_is_read_in_languages_that_write_one(tmp_path: Path) -> None:
    cases = [("3,5 Punkte", "3.5"), ("128.256 Worte", "128256"), ("0.25 Bit", "0.25")]
    folder = deck(tmp_path, *many(cases), language="de")
    assert run(folder) == ([], 0)
    folder = deck(tmp_path, *many([("3,5 points", "3.5")]))
    assert [d["rule"] for d in run(folder)[0]] == ["bad-statement"]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ('stated("no number", 1)', "there is no number in `no number`"),
        ('stated("2 or 3", 1)', "`2 or 3` has 2 numbers, and there are 1 value"),
        ('stated("2", None)', "no value is given"),
        ('stated("2")', "`2` has 1 number, and there are no values"),
        ('stated("2 \\x07", 2)', "the words hold no text, or more than 300 characters"),
        ('stated("2" * 400, 2)', "the words hold no text, or more than 300 characters"),
        ('stated("2", 10 ** 500)', "a value is no finite number"),
    ],
)
def test_a_statement_that_cannot_be_checked_is_reported(
    tmp_path: Path, call: str, said: str
) -> None:
    (found,) = run(deck(tmp_path, "It is 2 or 3.", call))[0]
    assert (found["rule"], found["message"]) == ("bad-statement", said)


@pytest.mark.parametrize(
    "call", ['stated("2", "two")', "stated(2, 2)", 'stated("2", True)', "stated()"]
)
def test_a_call_with_what_is_no_number_raises_at_its_line(
    tmp_path: Path, call: str
) -> None:
    folder = deck(tmp_path, "It is 2.", call)
    (found,) = run(folder)[0]
    assert found["rule"] == "unexpected-exception"
    assert page(folder).split("\n")[found["line"] - 1] == call


def test_stated_exists_in_tests_only(tmp_path: Path) -> None:
    text = 'A 2.\n\n```python solution\nstated("A 2", 2)\n```'
    (found,) = run(deck(tmp_path, text, "assert size"))[0]
    assert found["rule"] == "unexpected-exception"
    assert "`test` blocks only" in found["message"]


def test_a_loop_and_a_test_function_state_numbers(tmp_path: Path) -> None:
    test = """
def test_all():
    for words, value in [("1 GB", 1), ("2 GB", 2.4), ("3 GB", 4)]:
        stated(words, value)
"""
    folder = deck(tmp_path, "Of 1 GB, 2 GB or 3 GB.", test)
    (found,) = run(folder)[0]
    assert found["message"] == "the text says `3`, and the code computes `4`"
    assert lock(folder).stated == ("1 GB", "2 GB", "3 GB")


def test_check_reports_stated_words_that_are_missing(tmp_path: Path) -> None:
    folder = deck(tmp_path, "A cache of 131 GB.", 'stated("cache of 131 GB", 131)')
    run(folder)
    assert check(folder) == []
    path = folder / "topic/a.md"
    path.write_text(page(folder).replace("A cache of 131", "A cache of 128"))
    (found,) = check(folder)
    assert (found["rule"], found["severity"]) == ("stale-number", "warning")
    assert page(folder).split("\n")[found["line"] - 1].startswith("stated(")
    # And the test runs again, though its code is the same.
    (reported,) = run(folder)[0]
    assert reported["rule"] == "unfound-words"
    assert reported["hint"] == "it says `cache of 128 GB`"


ACCEPTED = [
    ("cache of 131 GB", "128.4", "cache of 128 GB"),
    ("needs 2.50 GiB", "2.514", "needs 2.51 GiB"),
    ("13% of it", "0.136", "14% of it"),
    ("all 128,256 of it", "99999", "all 99,999 of it"),
    ("all 999,999 of it", "1234567", "all 1,234,567 of it"),
    ("all $8{,}192$ of it", "16384", "all $16{,}384$ of it"),
    ("$7.2\\\\cdot10^{23}$ of it", "6.5e21", "$6.5\\\\cdot10^{21}$ of it"),
    ("$9.8\\\\cdot10^{2}$ of it", "999", "$1.0\\\\cdot10^{3}$ of it"),
    ("7.2·10²³ of it", "1e-4", "1.0·10⁻⁴ of it"),
    ("about 130 of it", "187", "about 190 of it"),
    ("505,000 of it", "623456, digits=2", "620,000 of it"),
    ("\u22120.3 of it", "0.42", "0.4 of it"),
    ("0.3 of it", "-0.42", "-0.4 of it"),
    ("0.13 of it", "0.00042", "0.00042 of it"),
    ("3\u20135% of it", "0.02, 0.07", "2\u20137% of it"),
    ("2 GB and 3 GB", "2, 4.4", "2 GB and 4 GB"),
    ("cache of **131** GB", "128", "cache of **128** GB"),
]


@pytest.mark.parametrize(("words", "value", "after"), ACCEPTED)
def test_accepting_writes_the_value_as_the_number_was_written(
    tmp_path: Path, words: str, value: str, after: str
) -> None:
    old, new = words.replace("\\\\", "\\"), after.replace("\\\\", "\\")
    text = f"It is {old}.\n\n## In depth\nAgain {old}, as said."
    folder = deck(tmp_path, text, f'stated("{words}", {value})')
    before = page(folder)
    assert run(folder, "--accept") == ([], 0)
    expected = before.replace(f'"{words}"', f'"{after}"').replace(old, new)
    assert page(folder) == expected
    assert check(folder) == []


def test_accepting_follows_a_text_that_was_edited(tmp_path: Path) -> None:
    folder = deck(tmp_path, "A cache of 128 GB.", 'stated("cache of 131 GB", 130.2)')
    assert run(folder, "--accept") == ([], 0)
    assert "A cache of 130 GB." in page(folder)
    assert 'stated("cache of 130 GB"' in page(folder)


def test_accepting_drops_no_other_question(tmp_path: Path) -> None:
    folder = deck(tmp_path, "A cache of 128 GB.", 'stated("cache of 131 GB", 130.2)')
    other = "---\nquestion: What else?\n---\n```c solution\n1\n```\n"
    (folder / "topic/b.md").write_text(other)
    command = ["test", "--content", str(folder), "--accept"]
    result = CliRunner().invoke(cli, command, standalone_mode=False)
    assert (result.return_value, result.stdout) == (0, "")
    assert "accepted 1 value\n" in result.stderr
    assert "1 passed, 1 skipped in" in result.stderr


def test_accepting_leaves_alone_what_it_cannot_write_in_both(tmp_path: Path) -> None:
    # Words that no string of the test is: the text alone would change.
    test = 'stated(f"cache of {100 + 31} GB", 128)'
    folder = deck(tmp_path, "A cache of 131 GB.", test)
    before = page(folder)
    assert [d["rule"] for d in run(folder, "--accept")[0]] == ["wrong-number"]
    assert page(folder) == before


def test_accepting_writes_no_long_exponent_without_braces(tmp_path: Path) -> None:
    # `$10^12$` is read as 10 to the 1, and a 2.
    folder = deck(
        tmp_path, "A $5 \\times 10^9$ run.", 'stated("5 \u00d7 10^9 run", 5e12)'
    )
    before = page(folder)
    assert [d["rule"] for d in run(folder, "--accept")[0]] == ["wrong-number"]
    assert page(folder) == before


def test_accepting_keeps_line_ends_and_indents(tmp_path: Path) -> None:
    text = '- A cache of 131 GB.\n\n  ```python test\n  stated("of 131 GB", 128)\n  ```'
    folder = deck(tmp_path, text, "assert size")
    path = folder / "topic/a.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    before = path.read_bytes()
    assert run(folder, "--accept") == ([], 0)
    assert path.read_bytes() == before.replace(b"131 GB", b"128 GB")


@pytest.mark.parametrize(
    "reported",
    [
        None,
        7,
        {"line": 1},
        [7, None, "x", [], {}],
        [{"line": "1", "words": "2", "values": [], "digits": 0}],
        [{"line": 1, "words": 2, "values": [], "digits": 0}],
        [{"line": 1, "words": "2", "values": "2", "digits": 0}],
        [{"line": 1, "words": "2", "values": [], "digits": None}],
    ],
)
def test_what_no_statement_reports_is_dropped(reported: object) -> None:
    assert statements(reported) == ()


def test_what_a_process_reports_is_bounded() -> None:
    entry = {"line": 1, "words": "9" * 9999, "values": ["9" * 9999] * 99, "digits": 99}
    (found,) = statements([entry])
    assert len(found.words) == 301
    assert len(found.values) == 21
    assert not any(value.is_finite() for value in found.values if value is not None)
    assert found.digits == 20
    odd = {
        "line": 1,
        "words": "2",
        "values": ["x", [], "sNaN", "9" * 401],
        "digits": -1,
    }
    (found,) = statements([odd])
    assert not any(value.is_finite() for value in found.values if value is not None)


def test_a_program_cannot_make_the_lock_unreadable(tmp_path: Path) -> None:
    test = """
import gc
for made in gc.get_objects():
    if isinstance(made, list) and made and isinstance(made[0], dict):
        if "words" in made[0]:
            made[0]["words"] = "\\x1b[31m 2"
"""
    folder = deck(tmp_path, "It is 2.", f'stated("2", 2)\n{test}')
    assert [d["rule"] for d in run(folder)[0]] == ["bad-statement"]
    assert lock(folder).stated == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("H100, GPT-4, fp8, top-5, x_1, n^2, v1.2", []),
        (r"$\theta_i = b^{-2i/d}$", []),
        (r"$\frac{1}{3}$", ["1", "3"]),
        (r"$\pm3.5$, $p \le0.05$, \\ln50{,}257", ["3.5", "0.05", "50257"]),
        ("costs US\\$5", ["5"]),
        ("1,2,3", ["1", "2", "3"]),
        ("缓存为131GB", ["131"]),
        ("3-5 and 3 - 5 and -5", ["3", "5", "3", "5", "-5"]),
        (".5 and 0.5", ["0.5", "0.5"]),
    ],
)
def test_which_digits_are_numbers(text: str, said: list[str]) -> None:
    found = numbers(readable(text).text, "en")
    assert [str(number.value) for number in found] == said
