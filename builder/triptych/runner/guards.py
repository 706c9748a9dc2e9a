"""The limits and checks that a program runs under; set up inside its process."""

import faulthandler
import signal
import sys
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import FrameType
from typing import Any, TextIO

from triptych.runner.findings import Fields, one_line

try:
    import resource
except ImportError:  # Windows: there only the clock limits a program.
    resource = None  # type: ignore[assignment]

_NETWORK = frozenset(
    {
        "socket.bind",
        "socket.connect",
        "socket.getaddrinfo",
        "socket.gethostbyaddr",
        "socket.gethostbyname",
        "socket.getnameinfo",
        "socket.sendmsg",
        "socket.sendto",
    }
)
_DEPRECATIONS = (DeprecationWarning, PendingDeprecationWarning, FutureWarning)
_MAX_FILE_BYTES = 64 << 20
_UNIX = 1
_MAX_CHARS = 200
_IMPORTS = ("importlib._bootstrap", "importlib._bootstrap_external")


def set_limits(job: Mapping[str, Any], trace: Path) -> None:
    """Set the limits of `job`; the line that hits one is written to `trace`."""
    file = trace.open("w", encoding="utf-8")
    faulthandler.enable(file)
    faulthandler.dump_traceback_later(job["wall"], exit=True, file=file)
    if resource is None:
        return
    # The handler writes where the program is, then lets the signal do its work.
    faulthandler.register(signal.SIGXCPU, file, chain=True)
    _set(resource.RLIMIT_CPU, max(1, round(job["timeout"])))
    _set(resource.RLIMIT_FSIZE, _MAX_FILE_BYTES)
    _set(resource.RLIMIT_CORE, 0)
    _set(_memory(), job["memory"] << 20)


def lift_memory_limit() -> None:
    """Lift the limit on memory: to report that it was reached needs some."""
    if resource is not None:
        _set(_memory(), resource.RLIM_INFINITY)


def block_network(name: str, found: list[Fields]) -> None:
    """Refuse connections to anything but this machine's own processes."""

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event in _NETWORK and getattr(args[0], "family", None) != _UNIX:
            line = next((f.f_lineno for f in _stack(1) if _is(f, name)), 0)
            found.append({"rule": "networked-code", "line": line})
            raise PermissionError("code answers run without a network")

    sys.addaudithook(hook)


def record_deprecations(name: str, found: list[Fields]) -> None:
    """Note the deprecations that the program itself runs into."""
    for category in _DEPRECATIONS:
        warnings.simplefilter("always", category)
    show = warnings.showwarning

    def note(  # noqa: PLR0913, PLR0917 - what `warnings` calls it with
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,
        line: str | None = None,
    ) -> None:
        deprecated = issubclass(category, _DEPRECATIONS) or (
            category.__name__ == "VisibleDeprecationWarning"
        )
        if not deprecated:
            show(message, category, filename, lineno, file, line)
            return
        where = lineno if filename == name else _calling_line(name)
        detail = one_line(f"{category.__name__}: {message}", _MAX_CHARS)
        finding = {"rule": "deprecated-code", "line": where, "detail": detail}
        if where and finding not in found:
            found.append(finding)

    warnings.showwarning = note


def _calling_line(name: str) -> int:
    """Return the line of the program whose call of a library caused a warning.

    It is 0 unless the library that the program called is the one that warns: the author
    cannot change what one library does to another, or while it is imported.
    """
    called: list[str] = []
    for frame in _stack(2):
        if _is(frame, name):
            return frame.f_lineno if len(set(called)) <= 1 else 0
        module = frame.f_globals.get("__name__") or ""
        if module in _IMPORTS:
            return 0
        package = module.partition(".")[0]
        if package not in sys.stdlib_module_names:
            called.append(package)
    return 0


def _stack(above: int) -> Iterator[FrameType]:
    frame: FrameType | None = sys._getframe(above + 1)  # noqa: SLF001 - the documented way
    while frame:
        yield frame
        frame = frame.f_back


def _is(frame: FrameType, name: str) -> bool:
    return frame.f_code.co_filename == name


def _memory() -> int:
    # What is allocated, where that can be limited: NumPy and PyTorch reserve address
    # space that they never use.
    return resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS


def _set(what: int, soft: int) -> None:
    _, hard = resource.getrlimit(what)
    limited = hard != resource.RLIM_INFINITY
    if limited and (soft == resource.RLIM_INFINITY or soft > hard):
        soft = hard
    resource.setrlimit(what, (soft, hard))
