"""The moment that a release is stamped with, and whether the clock can be believed."""

import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from triptych.errors import TriptychError
from triptych.ledger.lock import Released

_SECONDS_A_YEAR = 366 * 24 * 60 * 60
_GIT_SECONDS = 10


def newest_commit(root: Path) -> int:
    """Return when the newest commit of the repository around `root` was made.

    It is 0 where that cannot be known. File times say nothing: a checkout makes them.
    """
    command = ["git", "-C", str(root), "log", "-1", "--format=%ct"]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command
            command, capture_output=True, text=True, timeout=_GIT_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return 0
    written = done.stdout.strip()
    return int(written) if done.returncode == 0 and written.isdigit() else 0


def moment(now: int, latest: Released) -> int:
    """Return the time to stamp a release with: later than that of the last one."""
    return max(now, latest.time + 1)


def clock_warnings(now: int, latest: Released, committed: int) -> Iterator[str]:
    """Yield why the clock may be wrong, though it may be right.

    Raises:
        TriptychError: The clock is behind the newest commit, so it must be wrong.

    """
    if committed and now < committed:
        raise TriptychError(
            f"the clock says {date(now)}, and the newest commit is of"
            f" {date(committed)}: set the clock"
        )
    if latest.time and now <= latest.time:
        yield (
            f"the clock says {date(now)}, and release {latest.version} is of"
            f" {date(latest.time)}: the release would be stamped a second after it"
        )
    if committed and now > committed + _SECONDS_A_YEAR:
        yield (
            f"the clock says {date(now)}, more than a year after the newest commit"
            f" ({date(committed)}): a time in the future would date all later releases"
        )


def date(seconds: int) -> str:
    """Return the day of a time, in UTC."""
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d}"
