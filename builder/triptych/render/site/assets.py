"""The files that pages load: styles, scripts, fonts, media and the service worker."""

import json
import string
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import PurePosixPath

from triptych.deck.templates import template_bytes
from triptych.dialect.colours import COLOURS
from triptych.render.site.icons import SIZES, icon
from triptych.render.site.scripts import SCRIPTS, scripts
from triptych.render.site.style import style_sheets
from triptych.render.site.templates import Site, render_template
from triptych.values import addresses
from triptych.values.artifact import Artifact
from triptych.values.catalog import Catalog

_FONT = "fonts/math.woff2"
CORE_FILES = (
    addresses.HOME.url,
    "style.css",
    "lists.css",
    "search.css",
    "figure.css",
    "practice.css",
    "sizing.css",
    "search/index.js",
    f"{addresses.PRACTICE_FOLDER}/index.js",
    *SCRIPTS,
    "icon.svg",
)
"""What the service worker stores before all else."""
_OFFLINE_FOLDERS = (f"{addresses.PRACTICE_FOLDER}/", f"{addresses.TESTS_FOLDER}/")
"""The folders whose files it stores with the pages."""
_MAX_OFFLINE_PAGES = 1000
"""A site with more pages does not store them on the device before they are visited."""


def assets(site: Site) -> Iterator[Artifact]:
    """Yield all files that are not pages and have no function of their own here."""
    with_math = bool(formula_characters(site.catalog))
    for name, css in style_sheets(site, with_math=with_math):
        yield _file(name, css.encode())
    for media in site.catalog.static:
        yield _file(media.name, media.data)
    logo = site.catalog.logo
    if logo and logo.name not in site.catalog.media:
        yield _file(f"media/{logo.name}", logo.data)
    overrides = site.settings.templates
    yield _file("icon.svg", template_bytes("site/icon.svg", overrides))
    for media in site.catalog.media.values():
        yield _file(f"media/{media.name}", media.data)
    yield _file("site.webmanifest", _manifest(site).encode())


def script_files(site: Site) -> Iterator[Artifact]:
    """Yield the scripts, of which a deck may bring parts."""
    for name, text in scripts(site.settings.templates).items():
        yield _file(name, text.encode())


def icon_files(accent: str) -> Iterator[Artifact]:
    """Yield the icons of home screens in this colour."""
    for size in SIZES:
        yield _file(_icon_name(size), icon(size, accent))


def font_files(characters: frozenset[str]) -> Iterator[Artifact]:
    """Yield the math font with these characters, and its licence."""
    # Not at the top: cutting a font needs a big library, and few builds do.
    from triptych.typeset.math.font import (  # noqa: PLC0415
        math_font,
        math_font_licence,
    )

    if characters:
        yield _file(_FONT, math_font(characters | set(string.printable)))
        yield _file("fonts/math-licence.txt", math_font_licence().encode())


def service_worker(
    site: Site, pages: Sequence[str], files: Sequence[Artifact]
) -> Artifact:
    """Return the service worker of the site whose other files are `files`.

    `pages` are the URLs of the pages that it may store. Its version is a digest of all
    `files`, so that devices fetch the site again when one changes.
    """
    urls = [*pages, *(f"media/{name}" for name in site.catalog.media)]
    names = [str(file.path).removeprefix("site/") for file in files]
    urls += [_FONT] * (_FONT in names)
    urls += sorted(name for name in names if name.startswith(_OFFLINE_FOLDERS))
    more = [url for url in urls if url not in CORE_FILES]
    text = render_template(
        site,
        "sw.js",
        version=_version(files),
        core=CORE_FILES,
        pages=more if len(more) <= _MAX_OFFLINE_PAGES else [],
    )
    return _file("sw.js", text.encode())


def main_colour(catalog: Catalog) -> str:
    """Return the colour of links, headings and buttons."""
    return catalog.deck.site.accent or COLOURS["accent"][0]


def _icon_name(size: int) -> str:
    return f"icon-{size}.png"


def formula_characters(catalog: Catalog) -> frozenset[str]:
    """Return the characters in the deck's formulas."""
    return frozenset().union(*(uses.glyphs for uses in catalog.uses))


def _manifest(site: Site) -> str:
    deck = site.catalog.deck
    manifest = {
        "name": deck.title,
        "short_name": deck.title,
        "description": deck.description,
        "lang": deck.language,
        "start_url": addresses.HOME.url,
        "scope": "./",
        "display": "minimal-ui",
        "background_color": COLOURS["paper"][0],
        "theme_color": main_colour(site.catalog),
        "icons": [
            {"src": "icon.svg", "sizes": "any", "type": "image/svg+xml"},
            *(
                {
                    "src": _icon_name(size),
                    "sizes": f"{size}x{size}",
                    "type": "image/png",
                }
                for size in SIZES
            ),
        ],
    }
    return json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"


def _version(files: Iterable[Artifact]) -> str:
    """Return a digest of all files of the site, as the name of its version."""
    digest = sha256()
    for file in sorted(files, key=lambda file: file.path.parts):
        digest.update(f"{file.path}\0{file.summary.sha256}\n".encode())
    return digest.hexdigest()[:16]


def _file(name: str, data: bytes) -> Artifact:
    return Artifact(PurePosixPath("site", name), data)
