"""Measure what updates cost learners: triptych and other tools, in each Anki.

    python -m tests.benchmarks.updates --anki DIR [--work DIR]

What learners do is in `prove.py`, what maintainers do in `series.py`. DIR has an
environment for each version of Anki, named after it; the other tools are installed into
environments in the folder of `--work`. What it prints is
`docs/guides/updates-measured.md`. It takes some minutes, since other tools use the
clock for dates. The exit code is 1 if triptych's update files lost something.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks.makers import CannotMakeError, Made, Maker, makers
from tests.benchmarks.prove import (
    SCENARIOS,
    TAGS,
    Look,
    Scenario,
    Step,
    Subjects,
    change,
    looked,
    reasons,
    run,
    session,
    verdict,
)
from tests.benchmarks.series import FIRST, LEARNERS, MAINTAINERS, Series

_HEAD = """\
---
title: What updates keep, measured
summary: What learners and maintainers do, in four versions of Anki, and other tools.
---
Made by `python -m tests.benchmarks.updates --anki DIR` on {date}. A deck of five
notes is released, a learner imports it, does something, and updates. A cell is *kept*
if schedule, flags, suspension, decks, own words, own tags and own styling are as they
were and the words, notes and pictures of the update have arrived. Else it says what was
*lost*, or that *Anki decides*: no file can do otherwise, and the end says why.

* *words*: `My notes`, own tags or own edits are gone.
* *arrival*: something new did not arrive. (Changed tags need not.)
* *doubled*: the learner has a note twice, and the progress is on the old one.
* *refused*: the tool, or Anki, would not do it.
* *deletion*, *style*, *types*, *sync*: a deleted note came back, own styling was
  replaced, there is a second note type, Anki asks for a full sync.

The learner of a maintainer's row has studied, flagged, tagged and written into one
note, and suspended another. A tool without ids has no other id to give: there the row
is about its corrected answer. Learners who changed the fields of a note type tick
*Merge note types*, whatever the tool; all others leave the options as they are.

Each tool is used as its own introduction says. **triptych, update files** is the
recommended way, **package** the other. **genanki, a script** leaves GUIDs and times to
genanki. **md2anki** reads a Markdown file; *ids written in* is the file that md2anki
writes back, with an id at each heading. **ankiforge** has a key for each note;
`update_from` names the package before, and a retired note is allowed by name. An
*UPDATE.POLICY_BLOCKED* keeps the loss from learners, and the new id from maintainers.
"""
_MIN_FIELDS_WITH_OWN = 3
"""With fewer fields, none is the learner's."""


@dataclass(frozen=True)
class Trial:
    """A series made by a tool."""

    maker: Maker
    series: Series
    made: Made | None
    problem: str = ""


def trial(maker: Maker, series: Series, work: Path) -> Trial:
    """Make the packages of a series."""
    editions = [FIRST, *(edit(FIRST) for edit in series.edits)]
    folder = Path(tempfile.mkdtemp(dir=work))
    try:
        return Trial(maker, series, maker.make(folder, editions))
    except CannotMakeError as error:
        return Trial(maker, series, None, str(error))


def way(trial_: Trial, made: Made) -> list[Step]:
    """Return the steps of an update through the releases that the learner takes."""
    steps, old = [], 0
    for place in trial_.series.taken:
        new = range(1, len(made.packages))[place]
        steps += [import_of(path) for path in made.files(old, new)]
        old = new
    return steps


def import_of(path: Path) -> Step:
    if path.suffix == ".txt":
        return {"do": "import_text", "path": str(path)}
    return {"do": "import", "path": str(path)}


def pairs_by_word(old: Look, new: Look) -> Mapping[str, str]:
    """Return which notes of two packages are one, by the word in their answers."""
    words = [card.word for card in FIRST.cards]
    one, two = (
        {_word(n, words): g for g, n in look["notes"].items()} for look in (old, new)
    )
    return {guid: two[word] for word, guid in one.items() if word in two}


def _word(note: Look, words: Sequence[str]) -> str:
    text = "".join(note["fields"].values())
    return next((word for word in words if f"is {word}." in text), "")


