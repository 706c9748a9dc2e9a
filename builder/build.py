"""The compiler on one screen: `check` and `build`."""

import gc
import hashlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath

from builder import config
from builder.assemble import assemble, pictures
from builder.cache import Cache
from builder.compiled import Compiled, compile_all
from builder.config import Settings
from builder.diagnostics import Diagnostic, Severity
from builder.emit import Emitted, emit
from builder.ledger.history import history_of
from builder.model import (
    Catalog,
    Guide,
    Question,
    Release,
    Report,
)
from builder.outputs import OUTPUTS, is_preview, render
from builder.parallel import cores
from builder.project import Project
from builder.read import media
from builder.timing import Timings
from builder.validate.media import PICTURES
from builder.validate.rules import judge_deck

_FEW = 150
"""Below this many files, starting processes costs more than it saves."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a run was asked to go about it."""

    jobs: int = 0
    """Processes to use; 0 for one a core, or none for a small deck."""
    strict: bool = False
    drafts: bool = False
    where: Callable[[Question], bool] | None = None
    base_url: str | None = None
    cache: Cache | None = None
    since: str = ""
    """The release that the gentle update starts from."""


def check(project: Project, options: Options = Options()) -> Report:
    """Judge the content; typeset nothing, write nothing."""
    with _quiet_collector():
        return _report(
            compile_all(project, (), _jobs(project, options)), project, options
        )


def build(
    project: Project,
    dist: Path,
    outputs: tuple[str, ...] = OUTPUTS,
    options: Options = Options(),
    timings: Timings | None = None,
) -> tuple[Report, Emitted | None]:
    """Check the content and, if it is sound, bring `dist` up to date."""
    timings = timings or Timings()
    with _quiet_collector():
        with timings.stage("parse and typeset"):
            compiled = compile_all(
                project, outputs, _jobs(project, options), options.cache
            )
        with timings.stage("assemble"):
            report = _report(compiled, project, options)
        catalog = report.catalog
        if catalog is None:
            return report, None
        settings = settings_of(project, options)
        artifacts, found = render(
            catalog, settings, outputs, _jobs(project, options), timings
        )
        report = replace(
            report,
            diagnostics=(*report.diagnostics, *found),
            preview="anki" in outputs and is_preview(catalog, settings),
        )
        if _stops(report.diagnostics, options):
            return report, None
        with timings.stage("emit"):
            emitted = emit(
                artifacts,
                dist,
                outputs=outputs,
                about=_about(project, catalog),
                jobs=_jobs(project, options),
            )
    return report, emitted


def typeset(project: Project, options: Options = Options()) -> Report:
    """Check the content and typeset it for cards; render nothing, write nothing."""
    with _quiet_collector():
        jobs = _jobs(project, options)
        compiled = compile_all(project, ("anki",), jobs, options.cache)
        return _report(compiled, project, options)


def settings_of(project: Project, options: Options = Options()) -> Settings:
    """Return what renderers may know besides the catalog of `project`."""
    # The clock dates nothing: it only refuses a time that has not come yet.
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    history = history_of(project.ledger, epoch, int(time.time()), options.since)
    settings = config.settings(project.deck, project.folder.root, options.base_url)
    return replace(settings, history=history)


def _report(compiled: list[Compiled], project: Project, options: Options) -> Report:
    outlines = tuple(c.outline for c in compiled)
    found = [diagnostic for c in compiled for diagnostic in c.diagnostics]
    found += judge_deck(outlines, project.scope, project.folder.sources)
    ignored = project.deck.check.get("ignore", ())
    diagnostics = tuple(
        d
        for d in sorted(found, key=lambda d: d.sort_key)
        if d.severity is Severity.ERROR or d.rule not in _names(ignored)
    )
    if _stops(diagnostics, options):
        return Report(diagnostics)
    return Report(diagnostics, _catalog(compiled, project, options))


def _catalog(
    compiled: list[Compiled], project: Project, options: Options
) -> Catalog | None:
    results = [c.result for c in compiled]
    questions = [
        q
        for q in results
        if isinstance(q, Question)
        and not q.retired
        and (options.drafts or not q.draft)
        and (options.where is None or options.where(q))
    ]
    guides = [g for g in results if isinstance(g, Guide)]
    if not questions and not guides:
        return None
    root = project.folder.root
    files = [f for f in project.folder.files if f.suffix.lower() in PICTURES]
    shown = pictures(_inside(root, files), partial(media, root))
    latest = project.ledger.latest
    release = Release(latest.version, latest.time)
    return assemble(project.deck, questions, guides, shown, release)


def _inside(root: Path, files: list[PurePosixPath]) -> Iterator[PurePosixPath]:
    real = root.resolve()
    return (f for f in files if (root / f).resolve().is_relative_to(real))


def _stops(diagnostics: tuple[Diagnostic, ...], options: Options) -> bool:
    return any(d.severity is Severity.ERROR or options.strict for d in diagnostics)


def _names(value: object) -> frozenset[str]:
    return frozenset(map(str, value)) if isinstance(value, list) else frozenset()


def _jobs(project: Project, options: Options) -> int:
    few = len(project.folder.sources) < _FEW
    return options.jobs or (1 if few else cores())


def _about(project: Project, catalog: Catalog) -> dict[str, object]:
    from importlib.metadata import version  # noqa: PLC0415 - slow, and only for builds

    inputs = hashlib.sha256()
    for source in (project.folder.deck, *project.folder.sources):
        inputs.update(f"{source.path}\0{source.text}\0".encode())
    for shown in catalog.media.values():
        inputs.update(shown.name.encode())
    packages = ("genanki", "markdown-it-py", "math-core", "nh3", "pygments", "typst")
    return {
        "deck": catalog.deck.id,
        "version": catalog.release.version,
        "questions": len(catalog.questions),
        "guides": len(catalog.guides),
        "inputs": inputs.hexdigest(),
        "dependencies": {name: version(name) for name in packages},
    }


@contextmanager
def _quiet_collector() -> Iterator[None]:
    """Keep the garbage collector out: it would walk a growing heap of live tokens."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
