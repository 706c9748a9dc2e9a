"""Outputs made up for the tests of the driver: what each says is what it was handed."""

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from triptych.render.output import RenderContext
from triptych.render.settings import RenderSettings
from triptych.values.artifact import Artifact
from triptych.values.catalog import Catalog


def tasks(_: Catalog, __: RenderSettings) -> list[object]:
    """Return two pieces of work."""
    return [_first, _second]


def _first() -> Iterable[Artifact]:
    yield Artifact(PurePosixPath("first/a"), b"a")


def _second() -> Iterable[Artifact]:
    yield Artifact(PurePosixPath("first/b"), b"b")


def first(_: Catalog, __: RenderSettings, context: RenderContext) -> Iterator[Artifact]:
    """Yield what the tasks made, joined."""
    joined = b"".join(artifact.data for artifact in context.task_artifacts)
    yield Artifact(PurePosixPath("first/joined"), joined)


def second(
    _: Catalog, __: RenderSettings, context: RenderContext
) -> Iterator[Artifact]:
    """Yield what is offered, joined."""
    said = " ".join(
        f"{item.name}: {item.title.text} {item.data.decode()}"
        for item in context.downloads or ()
    )
    yield Artifact(PurePosixPath("second/offered"), said.encode())
