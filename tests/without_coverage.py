"""The environment of a process whose imports are counted."""

import os


def environment_without_coverage() -> dict[str, str]:
    """Return the environment without what makes coverage measure new processes.

    It would import `sqlite3`, `multiprocessing` and more before the process begins.
    """
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("COVERAGE_")
    }
