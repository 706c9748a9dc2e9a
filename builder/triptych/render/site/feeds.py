"""What machines read: the site map, the feed of changes, the file for robots."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import PurePosixPath

from triptych.render.site.rows import described
from triptych.render.site.templates import Press, run
from triptych.values.artifact import Artifact
from triptych.values.question import Question

_ENTRIES = 50
_DESCRIPTION = 500


def feeds(press: Press, addresses: Sequence[str]) -> Iterator[Artifact]:
    """Print what the settings allow: all but the robots' file need an address."""
    base_url = press.settings.base_url
    robots = "User-agent: *\nAllow: /\n"
    if base_url:
        robots += f"Sitemap: {base_url}sitemap.xml\n"
        yield _file("sitemap.xml", run(press, "sitemap.xml", addresses=addresses))
    if press.feed:
        yield _file("feed.xml", _feed(press))
    yield _file("robots.txt", robots)


def _feed(press: Press) -> str:
    released = datetime.fromtimestamp(press.catalog.release.time, UTC)
    moment = released.isoformat().replace("+00:00", "Z")

    def updated(question: Question) -> str:
        return (
            f"{question.meta.reviewed}T00:00:00Z" if question.meta.reviewed else moment
        )

    listed = list(press.catalog.current)
    latest = sorted(listed, key=updated, reverse=True)[:_ENTRIES]
    entries = [(q, updated(q), described(q, _DESCRIPTION)) for q in latest]
    return run(press, "feed.xml", moment=moment, entries=entries)


def _file(name: str, text: str) -> Artifact:
    return Artifact(PurePosixPath("site", name), text.encode())
