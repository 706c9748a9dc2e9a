"""A verb that is killed, or finds the disk full, at any moment cuts no author's file.

Each file is the old one or the new one, whole; a full disk is reported with its remedy;
and running the verb again finishes the job, as if nothing had happened.
"""

import json
import random
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.cases import write_deck
from tests.crashes import KILLED, NOW, Crash, Ended, How, Run, files, runs

from triptych.cli import check_verb

DAY_SECONDS = 24 * 60 * 60
CODE = """

```python solution
def double(x):
    return 2 * x
```

```python test
assert double(2) == 4
```
"""
BASELINE = "=== lists/known.txt\nt/gone.md dead-link\n"
DECK = f"""\
=== deck.toml
id = "d"
title = "D"
[check]
baseline = "lists/known.txt"
=== code.lock
{{"id": "old", "code": "0000000000000000", "verdict": "failed", "message": "x"}}
{BASELINE}=== t/old.md
---
id: old
question: What is old?
---
See [below](#part).{CODE}
## Follow-ups
### Is there a part? {{#part}}
Yes, see [below](#part).
=== t/bold.md
---
question: What is bold?
related: [old]
---
As in [old](old.md#part).
=== s/cold.md
---
question: What is cold?
requires: [old]
---
As in [old](../t/old.md).
=== guides/start.md
---
title: Start
---
Begin [there](../t/old.md#part).
"""
UNSOUND = """\
=== t/one.md
---
question: What is one?
---
An answer.

## Follow-ups
### Why is that?
So.
### And why not?
Therefore.

```nosuchlanguage
x
```
=== t/two.md
---
question: What is two?
---
An answer.

## Pitfalls
### It is three.
No.
"""
CHANGELOG = "\n# Our deck\n\nWords of ours.  \n"


class Verb(NamedTuple):
    """A verb that writes, and the deck that it is run in."""

    arguments: tuple[str, ...]
    deck: str = DECK
    before: tuple[tuple[str, ...] | Callable[[Path], None], ...] = ()
    """What is run first, undisturbed, or done to the folder."""


def lose_ledger(folder: Path) -> None:
    (folder / "content/deck.lock").write_text("cut")


def add_words(folder: Path) -> None:
    """Put a table beside the deck, for `import`."""
    (folder / "words.csv").write_text("front,back\nOne?,Eins.\nTwo?,Zwei.\n")


def add_progress(folder: Path) -> None:
    """Put a file of progress beside the deck, for `progress`."""
    rows = [[1_790_033_400_000, "old", 3, [], "balone"]]
    log = {"format": "triptych-progress", "version": 1, "deck": "d", "rows": rows}
    (folder / "log.json").write_text(json.dumps(log))


def put_by(folder: Path) -> None:
    """Keep what a release changes in the deck, for `branch_off`."""
    for name in ("deck.lock", "CHANGELOG.md"):
        shutil.copy(folder / "content" / name, folder / name)


def branch_off(folder: Path) -> None:
    """Go back to what `put_by` kept; the ledger of now becomes another branch's."""
    shutil.move(folder / "content/deck.lock", folder / "other.lock")
    for name in ("deck.lock", "CHANGELOG.md"):
        shutil.move(folder / name, folder / "content" / name)


VERBS: Mapping[str, Verb] = {
    "rename a question": Verb(("rename", "old", "new")),
    "rename a follow-up": Verb(("rename", "old/part", "piece")),
    "split": Verb(("rename", "old/part", "new")),
    "move": Verb(("rename", "old/part", "cold/part")),
    "check --fix": Verb(("check", "--fix"), UNSOUND),
    "check --update-baseline": Verb(
        ("check", "--update-baseline"), DECK.replace(BASELINE, "") + UNSOUND
    ),
    "new": Verb(("new", "concept", "What is new?", "--topic", "s")),
    "new, the first": Verb(
        ("new", "coding", "What is new?"), "=== README.md\nEmpty.\n"
    ),
    "init": Verb(("init", "made"), ""),
    "test": Verb(("test", "--jobs", "1")),
    "the first release": Verb(("release", "--jobs", "1")),
    "a later release": Verb(
        ("release", "--jobs", "1", "--yes"),
        DECK,
        (("release",), ("rename", "old/part", "piece")),
    ),
    "import": Verb(("import", "words.csv", "--topic", "t"), DECK, (add_words,)),
    "progress": Verb(
        ("progress", "log.json", "--time-zone", "UTC"), DECK, (add_progress,)
    ),
    "adopt": Verb(("adopt", "dist/anki/d.apkg"), DECK, (("release",), lose_ledger)),
    "adopt --merge": Verb(
        ("adopt", "--merge", "other.lock"),
        DECK,
        (
            ("release",),
            put_by,
            ("release", "--version", "2.0.0", "--yes"),
            branch_off,
            ("rename", "old/part", "piece"),
            ("release", "--yes"),
        ),
    ),
}
CALLS_TRIED = 1
"""How many calls of each verb the short run tries in each way."""
RUNS_OF_KILLS, KILLS = 10, 3
OUTPUT_CALLS_TRIED = 8
"""How many of the calls for outputs the long run tries: they are all alike."""


class Undisturbed(NamedTuple):
    """What a verb does where nothing goes wrong."""

    folder: Path
    """As it is before; copied for each run."""
    before: Mapping[str, bytes]
    after: Mapping[str, bytes]
    ended: Ended


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    with runs() as run:
        yield run


