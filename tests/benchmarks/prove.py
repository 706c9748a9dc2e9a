"""Try an update after all that learners do, in every Anki, with any two packages.

    python tests/benchmarks/prove.py OLD.apkg NEW.apkg [--update FILE]... [--anki DIR]

A learner imports OLD, does something, and updates: by importing NEW with Anki's own
options (`package`), with *Merge note types* ticked (`merge`), or by importing the files
of `--update` in their order (`files`). The table has a row for each scenario, a column
for each way. A cell says what was lost, `kept` if nothing was, or `Anki decides` if no
package can do otherwise; the reasons stand below. DIR has an environment for each
version of Anki, named after it; unless given, the installed one is used.

The exit code is 1 if the last way lost something. The times of OLD and NEW must be in
the past: Anki compares them with its clock.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PROBE = Path(__file__).parents[1] / "anki" / "probe.py"
Step = dict[str, Any]
Look = Mapping[str, Any]
LOOK: Step = {"do": "look"}
TAGS = ["leech", "marked", "mine"]
SCHEDULE = ("deck", "due", "factor", "flags", "ivl", "lapses", "queue", "reps", "type")


@dataclass(frozen=True)
class Subjects:
    """What the two packages have, by which the scenarios are chosen."""

    old: Look
    new: Look
    pairs: Mapping[str, str]
    """The GUIDs in NEW of the notes of OLD that it has, too, by those in OLD."""

    @property
    def changed(self) -> str:
        """Return a note that NEW changes; any note if it changes none."""
        return next(
            (g for g in sorted(self.pairs) if self._differs(g)), min(self.pairs)
        )

    @property
    def unchanged(self) -> str:
        """Return a note that NEW leaves as it is; the last one if there is none."""
        both = sorted(self.pairs)
        return next((guid for guid in both if not self._differs(guid)), both[-1])

    @property
    def added(self) -> set[str]:
        return set(self.new["notes"]) - {*self.old["notes"], *self.pairs.values()}

    def newest(self, guid: str) -> Mapping[str, str]:
        """Return the fields that NEW has for a note of OLD."""
        found: Mapping[str, str] = self.new["notes"][self.pairs[guid]]["fields"]
        return found

    def _differs(self, guid: str) -> bool:
        return self.fields(guid) != self.newest(guid)

    def fields(self, guid: str) -> Mapping[str, str]:
        found: Mapping[str, str] = self.old["notes"][guid]["fields"]
        return found

    def own_field(self, guid: str) -> str:
        """Return the field that learners write into: the last one."""
        return list(self.fields(guid))[-1]

    def text_field(self, guid: str) -> str:
        """Return a field whose text learners may mend: the first but the key."""
        return list(self.fields(guid))[1]

    def type(self, guid: str) -> str:
        found: str = self.old["notes"][guid]["type"]
        return found

    @property
    def time(self) -> int:
        """Return a moment between the two releases."""
        times: list[int] = [note["mod"] for note in self.old["notes"].values()]
        return max(times) + 1

    @property
    def deck(self) -> str:
        """Return the deck that has all others."""
        decks: list[str] = [card["deck"] for card in self.old["cards"]]
        names = [deck.partition("::")[0] for deck in decks]
        return max(set(names), key=names.count)


def pairs_of(old: Look, new: Look) -> Mapping[str, str]:
    """Return which notes of two packages are one: by GUID, or by the first field."""
    later, first = new["notes"], {note["id"]: g for g, note in new["notes"].items()}
    named = {g: first.get(note["id"], "") for g, note in old["notes"].items()}
    return {
        guid: guid if guid in later else name
        for guid, name in named.items()
        if guid in later or name
    }


@dataclass(frozen=True, eq=False)
class Scenario:
    """What a learner does, and what must be as it was after an update."""

    name: str
    steps: Callable[[Subjects], Sequence[Step]]
    deleted: Callable[[Subjects], Sequence[str]] = lambda _: ()
    styled: bool = False
    again: bool = False
    """Whether the learner updates twice."""
    late: bool = False
    """Whether the learner does it after NEW came out, and before the update."""
    decides: Mapping[str, str] = field(default_factory=dict)
    """What no package can keep, and why."""


def change(guid: str, **more: Any) -> Step:  # noqa: ANN401 - any JSON
    return {"do": "change", "note": guid, **more}


EDIT = (
    "of an own edit and a new text in one note one gives way: by a package the older"
    " one, by a text file the learner's"
)
BACK = "Anki does not remember what was deleted"
LOOKS = "Anki lets the newer of two note types win"
FIELDS = "Anki makes a second note type, or merges and asks for a full sync"
NAMED = "a text file names its note type: the learner chooses it in the dialog"
FIRST = "Anki skips a note whose first field a text file does not fill"
SCENARIOS = (
    Scenario("does nothing", lambda _: []),
    Scenario(
        "studies", lambda s: [{"do": "study", "deck": s.deck, "answers": [3, 1, 4, 2]}]
    ),
    Scenario("has long intervals", lambda s: [change(s.changed, due="90")]),
    Scenario("suspends a changed note", lambda s: [change(s.changed, suspend=True)]),
    Scenario("suspends another note", lambda s: [change(s.unchanged, suspend=True)]),
    Scenario("flags", lambda s: [change(s.changed, flag=3)]),
    Scenario(
        "writes into the last field of a changed note",
        lambda s: [change(s.changed, fields={s.own_field(s.changed): "mine"})],
    ),
    Scenario(
        "writes into the last field of another note",
        lambda s: [change(s.unchanged, fields={s.own_field(s.unchanged): "mine"})],
    ),
    Scenario("tags a changed note", lambda s: [change(s.changed, tags=TAGS)]),
    Scenario("tags another note", lambda s: [change(s.unchanged, tags=TAGS)]),
    Scenario(
        "mends a text of a changed note",
        lambda s: [change(s.changed, fields={s.text_field(s.changed): "my text"})],
        decides={"words": EDIT, "arrival": EDIT},
    ),
    Scenario(
        "mends a text of a changed note after the release",
        lambda s: [change(s.changed, fields={s.text_field(s.changed): "my text"})],
        late=True,
        decides={"words": EDIT, "arrival": EDIT},
    ),
    Scenario(
        "tags a changed note after the release",
        lambda s: [change(s.changed, tags=TAGS)],
        late=True,
    ),
    Scenario(
        "mends a text of another note",
        lambda s: [change(s.unchanged, fields={s.text_field(s.unchanged): "my text"})],
    ),
    Scenario(
        "moves a changed note",
        lambda s: [{"do": "move", "note": s.changed, "deck": "Own"}],
    ),
    Scenario("crams", lambda s: [{"do": "filtered", "deck": s.deck}]),
    Scenario(
        "renames the deck",
        lambda s: [{"do": "rename_deck", "deck": s.deck, "to": "School::Memory"}],
    ),
    Scenario(
        "renames a note type",
        lambda s: [{"do": "retype", "type": s.type(s.changed), "rename": "My type"}],
        decides={"arrival": NAMED},
    ),
    Scenario(
        "deletes a changed note",
        lambda s: [{"do": "delete", "note": s.changed}],
        deleted=lambda s: [s.changed],
        decides={"deletion": BACK},
    ),
    Scenario(
        "deletes another note",
        lambda s: [{"do": "delete", "note": s.unchanged}],
        deleted=lambda s: [s.unchanged],
        decides={"deletion": BACK},
    ),
    Scenario(
        "styles the cards",
        lambda s: [
            {"do": "restyle", "type": s.type(s.changed), "css": "p { margin: 0 }"}
        ],
        styled=True,
        decides={"style": LOOKS},
    ),
    Scenario(
        "adds a field",
        lambda s: [
            {"do": "retype", "type": s.type(s.changed), "add": "Mine"},
            change(s.changed, fields={"Mine": "own"}),
        ],
        decides={"types": FIELDS, "sync": FIELDS},
    ),
    Scenario(
        "adds a field after the release",
        lambda s: [
            {"do": "retype", "type": s.type(s.changed), "add": "Mine", "dated": True},
            change(s.changed, fields={"Mine": "own"}),
        ],
        late=True,
        decides={"types": FIELDS, "sync": FIELDS},
    ),
    Scenario(
        "adds a field in front",
        lambda s: [
            {
                "do": "retype",
                "type": s.type(s.changed),
                "add": "Mine",
                "first": "Mine",
            },
            change(s.changed, fields={"Mine": "own"}),
        ],
        decides={"types": FIELDS, "sync": FIELDS, "arrival": FIRST},
    ),
    Scenario(
        "puts another field first",
        lambda s: [
            {
                "do": "retype",
                "type": s.type(s.changed),
                "first": s.text_field(s.changed),
            }
        ],
        decides={"types": FIELDS, "sync": FIELDS},
    ),
    Scenario(
        "updates twice",
        lambda s: [change(s.changed, tags=TAGS, fields={s.own_field(s.changed): "x"})],
        again=True,
    ),
    Scenario("goes back to the old package", lambda _: [], again=True),
)


def losses(
    scenario: Scenario, subjects: Subjects, before: Look, after: Look
) -> Iterator[str]:
    """Yield what an update lost, or did not bring."""
    cards = {card["id"]: card for card in after["cards"]}
    kept = all(
        card["id"] in cards and all(cards[card["id"]][k] == card[k] for k in SCHEDULE)
        for card in before["cards"]
    )
    if not kept:
        yield "schedule"
    if not before["notes"].keys() <= after["notes"].keys() or (
        len(after["notes"]) != after["note_count"]
    ):
        yield "notes"
    twice = {g for g, new in subjects.pairs.items() if g != new}
    if any({guid, subjects.pairs[guid]} <= after["notes"].keys() for guid in twice):
        yield "doubled"
    if not _words_kept(subjects, before, after):
        yield "words"
    deleted = set(scenario.deleted(subjects))
    deleted |= {subjects.pairs.get(guid, guid) for guid in deleted}
    if deleted & after["notes"].keys():
        yield "deletion"
    styles = {name: type_["css"] for name, type_ in before["types"].items()}
    if scenario.styled and any(
        type_["css"] != styles.get(name, type_["css"])
        for name, type_ in after["types"].items()
    ):
        yield "style"
    if len(after["types"]) > len({*before["types"], *subjects.new["types"]}):
        yield "types"
    if after["schema"] != before["schema"]:
        yield "sync"
    if not _arrived(scenario, subjects, after):
        yield "arrival"


def _words_kept(subjects: Subjects, before: Look, after: Look) -> bool:
    """Return whether all that the learner wrote is there."""
    for guid, note in before["notes"].items():
        now = after["notes"].get(guid, {"fields": {}, "tags": []})
        shipped = subjects.old["notes"][guid]
        if not set(note["tags"]) - set(shipped["tags"]) <= set(now["tags"]):
            return False
        for name, value in note["fields"].items():
            written = value != shipped["fields"].get(name, "")
            if written and now["fields"].get(name) != value:
                return False
    return True


def _arrived(scenario: Scenario, subjects: Subjects, after: Look) -> bool:
    """Return whether new notes are there, and the words that NEW changed."""
    if not subjects.added <= after["notes"].keys():
        return False
    return all(
        _has_arrived(subjects, guid, after)
        for guid in subjects.pairs
        if guid in after["notes"] and guid not in scenario.deleted(subjects)
    )


def _has_arrived(subjects: Subjects, guid: str, after: Look) -> bool:
    new, old = subjects.newest(guid), subjects.fields(guid)
    now = after["notes"][guid]["fields"]
    # Pictures that come without a note have names with `_`.
    return all(
        now.get(name, "").replace('src="_', 'src="') == text
        for name, text in new.items()
        if text != old.get(name)
    )


def run(python: str, *sessions: Sequence[Step]) -> list[list[Any]]:
    """Return what the steps of each session give in a new collection of an Anki."""
    process = subprocess.run(
        [python, "-X", "utf8", str(PROBE)],
        input=json.dumps(sessions),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if process.returncode:
        raise RuntimeError(process.stderr[-2000:])
    found: list[list[Any]] = json.loads(process.stdout)
    return found


def ways(new: Path, files: Sequence[Path]) -> Mapping[str, list[Step]]:
    """Return the steps of each way to update."""
    package = {"do": "import", "path": str(new)}
    found: dict[str, list[Step]] = {
        "package": [package],
        "merge": [{**package, "merge": True}],
    }
    if files:
        found["files"] = [
            {
                "do": "import_text" if file.suffix == ".txt" else "import",
                "path": str(file),
                # What the page of files advises to who has fields of their own.
                **({} if file.suffix == ".txt" else {"merge": True}),
            }
            for file in files
        ]
    return found


def session(
    scenario: Scenario, subjects: Subjects, old: Path, way: Sequence[Step]
) -> list[Step]:
    """Return what a learner does, with a look before and after the update."""
    start = {"do": "import", "path": str(old)}
    again = [start] if scenario.name.startswith("goes back") else way
    update = [*way, *(again if scenario.again else [])]
    before = list(scenario.steps(subjects))
    if not scenario.late:
        before.append({"do": "backdate", "time": subjects.time})
    return [start, *before, LOOK, *update, LOOK]


def verdict(scenario: Scenario, subjects: Subjects, results: list[Any]) -> str:
    """Return what became of a learner."""
    failed = next((r["error"] for r in results if "error" in (r or ())), "")
    if failed:
        return f"refused: {failed}"
    *_, before, after = looks(results)
    lost = list(losses(scenario, subjects, before, after))
    hard = [what for what in lost if what not in scenario.decides]
    if hard:
        return f"lost: {', '.join(hard)}"
    return f"Anki decides: {', '.join(lost)}" if lost else "kept"


def column(
    python: str,
    old: Path,
    way: Sequence[Step],
    subjects: Subjects,
    scenarios: Sequence[Scenario],
) -> list[str]:
    """Return what became of the learner of each scenario."""
    sessions = (session(scenario, subjects, old, way) for scenario in scenarios)
    found = run(python, *sessions)
    return [
        verdict(scenario, subjects, results)
        for scenario, results in zip(scenarios, found, strict=True)
    ]


def looked(python: str, *packages: Path) -> list[Look]:
    """Return what a learner has after importing each of the packages."""
    sessions = ([{"do": "import", "path": str(path)}, LOOK] for path in packages)
    return [looks(results)[0] for results in run(python, *sessions)]


def looks(results: list[Any]) -> list[Look]:
    return [found for found in results if isinstance(found, dict) and "notes" in found]


def main() -> int:
    """Print the tables; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("--update", type=Path, action="append", default=[])
    parser.add_argument("--anki", type=Path, help="a folder of environments")
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    pythons = {"installed": sys.executable}
    if given.anki:
        folders = sorted(given.anki.iterdir())
        pythons = {f.name: str(f / "bin" / "python") for f in folders}
    table = ways(given.new, given.update)
    failed = False
    for version, python in pythons.items():
        print(f"\nAnki {version}\n\n| learner | {' | '.join(table)} |")
        print(f"|---|{'---|' * len(table)}")
        for name, cells in _rows(python, given, table):
            print(f"| {name} | {' | '.join(cells)} |", flush=True)
            failed |= not cells[-1].startswith(("kept", "Anki decides"))
    print("\nWhat Anki decides:", *(f"- {why}" for why in reasons()), sep="\n")
    return int(failed)


def _rows(
    python: str, given: argparse.Namespace, table: Mapping[str, list[Step]]
) -> Iterator[tuple[str, list[str]]]:
    """Yield each scenario's name and cells."""
    old, new = looked(python, given.old, given.new)
    subjects = Subjects(old, new, pairs_of(old, new))
    with ThreadPoolExecutor(given.jobs) as pool:
        columns = pool.map(
            lambda way: column(python, given.old, way, subjects, SCENARIOS),
            table.values(),
        )
        for scenario, *cells in zip(SCENARIOS, *columns, strict=True):
            yield scenario.name, cells


def reasons() -> list[str]:
    """Return why no package can do otherwise, each reason once."""
    whys = (why for scenario in SCENARIOS for why in scenario.decides.values())
    return list(dict.fromkeys(whys))


if __name__ == "__main__":
    sys.exit(main())
