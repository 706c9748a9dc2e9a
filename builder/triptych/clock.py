"""The one use of the clock, and of the variable that stands in for it.

No output depends on either: what is built takes its time from the ledger.
"""

import os
import time


def now() -> int:
    """Return the time in seconds since 1970-01-01 UTC."""
    return int(time.time())


def source_date_epoch() -> str:
    """Return `SOURCE_DATE_EPOCH` as it is set; empty where it is not."""
    return os.environ.get("SOURCE_DATE_EPOCH", "")
