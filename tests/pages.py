"""Helpers for the tests of the site: a small deck, and a parser of its pages."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.output_checks import look_at
from tests.questions import made

from triptych.render.output import RenderContext
from triptych.render.outputs import OUTPUTS
from triptych.render.settings import RenderSettings
from triptych.values.artifact import Artifact, Download
from triptych.values.catalog import Catalog
from triptych.values.deck import Deck, Topic
from triptych.values.meta import Difficulty, Kind, Level, Meta, Reference
from triptych.values.prose import Prose
from triptych.values.question import Checked, Code, Guide, LevelAnswer, Part, Question
from triptych.values.source import Media

VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr", "col"})


@dataclass(slots=True)
class Page:
    """An HTML page, parsed."""

    tags: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    unbalanced: list[str] = field(default_factory=list)
    scripts: list[tuple[Mapping[str, str], str]] = field(default_factory=list)
    text: str = ""

    def links(self) -> list[str]:
        """Return all URLs in the page."""
        names = ("href", "src")
        return [attrs[n] for _, attrs in self.tags for n in names if n in attrs]

    def all(self, tag: str, **wanted: str) -> list[Mapping[str, str]]:
        """Return the attributes of each element `tag` that has those `wanted`."""
        return [
            attrs
            for name, attrs in self.tags
            if name == tag and wanted.items() <= attrs.items()
        ]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.page.tags.append((tag, values))
        if "id" in values:
            self.page.ids.append(values["id"])
        if tag == "script":
            self.page.scripts.append((values, ""))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.page.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.page.unbalanced.append(tag)

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "script":
            attrs, text = self.page.scripts[-1]
            self.page.scripts[-1] = (attrs, text + data)
        else:
            self.page.text += data


def read_page(html: str) -> Page:
    """Parse a page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.page.unbalanced += reader.open
    return reader.page


@dataclass(frozen=True, slots=True)
class Site:
    """All files of a site by their address."""

    files: Mapping[str, bytes]

    def __getitem__(self, address: str) -> str:
        return self.files[address].decode()

    def page(self, address: str) -> Page:
        """Return the page at `address`."""
        return read_page(self[address])

    def pages(self) -> dict[str, Page]:
        """Return all pages."""
        return {name: self.page(name) for name in self.files if name.endswith(".html")}

    def dead_links(self) -> list[str]:
        """Return the relative links without a target."""
        pages = self.pages()
        return [
            f"{address} -> {link}"
            for address, page in pages.items()
            for link in page.links()
            if not self._resolves(address, link, pages)
        ]

    def _resolves(self, address: str, link: str, pages: Mapping[str, Page]) -> bool:
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            return True
        target = address
        if address == "404.html" and parts.path.endswith((".css", ".js")):
            # It is shown for any address: its files may be here, above, or at the root.
            return parts.path.rpartition("/")[2] in self.files
        if address == "404.html" and parts.path.startswith("/"):
            # From the root of the host: the site may stand in a folder there.
            ends = (f"/{name}" for name in self.files)
            return any(unquote(parts.path).endswith(end) for end in ends)
        if parts.path:
            joined = PurePosixPath(address).parent / unquote(parts.path)
            steps: list[str] = []
            for step in joined.parts:
                if step == "..":
                    if not steps:
                        return False
                    steps.pop()
                else:
                    steps.append(step)
            target = "/".join(steps)
        if target not in self.files:
            return False
        # One with a value is for a script.
        names_place = parts.fragment and "=" not in parts.fragment
        return not names_place or unquote(parts.fragment) in pages[target].ids


def collect(artifacts: Iterable[Artifact]) -> Site:
    """Return the site of `artifacts`; no two may have the same address."""
    files: dict[str, bytes] = {}
    for artifact in artifacts:
        address = str(artifact.path.relative_to("site"))
        assert address not in files, f"{address} was printed twice"
        files[address] = artifact.data
    return Site(files)