Undisturb = Callable[[str], Undisturbed]


@pytest.fixture(scope="module")
def undisturbed(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Undisturb:
    """Return what does a verb of the table once, undisturbed."""

    @cache
    def done(name: str) -> Undisturbed:
        verb = VERBS[name]
        root = tmp_path_factory.mktemp("undisturbed")
        before, after = root / "before", root / "after"
        before.mkdir()
        if verb.deck:
            write_deck(before / "content", verb.deck)
            (before / "content/CHANGELOG.md").write_text(CHANGELOG)
        for day, step in enumerate(verb.before):
            if callable(step):
                step(before)
            else:
                assert run(before, *step, now=NOW + day * DAY_SECONDS).code == 0
        shutil.copytree(before, after)
        ended = run(after, *verb.arguments)
        return Undisturbed(before, files(before), files(after), ended)

    return done


CODES = {How.KILL: KILLED, How.FAIL: 2, How.FULL: 2, How.INTERRUPT: 130}


def crashed(run: Run, verb: Verb, at: Undisturbed, folder: Path, crash: Crash) -> None:
    """Check what is left by a run that went wrong, and that the next one mends it."""
    shutil.copytree(at.folder, folder)
    ended = run(folder, *verb.arguments, crash=crash)
    left = files(folder)
    if crash.how is How.KILL or ended.code != at.ended.code:
        assert ended.code == CODES[crash.how], ended.said
        if ended.code == 2:
            assert "free some space" in ended.said
        whole(left, at)
        ended = run(folder, *verb.arguments)
    # Or the call was not needed: what it should have removed is gone already, say.
    assert ended.code == at.ended.code, ended.said
    assert files(folder) == at.after
    shutil.rmtree(folder)


def whole(left: Mapping[str, bytes], at: Undisturbed) -> None:
    gone, made = at.before.keys() - at.after.keys(), at.after.keys() - at.before.keys()
    moved = {at.after[name] for name in made} if gone else set()
    for name, data in left.items():
        if name in {*at.before, *at.after}:
            kept = {at.before.get(name), at.after.get(name)}
            assert data in (kept | moved if name in gone else kept), name
        else:
            assert is_staged(Path(name)), name
    for name in at.before.keys() & at.after.keys():
        assert name in left or name.startswith("dist/"), name
    assert not gone or left.keys() & (gone | made)


def is_staged(path: Path) -> bool:
    return path.name.startswith(".") and path.name.endswith(".part")


def chosen(name: str, calls: Sequence[str], most: int = 0) -> list[int]:
    """Return the numbers of the calls to let go wrong, at most so many: the same ones.

    With 0 they are all, but for those of the many outputs.
    """
    picked = random.Random(name)  # noqa: S311 - no secret
    numbers = range(1, len(calls) + 1)
    outputs = [n for n in numbers if "/dist/" in calls[n - 1]]
    if most:
        return picked.sample(numbers, min(most, len(numbers)))
    others = picked.sample(outputs, min(OUTPUT_CALLS_TRIED, len(outputs)))
    return sorted({*numbers} - {*outputs} | {*others})


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_that_is_cut_short_cuts_no_file(
    name: str, run: Run, undisturbed: Undisturb, tmp_path: Path
) -> None:
    at = undisturbed(name)
    assert at.before != at.after
    for how in How:
        for number in chosen(f"{name} {how}", at.ended.calls, CALLS_TRIED):
            crashed(run, VERBS[name], at, tmp_path / "run", Crash(number, how))


@pytest.mark.slow
@pytest.mark.parametrize("how", How)
@pytest.mark.parametrize("name", VERBS)
def test_a_verb_that_is_cut_short_at_any_call_cuts_no_file(
    name: str, how: How, run: Run, undisturbed: Undisturb, tmp_path: Path
) -> None:
    at = undisturbed(name)
    for number in chosen(name, at.ended.calls):
        crashed(run, VERBS[name], at, tmp_path / "run", Crash(number, how))


@pytest.mark.slow
@pytest.mark.parametrize("name", VERBS)
def test_a_verb_may_be_killed_again_and_again(
    name: str, run: Run, undisturbed: Undisturb, tmp_path: Path
) -> None:
    at, verb = undisturbed(name), VERBS[name]
    for seed in range(RUNS_OF_KILLS):
        picked = random.Random(f"{name} {seed}")  # noqa: S311 - no secret
        folder = tmp_path / str(seed)
        shutil.copytree(at.folder, folder)
        for _ in range(KILLS):
            # Towards the end, where most of the work is done.
            crash = Crash(max(1, len(at.ended.calls) - picked.randrange(12)))
            if run(folder, *verb.arguments, crash=crash).code != KILLED:
                break
            whole(files(folder), at)
        else:
            assert run(folder, *verb.arguments).code == at.ended.code
        assert files(folder) == at.after
        shutil.rmtree(folder)


def test_every_verb_that_writes_is_tried() -> None:
    tried = {verb.arguments[0] for verb in VERBS.values()}
    writes = "deck_lock|publish|run_session|check_and_fix|import_into"
    written = {
        path.stem.removesuffix("_verb")
        for path in Path(check_verb.__file__).parent.glob("*_verb.py")
        if re.search(writes, path.read_text())
    }
    assert tried == written
