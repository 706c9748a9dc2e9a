"""Run verbs that are stopped, or find the disk full, at one of their writing calls.

A program of its own: it reads jobs as JSON, a line each, and answers each with a line.
Each job runs in a child of this process, which has loaded the program once for all.
"""

import builtins
import contextlib
import errno
import io
import json
import os
import sys
import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, Self

from triptych.cli import main
from triptych.cli.main import VERBS

KILLED = 99
"""The exit code of a run that was killed."""
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_FILLS = frozenset({"open", "write", "mkdir"})
"""The calls that need space."""
_EVENTS = {
    "os.rename": "rename",
    "os.remove": "remove",
    "os.mkdir": "mkdir",
    "os.rmdir": "rmdir",
    "os.chmod": "chmod",
    "os.truncate": "truncate",
    "os.link": "link",
    "os.symlink": "symlink",
}


Named = str | bytes | os.PathLike[str]


class Faults:
    """Counts the writing calls below a folder, and lets one of them go wrong."""

    def __init__(self, folder: Path, how: str, at: int) -> None:
        """Let call number `at` of those below `folder` end as `how` says."""
        self.folder, self.how, self.at = folder, how, at
        self.calls: list[tuple[str, str]] = []

    def audit(self, event: str, args: tuple[Any, ...]) -> None:
        """Notice what Python is about to do."""
        if event == "open":
            path, _, flags = args
            if flags & _WRITES and not isinstance(path, int):
                self.call("open", path)
        elif event in _EVENTS and not _is_within_a_folder(args):
            self.call(_EVENTS[event], args[0])

    def call(
        self, kind: str, path: Named, half: Callable[[], None] | None = None
    ) -> None:
        """Count a call; if it is the one, do `half` of it and fail."""
        place = Path.cwd() / os.fsdecode(path)
        if not place.is_relative_to(self.folder):
            return
        self.calls.append((kind, place.relative_to(self.folder).as_posix()))
        number = len(self.calls)
        if self.how == "full" and number >= self.at and kind in _FILLS:
            if half:
                half()
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(place))
        if number != self.at or self.how == "full":
            return
        if half:
            half()
        if self.how == "kill":
            os._exit(KILLED)
        if self.how == "fail":
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(place))
        if self.how == "interrupt":
            raise KeyboardInterrupt

    def opened(self, file: Any, *args: Any, **more: Any) -> Any:  # noqa: ANN401
        """Open a file, and watch what is written to it."""
        made = _OPEN(file, *args, **more)
        if isinstance(file, int) or not made.writable():
            return made
        return _Written(made, os.fspath(file), self)


def _is_within_a_folder(args: tuple[Any, ...]) -> bool:
    """Return whether a path is relative to an open folder, as in removing a tree."""
    return (
        isinstance(args[-1], int) and args[-1] >= 0 and not Path(args[0]).is_absolute()
    )


class _Written:
    """A file, of which each write is one of the calls that are counted."""

    def __init__(self, file: Any, path: Named, faults: Faults) -> None:  # noqa: ANN401
        self._file, self._path, self._faults = file, path, faults

    def write(self, data: Any) -> int:  # noqa: ANN401
        def half() -> None:
            self._file.write(data[: len(data) // 2])
            self._file.flush()

        self._faults.call("write", self._path, half)
        written: int = self._file.write(data)
        return written

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._file, name)


_OPEN = io.open


def _child(job: dict[str, Any], answer: Path) -> None:
    os.chdir(job["folder"])
    with answer.with_suffix(".out").open("wb") as output:
        os.dup2(output.fileno(), 1)
        os.dup2(output.fileno(), 2)
    faults = Faults(Path.cwd(), job["how"], job["at"])
    import_module("triptych.clock").now = lambda: job["now"]  # type: ignore[attr-defined]
    sys.argv = ["triptych", *job["arguments"]]
    sys.addaudithook(faults.audit)
    io.open = builtins.open = faults.opened  # type: ignore[assignment]
    code = 0
    try:
        main.main()
    except SystemExit as done:
        code = int(done.code or 0)
    faults.folder = answer / "nowhere"
    with contextlib.suppress(OSError):
        sys.stdout.flush()
    answer.write_text(json.dumps(faults.calls), encoding="utf-8")
    os._exit(code)


def _run(job: dict[str, Any]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder, "answer.json")
        child = os.fork()
        if not child:
            try:
                _child(job, answer)
            finally:
                os._exit(98)
        _, status = os.waitpid(child, 0)
        calls = json.loads(answer.read_text("utf-8")) if answer.is_file() else []
        said = answer.with_suffix(".out").read_text("utf-8", "replace")
        return {"code": os.waitstatus_to_exitcode(status), "calls": calls, "said": said}


if __name__ == "__main__":
    for verb in VERBS:
        import_module(f"triptych.cli.{verb}_verb")
    for line in sys.stdin:
        print(json.dumps(_run(json.loads(line))), flush=True)
