"""Parse, check and typeset one file; a pure function, so any process may do it."""

from dataclasses import dataclass, replace

from triptych.build.file_inputs import InputRecorder
from triptych.build.scope import file_scope
from triptych.deck.project import Project
from triptych.parse.document import parse
from triptych.validate.diagnose import diagnose_document
from triptych.validate.entry import entry
from triptych.values.diagnostics import Diagnostic, Severity
from triptych.values.entry import Entry
from triptych.values.form import Form
from triptych.values.language import may_have_rtl
from triptych.values.question import Guide, Question
from triptych.values.source import Source

Forms = frozenset[Form] | None
"""The forms in which to typeset prose; None to check it only."""
_OF_GUIDES = frozenset({Form.CARD, Form.HASH_1, Form.TREE})
"""The forms that a guide always has: they are in the digest of the pages of guides."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """The result of compiling one file."""

    entry: Entry
    diagnostics: tuple[Diagnostic, ...]
    result: Question | Guide | None = None
    """None if the file has errors, or if nothing was to be typeset."""


def compile_source(
    source: Source, project: Project, forms: Forms, *, learn: bool = False
) -> Compiled:
    """Parse and check one file and, if it has no errors, typeset it in `forms`."""
    return compile_seen(source, InputRecorder(project).project, forms, learn=learn)


def compile_seen(
    source: Source,
    project: Project,
    forms: Forms,
    *,
    learn: bool = False,
    compares_dates: bool = False,
) -> Compiled:
    """Compile a file of `project`, which is what a file may see of one."""
    scope = file_scope(project, learn=learn, compares_dates=compares_dates)
    document = parse(source)
    diagnostics = tuple(diagnose_document(document, scope))
    file_entry = entry(document, learn=learn)
    has_errors = any(d.severity is Severity.ERROR for d in diagnostics)
    if has_errors or forms is None:
        return Compiled(file_entry, diagnostics)
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
        forms=forms,
        has_rtl=may_have_rtl(project.deck.language, source.text),
    )
    if document.meta.is_guide:
        context = replace(context, forms=forms | _OF_GUIDES)
        return Compiled(file_entry, diagnostics, guide(document, context))
    return Compiled(file_entry, diagnostics, question(document, context))
