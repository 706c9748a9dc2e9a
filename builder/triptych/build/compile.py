"""Parse, check and typeset each file; a pure function, so any process may do it."""

from collections.abc import Iterable
from dataclasses import dataclass

from triptych.build.cache import Cache, cache_key
from triptych.build.options import DEFAULT_OPTIONS, BuildOptions
from triptych.build.scope import scope_of
from triptych.deck.project import Project
from triptych.parallel import fork_map
from triptych.parse.document import parse
from triptych.progress import counted
from triptych.validate.entry import entry
from triptych.validate.rules import judge
from triptych.values.diagnostics import Diagnostic, Severity
from triptych.values.entry import Entry
from triptych.values.form import Form
from triptych.values.language import may_have_rtl
from triptych.values.question import Guide, Question
from triptych.values.source import Source

Forms = frozenset[Form] | None
"""The forms in which to typeset prose; None to check it only."""


@dataclass(frozen=True, slots=True)
class CompiledFile:
    """The result of compiling one file."""

    entry: Entry
    diagnostics: tuple[Diagnostic, ...]
    result: Question | Guide | None = None
    """None if the file has errors, or if nothing was to be typeset."""


def compile_all(
    project: Project,
    forms: Forms,
    jobs: int,
    cache: Cache | None = None,
    options: BuildOptions = DEFAULT_OPTIONS,
) -> list[CompiledFile]:
    """Return every file of `project`, compiled, in the order of their paths.

    Where `options` ask for hints, nothing is taken from the cache: it has none.
    """
    sources = project.folder.sources
    if cache is None or options.learn:
        return _compile(sources, project, forms, jobs, options)
    keys = _keys(project, forms)
    cached = cache.load(keys.values())
    new = [source for source in sources if keys[source] not in cached]
    results = _compile(new, project, forms, jobs, options)
    compiled = dict(zip(new, results, strict=True))
    if new:
        cache.store({keys[s]: c for s, c in compiled.items()}, keep=keys.values())
    return [compiled[s] if s in compiled else _cached(cached[keys[s]]) for s in sources]


def compile_source(
    source: Source, project: Project, forms: Forms, *, learn: bool = False
) -> CompiledFile:
    """Parse and check one file and, if it has no errors, typeset it in `forms`."""
    scope = scope_of(project, learn=learn)
    document = parse(source)
    diagnostics = tuple(judge(document, scope))
    file_entry = entry(document)
    has_errors = any(d.severity is Severity.ERROR for d in diagnostics)
    if has_errors or forms is None:
        return CompiledFile(file_entry, diagnostics)
    # Not at the top: `check` needs no Pygments.
    from triptych.typeset.context import Context, words_in_prose  # noqa: PLC0415
    from triptych.typeset.question import checked, guide, question  # noqa: PLC0415

    verdict = project.verdicts.get(document.meta.id)
    words = words_in_prose(project.strings, project.deck.language)
    context = Context(
        source.path,
        project.folder.files,
        scope.load,
        verdict,
        passed_with=checked(document, verdict).versions,
        words=words,
        has_rtl=may_have_rtl(project.deck.language, source.text),
    )
    if document.meta.is_guide:
        return CompiledFile(file_entry, diagnostics, guide(document, context))
    trees = Form.TREE in forms
    return CompiledFile(
        file_entry, diagnostics, question(document, context, trees=trees)
    )


def _compile(
    sources: Iterable[Source],
    project: Project,
    forms: Forms,
    jobs: int,
    options: BuildOptions,
) -> list[CompiledFile]:
    def work(source: Source) -> CompiledFile:
        return compile_source(source, project, forms, learn=options.learn)

    work_list = list(sources)
    what = "checking files" if forms is None else "typesetting files"
    with fork_map(work, work_list, jobs) as results:
        return list(counted(results, len(work_list), what, options.progress))


def _keys(project: Project, forms: Forms) -> dict[Source, str]:
    """Return a cache key for each source, made of all that its result depends on."""
    root = project.folder.root
    files = sorted(project.folder.files)
    shared = cache_key(
        project.folder.deck.text,
        sorted(forms or ()),
        project.strings.words("prose", project.deck.language),
        [topic.id for topic in project.deck.topics],
        [(str(path), (root / path).stat().st_mtime_ns) for path in files],
    )
    verdicts = cache_key(sorted(project.verdicts.items()))
    return {
        source: cache_key(shared, verdicts, source) for source in project.folder.sources
    }


def _cached(value: object) -> CompiledFile:
    assert isinstance(value, CompiledFile)  # noqa: S101 - nothing else has such keys
    return value
