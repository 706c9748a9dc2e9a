"""The folder of this user's caches, which has some files for each deck."""

import hashlib
import os
from pathlib import Path

from triptych.errors import TriptychError


def cache_folder() -> Path:
    """Return the folder of this user's caches."""
    base = os.environ.get("XDG_CACHE_HOME")
    try:
        return (Path(base) if base else Path.home() / ".cache") / "triptych"
    except RuntimeError as error:
        message = f"no folder for the cache: {error}: set HOME or XDG_CACHE_HOME"
        raise TriptychError(message) from error


def cache_file(*folders: Path, suffix: str) -> Path:
    """Return the file with `suffix` for a deck folder, or for that and its outputs."""
    text = "\0".join(str(folder.resolve()) for folder in folders)
    name = hashlib.blake2b(text.encode(errors="surrogateescape"), digest_size=8)
    return cache_folder() / f"{name.hexdigest()}{suffix}"
