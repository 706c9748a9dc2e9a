"""Every verb that writes is stopped at each of its writing calls, and the disk filled.

Afterwards every file is an old or a new one, whole, and a second run finishes the job:
it ends where a run ends that nothing disturbed.
"""

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.cases import write_deck
from tests.faults import KILLED

NOW = 1_728_000_000
DAY = 86_400
WAYS = ("kill", "full", "fail", "interrupt")
SAMPLE = 1
"""How many calls of a verb are disturbed in every run of the tests, besides those that
put a file in place: there what belongs together is half done.
"""
OUTPUTS = 4
"""How many calls for outputs are disturbed where all others are."""
DECK = """\
=== deck.toml
id = "d"
title = "D"
[check]
baseline = "known.txt"
=== t/a.md
---
question: What is a?
---
An answer, see [b](b.md) and [more](#more).

```python solution
x = 1
```

```python test
assert x == 1
```

## Follow-ups
### Is there more? {#more}
Yes.
### And then? {#then}
Then [more](#more).
=== t/b.md
---
question: What is b?
related: [a]
---
See [a](a.md), [more](a.md#more).

## Pitfalls
### Wrong. {#wrong}
No.
=== t/c.md
---
question: What is c?
requires: [a]
---
See [a](a.md), [more](a.md#more).
"""
Files = dict[str, bytes]


@dataclass(frozen=True)
class Verb:
    """A verb and the state of the folder that it is run in."""

    arguments: tuple[str, ...]
    prepare: Callable[[Path, "Runs"], None] = lambda _folder, _runs: None
    days: int = 0
    """How many days after the release before it runs."""
    built: bool = False
    """Whether it writes outputs, too."""


class Runs:
    """Runs verbs, each in a process of its own that was loaded before."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def __call__(
        self, folder: Path, *arguments: str, how: str = "", at: int = 0, days: int = 0
    ) -> dict[str, Any]:
        """Run a verb in `folder`; return its exit code, its calls and what it said."""
        job = {
            "folder": str(folder),
            "arguments": arguments,
            "how": how,
            "at": at,
            "now": NOW + days * DAY,
        }
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{json.dumps(job)}\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runs]:
    program = Path(__file__).with_name("faults.py")
    cache = str(tmp_path_factory.mktemp("cache"))
    with subprocess.Popen(
        [sys.executable, "-X", "utf8", str(program)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "XDG_CACHE_HOME": cache},
        text=True,
    ) as process:
        yield Runs(process)


def files(folder: Path) -> Files:
    """Return the files below `folder` but those that are only staged."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(".part")
    }


def staged(folder: Path) -> list[Path]:
    return list(folder.rglob("*.part"))


def a_warning(folder: Path, _: Runs) -> None:
    (folder / "content/t/c.md").write_text("---\nquestion: c?\n---\n[x](#nowhere)\n")


def ids_missing(folder: Path, _: Runs) -> None:
    for name in "abc":
        path = folder / f"content/t/{name}.md"
        path.write_text(f"{path.read_text()}\n## In depth\nMore.\n")
        text = path.read_text().replace(" {#then}", "").replace(" {#wrong}", "")
        path.write_text(text)


def once_released(folder: Path, runs: Runs) -> None:
    assert runs(folder, "test")["code"] == 0
    made = runs(folder, "release")
    assert made["code"] == 0, made["said"]


def changed_since(folder: Path, runs: Runs) -> None:
    once_released(folder, runs)
    path = folder / "content/t/b.md"
    path.write_text(path.read_text().replace("No.", "No, never."))


def ledger_lost(folder: Path, runs: Runs) -> None:
    once_released(folder, runs)
    shutil.move(folder / "dist/anki/d.apkg", folder / "d.apkg")
    shutil.rmtree(folder / "dist")
    (folder / "content/deck.lock").write_text("cut")


def two_branches(folder: Path, runs: Runs) -> None:
    once_released(folder, runs)
    shutil.copytree(folder, folder / "branch")
    assert runs(folder / "branch", "release", "--version", "2.0.0", days=1)["code"] == 0
    assert runs(folder, "release", days=2)["code"] == 0
    shutil.move(folder / "branch/content/deck.lock", folder / "other.lock")
    shutil.rmtree(folder / "branch")
    shutil.rmtree(folder / "dist")


VERBS = {
    "rename a question": Verb(("rename", "a", "new")),
    "rename a slug": Verb(("rename", "a/more", "a/less")),
    "split": Verb(("rename", "a/more", "new")),
    "move": Verb(("rename", "a/more", "c/more")),
    "check --fix": Verb(("check", "--fix"), ids_missing),
    "check --update-baseline": Verb(("check", "--update-baseline"), a_warning),
    "new": Verb(("new", "concept", "What is new?")),
    "init": Verb(("init", "made")),
    "test": Verb(("test",)),
    "release": Verb(("release",), built=True),
    "release again": Verb(("release",), changed_since, days=3, built=True),
    "adopt": Verb(("adopt", "d.apkg"), ledger_lost),
    "adopt --merge": Verb(("adopt", "--merge", "other.lock"), two_branches),
}


