"""What must be true of every output, whatever the deck: only our own scripts run.

It reads files as a browser would get them, uses nothing of what made them, and is
called by all tests that build or render a site or a package (see `conftest.py`).
"""

import io
import json
import re
import sqlite3
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from triptych.deck.svg import Unsafe, drawing
from triptych.render.site.scripts import SCRIPTS, scripts
from triptych.render.site.templates import POLICY
from triptych.values.artifact import Artifact

TEMPLATES = Path(__file__).parents[1] / "templates/site"


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BANNED = _names(
    "applet base embed form frame iframe maction mglyph object picture source"
    " style template textarea track video foreignobject use image animate set"
)
_LOADING = _names(
    "action background cite classid code codebase data formaction longdesc manifest"
    " ping poster profile src srcdoc srcset usemap xlink:href"
)
_LINKED = frozenset({"alternate", "canonical", "license", "next", "prev"})
"""What a `link` may name without a browser loading it."""
_PLAIN = frozenset(
    {".pdf", ".txt", ".tsv", ".csv", ".woff2", ".png", ".jpg", ".jpeg", ".gif"}
)
"""Files in which nothing can run."""
_SOUNDS = frozenset({".mp3", ".ogg", ".opus", ".wav", ".m4a"})
_SOUND_ON_CARD = re.compile(r"\[sound:([^\]]*)\]")
_PLAIN_PICTURES = frozenset({".webp", ".avif"})
_IN_BOOKS = _PLAIN | _PLAIN_PICTURES | _SOUNDS
_SCHEMES = frozenset({"", "http", "https", "mailto"})
_SCRIPTED = re.compile(r"[\x00-\x20]*[a-z]*script\s*:", re.IGNORECASE)
_FILLED = re.compile(r"\{\{.*?\}\}")

Files = Mapping[str, bytes]


def look_at(artifacts: Iterable[Artifact]) -> None:
    """Fail if anything in `artifacts` could run, or asks the network."""
    everything = {str(a.path): a.data for a in artifacts}
    site = {
        path.removeprefix("site/"): data
        for path, data in everything.items()
        if path.startswith("site/")
    }
    complaints = [*site_faults(site)]
    for path, data in everything.items():
        if path.endswith(".apkg"):
            complaints += (f"{path}: {what}" for what in package_faults(data))
        if path.endswith(".epub"):
            complaints += (f"{path}: {what}" for what in book_faults(data))
    assert complaints == [], "\n".join(complaints[:20])


def site_faults(files: Files) -> Iterator[str]:
    """Yield what is wrong with the files of a site, by their addresses."""
    ours = scripts()
    for name, data in files.items():
        for what in _file_faults(name, data, files, ours):
            yield f"{name}: {what}"


def _file_faults(
    name: str, data: bytes, files: Files, ours: Mapping[str, str]
) -> Iterator[str]:
    suffix = PurePosixPath(name).suffix.lower()
    match suffix:
        case ".html":
            yield from page_faults(data.decode(), name, files)
        case ".js":
            yield from _script_faults(name, data, ours)
        case ".css":
            yield from _style_faults(data.decode())
        case ".svg":
            yield from _svg_faults(name, data)
        case ".xml":
            yield from _xml_faults(data)
        case ".webmanifest":
            yield from _manifest_faults(data)
        case ".zip":
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                inner = {item: archive.read(item) for item in archive.namelist()}
            top = min(inner, default="").partition("/")[0] + "/"
            stripped = {path.removeprefix(top): d for path, d in inner.items()}
            yield from site_faults(stripped)
        case ".apkg" | ".epub":
            yield from (book_faults if suffix == ".epub" else package_faults)(data)
        case _ if suffix not in _PLAIN | _PLAIN_PICTURES | _SOUNDS:
            yield "a kind of file that nobody looks at"


def _manifest_faults(data: bytes) -> Iterator[str]:
    manifest = json.loads(data)
    icons = [icon["src"] for icon in manifest.get("icons", ())]
    for address in (*icons, manifest.get("start_url", ""), manifest.get("scope", "")):
        if _is_foreign(address):
            yield f"names `{address}`"


def page_faults(html: str, name: str, files: Files) -> Iterator[str]:
    """Yield what is wrong with a page."""
    page = _Page()
    page.feed(html)
    page.close()
    if page.policies != [POLICY]:
        yield f"its policies are {page.policies}"
    for tag, attributes in page.tags:
        yield from _tag_faults(tag, attributes)
        if tag == "audio":
            yield from _player_faults(attributes)
        address = attributes.get("src") or (
            attributes.get("href", "") if tag == "link" else ""
        )
        loads = tag != "link" or attributes.get("rel") not in _LINKED
        if address and loads:
            yield from _missing(tag, address, name, files)
    for attributes, text in page.scripts:
        yield from _element_faults(attributes, text)


