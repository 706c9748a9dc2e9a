"""The time of a release, and checks of the clock."""

import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from triptych.errors import TriptychError
from triptych.ledger.lock import Released

_SECONDS_PER_YEAR = 366 * 24 * 60 * 60
_GIT_TIMEOUT_SECONDS = 10


def newest_commit(root: Path) -> int:
    """Return the time of the newest commit in the repository of `root`.

    It is 0 if unknown. The times of files are no help, since a checkout sets them.
    """
    command = ["git", "-C", str(root), "log", "-1", "--format=%ct"]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command
            command,
            capture_output=True,
            text=True,
            timeout=_GIT_TIMEOUT_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return 0
    output = done.stdout.strip()
    return int(output) if done.returncode == 0 and output.isdigit() else 0


def release_time(now: int, latest: Released) -> int:
    """Return the time for a new release, which is later than the last one's."""
    return max(now, latest.time + 1)


def clock_warnings(now: int, latest: Released, committed: int) -> Iterator[str]:
    """Yield reasons why the clock may be wrong.

    Raises:
        TriptychError: The clock is before the newest commit, so it is wrong.

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
    if committed and now > committed + _SECONDS_PER_YEAR:
        yield (
            f"the clock says {date(now)}, more than a year after the newest commit"
            f" ({date(committed)}): a time in the future would date all later releases"
        )


def date(seconds: int) -> str:
    """Return the date of a time, in UTC."""
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d}"
