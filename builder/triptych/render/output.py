"""The description of an output that the driver uses.

Functions are named by strings, `module:function`, and imported when they are called.
This keeps `check` and `--help` fast: only an output itself imports its libraries.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from pkgutil import resolve_name

from triptych.render.settings import RenderSettings
from triptych.values.artifact import Artifact, Download
from triptych.values.catalog import Catalog
from triptych.values.diagnostics import Diagnostic, Finding, Severity
from triptych.values.form import Form
from triptych.values.kept import Keep, keep_nothing


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """Work that depends on no other task, so that any worker process can do it."""

    work: Callable[[], Iterable[Artifact]]
    made_of: str = ""
    """A digest of all that the result depends on; empty if it is not to be kept."""


ALL_OTHERS = ("*",)
"""The value of `Output.after` for an output that is made after all others."""


@dataclass(frozen=True, slots=True)
class RenderContext:
    """What an output receives besides the catalog and the settings."""

    task_artifacts: tuple[Artifact, ...] = ()
    """The artifacts of the output's own tasks, in the order of the tasks."""
    downloads: tuple[Download, ...] | None = None
    """The files that it may offer as downloads; None if it must offer none."""
    jobs: int = 1
    """The number of processes that it may use."""
    keep: Keep = keep_nothing
    """Keeps what is made in this process, for later builds."""
    report: Callable[[str, Finding], None] = lambda _, __: None
    """Receives the name of one of the `rendering_rules`, and what it found."""


DEFAULT_CONTEXT = RenderContext()
"""The context of an output without tasks, built alone."""


@dataclass(frozen=True, slots=True)
class Product:
    """A file, or a folder of files, that an output makes."""

    path: str
    """Relative to the output's folder; `<deck>` is replaced by the deck's id."""
    description: str
    """What it is, for the table of outputs in the documents."""
    title: str = ""
    """A key in `[downloads]` of the string table; empty if it is no download."""


@dataclass(frozen=True, slots=True)
class Output:
    """An output: its name, the functions that make it, and what it needs."""

    name: str
    """Of the folder in `dist/`, and on the command line."""
    render: str
    """A function that yields the artifacts that no task makes."""
    needs: frozenset[Form]
    """The forms of prose that it renders."""
    products: tuple[Product, ...]
    tasks: str = ""
    """A function that returns tasks for worker processes, if there are any.

    The tasks must not depend on another output. All other work is done in one process:
    a process that has run Typst must not fork children that run Typst too.
    """
    after: tuple[str, ...] = ()
    """The outputs whose files it offers as downloads: those are made first."""
    rules: Mapping[str, str] = field(default_factory=dict)
    """Functions that yield a `Finding` for what this output cannot show, by rule name.

    They take the catalog, the settings and `keep`. A build that makes the output warns
    of what they find; `check` does not call them.
    """
    rendering_rules: Mapping[str, str] = field(default_factory=dict)
    """Functions whose docstring is the manual of what rendering finds, by rule name."""
    has_templates: bool = False
    """Whether a deck may replace its templates, which are in a folder of its name."""
    template_rule: str = ""
    """A function that yields the mistakes in a deck's own templates for this output."""
    without_questions: bool = False
    """Whether it is made of a deck that has guides alone."""
    preview: str = ""
    """A function that returns whether the output has notes of no release."""
    is_print: bool = False
    """Whether it is for paper: `[print]` chooses among its products, and no sounds."""
    on_request: bool = False
    """Whether it is made only where it is named."""
    views: Mapping[str, str] = field(default_factory=dict)
    """Functions that return what files of one sort show of a question, by name.

    Two questions for which one returns the same look the same in those files.
    """
    packages: tuple[str, ...] = ()
    """The distributions that its bytes depend on, besides those of every output.

    A build keeps nothing that it made with other versions of them.
    """

    def start(self, catalog: Catalog, settings: RenderSettings) -> Sequence[Task]:
        """Return the tasks, which any process may do at once."""
        tasks: Sequence[Task] = ()
        if self.tasks:
            tasks = resolve_name(self.tasks)(catalog, settings)
        return tasks

    def finish(
        self, catalog: Catalog, settings: RenderSettings, context: RenderContext
    ) -> Iterator[Artifact]:
        """Yield every artifact of the output: those of its tasks, then the rest."""
        yield from context.task_artifacts
        yield from resolve_name(self.render)(catalog, settings, context)

    def diagnose(
        self, catalog: Catalog, settings: RenderSettings, keep: Keep = keep_nothing
    ) -> Iterator[Diagnostic]:
        """Yield a warning for what this output cannot show."""
        for name, rule in self.rules.items():
            for finding in resolve_name(rule)(catalog, settings, keep):
                yield self.warning(name, finding)

    def warning(self, rule: str, finding: Finding) -> Diagnostic:
        """Return what one of this output's rules found as a warning.

        Raises:
            ValueError: The output has no such rule, so that it would have no manual.

        """
        if rule not in self.rules and rule not in self.rendering_rules:
            raise ValueError(f"the output {self.name} has no rule {rule}")
        return Diagnostic(
            rule, finding.span, finding.message, finding.hint, Severity.WARNING
        )

    def is_preview(
        self, catalog: Catalog, settings: RenderSettings, keep: Keep = keep_nothing
    ) -> bool:
        """Return whether the output has notes that no release has recorded."""
        if not self.preview:
            return False
        return bool(resolve_name(self.preview)(catalog, settings, keep))

    def title(self, path: PurePosixPath, deck_id: str) -> str:
        """Return the title key of the artifact at `path`; empty if it has none."""
        for product in self.products:
            if path == PurePosixPath(
                self.name, product.path.replace("<deck>", deck_id)
            ):
                return product.title
        return ""
