"""The compiler on one screen: `check` and `build`."""

import gc
import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath

from builder import config
from builder.assemble import assemble, pictures
from builder.diagnostics import Diagnostic, Severity
from builder.document import Outline
from builder.emit import Emitted, emit
from builder.model import (
    Artifact,
    Catalog,
    Deck,
    Folder,
    Guide,
    Question,
    Release,
    Report,
    Source,
)
from builder.outline import outline
from builder.outputs import OUTPUTS, render
from builder.parallel import cores, spread
from builder.parse.document import parse
from builder.read import media, read
from builder.timing import Timings
from builder.validate.finding import Scope
from builder.validate.media import PICTURES
from builder.validate.rules import judge, judge_deck
from builder.verdicts import LOCK_FILE, Verdict, block_hash, load

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


@dataclass(frozen=True, slots=True)
class Project:
    """A deck folder that was read, and what its `deck.toml` says."""

    folder: Folder
    deck: Deck
    verdicts: Mapping[str, Verdict]


@dataclass(frozen=True, slots=True)
class Compiled:
    """One file after parsing, judging and typesetting."""

    outline: Outline
    diagnostics: tuple[Diagnostic, ...]
    result: Question | Guide | None


def open_project(content: Path) -> Project:
    """Read the deck folder `content`."""
    folder = read(content)
    topics = {s.path.parts[0] for s in folder.sources} - {"guides"}
    lock = content / LOCK_FILE
    text = lock.read_text(encoding="utf-8") if lock.is_file() else ""
    return Project(folder, config.deck(folder.deck, topics), load(text))


def check(project: Project, options: Options = Options()) -> Report:
    """Judge the content; typeset nothing, write nothing."""
    with _quiet_collector():
        return _report(_compile(project, options, outputs=()), project, options)


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
            compiled = _compile(project, options, outputs)
        with timings.stage("assemble"):
            report = _report(compiled, project, options)
        catalog = report.catalog
        if catalog is None:
            return report, None
        settings = config.settings(project.deck, project.folder.root, options.base_url)
        artifacts, found = render(
            catalog, settings, outputs, _jobs(project, options), timings
        )
        report = replace(report, diagnostics=(*report.diagnostics, *found))
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


def compile_source(
    source: Source, project: Project, outputs: tuple[str, ...]
) -> Compiled:
    """Parse and judge one file and, if it is sound, typeset it for `outputs`."""
    root = project.folder.root
    scope = Scope(project.deck, project.folder, partial(media, root), project.verdicts)
    document = parse(source)
    diagnostics = tuple(judge(document, scope))
    sound = not any(d.severity is Severity.ERROR for d in diagnostics)
    result: Question | Guide | None = None
    if sound and outputs:
        from builder.markup.context import Context  # noqa: PLC0415 - brings Pygments
        from builder.markup.question import guide, question  # noqa: PLC0415

        printed = _printed(document.code, project.verdicts.get(outline(document).id))
        context = Context(source.path, project.folder.files, scope.load, printed)
        if document.is_guide:
            result = guide(document, context)
        else:
            result = question(document, context, trees="sheet" in outputs)
    return Compiled(outline(document), diagnostics, result)


def _compile(
    project: Project, options: Options, outputs: tuple[str, ...]
) -> list[Compiled]:
    work = partial(compile_source, project=project, outputs=outputs)
    with spread(work, project.folder.sources, _jobs(project, options)) as results:
        return list(results)


def _report(compiled: list[Compiled], project: Project, options: Options) -> Report:
    root = project.folder.root
    scope = Scope(project.deck, project.folder, partial(media, root), project.verdicts)
    outlines = tuple(c.outline for c in compiled)
    found = [diagnostic for c in compiled for diagnostic in c.diagnostics]
    found += judge_deck(outlines, scope, project.folder.sources)
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
    return assemble(project.deck, questions, guides, shown, Release())


def _inside(root: Path, files: list[PurePosixPath]) -> Iterator[PurePosixPath]:
    real = root.resolve()
    return (f for f in files if (root / f).resolve().is_relative_to(real))


def _printed(code: object, verdict: Verdict | None) -> dict[str, str]:
    if verdict is None:
        return {}
    return {
        answer.text: verdict.outputs[block_hash(answer.text)]
        for answer in code  # type: ignore[attr-defined]
        if block_hash(answer.text) in verdict.outputs
    }


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


__all__ = ["Artifact", "Options", "Project", "build", "check", "open_project"]
