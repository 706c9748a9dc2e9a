"""The entries of `manifest.json` about a build, besides its files."""

import hashlib
from collections.abc import Mapping

from triptych.build.libraries import libraries
from triptych.deck.project import Project
from triptych.render.settings import RenderSettings
from triptych.values.catalog import Catalog


def manifest_header(
    project: Project,
    catalog: Catalog,
    settings: RenderSettings,
    versions: Mapping[str, str],
) -> dict[str, object]:
    """Return the deck, the digest of its sources, and the versions of the libraries.

    Those of which the `versions` are not given are looked up.
    """
    inputs = hashlib.sha256()
    for source in (project.folder.deck, *project.folder.sources):
        inputs.update(f"{source.path}\0{source.text}\0".encode())
    for media in catalog.media.values():
        inputs.update(media.name.encode())
    if settings.edition:
        inputs.update(f"\0{settings.edition}".encode())
    return {
        "deck": catalog.deck.id,
        "version": catalog.release.version,
        "questions": len(catalog.asked),
        "cards": catalog.card_count,
        "guides": len(catalog.guides),
        "inputs": inputs.hexdigest(),
        "dependencies": {
            name: versions.get(name) or _version(name) for name in libraries()
        },
    }


def _version(name: str) -> str:
    from importlib.metadata import version  # noqa: PLC0415 - slow, and often known

    return version(name)
