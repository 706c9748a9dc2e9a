"""What print shows of a code answer is in the answer that is tested."""

import re
import textwrap
from pathlib import Path

import pytest

_QUESTIONS = Path(__file__).parents[2] / "content"
_FLAGS = re.MULTILINE | re.DOTALL
_SOLUTION = re.compile(r"^```python[^\n]*\bsolution\b[^\n]*\n(.*?)^```$", _FLAGS)
_KEY_LINES = re.compile(r"^```python \{\.key\}\n(.*?)^```$", _FLAGS)
_TRAILING_COMMENT = re.compile(r"  # .*$", re.MULTILINE)

_FILES = sorted(
    path.relative_to(_QUESTIONS)
    for path in _QUESTIONS.glob("*/code-*.md")
    if _KEY_LINES.search(path.read_text(encoding="utf-8"))
)


def _without_comments(code: str) -> list[str]:
    return [line.rstrip() for line in _TRAILING_COMMENT.sub("", code).splitlines()]


def _contains(lines: list[str], part: list[str]) -> bool:
    starts = range(len(lines) - len(part) + 1)
    return any(
        textwrap.dedent("\n".join(lines[start : start + len(part)])) == "\n".join(part)
        for start in starts
    )


def test_at_least_fifteen_code_answers_have_key_lines() -> None:
    assert len(_FILES) >= 15


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.stem)
def test_key_lines_stand_in_the_solution(path: Path) -> None:
    text = (_QUESTIONS / path).read_text(encoding="utf-8")
    solutions = [_without_comments(code) for code in _SOLUTION.findall(text)]
    for code in _KEY_LINES.findall(text):
        part = _without_comments(code)
        assert any(_contains(solution, part) for solution in solutions), code
