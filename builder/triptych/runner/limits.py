"""The wall-clock limit of a program, and its environment variables."""

import os
from collections.abc import Mapping
from pathlib import Path

from triptych.values.deck import TestSettings

_THREADS = ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "VECLIB_MAXIMUM")
# Without the first two NumPy computes wrong results on some processors; without the
# last Windows starts no program.
_INHERITED = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "SYSTEMROOT")
_WALL_SECONDS_PER_CPU_SECOND = 4


def wall_seconds(limits: TestSettings) -> float:
    """Return the limit of wall-clock seconds, above that of the CPU: others may run."""
    return _WALL_SECONDS_PER_CPU_SECOND * limits.timeout


def environment(home: Path, seed: int) -> Mapping[str, str]:
    """Return all environment variables of a program; of ours it has only a few.

    Each library uses one thread, so that sums are added in the same order everywhere.
    """
    return {
        "HOME": str(home),
        "TMPDIR": str(home),
        "TEMP": str(home),
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "MPLBACKEND": "Agg",
        "PYTHONHASHSEED": str(seed),
        "PYTHONUTF8": "1",
        **{f"{library}_NUM_THREADS": "1" for library in _THREADS},
        **{name: os.environ[name] for name in _INHERITED if name in os.environ},
    }
