"""One file is parsed, judged and typeset: pure, so any process may do it."""

from collections.abc import Iterable
from dataclasses import dataclass

from triptych.build import cache
from triptych.build.cache import Cache
from triptych.build.scope import scope_of
from triptych.deck.project import Project
from triptych.parallel import fork_map
from triptych.parse.document import parse
from triptych.validate.entry import entry
from triptych.validate.rules import judge
from triptych.values.diagnostics import Diagnostic, Severity
from triptych.values.entry import Entry
from triptych.values.form import Form
from triptych.values.language import may_have_rtl
from triptych.values.question import Guide, Question
from triptych.values.source import Source

Forms = frozenset[Form] | None
"""The forms to typeset prose in; None to judge it and typeset nothing."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """What became of one file."""

    entry: Entry
    diagnostics: tuple[Diagnostic, ...]
    result: Question | Guide | None = None
    """Only where it was asked for, and the file is sound."""


def compile_all(
    project: Project, forms: Forms, jobs: int, kept: Cache | None = None
) -> list[Compiled]:
    """Return what becomes of every file of `project`, in the order of their paths."""
    sources = project.folder.sources
    if kept is None:
        return _compile(sources, project, forms, jobs)
    keys = _keys(project, forms)
    known = kept.load(keys.values())
    new = [source for source in sources if keys[source] not in known]
    made = dict(zip(new, _compile(new, project, forms, jobs), strict=True))
    if new:
        kept.store({keys[s]: c for s, c in made.items()}, keep=keys.values())
    return [made[s] if s in made else _cached(known[keys[s]]) for s in sources]


def compile_source(source: Source, project: Project, forms: Forms) -> Compiled:
    """Parse and judge one file and, if it is sound, typeset it in these forms."""
    scope = scope_of(project)
    document = parse(source)
    diagnostics = tuple(judge(document, scope))
    about = entry(document)
    sound = not any(d.severity is Severity.ERROR for d in diagnostics)
    if not sound or forms is None:
        return Compiled(about, diagnostics)
    # `check` needs no Pygments.
    from triptych.typeset.context import Context, words_in_prose  # noqa: PLC0415
    from triptych.typeset.question import guide, question  # noqa: PLC0415

    verdict = project.verdicts.get(document.meta.id)
    words = words_in_prose(project.strings, project.deck.language)
    context = Context(
        source.path,
        project.folder.files,
        scope.load,
        verdict,
        words=words,
        has_rtl=may_have_rtl(project.deck.language, source.text),
    )
    if document.meta.is_guide:
        return Compiled(about, diagnostics, guide(document, context))
    trees = Form.TREE in forms
    return Compiled(about, diagnostics, question(document, context, trees=trees))


def _compile(
    sources: Iterable[Source], project: Project, forms: Forms, jobs: int
) -> list[Compiled]:
    def work(source: Source) -> Compiled:
        return compile_source(source, project, forms)

    with fork_map(work, list(sources), jobs) as results:
        return list(results)


def _keys(project: Project, forms: Forms) -> dict[Source, str]:
    """Return, for each source, a key made of all that its compilation depends on."""
    root = project.folder.root
    files = sorted(project.folder.files)
    around = cache.key(
        project.folder.deck.text,
        sorted(forms or ()),
        project.strings.words("prose", project.deck.language),
        [topic.id for topic in project.deck.topics],
        [(str(path), (root / path).stat().st_mtime_ns) for path in files],
    )
    verdicts = cache.key(sorted(project.verdicts.items()))
    return {
        source: cache.key(around, verdicts, source) for source in project.folder.sources
    }


def _cached(value: object) -> Compiled:
    assert isinstance(value, Compiled)  # noqa: S101 - keys name nothing else
    return value
