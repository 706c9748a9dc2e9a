"""A mark `{.key}` is for print alone: no note, card, page or code answer notices."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sheets import ask
from tests.test_note_hash import hashes

from triptych.values.question import OnSheet, Question
from triptych.values.tree import Node, kind

MARK = " {.key}"
TEXT = """\
---
question: What is it?
summary: It is {{c1::this}}, $$s = 1$$@.
rubric: ["names $$r = 1$$@"]
---
So $$a = 1$$@ and

$$
b = 2
$$@

```python solution@
x = 1  # cloze c1
```

- In a list $$c = 3$$@

  ```text@
  c
  ```

> $$d = 4$$@

```sizing@
users = 10  # a day
```

## In depth

$$e = 5$$@

## Follow-ups
### Why? {#why}
$$f = 6$$@

```python test@
assert x == 1
```

## Pitfalls
### "It is not." {#not}
It is.

$$
g = 7
$$@
"""
PLACES = TEXT.count("@")
SHOWN = PLACES - 2
"""All but the summary, which is shown anyway, and the test, which never is."""


def marked(places: set[int]) -> str:
    """Return the text with a mark at each of these places."""
    parts = TEXT.split("@")
    pieces = [p + (MARK if n in places else "") for n, p in enumerate(parts[:-1])]
    return "".join((*pieces, parts[-1]))


def typeset(places: set[int]) -> Question:
    return ask(marked(places), "a")


def without_print(question: Question) -> str:
    """Return all of a question but the trees and what the sheet shows."""
    rest = repr(replace(question, on_sheet=OnSheet()))
    return re.sub(r"blocks=\(.*?\), plain=", "plain=", rest, flags=re.DOTALL)


@pytest.mark.parametrize("formula", [1, 2])
@settings(deadline=None, max_examples=30)
@given(places=st.sets(st.integers(0, PLACES - 1), min_size=1))
def test_it_moves_no_hash(formula: int, places: set[int]) -> None:
    assert hashes(marked(places), formula) == hashes(marked(set()), formula)


@settings(deadline=None, max_examples=30)
@given(places=st.sets(st.integers(0, PLACES - 1), min_size=1))
def test_cards_pages_and_code_are_the_same(places: set[int]) -> None:
    assert without_print(typeset(places)) == without_print(typeset(set()))


def keys(question: Question) -> tuple[Node, ...]:
    """Return the formulas and the code that print shows."""
    return question.on_sheet.formulas.blocks + question.on_sheet.code.blocks


def test_what_is_marked_is_what_print_shows() -> None:
    # Where nothing is marked, the first short formula is shown.
    assert len(keys(typeset(set()))) == 1
    shown = keys(typeset(set(range(PLACES))))
    kinds = [kind(node) for node in shown]
    assert len(kinds) == SHOWN
    assert kinds.count("fence") == 2
    assert kinds.count("table") == 1
    for place in range(PLACES):
        assert len(keys(typeset({place}))) <= 1
