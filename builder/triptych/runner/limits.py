"""What a program may use, and the environment it sees."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeGuard

_THREADS = ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "VECLIB_MAXIMUM")
# On some processors NumPy computes wrong results without the first two; Windows starts
# no program without the last.
_PASSED = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "SYSTEMROOT")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one program may use; `[test]` in `deck.toml` sets both."""

    timeout: float = 20
    """Seconds of processor time."""
    memory: int = 2048
    """MiB that it may allocate."""

    @property
    def wall(self) -> float:
        """Return the seconds it may take by the clock: a busy machine fails nothing."""
        return 4 * self.timeout


def limits(settings: Mapping[str, object]) -> Limits:
    """Return the limits that `[test]` sets, with a default for what it does not."""
    timeout, memory = settings.get("timeout"), settings.get("memory")
    return Limits(
        timeout=timeout if _positive(timeout) else Limits().timeout,
        memory=int(memory) if _positive(memory) else Limits().memory,
    )


def environment(home: Path, seed: int) -> Mapping[str, str]:
    """Return all the variables that a program sees; none is inherited by chance.

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
        **{name: os.environ[name] for name in _PASSED if name in os.environ},
    }


def _positive(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and value > 0 and value is not True
