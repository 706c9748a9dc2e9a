"""The files that say what the book is and in which order it is read."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from html import escape
from uuid import NAMESPACE_URL, uuid5

from triptych.render.epub.book import Book, Page, topic_file
from triptych.render.epub.chapters import CONTENTS, COVER, COVER_PICTURE
from triptych.render.epub.written_pages import WrittenPage
from triptych.values.source import Media
from triptych.values.xhtml import XHTML_NAMESPACE

STYLE = "style.css"
MEDIA_TYPES = {
    ".avif": "image/avif",
    ".css": "text/css",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".opus": "audio/ogg; codecs=opus",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
FOREIGN = ".avif"
"""The formats that readers need not support: another picture replaces them there."""
CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""


def document(book: Book, written: WrittenPage) -> str:
    """Return a page as an XHTML document."""
    page = written.page
    language = escape(book.language)
    direction = page.direction or book.direction
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
        f'<html xmlns="{XHTML_NAMESPACE}"'
        ' xmlns:epub="http://www.idpf.org/2007/ops"'
        f' lang="{language}" xml:lang="{language}" dir="{direction}">\n'
        f"<head>\n<title>{escape(page.title)}</title>\n"
        f'<link rel="stylesheet" href="{STYLE}"/>\n</head>\n'
        f'<body epub:type="{page.kind}">\n{written.body}\n</body>\n</html>\n'
    )


def contents(book: Book, pages: Sequence[Page]) -> Page:
    """Return the page of contents, which readers also show as a menu."""
    topics = {topic_file(topic.id) for topic in book.catalog.topics}
    items: list[tuple[Page, list[Page]]] = []
    for page in pages:
        if page.file == COVER:
            continue
        if page.file.startswith("q-") and items and items[-1][0].file in topics:
            items[-1][1].append(page)
        else:
            items.append((page, []))
    written = "\n".join(
        f"<li>{_link(page)}{_nested(children)}</li>" for page, children in items
    )
    heading = book.words["contents"].html
    start = next((p for p in pages if p.kind == "bodymatter"), pages[-1])
    landmarks = "\n".join(
        f'<li><a epub:type="{kind}" href="{file}">{escape(text)}</a></li>'
        for kind, file, text in (
            ("cover", COVER, book.title),
            ("toc", f"{CONTENTS}#toc", book.words["contents"].text),
            ("bodymatter", start.file, start.title),
        )
    )
    body = (
        f'<nav epub:type="toc" role="doc-toc" id="toc">\n<h1>{heading}</h1>\n'
        f"<ol>\n{written}\n</ol>\n</nav>\n"
        f'<nav epub:type="landmarks" hidden="hidden">\n<ol>\n{landmarks}\n</ol>\n</nav>'
    )
    return Page(CONTENTS, book.words["contents"].text, (body,), "frontmatter")


def _nested(pages: Sequence[Page]) -> str:
    items = "\n".join(f"<li>{_link(page)}</li>" for page in pages)
    return f"\n<ol>\n{items}\n</ol>" if items else ""


def _link(page: Page) -> str:
    direction = f' dir="{page.direction}"' if page.direction else ""
    return f'<a href="{page.file}"{direction}>{escape(page.title)}</a>'


def package(
    book: Book, pages: Sequence[WrittenPage], media: Sequence[Media], base_url: str
) -> str:
    """Return the package document: metadata, files and reading order."""
    direction = ' page-progression-direction="rtl"' if book.direction == "rtl" else ""
    language = escape(book.language)
    metadata = "\n".join(_metadata(book, pages, media, base_url))
    manifest = "\n".join(_manifest(pages, media))
    spine = "\n".join(f'<itemref idref="{_id(one.page.file)}"/>' for one in pages)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"'
        f' unique-identifier="id" xml:lang="{language}" dir="{book.direction}">\n'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f"{metadata}\n</metadata>\n<manifest>\n{manifest}\n</manifest>\n"
        f"<spine{direction}>\n{spine}\n</spine>\n</package>\n"
    )


def fallback_file(media: Media) -> str:
    """Return the picture for readers that cannot show `media`."""
    return f"media/{media.name}.svg"


def fallback(media: Media) -> bytes:
    """Return an empty frame with the name of the picture."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 100" width="400"'
        ' height="100"><rect x="1" y="1" width="398" height="98" fill="none"'
        ' stroke="#6a6459"/><text x="200" y="55" text-anchor="middle" font-size="16"'
        f' fill="#6a6459">{escape(media.path.name)}</text></svg>'
    ).encode()


