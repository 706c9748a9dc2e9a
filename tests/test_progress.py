"""Work that takes long is shown on a terminal, with counts, and nowhere else."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.cases import write_deck

from triptych.cli import progress
from triptych.cli.main import cli
from triptych.progress import counted, no_progress

CLEAR = "\r\x1b[K"
DECK = "".join(
    f"=== topic/q{n}.md\n---\nquestion: What is {n}?\n---\nA.\n\n"
    f"```python solution\nx = {n}\n```\n"
    for n in range(3)
)


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    return write_deck(tmp_path / "content", DECK)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let somebody watch who is shown everything at once."""
    monkeypatch.setattr(progress, "shows_progress", lambda: True)
    monkeypatch.setattr(progress, "_DELAY_SECONDS", 0)
    monkeypatch.setattr(progress, "_PAUSE_SECONDS", 0)
    return iter(())


def stderr_of(verb: str, deck: Path, *more: str) -> str:
    arguments = [verb, "--content", str(deck), *more]
    return CliRunner().invoke(cli, arguments, standalone_mode=False).stderr


VERBS = [
    ("check", (), "checking files: 3 of 3"),
    ("build", ("--no-cache",), "typesetting files: 3 of 3"),
    ("build", (), "rendering site: "),
    ("test", (), "running: 3 of 3, 0 failed"),
    ("release", ("--yes",), "rendering anki: "),
]


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(("verb", "more", "shown"), VERBS)
def test_a_bar_counts_and_is_gone_at_the_end(
    deck: Path, verb: str, more: tuple[str, ...], shown: str
) -> None:
    reported = stderr_of(verb, deck, *more)
    assert shown in reported
    bars = reported.count(f"{CLEAR}[")
    assert reported.count(CLEAR) > bars
    after = reported.rpartition(f"{CLEAR}[")[2].partition(CLEAR)
    assert (after[1], after[2].count("[#")) == (CLEAR, 0)


@pytest.mark.usefixtures("impatient")
def test_counts_never_fall_and_end_at_the_total(deck: Path) -> None:
    reported = stderr_of("build", deck, "--no-cache")
    for what in ("typesetting files", "rendering"):
        counts = [
            (int(done), int(total))
            for done, total in re.findall(rf"\] {what}[^:]*: (\d+) of (\d+)", reported)
        ]
        assert counts == sorted(counts)
        assert len({total for _, total in counts}) == 1
        assert counts[-1][0] == counts[-1][1]


@pytest.mark.parametrize(("verb", "more", "shown"), VERBS)
def test_no_progress_is_written_to_a_pipe(
    deck: Path,
    monkeypatch: pytest.MonkeyPatch,
    verb: str,
    more: tuple[str, ...],
    shown: str,
) -> None:
    monkeypatch.setattr(progress, "_DELAY_SECONDS", 0)
    reported = stderr_of(verb, deck, *more)
    assert CLEAR not in reported
    assert shown not in reported


def test_short_work_has_no_bar(deck: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "shows_progress", lambda: True)
    assert CLEAR not in stderr_of("check", deck)


@pytest.mark.usefixtures("impatient")
def test_a_bar_is_gone_also_after_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    def work() -> None:
        with progress.progress_bar() as bar:
            bar("working", 1, 2)
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        work()
    assert capsys.readouterr().err.endswith(CLEAR)


def test_counting_passes_all_on() -> None:
    reported: list[tuple[str, int, int]] = []
    items = counted("abc", 3, "letters", lambda *args: reported.append(args))
    assert list(items) == ["a", "b", "c"]
    assert reported == [("letters", number, 3) for number in range(4)]
    assert list(counted([], 0, "", no_progress)) == []
