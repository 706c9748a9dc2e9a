"""Folders for temporary files."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from triptych.errors import TriptychError, file_error, is_system_error


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Yield an empty folder, which is removed afterwards.

    Raises:
        TriptychError: It cannot be made or written to, for example on a full disk.

    """
    try:
        parent = tempfile.gettempdir()
    except FileNotFoundError as error:
        raise TriptychError(
            "there is no folder for temporary files that can be written to: free some"
            " space, or name another folder with TMPDIR"
        ) from error
    try:
        with tempfile.TemporaryDirectory(
            prefix="triptych-", ignore_cleanup_errors=True
        ) as name:
            yield Path(name)
    except OSError as error:
        if not is_system_error(error):
            raise
        state = f"temporary files go to {parent}, or where TMPDIR says"
        raise file_error(error, state=state) from error
