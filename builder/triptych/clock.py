"""The only module that reads the clock and `SOURCE_DATE_EPOCH`.

No output depends on the clock: a build takes its time from the ledger.
"""

import os
import time
from datetime import UTC, date, datetime

_MAX_EPOCH_DIGITS = 11
"""Up to the year 5138; `build` says what is wrong with longer ones."""


def now() -> int:
    """Return the time in seconds since 1970-01-01 UTC."""
    return int(time.time())


def now_ns() -> int:
    """Return the time in nanoseconds since 1970-01-01 UTC."""
    return time.time_ns()


def today() -> date:
    """Return the date in UTC: of `SOURCE_DATE_EPOCH`, if that is set, or of now."""
    epoch = source_date_epoch()
    is_number = epoch.isascii() and epoch.isdigit() and len(epoch) <= _MAX_EPOCH_DIGITS
    return datetime.fromtimestamp(int(epoch) if is_number else now(), UTC).date()


def source_date_epoch() -> str:
    """Return the value of `SOURCE_DATE_EPOCH`; empty where it is not set."""
    return os.environ.get("SOURCE_DATE_EPOCH", "")
