"""The files that pages are drawn with: style, scripts, fonts, media, the worker."""

import json
import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import PurePosixPath

from builder.model import Artifact, Question
from builder.render.site.press import Press, run
from builder.templates import template, template_bytes

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_INDENT = re.compile(r"\n\s*")
_COPIED = ("icon.svg", "script.js", "theme.js")
_CORE = ("index.html", "style.css", "theme.js", "script.js", "icon.svg")
_KEPT = 1000
"""The most pages that a visitor's device is asked to keep unseen."""


def assets(press: Press, addresses: Sequence[str]) -> Iterator[Artifact]:
    """Print all files that are not pages; `addresses` are the pages there will be."""
    overrides = press.settings.templates
    yield _file("style.css", style(press).encode())
    for name in _COPIED:
        yield _file(name, template_bytes(f"site/{name}", overrides))
    for media in press.catalog.media.values():
        yield _file(f"media/{media.name}", media.data)
    yield _file("site.webmanifest", _manifest(press).encode())
    yield _file("sw.js", _worker(press, addresses).encode())


def style(press: Press) -> str:
    """Return the one style sheet of the site, without its comments and indents."""
    overrides = press.settings.templates
    sheets = [template(f"site/{name}.css", overrides) for name in ("style", "math")]
    text = "\n".join(sheets)
    return _INDENT.sub("\n", _COMMENT.sub("", text)).strip() + "\n"


def _manifest(press: Press) -> str:
    deck = press.catalog.deck
    manifest = {
        "name": deck.title,
        "short_name": deck.title,
        "description": deck.description,
        "lang": deck.language,
        "start_url": "index.html",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": "#fdfcf8",
        "theme_color": "#9c2a16",
        "icons": [{"src": "icon.svg", "sizes": "any", "type": "image/svg+xml"}],
    }
    return json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"


def _worker(press: Press, addresses: Sequence[str]) -> str:
    media = [f"media/{name}" for name in press.catalog.media]
    rest = [*(name for name in addresses if name not in _CORE), *media]
    return run(
        press,
        "sw.js",
        version=_version(press),
        core=_CORE,
        pages=rest if len(rest) <= _KEPT else [],
    )


def _version(press: Press) -> str:
    """Return a name for this state of the site; a new one makes devices fetch anew."""
    state = sha256(style(press).encode())
    state.update(press.catalog.release.version.encode())
    for question in press.catalog.questions:
        state.update(f"{question.id}{''.join(_digests(question))}".encode())
    return state.hexdigest()[:16]


def _digests(question: Question) -> Iterator[str]:
    parts = (*question.follow_ups, *question.pitfalls)
    for prose in (
        question.prompt,
        question.summary,
        question.answer,
        question.depth,
        *question.rubric,
        *question.hints,
        *(piece for part in parts for piece in (part.prompt, part.text)),
    ):
        yield prose.digest


def _file(name: str, data: bytes) -> Artifact:
    return Artifact(PurePosixPath("site", name), data)
