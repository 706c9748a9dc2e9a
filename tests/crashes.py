"""Run verbs that are killed, or whose disk is full, at one of their writing calls.

This file is a program, too: it loads triptych once and forks for each run, so that a
sweep over hundreds of calls takes seconds.
"""

import builtins
import errno
import io
import itertools
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from _typeshed import FileDescriptorLike, ReadableBuffer

NOW = 1_790_000_000
"""The time of a run, if it is not given another: what is written depends on it."""
KILLED = 137
"""The exit code of a run that was killed."""
_SCRATCH = ".scratch"
"""The folder for temporary files, within that of the run."""
_CHANGES = frozenset(
    f"os.{name}"
    for name in (
        *("chmod", "chown", "link", "mkdir", "remove", "rename", "rmdir", "symlink"),
        *("truncate", "utime"),
    )
)
"""The audit events of what changes files; `open` and `write` are below."""
_NEEDS_SPACE = frozenset({"open", "write", "fsync", "os.mkdir", "os.link"})


class How(StrEnum):
    """What happens at a call."""

    KILL = "kill"
    """The process ends, with half of what the call would write on disk."""
    FAIL = "fail"
    """The disk is full for this one call, whatever it is."""
    FULL = "full"
    """The disk is full from this call on: nothing can be made or written."""
    INTERRUPT = "interrupt"
    """Somebody presses Ctrl-C."""


class Crash(NamedTuple):
    """What happens to a run, and at which of its calls."""

    at: int
    """Counted from 1; at 0 nothing happens."""
    how: How = How.KILL


NOTHING = Crash(0)


class Ended(NamedTuple):
    """A run that has ended."""

    code: int
    said: str
    """On its standard error."""
    calls: Sequence[str]
    """The writing calls that it made; none where it was killed."""


Run = Callable[..., Ended]


@contextmanager
def runs() -> Iterator[Run]:
    """Yield what runs verbs: `run(folder, *arguments, crash=Crash(3), now=NOW)`."""
    command = [sys.executable, "-B", __file__]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdin
        assert server.stdout
        into, out = server.stdin, server.stdout

        def run(
            folder: Path, *arguments: str, crash: Crash = NOTHING, now: int = NOW
        ) -> Ended:
            (folder / _SCRATCH).mkdir(exist_ok=True)
            job = [str(folder), arguments, *crash, now]
            into.write(f"{json.dumps(job)}\n")
            into.flush()
            code = int(out.readline())
            calls, said = (folder / _SCRATCH / name for name in ("calls", "said"))
            made = calls.read_text() if calls.exists() else ""
            return Ended(code, said.read_text(), made.splitlines())

        yield run
        into.close()


def files(folder: Path) -> dict[str, bytes]:
    """Return the files below the folder of a run, without temporary ones."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and _SCRATCH not in path.parts
    }


def _serve() -> None:
    _load()
    for line in sys.stdin:
        folder, arguments, at, how, now = json.loads(line)
        child = os.fork()
        if not child:
            _child(Path(folder), arguments, Crash(at, How(how)), now)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _load() -> None:
    from importlib import import_module  # noqa: PLC0415 - the program only
    from pkgutil import walk_packages  # noqa: PLC0415 - the program only

    import triptych  # noqa: PLC0415 - the program only

    for module in walk_packages(triptych.__path__, "triptych."):
        if not module.name.endswith("__main__"):
            import_module(module.name)


def _child(folder: Path, arguments: Sequence[str], crash: Crash, now: int) -> None:
    """Run a verb to its end; this never returns."""
    from triptych import clock  # noqa: PLC0415 - the program only
    from triptych.cli.main import main  # noqa: PLC0415 - the program only

    os.chdir(folder)
    scratch = folder / _SCRATCH
    os.environ |= {"TMPDIR": str(scratch), "XDG_CACHE_HOME": str(scratch / "cache")}
    clock.now = lambda: now
    for number, name in ((1, "printed"), (2, "said")):
        file = os.open(scratch / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(file, number)
    sys.argv = ["triptych", *arguments]
    calls = os.open(scratch / "calls", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    steps = _Steps(crash)
    code = 0
    try:
        with steps.watched():
            main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    os.write(calls, "".join(f"{name}\n" for name in steps.made).encode())
    os._exit(code)


class _Steps:
    """Counts the writing calls of this process, and lets one of them go wrong."""

    def __init__(self, crash: Crash) -> None:
        self._crash = crash
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._watching = False
        self.made: list[str] = []

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Watch the calls from now on, and until the end."""
        sys.addaudithook(self._audit)
        opened, synced = io.open, os.fsync

        def open_(*args: Any, **named: Any) -> object:  # noqa: ANN401 - as `open`
            return _opened(self, opened, args, named)

        def fsync(fd: "FileDescriptorLike") -> None:
            self.step("fsync", str(fd))
            synced(fd)

        for module in (io, builtins):
            vars(module)["open"] = open_
        os.fsync = fsync
        self._watching = True
        yield
        self._watching = False

    def _audit(self, event: str, args: tuple[Any, ...]) -> None:
        if not self._watching:
            return
        if event == "open":
            path, _, flags = args
            if isinstance(path, int) or os.fspath(path) == os.devnull:
                return
            if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC):
                self.step("open", str(path))
        elif event in _CHANGES and not (event == "os.mkdir" and Path(args[0]).exists()):
            self.step(event, str(args[0]))

    def step(self, name: str, path: str, begin: Callable[[], object] = int) -> None:
        """Count a call that is to be made; `begin` does the first half of it."""
        with self._lock:
            number = next(self._numbers)
            self.made.append(f"{name} {path}")
        at, how = self._crash
        if how is How.FULL:
            wrong = 0 < at <= number and name in _NEEDS_SPACE
        else:
            wrong = number == at
        if not wrong:
            return
        begin()
        if how is How.KILL:
            os._exit(KILLED)
        if how is How.INTERRUPT:
            raise KeyboardInterrupt
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)


class _Written(io.FileIO):
    """A file whose every write is counted."""

    def __init__(self, steps: _Steps, file: str, mode: str) -> None:
        super().__init__(file, mode)
        self._steps = steps

    def write(self, data: "ReadableBuffer", /) -> int:
        view, begin = memoryview(data), super().write
        first = view[: len(view) // 2]
        self._steps.step("write", str(self.name), lambda: begin(first))
        return begin(data)


def _opened(
    steps: _Steps,
    opened: Callable[..., object],
    args: tuple[Any, ...],
    named: dict[str, Any],
) -> object:
    """Open a file as `open` does, and count what is written to it."""
    names = ("file", "mode", "buffering", "encoding", "errors", "newline")
    said = dict(zip(names, args, strict=False)) | named
    mode = str(said.get("mode", "r"))
    if isinstance(said["file"], int) or not set(mode) & set("wxa+"):
        return opened(*args, **named)
    assert not said.keys() - set(names), "this stand-in does not know that argument"
    raw = _Written(steps, said["file"], mode.replace("b", "").replace("t", ""))
    if said.get("buffering") == 0:
        return raw
    buffered = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
    if "b" in mode:
        return buffered
    encoding, errors, newline = map(said.get, names[3:])
    return io.TextIOWrapper(buffered, encoding, errors, newline)


if __name__ == "__main__":
    _serve()
