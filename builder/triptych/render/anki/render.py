"""The files of the Anki deck, kept while no note is different."""

from collections.abc import Iterator

from triptych.render.made_of import made_of
from triptych.render.output import DEFAULT_CONTEXT, RenderContext
from triptych.render.settings import RenderSettings
from triptych.values.artifact import Artifact
from triptych.values.catalog import Catalog
from triptych.values.kept import Keep, keep_nothing


def render(
    catalog: Catalog, settings: RenderSettings, context: RenderContext = DEFAULT_CONTEXT
) -> Iterator[Artifact]:
    """Yield the package and, for learners of older releases, the update files."""
    plan = settings.made_of_plan(catalog)

    def make() -> list[Artifact]:
        # Not at the top: most builds after an edit need no genanki.
        from triptych.render.anki.files import artifacts  # noqa: PLC0415

        return list(artifacts(catalog, settings))

    yield from context.keep(plan and made_of("anki", plan, catalog.newest), make)


def is_preview(
    catalog: Catalog, settings: RenderSettings, keep: Keep = keep_nothing
) -> bool:
    """Return whether the deck has notes that no release has recorded."""
    plan = settings.made_of_plan(catalog)
    return keep(
        plan and made_of("preview", plan), lambda: settings.plan(catalog).is_preview
    )
