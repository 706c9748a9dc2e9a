"""Parse, check and typeset each file; a pure function, so any process may do it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from triptych.build.cache import Cache, cache_key
from triptych.build.looked_at import LookedAt, Looks, seen_by_files
from triptych.build.options import DEFAULT_OPTIONS, BuildOptions
from triptych.build.scope import scope_of_file
from triptych.deck.project import Project
from triptych.parallel import fork_map
from triptych.parse.document import parse
from triptych.progress import counted
from triptych.render.made_of import made_of
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
    made_of: str = field(default="", compare=False)
    """A digest of all that the result depends on; empty if nothing is kept."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A compiled file, to be used again while what it looked at is the same."""

    file: CompiledFile
    looked_at: LookedAt


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
    sources, looks = project.folder.sources, Looks(project)
    if cache is None or options.learn:
        return [k.file for k in _compile(sources, looks, forms, jobs, options)]
    keys = _keys(project)
    trees = forms is not None and Form.TREE in forms
    names = {
        source: cache_key(keys[source], forms is None, trees) for source in sources
    }
    known = _known(names, looks, cache)
    if forms is not None and not trees:
        # A file that was typeset for the sheet, too, has all the rest.
        others = [source for source in sources if source not in known]
        richer = {source: cache_key(keys[source], False, True) for source in others}
        known |= _known(richer, looks, cache)
    new = [source for source in sources if source not in known]
    made = dict(zip(new, _compile(new, looks, forms, jobs, options), strict=True))
    cache.count(hits=len(known), misses=len(new))
    cache.store({names[source]: one for source, one in made.items()})
    everything = {**known, **made}
    return [
        replace(
            everything[source].file,
            made_of=made_of(keys[source], everything[source].looked_at),
        )
        for source in sources
    ]


def compile_source(
    source: Source, project: Project, forms: Forms, *, learn: bool = False
) -> CompiledFile:
    """Parse and check one file and, if it has no errors, typeset it in `forms`."""
    return _compile_seen(source, Looks(project).project, forms, learn=learn)


def _compile_seen(
    source: Source, project: Project, forms: Forms, *, learn: bool
) -> CompiledFile:
    """Compile a file of `project`, which is what a file may see of one."""
    scope = scope_of_file(project, learn=learn)
    document = parse(source)
    diagnostics = tuple(judge(document, scope))
    file_entry = entry(document, learn=learn)
    has_errors = any(d.severity is Severity.ERROR for d in diagnostics)
    if has_errors or forms is None:
        return CompiledFile(file_entry, diagnostics)
    # Not at the top: `check` needs no Pygments.
    from triptych.typeset.context import Context, prose_strings  # noqa: PLC0415
    from triptych.typeset.question import checked, guide, question  # noqa: PLC0415

    verdict = project.verdicts.get(document.meta.id)
    context = Context(
        source.path,
        project.folder.files,
        scope.load,
        verdict,
        passed_with=checked(document, verdict).versions,
        strings=prose_strings(project.strings, project.deck.language),
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
    looks: Looks,
    forms: Forms,
    jobs: int,
    options: BuildOptions,
) -> list[KeptFile]:
    def work(source: Source) -> KeptFile:
        looks.start()
        file = _compile_seen(source, looks.project, forms, learn=options.learn)
        return KeptFile(file, looks.record())

    work_list = list(sources)
    what = "checking files" if forms is None else "typesetting files"
    with fork_map(work, work_list, jobs) as results:
        return list(counted(results, len(work_list), what, options.progress))


def _known(
    names: Mapping[Source, str], looks: Looks, cache: Cache
) -> dict[Source, KeptFile]:
    """Return the files that the cache has under these names and that still hold."""
    values = cache.load(names.values())
    found = ((source, values.get(name)) for source, name in names.items())
    return {
        source: one
        for source, one in found
        if isinstance(one, KeptFile) and looks.hold(one.looked_at)
    }


def _keys(project: Project) -> dict[Source, str]:
    """Return a digest for each source of what it is sure to depend on."""
    shared = made_of(
        seen_by_files(project.deck),
        project.strings.section("prose", project.deck.language),
    )
    return {source: made_of(shared, source) for source in project.folder.sources}
