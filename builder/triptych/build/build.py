"""The compiler on one screen: `check` and `build`."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from triptych import clock
from triptych.build.catalog import catalog_of
from triptych.build.drafts import draft_paths, visible_entries, visible_findings
from triptych.build.manifest import about
from triptych.build.one import Compiled, Forms, compile_all
from triptych.build.options import DEFAULTS, Options
from triptych.build.outputs import Run, render
from triptych.build.report import Report
from triptych.build.scope import scope_of
from triptych.build.timing import Timings
from triptych.deck.baseline import is_known
from triptych.deck.project import Project
from triptych.emit.emit import Emitted, emit
from triptych.notes.history import history_of
from triptych.render.outputs import OUTPUTS, in_order, with_downloads
from triptych.render.settings import Settings
from triptych.render.settings import settings as settings_for
from triptych.validate.rules import judge_deck
from triptych.values.diagnostics import Diagnostic, Severity
from triptych.values.form import Form


def check(project: Project, options: Options = DEFAULTS) -> Report:
    """Judge the content; typeset nothing, write nothing."""
    with _quiet_collector():
        return _report(_compile(project, None, options), project, options)


def build(
    project: Project,
    dist: Path,
    outputs: Iterable[str] = tuple(OUTPUTS),
    options: Options = DEFAULTS,
    timings: Timings | None = None,
) -> tuple[Report, Emitted | None]:
    """Check the content and, if it is sound, bring `dist` up to date.

    `outputs` bring along those whose files they offer, unless `options` say otherwise.
    """
    timings = timings or Timings()
    chosen = in_order(with_downloads(outputs) if options.downloads else outputs)
    forms = frozenset(form for output in chosen for form in output.needs)
    names = [output.name for output in chosen]
    jobs = options.processes(len(project.folder.sources))
    with _quiet_collector():
        with timings.stage("parse and typeset"):
            compiled = _compile(project, forms, options)
        with timings.stage("assemble"):
            report = _report(compiled, project, options)
        catalog = report.catalog
        if catalog is None:
            return report, None
        settings = settings_of(project, options).planning(catalog)
        run = Run(jobs, options.downloads)
        artifacts, found = render(catalog, settings, names, run, timings)
        report = replace(
            report,
            diagnostics=_kept((*report.diagnostics, *found), project),
            preview=any(output.is_preview(catalog, settings) for output in chosen),
        )
        if _stops(report.diagnostics, options):
            return report, None
        with timings.stage("emit"):
            emitted = emit(
                artifacts,
                dist,
                outputs=names,
                about=about(project, catalog),
                jobs=jobs,
            )
    return report, emitted


def typeset(project: Project, options: Options = DEFAULTS) -> Report:
    """Check the content and typeset it for cards; render nothing, write nothing."""
    with _quiet_collector():
        return _report(
            _compile(project, frozenset({Form.CARD}), options), project, options
        )


def settings_of(project: Project, options: Options = DEFAULTS) -> Settings:
    """Return what renderers may know besides the catalog of `project`."""
    # The clock dates nothing: it only refuses a time that has not come yet.
    epoch = clock.source_date_epoch()
    history = history_of(project.ledger, epoch, clock.now(), options.since)
    settings = settings_for(project.deck, project.folder.root, options.base_url)
    return replace(settings, history=history)


def _compile(project: Project, forms: Forms, options: Options) -> list[Compiled]:
    jobs = options.processes(len(project.folder.sources))
    return compile_all(project, forms, jobs, None if forms is None else options.cache)


def _report(compiled: list[Compiled], project: Project, options: Options) -> Report:
    scope, sources = scope_of(project), project.folder.sources
    drafts = 0 if options.drafts else len(draft_paths(compiled))
    if options.drafts:
        entries = tuple(c.entry for c in compiled)
        found = [diagnostic for c in compiled for diagnostic in c.diagnostics]
        found += judge_deck(entries, scope, sources)
    else:
        deck = judge_deck(visible_entries(compiled), scope, sources)
        found = visible_findings(compiled, deck)
    diagnostics = _kept(found, project)
    if _stops(diagnostics, options):
        return Report(diagnostics, drafts=drafts)
    results = [c.result for c in compiled]
    return Report(diagnostics, catalog_of(results, project, options), drafts=drafts)


def _kept(found: Iterable[Diagnostic], project: Project) -> tuple[Diagnostic, ...]:
    """Return findings in order, without the warnings that the deck lives with."""
    ignored = project.deck.check.ignore
    return tuple(
        diagnostic
        for diagnostic in sorted(found, key=lambda d: d.sort_key)
        if diagnostic.severity is Severity.ERROR
        or not (diagnostic.rule in ignored or is_known(diagnostic, project.baseline))
    )


def _stops(diagnostics: tuple[Diagnostic, ...], options: Options) -> bool:
    return any(d.severity is Severity.ERROR or options.strict for d in diagnostics)


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
