"""Render all outputs of a catalog.

Worker processes do the tasks of the outputs. Meanwhile this process renders the outputs
without tasks, one after another. An output receives the files of those that it comes
after. Typst runs in a process of its own for each PDF.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from itertools import count as count_from

from triptych.build.cache import Cache, keep_in
from triptych.build.kept_tasks import DoneTask, kept_tasks
from triptych.build.numbered_tasks import NumberedTasks
from triptych.build.timing import Timings
from triptych.english import listed
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
from triptych.values.kept_question import load_all
from triptych.values.ui_strings import UiString

_MIN_TASKS_FOR_PROCESSES = 8
"""Fewer tasks, as after an edit of a question, are done before processes have begun."""
_MIN_SPAWNED = 150
"""For fewer tasks, to start processes that import the templates takes longer."""


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
        others = listed(n for n, output in OUTPUTS.items() if output.without_questions)
        raise TriptychError(
            f"there is no question to make {names} of: only {others} can be made of"
            " guides alone"
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
    diagnostics: list[Diagnostic] = []
    keep = keep_in(options.cache)

    def finish(output: Output, of_tasks: Iterable[Iterable[Artifact]] = ()) -> None:
        context = RenderContext(
            tuple(chain.from_iterable(of_tasks)),
            _downloads(output, files, catalog, settings) if options.downloads else None,
            options.jobs,
            keep,
            lambda rule, found: diagnostics.append(output.warning(rule, found)),
        )
        with timings.stage(output.name):
            files[output.name] = list(output.finish(catalog, settings, context))
        count(output.name)

    with timings.stage("prepare"):
        tasks = {output.name: output.start(catalog, settings) for output in outputs}
    early, late = _early_and_late(outputs, tasks)
    late_tasks = [task for output in late for task in tasks[output.name]]
    numbered = NumberedTasks(
        late_tasks, tuple(late), catalog, settings, archived=options.downloads
    )
    made = kept_tasks(late_tasks, options.cache) if options.cache else {}
    new = [number for number, task in enumerate(late_tasks) if task not in made]
    count = _counted(options.progress, len(new) + len(outputs))
    # On two cores, processes that are not forked are a gain only while this one works.
    spawn_from = _MIN_SPAWNED if early else 0
    if early and len(new) >= _MIN_TASKS_FOR_PROCESSES:
        # The early outputs show most of them: forked processes need not read them, too.
        load_all(catalog.questions)
    with _running_tasks(numbered, new, options, spawn_from) as results:
        for output in early:
            finish(output)
        with timings.stage("tasks"):
            for task, artifacts in results:
                made[task] = artifacts
                count("pages")
    for output in late:
        finish(output, [made[task] for task in tasks[output.name]])
    for output in outputs:
        diagnostics += output.diagnose(catalog, settings, keep)
    return [a for artifacts in files.values() for a in artifacts], diagnostics


@contextmanager
def _running_tasks(
    numbered: NumberedTasks,
    numbers: Sequence[int],
    options: RenderOptions,
    spawn_from: int,
) -> Iterator[Iterator[tuple[Task, list[Artifact]]]]:
    """Begin with the tasks `numbers`; give an iterator over them and what they make."""
    jobs = options.jobs if len(numbers) >= _MIN_TASKS_FOR_PROCESSES else 1
    tasks = [numbered.tasks[number] for number in numbers]
    with fork_map(
        numbered.do, numbers, jobs, spawn_from=spawn_from, first=1
    ) as results:
        yield _stored(zip(tasks, results, strict=True), options.cache)


def _stored(
    done: Iterable[tuple[Task, DoneTask]], cache: Cache | None
) -> Iterator[tuple[Task, list[Artifact]]]:
    """Yield tasks with what they made, which is stored for later builds."""
    for task, done_task in done:
        artifacts = done_task.artifacts()
        if cache:
            done_task.store(task, cache)
        yield task, artifacts


def _counted(progress: Progress, parts: int) -> Callable[[str], None]:
    """Return the function to call when one of so many parts is rendered."""
    progress("rendering", 0, parts)
    numbers = count_from(1)
    return lambda name: progress(f"rendering {name}", next(numbers), parts)


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
    catalog: Catalog,
    settings: RenderSettings,
) -> tuple[Download, ...]:
    """Return the finished files that `output` offers as downloads."""
    deck = catalog.deck
    titles = settings.strings.section("downloads", deck.language)
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
