"""Do the tasks of outputs, but for those that an earlier build did.

The process that does a task also hashes and compresses its files, which is work for any
process. Of a task that is kept, a build reads a list of the files; their bytes are read
when they are used: to write those that changed, and to put all into an archive.
"""

import functools
import zlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath

from triptych.build.cache import Cache, cache_key
from triptych.render.output import Task
from triptych.values.artifact import (
    Artifact,
    Step,
    Summary,
    deflate,
    inflate,
    kept_artifact,
)

_DATA, _DEFLATED = "-data", "-deflated"
"""What is added to the key of a task for the bytes of its files.

Those that an archive has are kept compressed alone: of that, the others can be made.
"""

_Index = list[tuple[str, Step | None, tuple[str, ...], Summary]]


@dataclass(frozen=True, slots=True)
class DoneTask:
    """The files of a task, as one process sends them to another."""

    index: _Index
    data: list[bytes]
    deflated: list[bytes]
    """The bytes as archives have them; empty if no archive is made."""

    def store(self, task: Task, cache: Cache) -> None:
        """Keep the files for later builds."""
        if not task.made_of:
            return
        key = cache_key(task.made_of)
        part, files = (
            (_DEFLATED, self.deflated) if self.deflated else (_DATA, self.data)
        )
        cache.store({key: self.index, f"{key}{part}": files})

    def artifacts(self) -> list[Artifact]:
        """Return the files."""
        deflated = self.deflated or [b""] * len(self.data)
        return [
            kept_artifact(
                Artifact(PurePosixPath(path), b"", step, title),
                summary,
                partial(_itself, data),
                partial(_itself, packed) if packed else partial(deflate, data),
            )
            for (path, step, title, summary), data, packed in zip(
                self.index, self.data, deflated, strict=True
            )
        ]


def do_task(task: Task, *, archived: bool) -> DoneTask:
    """Do `task`; with `archived`, compress its files, too."""
    files = list(task.work())
    return DoneTask(
        [(str(file.path), file.step, file.title, file.summary) for file in files],
        [file.data for file in files],
        [file.deflated for file in files] if archived else [],
    )


def kept_tasks(tasks: Iterable[Task], cache: Cache) -> dict[Task, list[Artifact]]:
    """Return the files of those `tasks` that an earlier build did."""
    keys = {task: cache_key(task.made_of) for task in tasks if task.made_of}
    kept = cache.load(keys.values())
    names = [f"{key}{part}" for key in kept for part in (_DATA, _DEFLATED)]
    cache.use(names)
    return {
        task: _artifacts(index, task, key, cache)
        for task, key in keys.items()
        if isinstance(index := kept.get(key), list)
    }


def _artifacts(index: _Index, task: Task, key: str, cache: Cache) -> list[Artifact]:
    data = functools.cache(partial(_data, task, key, cache))
    deflated = functools.cache(partial(_all_deflated, data, key, cache))
    return [
        kept_artifact(
            Artifact(PurePosixPath(path), b"", step, title),
            summary,
            partial(_item_of, data, number),
            partial(_item_of, deflated, number),
        )
        for number, (path, step, title, summary) in enumerate(index)
    ]


def _data(task: Task, key: str, cache: Cache) -> Sequence[bytes]:
    """Return the bytes that are kept; if they were lost, do the task again."""
    kept = cache.load(f"{key}{part}" for part in (_DATA, _DEFLATED))
    match kept.get(f"{key}{_DATA}"), kept.get(f"{key}{_DEFLATED}"):
        case list(data), _:
            return data
        case _, list(deflated):
            with suppress(zlib.error):
                return [inflate(one) for one in deflated]
    return [file.data for file in task.work()]


def _all_deflated(
    data: Callable[[], Sequence[bytes]], key: str, cache: Cache
) -> Sequence[bytes]:
    """Return the compressed bytes; a build without an archive keeps none."""
    name = f"{key}{_DEFLATED}"
    kept = cache.load([name]).get(name)
    if isinstance(kept, list):
        return kept
    made = [deflate(one) for one in data()]
    cache.store({name: made})
    return made


def _item_of(load: Callable[[], Sequence[bytes]], number: int) -> bytes:
    return load()[number]


def _itself(data: bytes) -> bytes:
    return data