Calls = list[tuple[str, str]]


class Sweep:
    """Disturbs the runs of verbs, each of which starts from the same files."""

    def __init__(self, runs: Runs, folder: Path) -> None:
        self._runs, self._folder = runs, folder
        self._known: dict[str, tuple[Path, Files, Files, Calls]] = {}

    def prepared(self, name: str) -> tuple[Path, Files, Files, Calls]:
        """Return a verb's folder, the files before and after it, and its calls."""
        if name not in self._known:
            verb, folder = VERBS[name], self._folder / name
            write_deck(folder / "content", DECK)
            verb.prepare(folder, self._runs)
            whole = shutil.copytree(folder, self._folder / f"{name} whole")
            done = self._runs(whole, *verb.arguments, days=verb.days)
            assert done["code"] == 0, done["said"]
            assert not staged(whole)
            calls = [(kind, path) for kind, path in done["calls"]]
            assert calls
            self._known[name] = (folder, files(folder), files(whole), calls)
        return self._known[name]

    def disturb(self, name: str, how: str, most: int, place: Path) -> None:
        """Disturb `most` calls of a verb, or all, and finish each with a second run."""
        calls = self.prepared(name)[3]
        for number in chosen(name, calls, most):
            about = f"{name}, {how} at {number}: {calls[number - 1]}"
            self._disturb_one(name, how, number, place / str(number), about)

    def _disturb_one(
        self, name: str, how: str, number: int, place: Path, about: str
    ) -> None:
        verb, (source, old, new, _) = VERBS[name], self.prepared(name)
        shutil.copytree(source, place)
        done = self._runs(place, *verb.arguments, how=how, at=number, days=verb.days)
        about = f"{about}: {done['said']}"
        left = files(place)
        # What fails may not matter, such as making a folder that is there.
        finished = how in {"full", "fail"} and done["code"] == 0 and left == new
        expected = {"kill": KILLED, "interrupt": 130}.get(how, 2)
        assert finished or done["code"] == expected, about
        if how == "full" and not finished and not verb.built:
            assert (left, staged(place)) == (old, []), about
        for path, data in left.items():
            whole = data in {old.get(path), new.get(path), *new.values()}
            assert whole, f"{path}: {about}"
        missing = old.keys() - left.keys() - {"dist/manifest.json"}
        assert missing <= old.keys() - new.keys(), about
        if not finished:
            again = self._runs(place, *verb.arguments, days=verb.days)
            assert again["code"] == 0, f"{about} then {again['said']}"
        assert files(place) == new, about
        assert not staged(place), about
        shutil.rmtree(place)


@pytest.fixture(scope="module")
def sweep(runs: Runs, tmp_path_factory: pytest.TempPathFactory) -> Sweep:
    return Sweep(runs, tmp_path_factory.mktemp("prepared"))


def chosen(name: str, calls: Calls, most: int) -> list[int]:
    """Return the numbers of the calls to disturb, always the same ones.

    With 0 as `most` they are all those for the deck's own files, and of those for the
    many outputs, which are written in one way, some.
    """
    kinds: dict[str, list[int]] = {"output": [], "step": [], "other": []}
    for number, (call, path) in enumerate(calls, start=1):
        kind = "step" if call == "rename" else "other"
        kinds["output" if path.startswith("dist/") else kind].append(number)
    picked = random.Random(name)  # noqa: S311 - no secret
    if most:
        kinds["other"] = picked.sample(kinds["other"], min(most, len(kinds["other"])))
    some = min(most or OUTPUTS, len(kinds["output"]))
    outputs = picked.sample(kinds["output"], some)
    return sorted((*kinds["step"], *kinds["other"], *outputs))


@pytest.mark.parametrize("how", WAYS)
@pytest.mark.parametrize("name", VERBS)
def test_a_disturbed_verb_loses_nothing_and_is_finished_by_a_second_run(
    name: str, how: str, sweep: Sweep, tmp_path: Path
) -> None:
    sweep.disturb(name, how, SAMPLE, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("how", WAYS)
@pytest.mark.parametrize("name", VERBS)
def test_each_call_of_a_verb_is_disturbed(
    name: str, how: str, sweep: Sweep, tmp_path: Path
) -> None:
    sweep.disturb(name, how, 0, tmp_path)


def test_every_verb_that_writes_is_tried() -> None:
    tried = {verb.arguments[0] for verb in VERBS.values()}
    assert tried == {"rename", "check", "new", "init", "test", "release", "adopt"}
