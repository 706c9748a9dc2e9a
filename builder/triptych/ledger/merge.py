"""Merge the ledgers of two branches that both made releases.

Of each note, the line with the later change is kept; the releases of both ledgers are
sorted by time. The result is the same if the two ledgers are swapped.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from triptych.errors import TriptychError
from triptych.ledger.lock import Ledger, NoteLine, version_number
from triptych.ledger.lock_file import dump, is_version

LedgerAndLine = tuple[Ledger, NoteLine]
"""A ledger and one of its lines."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged ledger, and the decisions made between the two."""

    ledger: Ledger
    decisions: tuple[str, ...] = ()


def merge(own: Ledger, other: Ledger, version: str = "") -> Merged:
    """Return the merge of two ledgers.

    If both have a release with the same version at different times, the later release
    gets `version`.

    Raises:
        TriptychError: They contradict each other.

    """
    if not (own.releases and other.releases):
        return Merged(own if own.releases else other)
    # Sort by text if times are equal, so that the order of arguments is irrelevant.
    earlier, later = sorted(
        (own, other), key=lambda side: (side.latest.time, dump(side))
    )
    conflicts = list(_conflicts(earlier, later, version))
    if conflicts:
        raise TriptychError(f"the two ledgers disagree: {'; '.join(conflicts)}")
    numbers = _new_versions(earlier, later, version)
    earlier, later = (_with_new_versions(side, numbers) for side in (earlier, later))
    releases = {item.time: item for item in (*earlier.releases, *later.releases)}
    ledger = Ledger(
        deck=later.deck,
        releases=tuple(releases[time] for time in sorted(releases)),
        decks={**earlier.decks, **later.decks},
        types={**earlier.types, **later.types},
    )
    for key in earlier.types.keys() & later.types.keys():
        if earlier.types[key].mod > later.types[key].mod:
            ledger = replace(ledger, types={**ledger.types, key: earlier.types[key]})
    media = dict(later.media)
    for name, first in earlier.media.items():
        media[name] = min(first, media.get(name, first), key=ledger.time_of)
    notes = {line.note: line for line in _lines(ledger, earlier, later)}
    decisions = (*_version_decisions(numbers), *_name_decisions(earlier, later, notes))
    return Merged(replace(ledger, media=media, notes=notes), decisions)


def _lines(ledger: Ledger, earlier: Ledger, later: Ledger) -> Iterator[NoteLine]:
    """Yield one line for each GUID; `ledger` has all releases."""
    sides: dict[str, list[LedgerAndLine]] = {}
    for side in (later, earlier):
        for line in side.notes.values():
            sides.setdefault(line.guid, []).append((side, line))
    for candidates in sides.values():
        lines = [line for _, line in candidates]
        newest = max(lines, key=lambda line: (line.mod, ledger.time_of(line.last)))
        last = max((line.last for line in lines), key=ledger.time_of)
        # A note in the newest release of a branch is not retired there.
        if any(line.last == side.latest.version for side, line in candidates):
            last = ledger.latest.version
        first = min((line.first for line in lines), key=ledger.time_of)
        yield replace(newest, first=first, last=last)


def _conflicts(earlier: Ledger, later: Ledger, version: str) -> Iterator[str]:
    """Yield the contradictions between the two ledgers."""
    if earlier.deck != later.deck:
        yield f"one is of the deck `{earlier.deck}`, the other of `{later.deck}`"
        return
    yield from _version_conflicts(earlier, later, version)
    times = {item.time: item.version for item in earlier.releases}
    for item in later.releases:
        same = times.get(item.time, item.version)
        if same != item.version:
            yield f"the releases {same} and {item.version} are of the same second"
    for key in sorted(earlier.types.keys() & later.types.keys()):
        if earlier.types[key].shape != later.types[key].shape:
            yield f"the fields or templates of the note type `{key}` differ"
    for name in sorted(earlier.notes.keys() & later.notes.keys()):
        one, two = earlier.notes[name], later.notes[name]
        if one.guid != two.guid:
            yield (
                f"`{name}` is one note in one and another in the other"
                f" (“{one.prompt}” and “{two.prompt}”): give one of them another id in"
                " its branch with `triptych rename`, release there, and merge again"
            )


def _version_conflicts(earlier: Ledger, later: Ledger, version: str) -> Iterator[str]:
    duplicates = _duplicate_versions(earlier, later)
    taken = {item.version for item in (*earlier.releases, *later.releases)}
    if duplicates and not version:
        yield (
            f"both have a release {', '.join(duplicates)}, of different times: say with"
            " --version X.Y.Z which number the later one gets"
        )
    elif version and not is_version(version):
        yield f"`{version}` is no version: write three numbers, as 1.2.3"
    elif version and not duplicates:
        yield "no two releases have one version: leave out --version"
    elif version in taken:
        yield f"there is a release {version} already"


def _duplicate_versions(earlier: Ledger, later: Ledger) -> list[str]:
    """Return the versions that two releases have, sorted by the later time."""
    times = {item.version: item.time for item in earlier.releases}
    both = [
        (max(item.time, times[item.version]), item.version)
        for item in later.releases
        if times.get(item.version, item.time) != item.time
    ]
    return [version for _, version in sorted(both)]


_NewVersions = Mapping[tuple[str, int], str]
"""The new version of a release, by its old version and time."""


def _new_versions(earlier: Ledger, later: Ledger, version: str) -> _NewVersions:
    """Return new versions for the later of two releases with the same version."""
    numbers: dict[tuple[str, int], str] = {}
    taken = {item.version for item in (*earlier.releases, *later.releases)}
    for old in _duplicate_versions(earlier, later):
        while version in taken:
            major, minor, patch = version_number(version)
            version = f"{major}.{minor}.{patch + 1}"
        taken.add(version)
        numbers[old, max(earlier.time_of(old), later.time_of(old))] = version
    return numbers


def _with_new_versions(side: Ledger, numbers: _NewVersions) -> Ledger:
    new = {
        item.version: numbers.get((item.version, item.time), item.version)
        for item in side.releases
    }
    return replace(
        side,
        releases=tuple(
            replace(item, version=new[item.version]) for item in side.releases
        ),
        media={name: new.get(first, first) for name, first in side.media.items()},
        notes={
            name: replace(line, first=new[line.first], last=new[line.last])
            for name, line in side.notes.items()
        },
    )


def _version_decisions(numbers: _NewVersions) -> Iterator[str]:
    for (old, _), new in numbers.items():
        yield f"the later of the two releases {old} is called {new} here"


def _name_decisions(
    earlier: Ledger, later: Ledger, notes: Mapping[str, NoteLine]
) -> Iterator[str]:
    """Yield which of two names is kept, for notes and decks."""
    names = {line.guid: line.note for line in notes.values()}
    for side in (earlier, later):
        for line in side.notes.values():
            name = names[line.guid]
            if name != line.note:
                yield f"`{line.note}` and `{name}` are one note: it is called `{name}`"
    for topic in sorted(earlier.decks.keys() & later.decks.keys()):
        if earlier.decks[topic] != later.decks[topic]:
            yield (
                f"the deck `{earlier.decks[topic]}` is called `{later.decks[topic]}`"
            )
