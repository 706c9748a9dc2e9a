"""Outputs for the tests of the driver: each writes what it received."""

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from triptych.render.output import RenderContext, Task
from triptych.render.settings import RenderSettings
from triptych.values.artifact import Artifact
from triptych.values.catalog import Catalog


def tasks(_: Catalog, __: RenderSettings) -> list[Task]:
    """Return two tasks."""
    return [Task(_first), Task(_second)]


def _first() -> Iterable[Artifact]:
    yield Artifact(PurePosixPath("first/a"), b"a")


def _second() -> Iterable[Artifact]:
    yield Artifact(PurePosixPath("first/b"), b"b")


def first(_: Catalog, __: RenderSettings, context: RenderContext) -> Iterator[Artifact]:
    """Yield the artifacts of the tasks, joined."""
    joined = b"".join(artifact.data for artifact in context.task_artifacts)
    yield Artifact(PurePosixPath("first/joined"), joined)


def second(
    _: Catalog, __: RenderSettings, context: RenderContext
) -> Iterator[Artifact]:
    """Yield the downloads, joined."""
    text = " ".join(
        f"{item.name}: {item.title.text} {item.data.decode()}"
        for item in context.downloads or ()
    )
    yield Artifact(PurePosixPath("second/offered"), text.encode())
