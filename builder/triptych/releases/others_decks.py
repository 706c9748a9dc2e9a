"""What an imported deck asks of those who have it from another program."""

from dataclasses import replace

from triptych.notes.which import notes
from triptych.releases.difference import Difference
from triptych.render.settings import RenderSettings
from triptych.values.catalog import Catalog


def with_other_decks(
    difference: Difference, catalog: Catalog, settings: RenderSettings
) -> Difference:
    """Return `difference` with what collections with the imported deck do otherwise."""
    found = [note for note in notes(catalog) if note.origin.guid]
    used = {note.type_key for note in found if note.is_kept}
    merged = (
        kept.type.name
        for key, kept in settings.kept_types.items()
        if key in used and kept.is_merged
    )
    return replace(
        difference,
        merged=tuple(sorted(merged)),
        skipped=sum(not note.is_kept for note in found),
    )
