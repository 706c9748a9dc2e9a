"""What the driver knows of an output: a value that imports no library of the output.

Functions are named by strings, `module:function`, and imported when they are called: so
`check` and `--help` start quickly, and only an output itself needs its libraries.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from pkgutil import resolve_name

from triptych.render.settings import RenderSettings
from triptych.values.artifact import Artifact, Download
from triptych.values.catalog import Catalog
from triptych.values.diagnostics import Diagnostic
from triptych.values.form import Form

Task = Callable[[], Iterable[Artifact]]
"""A piece of work that needs no other piece; worker processes share them out."""

ALL_OTHERS = ("*",)
"""What `Output.after` says of an output that comes after every other one."""


@dataclass(frozen=True, slots=True)
class Context:
    """What an output is handed besides the catalog and the settings."""

    made: tuple[Artifact, ...] = ()
    """What came of the output's own tasks, in their order."""
    downloads: tuple[Download, ...] | None = None
    """The files of the outputs that it comes after; None if none are to be offered."""
    jobs: int = 1
    """How many processes it may use."""


DEFAULT_CONTEXT = Context()
"""The context of an output without tasks, when no other one is built."""


@dataclass(frozen=True, slots=True)
class Product:
    """One file, or one folder of files, that an output makes."""

    path: str
    """Within the output's folder, where `<deck>` stands for the deck's id."""
    what: str
    """What the README says it is."""
    title: str = ""
    """Its title as a download: a key in `[downloads]` of the string table, if any."""


@dataclass(frozen=True, slots=True)
class Output:
    """One output: its name, the functions that make it, and what it asks for."""

    name: str
    """The folder in `dist/`, and the word on the command line."""
    render: str
    """Yields what the output is made of, beyond what its tasks made."""
    needs: frozenset[Form]
    """The forms of prose that it draws."""
    products: tuple[Product, ...]
    tasks: str = ""
    """Returns the work that waits for no other output, if worker processes are to help.

    All else runs in one process: after Typst has run in a process, that process must
    not fork children that run Typst too.
    """
    after: tuple[str, ...] = ()
    """The outputs whose files it offers as downloads: they are made first."""
    rules: Mapping[str, str] = field(default_factory=dict)
    """What only this output can find, by the rule's name; all are warnings."""
    preview: str = ""
    """Tells whether the output shows what no release has recorded."""
    section: str = ""
    """The table of `deck.toml` that holds its settings."""
    packages: tuple[str, ...] = ()
    """The distributions that its bytes depend on, besides those of every output."""

    def start(self, catalog: Catalog, settings: RenderSettings) -> Sequence[Task]:
        """Return the work that may begin at once, in any process."""
        tasks: Sequence[Task] = ()
        if self.tasks:
            tasks = resolve_name(self.tasks)(catalog, settings)
        return tasks

    def finish(
        self, catalog: Catalog, settings: RenderSettings, context: Context
    ) -> Iterator[Artifact]:
        """Yield every artifact of the output: those of its tasks, then the rest."""
        yield from context.made
        yield from resolve_name(self.render)(catalog, settings, context)

    def find(self, catalog: Catalog, settings: RenderSettings) -> Iterator[Diagnostic]:
        """Yield what cannot be shown in this output."""
        for rule in self.rules.values():
            yield from resolve_name(rule)(catalog, settings)

    def is_preview(self, catalog: Catalog, settings: RenderSettings) -> bool:
        """Return whether the output shows what no release has recorded."""
        return bool(self.preview and resolve_name(self.preview)(catalog, settings))

    def title(self, path: PurePosixPath, deck_id: str) -> str:
        """Return the key of the title that the artifact at `path` has, if any."""
        for product in self.products:
            if path == PurePosixPath(
                self.name, product.path.replace("<deck>", deck_id)
            ):
                return product.title
        return ""
