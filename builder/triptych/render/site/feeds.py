"""The site map, the feed of changes and `robots.txt`."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import PurePosixPath

from triptych.render.site.rows import plain_description
from triptych.render.site.templates import Site, render_template
from triptych.values.artifact import Artifact
from triptych.values.question import Question

_MAX_ENTRIES = 50
_MAX_DESCRIPTION_CHARS = 500


def feeds(site: Site, addresses: Sequence[str]) -> Iterator[Artifact]:
    """Yield the files; all but `robots.txt` need the URL of the site."""
    base_url = site.settings.base_url
    robots = "User-agent: *\nAllow: /\n"
    if base_url:
        robots += f"Sitemap: {base_url}sitemap.xml\n"
        yield _file(
            "sitemap.xml", render_template(site, "sitemap.xml", addresses=addresses)
        )
    if site.feed:
        yield _file("feed.xml", _feed(site))
    yield _file("robots.txt", robots)


def _feed(site: Site) -> str:
    released = datetime.fromtimestamp(site.catalog.release.time, UTC)
    moment = released.isoformat().replace("+00:00", "Z")

    def updated(question: Question) -> str:
        return (
            f"{question.meta.reviewed}T00:00:00Z" if question.meta.reviewed else moment
        )

    listed = list(site.catalog.current)
    latest = sorted(listed, key=updated, reverse=True)[:_MAX_ENTRIES]
    entries = [
        (q, updated(q), plain_description(q, _MAX_DESCRIPTION_CHARS)) for q in latest
    ]
    return render_template(site, "feed.xml", moment=moment, entries=entries)


def _file(name: str, text: str) -> Artifact:
    return Artifact(PurePosixPath("site", name), text.encode())
