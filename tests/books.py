"""Books as a reader opens them: an EPUB's files, pages and links."""

import io
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from posixpath import normpath
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from tests.cases import write_deck

from triptych.build.build import build
from triptych.build.options import BuildOptions
from triptych.deck.project import open_project

NOTHING: Mapping[str, bytes] = MappingProxyType({})
_OPF = "{http://www.idpf.org/2007/opf}"


@dataclass(frozen=True, slots=True)
class OpenBook:
    """An EPUB, unpacked."""

    files: Mapping[str, bytes]
    """By name, without the folder that all are in."""

    def tree(self, name: str) -> ET.Element:
        """Return a page or the package; it fails where that is not well-formed."""
        return ET.fromstring(self.files[name])  # noqa: S314 - ours

    @property
    def pages(self) -> list[str]:
        """Return the names of the pages in the order in which they are read."""
        package = self.tree("package.opf")
        items = {i.get("id"): i.get("href", "") for i in package.iter(f"{_OPF}item")}
        return [items[ref.get("idref")] for ref in package.iter(f"{_OPF}itemref")]

    def text(self, name: str) -> str:
        """Return the words of a page, without the LaTeX of its formulas."""
        return " ".join(" ".join(_words(self.tree(name))).split())

    def elements(self, name: str) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Yield the elements of a page with their attributes, without namespaces."""
        for element in self.tree(name).iter():
            yield _local(element.tag), {_local(k): v for k, v in element.items()}

    def links(self, name: str) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Yield the words of each link of a page, with its attributes."""
        for element in self.tree(name).iter():
            if _local(element.tag) == "a":
                yield "".join(element.itertext()), element.attrib

    def broken_links(self) -> Iterator[str]:
        """Yield the links and pictures of all pages that lead nowhere."""
        ids = {
            page: {a["id"] for _, a in self.elements(page) if "id" in a}
            for page in self.pages
        }
        for page in self.pages:
            for _, attributes in self.elements(page):
                url = attributes.get("href") or attributes.get("src") or ""
                parts = urlsplit(url)
                if not url or parts.scheme:
                    continue
                file = normpath(unquote(parts.path)) if parts.path else page
                place = unquote(parts.fragment)
                if file not in self.files or (place and place not in ids[file]):
                    yield f"{page}: {url}"


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _words(element: ET.Element) -> Iterator[str]:
    if _local(element.tag) != "head":
        yield element.text or ""
        for child in element:
            yield from _words(child)
            yield child.tail or ""


def open_book(data: bytes) -> OpenBook:
    """Return the EPUB `data`."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        return OpenBook({n.removeprefix("EPUB/"): archive.read(n) for n in names})


def build_book(folder: Path, text: str, files: Mapping[str, bytes] = NOTHING) -> Path:
    """Build the deck that `write_deck` makes of `text`, and return where the book is.

    `files` are written beside it.
    """
    root = write_deck(folder / "content", text)
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    dist = folder / "dist"
    report, emitted = build(open_project(root), dist, ["epub"], BuildOptions(jobs=1))
    assert emitted, report.diagnostics
    [path] = (dist / "epub").iterdir()
    return path
