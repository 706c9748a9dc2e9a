"""The states of files, which show that a file changed without reading it.

Programs that copy files may restore the time of the last modification, but none can set
the time of the last change of the file's entry. Only where that is too recent is a file
read: it might be changed again before the clock of the file system goes on.
"""

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

RECENT_NS = 2_000_000_000
"""The coarsest clock of a file system, that of FAT, goes on every two seconds."""
_HAS_CHANGE_TIME = os.name != "nt"
"""Windows has the time of creation in its place: there, every file is read."""


class FileState(NamedTuple):
    """The state of a file, or of a folder by its name alone."""

    path: str
    status: tuple[int, ...] = ()
    """Mode, size, time of modification, and inode."""
    changed: int = 0
    """The time of the last change of the entry, in nanoseconds."""
    target: str = ""
    """What a symbolic link leads to, as it is written there."""

    def may_change_unseen(self, since: int) -> bool:
        """Return whether the file must be read: it changed since then, or just then."""
        return bool(self.status) and (self.changed >= since or not _HAS_CHANGE_TIME)


Content = Callable[[FileState], str]
"""Returns the digest of a file's bytes."""


def file_states(
    folder: Path | str,
    skip: frozenset[str] = frozenset(),
    *,
    follows_links: bool = False,
) -> list[FileState]:
    """Return the states of all that is in `folder`, in a fixed order.

    What is named in `skip` is left out. Of a symbolic link to a folder there is what it
    leads to, and where it `follows_links` what is in there, too: each folder once.
    """
    return list(_states(str(folder), skip, set() if follows_links else None))


def content_digest(state: FileState) -> str:
    """Return the digest of a file's bytes; empty if it cannot be read."""
    try:
        return sha256(Path(state.path).read_bytes()).hexdigest()
    except OSError:
        return ""  # It is deleted meanwhile, or the build says why it cannot be read.


def digest_of(
    states: Iterable[FileState],
    since: int,
    content: Content | None = None,
) -> str:
    """Return a digest of `states`, and of the contents of recently changed files."""
    content = content or content_digest
    known = list(states)
    read = [content(s) for s in known if s.may_change_unseen(since)]
    # Plain tuples have a faster `repr` than named ones.
    text = repr((list(map(tuple, known)), read))
    return sha256(text.encode(errors="surrogateescape")).hexdigest()


def _states(
    folder: str, skip: frozenset[str], linked: set[tuple[int, int]] | None
) -> Iterator[FileState]:
    """Yield the states; `linked` are the folders behind links that were included."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        yield FileState(folder)
        return
    for entry in entries:
        if entry.name in skip:
            continue
        target = ""
        try:
            if entry.is_symlink():
                target = str(Path(entry.path).readlink())
            status = entry.stat()
        except OSError:
            yield FileState(entry.path, target=target)  # a link that leads nowhere
            continue
        if stat.S_ISREG(status.st_mode):
            yield _state(entry.path, status, target)
            continue
        # Neither a folder nor a pipe has bytes: to read a pipe would never end.
        yield FileState(entry.path, target=target)
        place = (status.st_dev, status.st_ino)
        if not stat.S_ISDIR(status.st_mode):
            continue
        if not target:
            yield from _states(entry.path, skip, linked)
        elif linked is not None and place not in linked:
            linked.add(place)
            yield from _states(entry.path, skip, linked)


def _state(path: str, status: os.stat_result, target: str) -> FileState:
    facts = (status.st_mode, status.st_size, status.st_mtime_ns, status.st_ino)
    return FileState(path, facts, status.st_ctime_ns, target)
