"""The list of faults, and which test noticed each of them the last time."""

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
NOTES = HERE / "noticed_by.json"


@dataclass(frozen=True, slots=True)
class Mutation:
    """One fault, and the tests that should notice it."""

    name: str
    file: str
    """Relative to the root of the repository."""
    old: str
    """Occurs exactly once in the file."""
    new: str
    tests: tuple[str, ...]
    """The files of the nearest tests, as pytest calls them."""
    equivalent: str = ""
    """Why no test can notice it; empty for a fault that one must notice."""
    noticed_by: str = ""
    """The test that noticed it the last time, as pytest calls it, if one is noted."""


def mutations(folder: Path = HERE) -> list[Mutation]:
    """Return all faults of the list, in the order of their files."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.toml")))
    notes = read_notes()
    return [
        Mutation(
            **{**entry, "tests": tuple(f"tests/{test}" for test in entry["tests"])},
            noticed_by=notes.get(entry["name"], ""),
        )
        for text in texts
        for entry in tomllib.loads(text)["mutation"]
    ]


def invalid_parts(listed: Sequence[Mutation], root: Path = ROOT) -> Iterator[str]:
    """Yield in what the list no longer fits the code."""
    names = [mutation.name for mutation in listed]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"{name}: two faults have this name"
    for name in sorted(read_notes().keys() - set(names)):
        yield f"{name}: no fault has this name, but {NOTES.name}"
    for mutation in listed:
        place = root / mutation.file
        text = place.read_text(encoding="utf-8") if place.is_file() else ""
        count = text.count(mutation.old) if mutation.old else 0
        if count != 1:
            yield f"{mutation.name}: {mutation.file} has the old text {count} times"
        if mutation.old == mutation.new:
            yield f"{mutation.name}: it changes nothing"
        if not mutation.tests:
            yield f"{mutation.name}: it names no tests"
        for test in mutation.tests:
            if not (root / test).exists():
                yield f"{mutation.name}: there is no {test}"


def read_notes() -> dict[str, str]:
    """Return the tests that noticed faults, by the names of the faults."""
    notes: dict[str, str] = json.loads(NOTES.read_text(encoding="utf-8"))
    return notes


def write_notes(notes: Mapping[str, str]) -> None:
    """Write the tests that noticed faults."""
    text = json.dumps(dict(sorted(notes.items())), indent=0, ensure_ascii=False)
    NOTES.write_text(f"{text}\n", encoding="utf-8")
