"""The files that pages load: styles, scripts, fonts, media and the service worker."""

import json
import re
import string
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import PurePosixPath

from triptych.deck.templates import template, template_bytes
from triptych.dialect.colours import COLOURS, on_dark
from triptych.render.site.icons import SIZES, icon
from triptych.render.site.scripts import SCRIPTS, scripts
from triptych.render.site.templates import Site, render_template
from triptych.values import addresses
from triptych.values.artifact import Artifact
from triptych.values.catalog import Catalog

_CSS = re.compile(
    r"""(?P<text>"[^"]*"|'[^']*')|/\*.*?\*/|;\s*(?=\})|(?<![\w.])0(?=\.\d)"""
    r"|\s*(?P<mark>[{};,>])\s*|(?P<colon>:)\s+|(?P<gap>\s+)",
    re.DOTALL,
)
_MATH_RULE = re.compile(r"(?<=\})(?P<selector>\.math-[^{}@]*)\{[^{}]*\}")
_MATH_CLASS = re.compile(r"\bmath-[a-z0-9-]+")
_FONT = "fonts/math.woff2"
_FONT_FACE = (
    '@font-face{font-family:"Triptych Math";font-display:swap;'
    f'src:url("{_FONT}") format("woff2")}}'
)
_CORE_FILES = (
    addresses.HOME.url,
    "style.css",
    "lists.css",
    "search.css",
    "figure.css",
    "practice.css",
    "sizing.css",
    "search/index.js",
    "practice/index.js",
    *SCRIPTS,
    "icon.svg",
)
_MAX_OFFLINE_PAGES = 1000
"""A site with more pages does not store them on the device before they are visited."""


def assets(site: Site) -> Iterator[Artifact]:
    """Yield all files that are not pages and have no function of their own here."""
    characters = formula_characters(site.catalog)
    css = _without_unused(page_style(site, with_math=bool(characters)), site.catalog)
    own = _accent(site.catalog) + _CSS.sub(_shorten, site.catalog.theme).strip()
    yield _file("style.css", (css + own).encode())
    for media in site.catalog.static:
        yield _file(media.name, media.data)
    logo = site.catalog.logo
    if logo and logo.name not in site.catalog.media:
        yield _file(f"media/{logo.name}", logo.data)
    for name in ("lists", "search", "figure", "practice", "sizing"):
        yield _file(f"{name}.css", _sheet(site, name).encode())
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
    urls += [_FONT] * any(file.path.match(f"*/{_FONT}") for file in files)
    names = [file.path.relative_to("site").as_posix() for file in files]
    urls += sorted(name for name in names if name.startswith(("practice/", "tests/")))
    more = [url for url in urls if url not in _CORE_FILES]
    text = render_template(
        site,
        "sw.js",
        version=_version(files),
        core=_CORE_FILES,
        pages=more if len(more) <= _MAX_OFFLINE_PAGES else [],
    )
    return _file("sw.js", text.encode())


def page_style(site: Site, *, with_math: bool) -> str:
    """Return the style sheet that all pages share."""
    names = ("style", "math") if with_math else ("style",)
    face = _FONT_FACE if with_math else ""
    return face + "".join(_sheet(site, name) for name in names)


def _without_unused(css: str, catalog: Catalog) -> str:
    """Return `css` without the rules for classes that no formula of the deck has."""
    used = frozenset().union(*(uses.math_classes for uses in catalog.uses))

    def kept(rule: re.Match[str]) -> str:
        classes = set(_MATH_CLASS.findall(rule["selector"]))
        return rule[0] if used & classes else ""

    return _MATH_RULE.sub(kept, css)


def main_colour(catalog: Catalog) -> str:
    """Return the colour of links, headings and buttons."""
    return catalog.deck.site.accent or COLOURS["accent"][0]


def _icon_name(size: int) -> str:
    return f"icon-{size}.png"


def _accent(catalog: Catalog) -> str:
    """Return the rule for the deck's own accent, which is lighter in the dark."""
    accent = catalog.deck.site.accent
    return f":root{{--accent:light-dark({accent},{on_dark(accent)})}}" if accent else ""


def _sheet(site: Site, name: str) -> str:
    """Return a style sheet without comments and needless white space.

    The templates are ours, or the deck's in the same syntax, so that one pattern is
    enough; the output of a minifier would change with its version.
    """
    css = template(f"site/{name}.css", site.settings.templates)
    return _CSS.sub(_shorten, css).strip()


def formula_characters(catalog: Catalog) -> frozenset[str]:
    """Return the characters in the deck's formulas."""
    return frozenset().union(*(uses.glyphs for uses in catalog.uses))


def _shorten(match: re.Match[str]) -> str:
    text = match["text"] or match["mark"] or match["colon"] or ""
    return " " if match["gap"] else text


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
    for file in sorted(files, key=lambda file: file.path):
        digest.update(f"{file.path}\0{file.summary.sha256}\n".encode())
    return digest.hexdigest()[:16]


def _file(name: str, data: bytes) -> Artifact:
    return Artifact(PurePosixPath("site", name), data)
