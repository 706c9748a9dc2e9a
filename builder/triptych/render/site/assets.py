"""The files that pages are drawn with: style, scripts, fonts, media, the worker."""

import json
import re
import string
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import PurePosixPath

from triptych.deck.templates import template, template_bytes
from triptych.render.site import addresses
from triptych.render.site.scripts import SCRIPTS, scripts
from triptych.render.site.templates import Press, run
from triptych.typeset.math.font import math_font, math_font_licence
from triptych.values.artifact import Artifact
from triptych.values.catalog import Catalog

_CSS = re.compile(
    r"""(?P<text>"[^"]*"|'[^']*')|/\*.*?\*/|;\s*(?=\})|(?<![\w.])0(?=\.\d)"""
    r"|\s*(?P<mark>[{};,])\s*|(?P<colon>:)\s+|(?P<gap>\s+)",
    re.DOTALL,
)
_MATH_CLASS = re.compile(r"\bmath-[a-z0-9-]+")
_MATH_RULE = re.compile(r"(?<=\})(?P<selector>\.math-[^{}@]*)\{[^{}]*\}")
_FONT = "fonts/math.woff2"
_FONT_FACE = (
    '@font-face{font-family:"Triptych Math";font-display:swap;'
    f'src:url("{_FONT}") format("woff2")}}'
)
_CORE = (
    addresses.HOME.url,
    "style.css",
    "lists.css",
    "search.css",
    "search/index.js",
    *SCRIPTS,
    "icon.svg",
)
_KEPT = 1000
"""The most pages that a visitor's device is asked to keep unseen."""


def assets(press: Press) -> Iterator[Artifact]:
    """Yield all files that are not pages, but for the worker."""
    formulas = _formula_characters(press.catalog)
    css = _needed(style(press, with_math=bool(formulas)), press.catalog)
    yield _file("style.css", css.encode())
    for name in ("lists", "search"):
        yield _file(f"{name}.css", _sheet(press, name).encode())
    overrides = press.settings.templates
    for name, text in scripts(overrides).items():
        yield _file(name, text.encode())
    yield _file("icon.svg", template_bytes("site/icon.svg", overrides))
    for media in press.catalog.media.values():
        yield _file(f"media/{media.name}", media.data)
    if formulas:
        yield _file(_FONT, _math_font(formulas))
        yield _file("fonts/math-licence.txt", math_font_licence().encode())
    yield _file("site.webmanifest", _manifest(press).encode())


def worker(press: Press, pages: Sequence[str], files: Sequence[Artifact]) -> Artifact:
    """Return the worker of the site whose other files are `files`.

    `pages` are the addresses of the pages that it may keep. Another file, or other
    bytes in one, make another version, so that devices fetch what changed.
    """
    kept = [*pages, *(f"media/{name}" for name in press.catalog.media)]
    kept += [_FONT] * any(file.path.match(f"*/{_FONT}") for file in files)
    rest = [name for name in kept if name not in _CORE]
    text = run(
        press,
        "sw.js",
        version=_version(files),
        core=_CORE,
        pages=rest if len(rest) <= _KEPT else [],
    )
    return _file("sw.js", text.encode())


def style(press: Press, *, with_math: bool) -> str:
    """Return the style sheet of all pages."""
    names = ("style", "math") if with_math else ("style",)
    face = _FONT_FACE if with_math else ""
    return face + "".join(_sheet(press, name) for name in names)


def _needed(css: str, catalog: Catalog) -> str:
    """Return `css` without the rules for what no formula of the deck has."""
    shown = (prose.site for prose in catalog.proses if prose.glyphs)
    used = frozenset().union(*(_MATH_CLASS.findall(html) for html in shown))

    def kept(rule: re.Match[str]) -> str:
        classes = set(_MATH_CLASS.findall(rule["selector"]))
        return rule[0] if used & classes else ""

    return _MATH_RULE.sub(kept, css)


def _sheet(press: Press, name: str) -> str:
    """Return a style sheet as short as it can be sent.

    The templates are ours, or the deck's in our syntax, so one pattern over their
    source is enough; a minifier from elsewhere would change bytes for nothing.
    """
    css = template(f"site/{name}.css", press.settings.templates)
    return _CSS.sub(_shorten, css).strip()


def _formula_characters(catalog: Catalog) -> frozenset[str]:
    """Return what the deck's formulas are made of."""
    return frozenset().union(*(prose.glyphs for prose in catalog.proses))


@lru_cache(maxsize=1)
def _math_font(characters: frozenset[str]) -> bytes:
    return math_font(characters | set(string.printable))


def _shorten(piece: re.Match[str]) -> str:
    kept = piece["text"] or piece["mark"] or piece["colon"] or ""
    return " " if piece["gap"] else kept


def _manifest(press: Press) -> str:
    deck = press.catalog.deck
    manifest = {
        "name": deck.title,
        "short_name": deck.title,
        "description": deck.description,
        "lang": deck.language,
        "start_url": addresses.HOME.url,
        "scope": "./",
        "display": "minimal-ui",
        "background_color": "#fdfcf8",
        "theme_color": "#9c2a16",
        "icons": [{"src": "icon.svg", "sizes": "any", "type": "image/svg+xml"}],
    }
    return json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"


def _version(files: Iterable[Artifact]) -> str:
    """Return a name for this state of the site."""
    state = sha256()
    for file in sorted(files, key=lambda file: file.path):
        state.update(f"{file.path}\0{sha256(file.data).hexdigest()}\n".encode())
    return state.hexdigest()[:16]


def _file(name: str, data: bytes) -> Artifact:
    return Artifact(PurePosixPath("site", name), data)
