"""What memory a handbook takes: Typst keeps what it measures and what it sets."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FEW = 60
"""How many questions are tried first, and then twice as many."""
MOST_GROWTH = 2.2
MOST_KB = 3_400
"""For each question more: a tenth above what it takes."""
PEAK = """\
import resource, sys
from pathlib import Path
from tests.test_print_memory import handbook
print(handbook(Path(sys.argv[1]), int(sys.argv[2])))
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
ANSWER = r"""---
question: What is the {number}th of {count}?
summary: One of **them**.
tags: [tag-{number}, all]
rubric: [Says which, Says why]
---
{paragraphs}

$$a_{{{number}}} = \frac{{b}}{{{number}}}$$

## In depth

{paragraphs}

| Name | Value | Reason |
|---|---|---|
{rows}

```python
{code}
```

## Follow-ups

### Why is it {number}? {{#why}}

{paragraphs}

## Pitfalls

### It is not {number}. {{#not}}

{paragraphs}
"""


def handbook(folder: Path, count: int) -> int:
    """Build the handbook of a deck of `count` questions; return its bytes."""
    from triptych.build.build import build  # noqa: PLC0415 - in the process measured
    from triptych.build.options import BuildOptions  # noqa: PLC0415
    from triptych.deck.project import open_project  # noqa: PLC0415

    write_deck(folder / "deck", count)
    options = BuildOptions(jobs=1, products=("handbook",))
    build(open_project(folder / "deck"), folder / "dist", ("sheet",), options)
    return (folder / "dist/sheet/d-handbook.pdf").stat().st_size


def write_deck(deck: Path, count: int) -> None:
    """Write questions with all that a handbook shows, each in other words."""
    (deck / "t").mkdir(parents=True)
    topic = '[[topics]]\nid = "t"\ntitle = "T"\n'
    (deck / "deck.toml").write_text(f'id = "d"\ntitle = "D"\n{topic}')
    for number in range(count):
        words = [f"word{number * at % 997}" for at in range(1, 61)]
        said = " ".join(words)
        rows = "\n".join(
            f"| {word} | {at} | {said[:40]} |" for at, word in enumerate(words[:20])
        )
        code = "\n".join(
            f"{word} = min({at}, {number})" for at, word in enumerate(words[:30])
        )
        paragraphs = f"{said}.\n\nSo `{words[0]}` and **{words[1]}**: {said}."
        text = ANSWER.format(
            number=number, count=count, paragraphs=paragraphs, rows=rows, code=code
        )
        (deck / "t" / f"q{number:03}.md").write_text(text)


def peak(folder: Path, count: int) -> int:
    """Return the memory in KB of the largest process that Typst ran in."""
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", PEAK, folder, str(count)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    size, kilobytes = map(int, done.stdout.split()[-2:])
    assert size > count * 1000
    return kilobytes


@pytest.mark.skipif(sys.platform != "linux", reason="others count memory otherwise")
def test_twice_the_questions_take_twice_the_memory_and_no_more(tmp_path: Path) -> None:
    few, many = peak(tmp_path / "few", FEW), peak(tmp_path / "many", 2 * FEW)
    assert many <= MOST_GROWTH * few
    assert many - few <= FEW * MOST_KB