def identifier(book: Book) -> str:
    """Return the identifier of the book, which is the same in every release."""
    name = f"triptych:{book.catalog.deck.id}"
    if book.edition:
        name += f"?{book.edition}"
    return f"urn:uuid:{uuid5(NAMESPACE_URL, name)}"


def _metadata(
    book: Book, pages: Sequence[WrittenPage], media: Sequence[Media], base_url: str
) -> Iterator[str]:
    deck, release = book.catalog.deck, book.catalog.release
    time = datetime.fromtimestamp(release.time, UTC)
    elements = (
        ("title", book.title),
        ("language", book.language),
        ("description", deck.description),
        ("creator", deck.printing.author),
        ("rights", deck.license),
        ("source", base_url),
        ("date", f"{time:%Y-%m-%d}" if release.time else ""),
    )
    yield f'<dc:identifier id="id">{identifier(book)}</dc:identifier>'
    for name, text in elements:
        if text.strip():
            yield f"<dc:{name}>{escape(text)}</dc:{name}>"
    # Not the time of the build: the same deck gives the same bytes.
    yield f'<meta property="dcterms:modified">{time:%Y-%m-%dT%H:%M:%SZ}</meta>'
    for name, value in _accessibility(pages, media):
        yield f'<meta property="schema:{name}">{value}</meta>'


def _accessibility(
    pages: Sequence[WrittenPage], media: Sequence[Media]
) -> Iterator[tuple[str, str]]:
    yield "accessMode", "textual"
    if media:
        yield "accessMode", "visual"
    has_all_texts = all(page.has_all_texts for page in pages)
    if has_all_texts:
        yield "accessModeSufficient", "textual"
    if media and has_all_texts:
        yield "accessibilityFeature", "alternativeText"
    if any(page.has_formulas for page in pages):
        yield "accessibilityFeature", "MathML"
    for feature in ("displayTransformability", "readingOrder"):
        yield "accessibilityFeature", feature
    for feature in ("structuralNavigation", "tableOfContents"):
        yield "accessibilityFeature", feature
    yield "accessibilityHazard", "none"


def _manifest(pages: Iterable[WrittenPage], media: Iterable[Media]) -> Iterator[str]:
    yield _item(STYLE, "text/css")
    yield _item(COVER_PICTURE, "image/svg+xml", ' properties="cover-image"')
    for page in pages:
        properties = " ".join(_properties(page))
        attribute = f' properties="{properties}"' if properties else ""
        yield _item(page.page.file, "application/xhtml+xml", attribute)
    for one in media:
        file, suffix = f"media/{one.name}", one.path.suffix.lower()
        fallback = ""
        if suffix == FOREIGN:
            yield _item(fallback_file(one), MEDIA_TYPES[".svg"])
            fallback = f' fallback="{_id(fallback_file(one))}"'
        yield _item(file, MEDIA_TYPES[suffix], fallback)


def _item(file: str, media_type: str, attributes: str = "") -> str:
    return (
        f'<item id="{_id(file)}" href="{file}" media-type="{media_type}"{attributes}/>'
    )


def _properties(written: WrittenPage) -> Iterator[str]:
    if written.page.file == CONTENTS:
        yield "nav"
    if written.has_formulas:
        yield "mathml"


def _id(file: str) -> str:
    return "f-" + file.replace("/", "-")
