"""All outputs of a catalog, rendered before anything is written.

The deck and the sheet come first, for the site offers them as downloads; the site's
pages are rendered meanwhile by other processes. Typst runs in this process only: one
that has called it must not fork children that call it too.
"""

from collections.abc import Iterable, Iterator
from pkgutil import resolve_name
from types import MappingProxyType
from typing import Any

from triptych.build.timing import Timings
from triptych.deck.settings import Settings
from triptych.emit.archive import site_zip
from triptych.parallel import spread
from triptych.values.artifact import Artifact, Download
from triptych.values.catalog import Catalog
from triptych.values.diagnostics import Diagnostic

RENDERERS = MappingProxyType(
    {
        "anki": "triptych.render.anki:render",
        "sheet": "triptych.render.sheet:render",
        "site": "triptych.render.site:render",
    }
)
"""An output is one line here: its libraries load only when it is built."""

OUTPUT_RULES = MappingProxyType(
    {"missing-glyph": ("sheet", "triptych.render.sheet.missing:missing_glyphs")}
)
"""What only an output can find, with the output that finds it; all are warnings."""

OUTPUTS = tuple(RENDERERS)
_TITLES = MappingProxyType(
    {
        ".apkg": "Anki deck",
        "-update.txt": "Gentle update for Anki",
        "-cheatsheet.pdf": "Cheat sheet",
        "-flashcards.pdf": "Flashcards, duplex",
    }
)


def renderer(name: str) -> Any:  # noqa: ANN401 - named by a string, tested for each
    """Return the renderer of the output `name`."""
    return resolve_name(RENDERERS[name])


def is_preview(catalog: Catalog, settings: Settings) -> bool:
    """Return whether the deck holds what no release has seen."""
    from triptych.render.anki import is_preview  # noqa: PLC0415 - brings genanki

    return is_preview(catalog, settings)


def render(
    catalog: Catalog,
    settings: Settings,
    outputs: Iterable[str],
    jobs: int,
    timings: Timings,
) -> tuple[list[Artifact], list[Diagnostic]]:
    """Return the artifacts of `outputs`, and what cannot be shown in one of them.

    The site alone, as `serve` wants it, offers no downloads.
    """
    wanted = set(outputs)
    if "site" not in wanted:
        files = _files(catalog, settings, wanted, timings)
        return files, list(_notices(catalog, settings, wanted))
    from triptych.render.site import landing, pages  # noqa: PLC0415 - brings Jinja

    with timings.stage("prepare pages"):
        tasks = pages(catalog, settings)
    with spread(lambda task: list(task()), tasks, jobs) as results:
        files = _files(catalog, settings, wanted, timings)
        with timings.stage("pages"):
            site = [artifact for result in results for artifact in result]
    with timings.stage("downloads"):
        downloads: list[Download] = []
        if wanted != {"site"}:
            whole = [*site, *landing(catalog, settings, ())]
            name = f"{catalog.deck.id}-site"
            downloads = [*_downloads(files), site_zip(name, whole, jobs)]
        site += landing(catalog, settings, downloads)
    return [*files, *site], list(_notices(catalog, settings, wanted))


def _files(
    catalog: Catalog, settings: Settings, wanted: set[str], timings: Timings
) -> list[Artifact]:
    files: list[Artifact] = []
    for name in OUTPUTS:
        if name in wanted and name != "site":
            with timings.stage(name):
                files += renderer(name)(catalog, settings)
    return files


def _notices(
    catalog: Catalog, settings: Settings, wanted: set[str]
) -> Iterator[Diagnostic]:
    for output, rule in OUTPUT_RULES.values():
        if output in wanted:
            yield from resolve_name(rule)(catalog, settings)


def _downloads(files: Iterable[Artifact]) -> Iterator[Download]:
    for artifact in files:
        for suffix, title in _TITLES.items():
            if artifact.path.name.endswith(suffix):
                yield Download(artifact.path.name, title, artifact.data)
