"""Render all outputs of a catalog.

Worker processes do the tasks of the outputs. Meanwhile this process renders the outputs
without tasks, one after another. An output receives the files of those that it comes
after. Typst runs in a process of its own for each PDF.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice

from triptych.build.cache import Cache, keep_in
from triptych.build.kept_tasks import do_task, kept_tasks
from triptych.build.timing import Timings
from triptych.errors import TriptychError
from triptych.parallel import fork_map
from triptych.progress import Progress, no_progress
from triptych.render.output import Output, RenderContext, Task
from triptych.render.outputs import OUTPUTS, download_sources, in_build_order
from triptych.render.settings import RenderSettings
from triptych.values.artifact import Artifact, Download
from triptych.values.catalog import Catalog
from triptych.values.deck import Deck
from triptych.values.diagnostics import Diagnostic
from triptych.values.ui_strings import UiString

_MIN_TASKS_FOR_PROCESSES = 8
"""Fewer tasks, as after an edit of a question, are done before processes have begun."""


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """The options for rendering outputs."""

    jobs: int = 1
    """The number of processes to use."""
    downloads: bool = True
    """Whether outputs offer the files of others as downloads."""
    progress: Progress = no_progress
    """Called with the number of parts that are rendered."""
    cache: Cache | None = None
    """Has what earlier builds made; None to make everything again."""


def outputs_for(catalog: Catalog, chosen: Sequence[Output]) -> tuple[Output, ...]:
    """Return those of the `chosen` outputs that can be made of the catalog.

    Raises:
        TriptychError: There is no question, and no chosen output does without.

    """
    if catalog.current:
        return tuple(chosen)
    made = tuple(output for output in chosen if output.without_questions)
    if not made:
        names = ", ".join(output.name for output in chosen)
        raise TriptychError(
            f"there is no question to make {names} of: a deck of guides alone is a site"
        )
    return made


def render_outputs(
    catalog: Catalog,
    settings: RenderSettings,
    names: Iterable[str],
    options: RenderOptions,
    timings: Timings,
) -> tuple[list[Artifact], list[Diagnostic]]:
    """Return the artifacts of the outputs `names`, and their diagnostics."""
    outputs = in_build_order(names)
    files: dict[str, list[Artifact]] = {}
    deck = catalog.deck
    titles = settings.strings.section("downloads", deck.language)

    done = 0
    told: list[Diagnostic] = []

    def step(name: str) -> None:
        nonlocal done
        done += 1
        options.progress(f"rendering {name}", done, total)

    def finish(output: Output, task_artifacts: tuple[Artifact, ...] = ()) -> None:
        downloads = (
            _downloads(output, files, deck, titles) if options.downloads else None
        )
        context = RenderContext(
            task_artifacts,
            downloads,
            options.jobs,
            keep_in(options.cache),
            told.append,
        )
        with timings.stage(output.name):
            files[output.name] = list(output.finish(catalog, settings, context))
        step(output.name)

    with timings.stage("prepare"):
        tasks = {output.name: output.start(catalog, settings) for output in outputs}
    early, late = _early_and_late(outputs, tasks)
    all_tasks = [task for output in late for task in tasks[output.name]]
    known = kept_tasks(all_tasks, options.cache) if options.cache else {}
    new = [task for task in all_tasks if task not in known]
    total = len(new) + len(outputs)
    options.progress("rendering", 0, total)
    work = partial(do_task, archived=options.downloads)
    jobs = options.jobs if len(new) >= _MIN_TASKS_FOR_PROCESSES else 1
    with fork_map(work, new, jobs, first=1) as results:
        for output in early:
            finish(output)
        with timings.stage("tasks"):
            for task, done_task in zip(new, results, strict=True):
                known[task] = done_task.artifacts()
                if options.cache:
                    done_task.store(task, options.cache)
                step("pages")
    results_of_tasks = iter([known[task] for task in all_tasks])
    for output in late:
        own_results = islice(results_of_tasks, len(tasks[output.name]))
        finish(output, tuple(a for artifacts in own_results for a in artifacts))
    keep = keep_in(options.cache)
    told += [d for output in outputs for d in output.diagnose(catalog, settings, keep)]
    return [a for artifacts in files.values() for a in artifacts], told


def _early_and_late(
    outputs: Iterable[Output], tasks: Mapping[str, Sequence[Task]]
) -> tuple[list[Output], list[Output]]:
    """Return the outputs that depend on no task, and all others."""
    early: list[Output] = []
    late: list[Output] = []
    for output in outputs:
        waits = any(other.name in download_sources(output) for other in late)
        (late if tasks[output.name] or waits else early).append(output)
    return early, late


def _downloads(
    output: Output,
    files: Mapping[str, Sequence[Artifact]],
    deck: Deck,
    titles: Mapping[str, UiString],
) -> tuple[Download, ...]:
    """Return the finished files that `output` offers as downloads."""
    return tuple(
        Download(artifact.path.name, title, artifact.data, artifact.step)
        for name in download_sources(output)
        for artifact in files.get(name, ())
        if (title := _title(OUTPUTS[name], artifact, deck, titles))
    )


def _title(
    output: Output, artifact: Artifact, deck: Deck, titles: Mapping[str, UiString]
) -> UiString | None:
    """Return the title that the artifact has as a download, if it is one."""
    if artifact.title:
        first, *others = (
            UiString(key[1:]) if key.startswith("=") else titles[key]
            for key in artifact.title
        )
        return replace(first, text=", ".join([first.text, *(o.text for o in others)]))
    key = artifact.step.title if artifact.step else output.title(artifact.path, deck.id)
    return titles[key] if key else None
