"""What the compilation of a file looks at besides its text, so that it can be kept.

Compiling a file gets a project in which everything that no file may depend on is empty.
What is different for each file is recorded when it is looked at: pictures, the names of
all files where one is missing, and the verdict of the file's code. The record is kept
with the result, which is used again if each of these still is as it was.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Self

from triptych.deck.baseline import Known
from triptych.deck.project import Project
from triptych.ledger.lock import Ledger
from triptych.ledger.verdicts import Verdict
from triptych.values.deck import CheckSettings, Deck, Topic

Look = tuple[str, str]
"""What was looked at: a kind, and a name."""
LookedAt = tuple[tuple[Look, str], ...]
"""What was looked at, and how it was then."""
_ALL_FILES: Look = ("files", "")


class Looks:
    """A project as the compilation of one file sees it, and what that looked at."""

    def __init__(self, project: Project) -> None:
        """Record nothing yet."""
        self._project = project
        self._seen: dict[Look, None] = {}
        self._states: dict[Look, str] = {}
        folder = replace(
            project.folder,
            sources=(),
            files=_Files(project.folder.files, self._seen),
            misplaced=(),
            outside=(),
            theme=None,
            static=(),
            changelog=None,
        )
        self.project = replace(
            project,
            folder=folder,
            deck=seen_by_files(project.deck),
            verdicts=_Verdicts(project.verdicts, self._seen),
            ledger=Ledger(),
            baseline=_Known(project.baseline, self._seen),
        )

    def __reduce__(self) -> tuple[type[Self], tuple[Project]]:
        """Send the project alone to another process, which records for itself."""
        return type(self), (self._project,)

    def start(self) -> None:
        """Start the record of another file."""
        self._seen.clear()

    def record(self) -> LookedAt:
        """Return what was looked at since the start, and how it is."""
        return tuple((look, self._state(look)) for look in sorted(self._seen))

    def hold(self, looked_at: LookedAt) -> bool:
        """Return whether everything that was `looked_at` is as it was then."""
        return all(self._state(look) == state for look, state in looked_at)

    def _state(self, look: Look) -> str:
        if look not in self._states:
            self._states[look] = self._state_now(look)
        return self._states[look]

    def _state_now(self, look: Look) -> str:
        kind, name = look
        if kind == "verdict":
            return _digest(repr(self._project.verdicts.get(name)).encode())
        if kind == "known":
            path, _, rule = name.rpartition(" ")
            return str((path, rule) in self._project.baseline)
        files, root = self._project.folder.files, self._project.folder.root
        if look == _ALL_FILES:
            return _digest("\0".join(sorted(map(str, files))).encode())
        if PurePosixPath(name) not in files:
            return ""
        real = (root / name).resolve()
        if not real.is_relative_to(root.resolve()):
            return f"outside {real}"
        return f"{real.relative_to(root.resolve())} {_digest(real.read_bytes())}"


def seen_by_files(deck: Deck) -> Deck:
    """Return `deck` with only the settings that the result of a file may depend on."""
    return Deck(
        id="",
        title="",
        language=deck.language,
        topics=tuple(Topic(topic.id) for topic in deck.topics),
        check=CheckSettings(require=deck.check.require),
    )


class _Files(frozenset[PurePosixPath]):
    """The files of a deck, which record what is looked for among them."""

    _seen: dict[Look, None]

    def __new__(cls, files: Iterable[PurePosixPath], seen: dict[Look, None]) -> Self:
        self = super().__new__(cls, files)
        self._seen = seen
        return self

    def __contains__(self, path: object) -> bool:
        self._seen["file", str(path)] = None
        return super().__contains__(path)

    def __iter__(self) -> Iterator[PurePosixPath]:
        self._seen[_ALL_FILES] = None
        return super().__iter__()

    def __hash__(self) -> int:
        # What was computed of the same set before is found by this.
        self._seen[_ALL_FILES] = None
        return super().__hash__()


class _Known(frozenset[tuple[str, str]]):
    """The known warnings, which record whose are looked up."""

    _seen: dict[Look, None]

    def __new__(cls, known: Known, seen: dict[Look, None]) -> Self:
        self = super().__new__(cls, known)
        self._seen = seen
        return self

    def __contains__(self, warning: object) -> bool:
        if isinstance(warning, tuple):
            self._seen["known", " ".join(warning)] = None
        return super().__contains__(warning)


class _Verdicts(Mapping[str, Verdict]):
    """The results of the code answers, which record whose is looked up."""

    def __init__(self, verdicts: Mapping[str, Verdict], seen: dict[Look, None]) -> None:
        self._verdicts, self._seen = verdicts, seen

    def __getitem__(self, name: str) -> Verdict:
        self._seen["verdict", name] = None
        return self._verdicts[name]

    def __iter__(self) -> Iterator[str]:
        raise TypeError("the result of a file depends on its own verdict alone")

    def __len__(self) -> int:
        return len(self._verdicts)


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()
