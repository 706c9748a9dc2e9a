"""The driver of the compiler: `check` and `build`."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path

from triptych import clock
from triptych.build.cache import keep_in
from triptych.build.catalog import catalog_of, with_github_names
from triptych.build.check_deck import check_deck
from triptych.build.compile import Forms
from triptych.build.drafts import draft_paths, visible_findings
from triptych.build.kept_files import CompiledFile, compile_all
from triptych.build.known_files import keep_known, load_known
from triptych.build.manifest import manifest_header
from triptych.build.options import DEFAULT_OPTIONS, BuildOptions
from triptych.build.outputs import RenderOptions, outputs_for, render_outputs
from triptych.build.program import program
from triptych.build.report import Report
from triptych.build.timing import Timings
from triptych.deck.baseline import is_known
from triptych.deck.project import Project
from triptych.emit.emit import EmittedFiles, emit
from triptych.notes.history import history_of
from triptych.notes.kept import kept_types
from triptych.render.outputs import USUAL_OUTPUTS, in_build_order, with_downloads
from triptych.render.settings import RenderSettings
from triptych.render.settings import render_settings as settings_for
from triptych.validate.diagnose import without_allowed
from triptych.values.diagnostics import Diagnostic, Severity
from triptych.values.form import Form
from triptych.values.question import Question


def check(project: Project, options: BuildOptions = DEFAULT_OPTIONS) -> Report:
    """Check the content; typeset and write nothing."""
    options = replace(options, compares_dates=True)
    with _no_garbage_collection():
        return _report(_compile(project, None, options), project, options)


def build(
    project: Project,
    dist: Path,
    outputs: Iterable[str] = USUAL_OUTPUTS,
    options: BuildOptions = DEFAULT_OPTIONS,
    timings: Timings | None = None,
) -> tuple[Report, EmittedFiles | None]:
    """Check the content and, if it has no errors, bring `dist` up to date.

    Outputs whose files `outputs` offer as downloads are built too, unless `options` say
    otherwise. What was written is None if nothing could be built.
    """
    timings = timings or Timings()
    chosen_outputs = in_build_order(
        with_downloads(outputs) if options.downloads else outputs
    )
    forms = frozenset(form for output in chosen_outputs for form in output.needs)
    names = [output.name for output in chosen_outputs]
    jobs = options.processes(len(project.folder.sources))
    kept_open = options.cache.opened() if options.cache else nullcontext()
    with _no_garbage_collection(), kept_open:
        with timings.stage("parse and typeset"):
            files = _compile(project, forms, options)
        with timings.stage("assemble"):
            report = _report(files, project, options)
        catalog = report.catalog
        if catalog is None:
            return report, None
        chosen_outputs = outputs_for(catalog, chosen_outputs)
        made = tuple(output.name for output in chosen_outputs)
        settings = settings_of(project, options).with_cached_plan(catalog)
        render_options = RenderOptions(
            jobs, options.downloads, options.progress, options.cache
        )
        artifacts, diagnostics = render_outputs(
            catalog, settings, made, render_options, timings
        )
        metas = [file.meta for file in files]
        report = replace(
            report,
            diagnostics=_reported(
                (*report.diagnostics, *without_allowed(diagnostics, metas)), project
            ),
            preview=any(
                output.is_preview(catalog, settings, keep_in(options.cache))
                for output in chosen_outputs
            ),
            outputs=made,
        )
        if _stop_build(report.diagnostics, options):
            return report, None
        with timings.stage("emit"):
            versions = program().versions if options.cache else {}
            known = load_known(dist, options.cache) if options.cache else {}
            emitted = emit(
                artifacts,
                dist,
                outputs=names,
                about=manifest_header(project, catalog, settings, versions),
                incomplete=[
                    output.name
                    for output in chosen_outputs
                    if output.is_print and options.products
                ],
                known=known,
            )
        if options.cache:
            if emitted.known != known:
                keep_known(dist, emitted.known, options.cache)
            options.cache.end_build()
    return report, emitted


def check_and_typeset(
    project: Project, options: BuildOptions = DEFAULT_OPTIONS
) -> Report:
    """Check the content and typeset it for cards; render and write nothing."""
    with _no_garbage_collection():
        return _report(
            _compile(project, frozenset({Form.CARD}), options), project, options
        )


def settings_of(
    project: Project, options: BuildOptions = DEFAULT_OPTIONS
) -> RenderSettings:
    """Return the settings for rendering `project`."""
    # The current time appears in no output: it is only compared with SOURCE_DATE_EPOCH.
    epoch = clock.source_date_epoch()
    history = history_of(project.ledger, epoch, clock.now(), options.since)
    settings = settings_for(project.deck, project.folder.root, options.base_url)
    return replace(
        settings,
        history=history,
        kept_types=kept_types(project.folder.root, project.folder.files),
        edition=options.edition,
        products=options.products,
        shift=options.shift,
    )


def _compile(
    project: Project, forms: Forms, options: BuildOptions
) -> list[CompiledFile]:
    jobs = options.processes(len(project.folder.sources))
    cache = None if forms is None else options.cache
    return compile_all(project, forms, jobs, cache, options)


def _report(
    files: list[CompiledFile], project: Project, options: BuildOptions
) -> Report:
    drafts = 0 if options.drafts else len(draft_paths(files))
    deck = check_deck(files, project, options)
    found = (
        [*(d for file in files for d in file.diagnostics), *deck.diagnostics]
        if options.drafts
        else visible_findings(files, deck.diagnostics)
    )
    diagnostics = _reported(found, project)
    if _stop_build(diagnostics, options):
        return Report(diagnostics, drafts=drafts)
    results = [file.result for file in files]
    catalog = catalog_of(results, project, options)
    if catalog:
        catalog = replace(
            with_github_names(catalog, deck.github_names),
            digests={
                file.meta.id: file.views
                for file in files
                if file.views and isinstance(file.result, Question)
            },
        )
    return Report(diagnostics, catalog, drafts=drafts)


def _reported(
    diagnostics: Iterable[Diagnostic], project: Project
) -> tuple[Diagnostic, ...]:
    """Return `diagnostics` in order, without warnings that the deck ignores."""
    ignored = project.deck.check.ignore
    return tuple(
        diagnostic
        for diagnostic in sorted(diagnostics, key=lambda d: d.sort_key)
        if diagnostic.severity is Severity.ERROR
        or not (diagnostic.rule in ignored or is_known(diagnostic, project.baseline))
    )


def _stop_build(diagnostics: tuple[Diagnostic, ...], options: BuildOptions) -> bool:
    stopping = {Severity.ERROR, *([Severity.WARNING] if options.strict else [])}
    return any(d.severity in stopping for d in diagnostics)


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Turn off the garbage collector, which would scan all live tokens repeatedly."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