def learner(series: Series) -> Scenario:
    """Return a learner with a mark of every kind."""

    def steps(subjects: Subjects) -> list[Step]:
        changed, other = subjects.changed, subjects.unchanged
        mine = {subjects.own_field(changed): "mine"}
        has_own = len(subjects.fields(changed)) >= _MIN_FIELDS_WITH_OWN
        own = {"fields": mine} if has_own else {}
        return [
            {"do": "study", "deck": subjects.deck, "answers": [3, 1, 4, 2]},
            change(changed, tags=TAGS, flag=3, due="9", **own),
            change(other, tags=TAGS, suspend=True),
        ]

    return Scenario(series.name, steps)


def cells(python: str, trials: Sequence[Trial]) -> list[str]:
    """Return the cells of a tool: what learners do, then what maintainers do."""
    first, *rest = trials
    found = [f"refused: {first.problem}"] * len(SCENARIOS)
    if first.made:
        old, new = (first.made.packages[n] for n in (0, -1))
        subjects = _subjects(python, old, new)
        steps = way(first, first.made)
        sessions = [
            session(scenario, subjects, old, _ticked(steps, scenario))
            for scenario in SCENARIOS
        ]
        found = [
            verdict(scenario, subjects, results)
            for scenario, results in zip(SCENARIOS, run(python, *sessions), strict=True)
        ]
    return found + [maintained(python, item) for item in rest]


def _ticked(steps: Sequence[Step], scenario: Scenario) -> list[Step]:
    """Return the steps with *Merge note types* for learners who changed fields."""
    if "types" not in scenario.decides:
        return list(steps)
    return [{**s, "merge": True} if s["do"] == "import" else s for s in steps]


def maintained(python: str, item: Trial) -> str:
    """Return what became of a learner after what a maintainer did."""
    if not item.made:
        return f"refused: {item.problem}"
    old, new = (item.made.packages[n] for n in (0, -1))
    subjects, scenario = _subjects(python, old, new), learner(item.series)
    steps = session(scenario, subjects, old, way(item, item.made))
    return verdict(scenario, subjects, run(python, steps)[0])


def _subjects(python: str, old: Path, new: Path) -> Subjects:
    before, after = looked(python, old, new)
    return Subjects(before, after, pairs_by_word(before, after))


def main() -> int:
    """Print the document; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--anki", type=Path, required=True)
    parser.add_argument(
        "--work", type=Path, default=Path(tempfile.gettempdir()) / "other-tools"
    )
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    tools = makers(given.work)
    series = [LEARNERS, *MAINTAINERS]
    with (
        tempfile.TemporaryDirectory() as folder,
        ThreadPoolExecutor(given.jobs) as pool,
    ):
        trials = [
            list(pool.map(lambda s, tool=tool: trial(tool, s, Path(folder)), series))
            for tool in tools
        ]
        folders = sorted(given.anki.iterdir(), reverse=True)
        results = {
            path.name: list(
                pool.map(
                    lambda t, path=path: cells(str(path / "bin/python"), t), trials
                )
            )
            for path in folders
        }
    print(_HEAD.format(date=f"{datetime.now(UTC):%Y-%m-%d}"))
    print("\n".join(_document(tools, results)))
    ours = (cell for columns in results.values() for cell in columns[0])
    return int(any(not cell.startswith(("kept", "Anki decides")) for cell in ours))


def _document(
    tools: Sequence[Maker], results: Mapping[str, Sequence[Sequence[str]]]
) -> Iterator[str]:
    names = [f"learner {s.name}" for s in SCENARIOS]
    names += [f"maintainer {s.name}" for s in MAINTAINERS]
    newest, *older = results
    yield f"## Anki {newest}\n"
    yield from _table(tools, zip(names, *results[newest], strict=True))
    for version in older:
        yield f"\n## Anki {version}\n\nOnly the rows that differ from Anki {newest}.\n"
        rows = zip(names, *results[version], strict=True)
        before = zip(names, *results[newest], strict=True)
        differing = [r for r, b in zip(rows, before, strict=True) if r != b]
        yield from _table(tools, differing) if differing else ["None."]
    yield "\n## What Anki decides\n"
    yield from (f"* {why[0].upper()}{why[1:]}." for why in reasons())


def _table(tools: Sequence[Maker], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| | {' | '.join(tool.name for tool in tools)} |"
    yield f"|---|{'---|' * len(tools)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


if __name__ == "__main__":
    sys.exit(main())