def prose(text: str, html: str = "") -> Prose:
    """Return prose with the text `text`."""
    label = text if "<a " in html else html or text
    return Prose(site=html or text, label=label, card=text, plain=text, digest=text)


def ask(name: str, topic: str = "basics", **more: Any) -> Question:  # noqa: ANN401
    """Return a question with these fields only."""
    values = {"answer": prose(f"It is {name}."), **more}
    prompt = values.pop("prompt", prose(f"What is {name}?"))
    path = PurePosixPath(topic, f"{name}.md")
    return made(name, path, prompt, **values)


def catalog(*questions: Question, **deck: Any) -> Catalog:  # noqa: ANN401
    """Return a catalog of `questions` in the given order."""
    topics = dict.fromkeys(question.meta.topic for question in questions)
    said = {"id": "sample", "title": "Sample", **deck}
    return Catalog(
        deck=Deck(topics=tuple(Topic(t, t.capitalize()) for t in topics), **said),
        questions=questions,
        pages={str(q.meta.path): f"q/{q.id}.html" for q in questions},
    )


def rich_catalog() -> Catalog:
    """Return a deck with everything that a page can show."""
    path = ask("x").meta.path
    mean = ask(
        "mean",
        kind=Kind.CODING,
        difficulty=Difficulty.EASY,
        prompt=prose("What is a mean?", 'What is a <a href="https://e.org">mean</a>?'),
        summary=prose("The sum over the count."),
        answer=prose("Add.", '<h3 id="how">How</h3><p>Add.</p>'),
        depth=replace(
            prose("More.", "<p>More <math><mi>x</mi></math>.</p>"), glyphs="x"
        ),
        tags=("statistics", "C++", "機械学習", "con", "alone"),
        asked_at=("Example & Co",),
        hints=(prose("Add first."),),
        rubric=(prose("Names the sum."),),
        levels=(LevelAnswer(Level.STAFF, prose("Names the error.")),),
        follow_ups=(Part("why", prose("Why?"), prose("Because."), 1),),
        pitfalls=(Part("robust", prose("It is robust."), prose("It is not."), 2),),
        references=(
            Reference("A book", "https://e.org/book", "Author", "2001"),
            Reference("A trap", "javascript:alert(1)"),
        ),
        related=("median", "elsewhere"),
        aliases=("average",),
        renamed={"reason": "why"},
        reviewed="2026-11-22",
        as_of="2026-11",
        code=(Code("solution", "python", "x = 1", (), 9),),
        checked=Checked({"python": "3.11", "numpy": "2.1"}, "2026-11-23", ("2 of 3",)),
    )
    median = ask(
        "median",
        "more",
        requires=("mean",),
        difficulty=Difficulty.HARD,
        tags=("statistics", "C++", "機械学習", "con"),
    )
    gone = ask("gone", "more", retired=True)
    guide = Guide(
        Meta("start", path), prose("Start here"), prose("How."), prose("Read.")
    )
    deck = catalog(mean, median, gone, license="CC-BY-4.0", description="A sample.")
    media = Media(path, "plot-12.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>')
    return replace(deck, guides=(guide,), media={media.name: media})


def print_site(
    deck: Catalog, url: str = "", downloads: Sequence[Download] | None = None
) -> Site:
    """Return the site of `deck`."""
    return collect(site_files(deck, RenderSettings(base_url=url), downloads))


def site_files(
    deck: Catalog, settings: RenderSettings, downloads: Sequence[Download] | None = None
) -> Iterator[Artifact]:
    """Yield the files of the site of `deck`, made as the driver makes them."""
    site = OUTPUTS["site"]
    made = tuple(a for task in site.start(deck, settings) for a in task.work())
    offered = None if downloads is None else tuple(downloads)
    files = tuple(site.finish(deck, settings, RenderContext(made, offered)))
    if settings.templates is None:
        # A download of a test may be any bytes.
        look_at(file for file in files if "downloads" not in file.path.parts)
    return iter(files)
