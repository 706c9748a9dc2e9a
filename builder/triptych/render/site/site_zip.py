"""The archive of the whole site, which it offers as a download."""

from collections.abc import Iterable

from triptych.emit.archive import Entry, zip_archive
from triptych.values.addresses import DOWNLOADS_FOLDER
from triptych.values.artifact import Artifact


def site_zip(name: str, site: Iterable[Artifact]) -> bytes:
    """Return a zip archive of `site` without its downloads, in a folder `name`."""
    # The parts of a path, after that of the output: the order is that of folders.
    parts = ((artifact.path.parts[1:], artifact) for artifact in site)
    pages = {path: page for path, page in parts if path[0] != DOWNLOADS_FOLDER}
    return zip_archive(
        Entry("/".join((name, *path)), page.deflated, page.summary, True)
        for path, page in sorted(pages.items(), key=lambda pair: pair[0])
    )
