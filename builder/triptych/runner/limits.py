"""The wall-clock limit of a program, and its environment variables."""

import os
from collections.abc import Mapping
from pathlib import Path

from triptych.values.deck import TestSettings

_THREADS = ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "VECLIB_MAXIMUM")
# On some processors NumPy computes wrong results without the first two; Windows starts
# no program without the last.
_INHERITED = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "SYSTEMROOT")
_WALL_PER_PROCESSOR_SECOND = 4


def wall_seconds(limits: TestSettings) -> float:
    """Return the wall-clock limit in seconds, with room for a busy machine."""
    return _WALL_PER_PROCESSOR_SECOND * limits.timeout


def environment(home: Path, seed: int) -> Mapping[str, str]:
    """Return all environment variables of a program; none is inherited by chance.

    One thread for each library: sums are added in the same order everywhere.
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