def card_faults(html: str, media: Iterable[str] | None = None) -> Iterator[str]:
    """Yield what is wrong with a field of a card, whose pictures are `media`."""
    held = None if media is None else set(media)
    card = _Page()
    card.feed(html)
    card.close()
    if card.scripts or card.policies:
        yield "holds a script or a `meta`"
    for tag, attributes in card.tags:
        yield from _tag_faults(tag, attributes)
        if tag == "audio" and held is None:  # for our practice, which is a page
            yield from _player_faults(attributes)
        elif tag in {"audio", "link", "meta", "script", "title"}:
            yield f"`<{tag}>` in a card"
        source = attributes.get("src", "")
        if tag == "img" and held is not None and unquote(source) not in held:
            yield f"shows `{source}`, which is not in the package"
    for sound in _SOUND_ON_CARD.findall(html):
        if held is not None and sound not in held:
            yield f"plays `{sound}`, which is not in the package"


def package_faults(data: bytes) -> Iterator[str]:
    """Yield what is wrong with the notes and the media of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names: Mapping[str, str] = json.loads(archive.read("media"))
        for number, name in names.items():
            if not re.fullmatch(r"[a-z0-9._-]+", name):
                yield f"a file is called `{name}`"
            if name.endswith(".svg"):
                yield from _svg_faults(name, archive.read(number))
        database = sqlite3.connect(":memory:")
        database.deserialize(archive.read("collection.anki2"))
    with database:
        rows = database.execute("SELECT flds FROM notes").fetchall()
    database.close()
    for (fields,) in rows:
        for field in fields.split("\x1f"):
            yield from card_faults(field, names.values())


def book_faults(data: bytes) -> Iterator[str]:
    """Yield what is wrong with the files of a book."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for name, content in files.items():
        match PurePosixPath(name).suffix.lower():
            case ".xhtml":
                faults = _book_page_faults(name, content, files)
            case ".css":
                faults = _style_faults(content.decode())
            case ".svg":
                faults = _svg_faults(name, content)
            case ".opf" | ".xml":
                faults = _xml_faults(content)
            case suffix if suffix in _IN_BOOKS or name == "mimetype":
                continue
            case _:
                faults = iter(["a kind of file that nobody looks at"])
        yield from (f"{name}: {what}" for what in faults)


def _book_page_faults(name: str, data: bytes, files: Files) -> Iterator[str]:
    page = _Page()
    page.feed(data.decode())
    page.close()
    if page.scripts or page.policies:
        yield "holds a script or a `meta`"
    for tag, attributes in page.tags:
        yield from _tag_faults(tag, attributes)
        address = attributes.get("src") or (
            attributes.get("href", "") if tag == "link" else ""
        )
        if address:
            yield from _missing(tag, address, name, files)


def _tag_faults(tag: str, attributes: Mapping[str, str]) -> Iterator[str]:
    if tag in _BANNED:
        yield f"the element `<{tag}>`"
    for key, value in attributes.items():
        if key == "style" or key.startswith("on"):
            yield f"`{key}` of `<{tag}>`: {value}"
        if "url(" in value.lower() and key not in {"alt", "title", "content"}:
            yield f"an address in `{key}`"
        if key in _LOADING and not (key == "src" and tag in {"audio", "img", "script"}):
            yield f"`{key}` of `<{tag}>`"
    if _is_foreign(attributes.get("src", "")):
        yield f"`{tag}` loads `{attributes['src']}`"
    if "href" in attributes:
        yield from _link_faults(tag, attributes)
    if attributes.get("http-equiv", "").lower() == "refresh":
        _, _, address = attributes.get("content", "").partition("url=")
        if _is_foreign(address):
            yield f"leads on to `{address}`"


def _player_faults(attributes: Mapping[str, str]) -> Iterator[str]:
    if {"autoplay", "loop"} & attributes.keys() or "controls" not in attributes:
        yield "a sound that nobody started"


def _link_faults(tag: str, attributes: Mapping[str, str]) -> Iterator[str]:
    address = attributes["href"]
    if tag not in {"a", "link"}:
        yield f"`href` of `<{tag}>`"
    scheme = urlsplit(address.strip()).scheme.lower()
    if scheme not in _SCHEMES or _SCRIPTED.match(address):
        yield f"a link to `{address}`"
    loads = tag == "link" and attributes.get("rel") not in _LINKED
    if loads and _is_foreign(address):
        yield f"loads `{address}`"


