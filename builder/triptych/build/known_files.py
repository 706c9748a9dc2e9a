"""What the files of a `dist/` hold, kept from one build to the next."""

from pathlib import Path

from triptych import clock
from triptych.build.cache import Cache, cache_key
from triptych.emit.known import Known, State, lasting


def load_known(dist: Path, cache: Cache) -> Known:
    """Return what the last build recorded of its files in `dist`."""
    kept = cache.load([_key(dist)]).get(_key(dist))
    if not isinstance(kept, dict):
        return {}
    return {path: (State(*state), digest) for path, (state, digest) in kept.items()}


def keep_known(dist: Path, known: Known, cache: Cache) -> None:
    """Keep what is known, but for files that may change unseen."""
    kept = {
        path: (tuple(state), digest)
        for path, (state, digest) in lasting(known, clock.now_ns()).items()
    }
    cache.store({_key(dist): kept})


def _key(dist: Path) -> str:
    return cache_key("files", str(dist.resolve()))
