"""The only module that reads the clock and `SOURCE_DATE_EPOCH`.

No output depends on the clock: a build takes its time from the ledger.
"""

import os
import time


def now() -> int:
    """Return the time in seconds since 1970-01-01 UTC."""
    return int(time.time())


def now_ns() -> int:
    """Return the time in nanoseconds since 1970-01-01 UTC."""
    return time.time_ns()


def source_date_epoch() -> str:
    """Return the value of `SOURCE_DATE_EPOCH`; empty where it is not set."""
    return os.environ.get("SOURCE_DATE_EPOCH", "")
