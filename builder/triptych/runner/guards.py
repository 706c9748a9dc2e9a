"""The limits and checks of a program, which are set within its process."""

import faulthandler
import os
import signal
import sys
import warnings
from collections.abc import Iterator, Mapping
from types import FrameType
from typing import Any, TextIO

from triptych.runner.findings import Fields, one_line

try:
    import resource
except ImportError:  # Windows has no limit but the one on wall-clock time.
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
_STDERR = 2
_UNIX = 1
_MAX_CHARS = 200
_IMPORTS = ("importlib._bootstrap", "importlib._bootstrap_external")


def set_limits(job: Mapping[str, Any]) -> None:
    """Set the limits of `job`; a program that exceeds one prints where it was."""
    # A copy, which stays open if the program closes its own.
    file = os.fdopen(os.dup(_STDERR), "w", encoding="utf-8")
    faulthandler.enable(file)
    faulthandler.dump_traceback_later(job["wall"], exit=True, file=file)
    if resource is None:
        return
    # The handler writes the place in the program, then the signal ends the process.
    faulthandler.register(signal.SIGXCPU, file, chain=True)
    _set(resource.RLIMIT_CPU, max(1, round(job["timeout"])))
    _set(resource.RLIMIT_FSIZE, _MAX_FILE_BYTES)
    _set(resource.RLIMIT_CORE, 0)
    _set(_memory_limit(), job["memory"] << 20)


def lift_memory_limit() -> None:
    """Remove the limit on memory, so that there is some for reporting a finding."""
    if resource is not None:
        _set(_memory_limit(), resource.RLIM_INFINITY)


def block_network(name: str, findings: list[Fields]) -> None:
    """Refuse all connections except those to processes on this machine."""

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event in _NETWORK and getattr(args[0], "family", None) != _UNIX:
            line = next((f.f_lineno for f in _stack(1) if _is(f, name)), 0)
            findings.append({"rule": "networked-code", "line": line})
            raise PermissionError("code answers run without a network")

    sys.addaudithook(hook)


def record_deprecations(name: str, findings: list[Fields]) -> None:
    """Record the deprecation warnings that the program itself causes."""
    for category in _DEPRECATIONS:
        warnings.simplefilter("always", category)
    show_other = warnings.showwarning

    def show(  # noqa: PLR0913, PLR0917 - what `warnings` calls it with
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
            show_other(message, category, filename, lineno, file, line)
            return
        program_line = lineno if filename == name else _calling_line(name)
        detail = one_line(f"{category.__name__}: {message}", _MAX_CHARS)
        finding = {"rule": "deprecated-code", "line": program_line, "detail": detail}
        if program_line and finding not in findings:
            findings.append(finding)

    warnings.showwarning = show


def _calling_line(name: str) -> int:
    """Return the line of the program whose call of a library caused a warning.

    It is 0 unless the library that the program called is the one that warns: the author
    cannot change how one library calls another, or what happens during an import.
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


def _memory_limit() -> int:
    # On Linux the limit is on allocated memory, not on address space: NumPy and PyTorch
    # reserve address space that they never use.
    return resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS


def _set(limit: int, soft: int) -> None:
    _, hard = resource.getrlimit(limit)
    is_limited = hard != resource.RLIM_INFINITY
    if is_limited and (soft == resource.RLIM_INFINITY or soft > hard):
        soft = hard
    resource.setrlimit(limit, (soft, hard))
