"""What the result of compiling a file depends on besides its text.

A file is compiled with a project in which all that no file may depend on is empty.
Inputs that differ from file to file are recorded when they are read: pictures, the
names of all files where one is missing, and the verdict of the file's code. The record
is kept with the result, which later builds use while each input is unchanged.
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
from triptych.values.deck import (
    CheckSettings,
    Deck,
    FileSettings,
    Topic,
    file_settings,
)

FileInput = tuple[str, str]
"""What a file depends on: a kind of input, and a name."""
RecordedInputs = tuple[tuple[FileInput, str], ...]
"""Inputs, each with a digest of its state when it was read."""
_ALL_FILES: FileInput = ("files", "")


class InputRecorder:
    """A project as it is given to the compiler, which records what each file reads."""

    def __init__(self, project: Project) -> None:
        """Record nothing yet."""
        self._project = project
        self._read: dict[FileInput, None] = {}
        self._states: dict[FileInput, str] = {}
        folder = replace(
            project.folder,
            sources=(),
            files=_Files(project.folder.files, self._read),
            misplaced=(),
            outside=(),
            unread=(),
            theme=None,
            static=(),
            changelog=None,
        )
        self.project = replace(
            project,
            folder=folder,
            deck=_deck_with(file_settings(project.deck)),
            verdicts=_Verdicts(project.verdicts, self._read),
            ledger=Ledger(),
            baseline=_Known(project.baseline, self._read),
        )

    def __reduce__(self) -> tuple[type[Self], tuple[Project]]:
        """Send the project alone to another process, which records for itself."""
        return type(self), (self._project,)

    def start(self) -> None:
        """Start the record of another file."""
        self._read.clear()

    def record(self) -> RecordedInputs:
        """Return what was read since the start, with the state of each."""
        return tuple((item, self._state(item)) for item in sorted(self._read))

    def are_unchanged(self, inputs: RecordedInputs) -> bool:
        """Return whether all `inputs` are in the state that was recorded."""
        return all(self._state(item) == state for item, state in inputs)

    def _state(self, item: FileInput) -> str:
        if item not in self._states:
            self._states[item] = self._state_now(item)
        return self._states[item]

    def _state_now(self, item: FileInput) -> str:
        kind, name = item
        if kind == "verdict":
            return _digest(repr(self._project.verdicts.get(name)).encode())
        if kind == "known":
            path, _, rule = name.rpartition(" ")
            return str((path, rule) in self._project.baseline)
        files, root = self._project.folder.files, self._project.folder.root
        if item == _ALL_FILES:
            return _digest("\0".join(sorted(map(str, files))).encode())
        if PurePosixPath(name) not in files:
            return ""
        real = (root / name).resolve()
        if not real.is_relative_to(root.resolve()):
            return f"outside {real}"
        return f"{real.relative_to(root.resolve())} {_digest(real.read_bytes())}"


def _deck_with(settings: FileSettings) -> Deck:
    """Return a deck that has these settings and no others."""
    return Deck(
        id="",
        title="",
        language=settings.language,
        topics=tuple(map(Topic, settings.topics)),
        check=CheckSettings(require=settings.required),
    )


class _Files(frozenset[PurePosixPath]):
    """The files of a deck, which record the names that are searched for."""

    _read: dict[FileInput, None]

    def __new__(
        cls, files: Iterable[PurePosixPath], read: dict[FileInput, None]
    ) -> Self:
        self = super().__new__(cls, files)
        self._read = read
        return self

    def __contains__(self, path: object) -> bool:
        self._read["file", str(path)] = None
        return super().__contains__(path)

    def __iter__(self) -> Iterator[PurePosixPath]:
        self._read[_ALL_FILES] = None
        return super().__iter__()

    def __hash__(self) -> int:
        # What was computed of the same set before is found by this.
        self._read[_ALL_FILES] = None
        return super().__hash__()


class _Known(frozenset[tuple[str, str]]):
    """The known warnings, which record whose are looked up."""

    _read: dict[FileInput, None]

    def __new__(cls, known: Known, read: dict[FileInput, None]) -> Self:
        self = super().__new__(cls, known)
        self._read = read
        return self

    def __contains__(self, warning: object) -> bool:
        if isinstance(warning, tuple):
            self._read["known", " ".join(warning)] = None
        return super().__contains__(warning)


class _Verdicts(Mapping[str, Verdict]):
    """The results of the code answers, which record whose is looked up."""

    def __init__(
        self, verdicts: Mapping[str, Verdict], read: dict[FileInput, None]
    ) -> None:
        self._verdicts, self._read = verdicts, read

    def __getitem__(self, name: str) -> Verdict:
        self._read["verdict", name] = None
        return self._verdicts[name]

    def __iter__(self) -> Iterator[str]:
        raise TypeError("the result of a file depends on its own verdict alone")

    def __len__(self) -> int:
        return len(self._verdicts)


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()