def _is_foreign(address: str) -> bool:
    parts = urlsplit(address.strip())
    # To a browser a backslash is a slash.
    return bool(parts.scheme) or re.match(r"\s*[/\\]{2}", address) is not None


def _missing(tag: str, address: str, name: str, files: Files) -> Iterator[str]:
    place = normpath(join(dirname(name), unquote(urlsplit(address).path)))
    if name == "404.html" and place.endswith((".css", ".js")):
        # It is shown for any address: its files may be here, above, or at the root.
        place = place.removeprefix("../").rpartition("/")[2]
    if tag == "script" and place not in SCRIPTS:
        yield f"the script `{address}`"
    # A page that is shown for any address names files from the root of the host.
    if not address.startswith("/") and place not in files:
        yield f"`{address}` is not there"


def _element_faults(attributes: Mapping[str, str], text: str) -> Iterator[str]:
    if "src" in attributes:
        if text:
            yield "a script with a source and text"
    elif attributes.get("type") != "application/ld+json":
        yield f"a script within the page: {text[:60]}"
    elif not _is_json(text):
        yield f"linked data that is no JSON: {text[:60]}"


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _script_faults(name: str, data: bytes, ours: Mapping[str, str]) -> Iterator[str]:
    if name == "sw.js":
        template = (TEMPLATES / name).read_text("utf-8").rstrip("\n")
        pieces = map(re.escape, _FILLED.split(template))
        found = re.fullmatch("(.*)".join(pieces), data.decode().rstrip("\n"))
        if found is None:
            yield "is not our worker"
        elif not all(map(_is_json, found.groups())):
            yield "is our worker with something put in"
    elif PurePosixPath(name).parent == PurePosixPath("search"):
        found = re.fullmatch(r"triptychIndex\((.*)\)\n", data.decode())
        if found is None or not _is_json(found[1]):
            yield "is more than data for our search"
    elif PurePosixPath(name).parent == PurePosixPath("practice"):
        found = re.fullmatch(r"triptychPractice\((.*)\)\n", data.decode())
        if found is None or not _is_json(found[1]):
            yield "is more than data for our practice"
        else:
            for html in _texts(json.loads(found[1]).get("cards", {})):
                yield from card_faults(html)
    elif data.decode() != ours.get(name):
        yield "is no script of ours"


def _texts(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        named = data if isinstance(data, dict) else dict(enumerate(data))
        for name, part in named.items():
            # The script shows plain text as text.
            yield from _texts(part) if name != "plain" else ()


def _style_faults(css: str) -> Iterator[str]:
    yield from re.findall(
        r"@import|expression\(|-moz-binding|(?<![\w-])behavior\s*:", css
    )
    for address in re.findall(r"url\(\s*[\"']?([^\"')]*)", css):
        if not address.startswith(("fonts/", "static/")):
            yield f"loads `{address}`"


def _svg_faults(name: str, data: bytes) -> Iterator[str]:
    if name == "icon.svg" and data == (TEMPLATES / name).read_bytes():
        return
    try:
        if drawing(data).data != data:
            yield "is not as it was judged"
    except Unsafe as unsafe:
        yield str(unsafe)


def _xml_faults(data: bytes) -> Iterator[str]:
    text = data.decode()
    if re.search(r"<!DOCTYPE|<!ENTITY|<\?(?!xml )", text):
        yield "holds a doctype or an instruction"
    for element in ET.fromstring(text).iter():  # noqa: S314 - without entities
        address = str(element.get("href", ""))
        if urlsplit(address).scheme not in _SCHEMES:
            yield f"a link to `{address}`"


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, Mapping[str, str]]] = []
        self.scripts: list[tuple[Mapping[str, str], str]] = []
        self.policies: list[str] = []
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in reversed(attrs)}
        self.tags.append((tag, attributes))
        if tag == "script":
            self.scripts.append((attributes, ""))
        self._in_script = tag == "script"
        kind = attributes.get("http-equiv", "").lower()
        if kind == "content-security-policy":
            self.policies.append(attributes.get("content", ""))

    def handle_endtag(self, _tag: str) -> None:
        self._in_script = False

    def handle_data(self, data: str) -> None:
        if self._in_script:
            attributes, text = self.scripts[-1]
            self.scripts[-1] = attributes, text + data
