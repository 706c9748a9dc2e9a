"""All outputs of a catalog, rendered before anything is written.

Worker processes begin with the tasks of the outputs. Meanwhile this process finishes
the other outputs, one after another, and hands each the files of those that it comes
after. Typst runs in this process only: one that has called it must not fork children
that call it too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from triptych.build.timing import Timings
from triptych.parallel import spread
from triptych.render.output import Context, Output, Task
from triptych.render.outputs import OUTPUTS, before, in_order
from triptych.render.settings import Settings
from triptych.values.artifact import Artifact, Download
from triptych.values.catalog import Catalog
from triptych.values.deck import Deck
from triptych.values.diagnostics import Diagnostic
from triptych.values.words import Word


@dataclass(frozen=True, slots=True)
class Run:
    """How outputs are to be rendered."""

    jobs: int = 1
    downloads: bool = True
    """Whether outputs offer the files of others."""


def render(
    catalog: Catalog,
    settings: Settings,
    names: Iterable[str],
    run: Run,
    timings: Timings,
) -> tuple[list[Artifact], list[Diagnostic]]:
    """Return the artifacts of these outputs, and what one of them cannot show."""
    outputs = in_order(names)
    files: dict[str, list[Artifact]] = {}
    deck = catalog.deck
    titles = settings.strings.words("downloads", deck.language)

    def finish(output: Output, made: tuple[Artifact, ...] = ()) -> None:
        downloads = _downloads(output, files, deck, titles) if run.downloads else None
        context = Context(made, downloads, run.jobs)
        with timings.stage(output.name):
            files[output.name] = list(output.finish(catalog, settings, context))

    with timings.stage("prepare"):
        tasks = {output.name: output.start(catalog, settings) for output in outputs}
    early, late = _parted(outputs, tasks)
    every = [task for output in late for task in tasks[output.name]]
    with spread(_done, every, run.jobs) as results:
        for output in early:
            finish(output)
        with timings.stage("tasks"):
            done = iter(list(results))
    for output in late:
        own = islice(done, len(tasks[output.name]))
        finish(output, tuple(artifact for made in own for artifact in made))
    found = [d for output in outputs for d in output.find(catalog, settings)]
    return [artifact for own in files.values() for artifact in own], found


def _parted(
    outputs: Iterable[Output], tasks: Mapping[str, Sequence[Task]]
) -> tuple[list[Output], list[Output]]:
    """Part the outputs that wait for no task from the rest."""
    early: list[Output] = []
    late: list[Output] = []
    for output in outputs:
        waits = any(other.name in before(output) for other in late)
        (late if tasks[output.name] or waits else early).append(output)
    return early, late


def _done(task: Task) -> list[Artifact]:
    return list(task())


def _downloads(
    output: Output,
    files: Mapping[str, Sequence[Artifact]],
    deck: Deck,
    titles: Mapping[str, Word],
) -> tuple[Download, ...]:
    """Return the finished files that `output` may offer."""
    return tuple(
        Download(artifact.path.name, titles[title], artifact.data, artifact.step)
        for name in before(output)
        for artifact in files.get(name, ())
        if (title := _title(OUTPUTS[name], artifact, deck))
    )


def _title(output: Output, artifact: Artifact, deck: Deck) -> str:
    """Return the key of the title that the artifact has as a download, if any."""
    if artifact.step:
        return artifact.step.title
    return output.title(artifact.path, deck.id)
