"""What a verb exits with and whether it writes, in every state of a deck."""

from itertools import product
from pathlib import Path

import pytest
from click.testing import CliRunner

from triptych.cli.main import cli

WARNED = "```nosuchlanguage\nx\n```\n"
"""A warning: nothing can highlight the language."""
WRONG = "$\\lmbda$\n"
"""An error: a formula that no output can show."""
STATES = {
    "sound": ("An answer.\n", 0, 0),
    "warned": (WARNED, 0, 1),
    "wrong": (WRONG, 1, 1),
    "both": (WARNED + WRONG, 1, 1),
}
"""What the answer is, and what a verb exits with: as it is, and with `--strict`."""
KNOWN = "".join(f"t/q.md {rule}\n" for rule in ("unknown-language", "bad-math"))


def deck(folder: Path, answer: str, settings: str = "") -> Path:
    (folder / "t").mkdir(parents=True)
    (folder / "deck.toml").write_text(f'id = "d"\ntitle = "D"\n{settings}')
    (folder / "t/q.md").write_text(f"---\nquestion: What?\n---\n{answer}")
    # Of one that is wrong nothing is made: the deck must not come out without it.
    (folder / "t/sound.md").write_text("---\nquestion: And?\n---\nAn answer.\n")
    return folder


def run(*words: str) -> int:
    result = CliRunner().invoke(cli, list(words), standalone_mode=False)
    if result.exception:
        raise result.exception
    return int(result.return_value or 0)


@pytest.mark.parametrize(
    ("verb", "state", "strict"), [*product(["check", "build"], STATES, [False, True])]
)
def test_errors_fail_and_warnings_only_when_strict(
    tmp_path: Path, verb: str, state: str, *, strict: bool
) -> None:
    answer, loose, tight = STATES[state]
    content = deck(tmp_path / "content", answer)
    words = [verb, "--content", str(content), *["--strict"][: int(strict)]]
    words += ["--dist", str(tmp_path / "dist"), "anki"] if verb == "build" else []
    code = run(*words)
    assert code == (tight if strict else loose)
    wrote = (tmp_path / "dist/manifest.json").exists()
    assert wrote is (verb == "build" and code == 0)


HIDING = {
    "baseline": '[check]\nbaseline = "known.txt"\n',
    "ignore": '[check]\nignore = ["unknown-language", "bad-math"]\n',
}


@pytest.mark.parametrize(
    ("verb", "state", "hiding"), [*product(["check", "build"], STATES, HIDING)]
)
def test_warnings_can_be_hidden_and_errors_cannot(
    tmp_path: Path, verb: str, state: str, hiding: str
) -> None:
    answer, loose, _ = STATES[state]
    content = deck(tmp_path / "content", answer, HIDING[hiding])
    (content / "known.txt").write_text(KNOWN)
    words = [verb, "--content", str(content), "--strict"]
    words += ["--dist", str(tmp_path / "dist"), "anki"] if verb == "build" else []
    assert run(*words) == loose
