"""The bugs planted in code answers are bugs of that code, the same in each run."""

import ast

from tests.answers import planted

CODE = '''
import math


def mean(values: list[float], skip: int = 0) -> float:
    """Return the mean, 2 digits or so."""
    if len(values) <= skip:
        raise ValueError(f"need more than {skip + 1}")
    total = 0.0
    for value in values[skip:]:
        if value < 0 and not math.isfinite(value):
            continue
        total += value
    values.sort(reverse=True)
    return max(total / len(values), -1.0)
'''


def test_each_bug_is_one_edit_that_is_still_code() -> None:
    plain = ast.unparse(ast.parse(CODE))
    found = list(planted.mutants(CODE, 100, "seed"))
    texts = [text for _, text in found]
    assert plain not in texts
    assert len(set(texts)) == len(texts)
    for _, text in found:
        before, after = plain.split("\n"), ast.unparse(ast.parse(text)).split("\n")
        changed = sum(a != b for a, b in zip(before, after, strict=False))
        assert changed >= 1 or len(before) != len(after)


def test_messages_types_and_docstrings_are_left_alone() -> None:
    for _, text in planted.mutants(CODE, 100, "seed"):
        assert "need more than {skip + 1}" in text
        assert "values: list[float]" in text
        assert "2 digits" in text


def test_all_kinds_of_bugs_are_there() -> None:
    names = {bug.what for bug, _ in planted.mutants(CODE, 100, "seed")}
    assert {
        "`len(values) <= skip` -> `len(values) < skip`",
        "`not math.isfinite(value)` -> `math.isfinite(value)`",
        "delete `continue`",
        "delete `total += value`",
        "`total += value` -> `total -= value`",
        "`0` -> `1`",
        "`True` -> `False`",
        "`values.sort(reverse=True)` -> `values.sort()`",
        "`total / len(values)` -> `total * len(values)`",
        "`-1.0` -> `1.0`",
    } <= names
    assert any("-> `value < 0 or" in name for name in names)


def test_the_same_bugs_are_planted_each_time_and_lines_take_turns() -> None:
    first = [bug.name for bug, _ in planted.mutants(CODE, 8, "seed")]
    assert first == [bug.name for bug, _ in planted.mutants(CODE, 8, "seed")]
    assert len({name.partition(" | ")[0] for name in first}) == 7
    assert len(list(planted.mutants(CODE, 3, "other"))) == 3
