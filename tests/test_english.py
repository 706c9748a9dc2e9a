"""The plurals in the tool's own messages are made in one place."""

import re
from pathlib import Path

import pytest

from triptych.english import counted, listed

PACKAGE = Path(__file__).parents[1] / "builder/triptych"


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 notes"), (1, "1 note"), (2, "2 notes")]
)
def test_only_one_is_singular(number: int, said: str) -> None:
    assert counted(number, "note") == said


def test_a_noun_may_have_a_plural_of_its_own_and_a_number_groups() -> None:
    assert [counted(n, "miss", "misses") for n in (1, 2)] == ["1 miss", "2 misses"]
    assert counted(12345, "card") == "12345 cards"
    assert counted(12345, "card", has_groups=True) == "12,345 cards"


def test_names_stand_in_a_row() -> None:
    names = ["anki", "epub", "site"]
    said = [listed(names[:n]) for n in (1, 2, 3)]
    assert said == ["anki", "anki and epub", "anki, epub and site"]


def test_no_other_module_adds_the_ending_of_a_plural() -> None:
    ending = re.compile(r"""else ["']e?s["']|["']e?s["'] (if\b|\* ?\()""")
    found = [
        path.relative_to(PACKAGE).as_posix()
        for path in sorted(PACKAGE.rglob("*.py"))
        if ending.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []
