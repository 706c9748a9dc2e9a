"""`llms.txt`: an index of the questions with summaries, for programs that read.

Its form is the one that llmstxt.org describes.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from triptych.render.site.rows import plain_description
from triptych.render.site.templates import Site
from triptych.values import addresses
from triptych.values.addresses import Address
from triptych.values.artifact import Artifact

_MAX_DESCRIPTION_CHARS = 500
_MARKUP = re.compile(r"[\\\[\]<>`*_]")


def llms_file(site: Site) -> Iterator[Artifact]:
    """Yield the file. Without the URL of the site its links are relative."""
    text = "\n\n".join(_blocks(site)) + "\n"
    yield Artifact(PurePosixPath("site", "llms.txt"), text.encode())


def _blocks(site: Site) -> Iterator[str]:
    catalog, strings = site.catalog, site.settings.strings
    yield f"# {_line(catalog.deck.title)}"
    if catalog.deck.description:
        yield f"> {_line(catalog.deck.description)}"
    for topic in catalog.topics:
        yield f"## {_line(topic.title)}"
        yield _links(
            site,
            (
                (
                    q.prompt.readable,
                    addresses.question(q.id),
                    plain_description(q, _MAX_DESCRIPTION_CHARS),
                )
                for q in catalog.current
                if q.meta.topic == topic.id
            ),
        )
    guides = [(g.title.readable, g.address, g.summary.readable) for g in catalog.guides]
    if guides:
        words = strings.section("site", catalog.deck.language)
        yield f"## {_line(str(words['guides']))}"
        yield _links(site, guides)


def _links(site: Site, pages: Iterable[tuple[str, Address, str]]) -> str:
    base = site.settings.base_url
    return "\n".join(
        f"- [{_line(title)}]({base}{address})" + (f": {_line(about)}" if about else "")
        for title, address, about in pages
    )


def _line(text: str) -> str:
    """Return `text` as one line of Markdown that shows it as it is."""
    return _MARKUP.sub(r"\\\g<0>", " ".join(text.split()))
