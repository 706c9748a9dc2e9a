"""Templates and CSS of note types, without what runs or fetches something."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

from triptych.notes.types import NoteType

_SCRIPT = re.compile(
    r"<script\b[^>]*>.*?</script\s*>|<script\b[^>]*/?>|</script\s*>",
    re.IGNORECASE | re.DOTALL,
)
_EMBED = re.compile(
    r"<(?P<tag>iframe|object|embed|link|meta|base|form)\b[^>]*>"
    r"(?:.*?</(?P=tag)\s*>)?",
    re.IGNORECASE | re.DOTALL,
)
_HANDLER = re.compile(
    r"(<[A-Za-z][^<>]*?)\s+on[a-z]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+)", re.IGNORECASE
)
_RUNNING = re.compile(
    r"((?:href|src|action|formaction|xlink:href)\s*=\s*)"
    r"(?:\"\s*javascript:[^\"]*\"|'\s*javascript:[^']*'|javascript:[^\s>]*)",
    re.IGNORECASE,
)
_REMOTE = re.compile(
    r"\s(?:src|srcset|poster|data)\s*=\s*"
    r"(?:\"\s*(?:https?:)?//[^\"]*\"|'\s*(?:https?:)?//[^']*'|(?:https?:)?//[^\s>]*)",
    re.IGNORECASE,
)
_IMPORT = re.compile(r"@import\b[^;]*;?", re.IGNORECASE)
_URL = re.compile(
    r"url\(\s*(?:\"(?:https?:)?//[^\"]*\"|'(?:https?:)?//[^']*'"
    r"|(?:https?:)?//[^)]*)\s*\)",
    re.IGNORECASE,
)
_FILE = re.compile(r"\ssrc\s*=\s*[\"']?([^\"'\s>{}]+)", re.IGNORECASE)
_LOCAL_URL = re.compile(r"url\(\s*[\"']?([^\"'(){}]+)[\"']?\s*\)", re.IGNORECASE)
_SOUND = re.compile(r"\[sound:([^\]{}]+)\]")
_MAX_ROUNDS = 20
"""How often a handler is looked for in the same element."""


def harmless(type_: NoteType) -> tuple[NoteType, tuple[str, ...]]:
    """Return a note type that runs and fetches nothing, and what was dropped."""
    dropped: list[str] = []
    templates = tuple(
        replace(
            template,
            front=_harmless(template.front, dropped),
            back=_harmless(template.back, dropped),
        )
        for template in type_.templates
    )
    css = _style(type_.css, dropped)
    return replace(type_, templates=templates, css=css), tuple(dropped)


def _harmless(html: str, dropped: list[str]) -> str:
    for pattern, what in (
        (_SCRIPT, "scripts"),
        (_EMBED, "embedded pages"),
        (_REMOTE, "remote addresses"),
    ):
        html, count = pattern.subn("", html)
        dropped += [what] * count
    for pattern, new in ((_HANDLER, r"\1"), (_RUNNING, r'\1"#"')):
        for _ in range(_MAX_ROUNDS):
            html, count = pattern.subn(new, html)
            dropped += ["scripts"] * count
            if not count or pattern is _RUNNING:
                break
    return _style(html, dropped)


def _style(css: str, dropped: list[str]) -> str:
    for pattern in (_IMPORT, _URL):
        css, count = pattern.subn("none" if pattern is _URL else "", css)
        dropped += ["remote addresses"] * count
    return css


def named_files(type_: NoteType) -> Iterator[str]:
    """Yield the files that templates and CSS name, such as fonts and logos."""
    for template in type_.templates:
        for html in (template.front, template.back):
            yield from (unescape(name) for name in _FILE.findall(html))
            yield from (name.strip() for name in _LOCAL_URL.findall(html))
            yield from _SOUND.findall(html)
    yield from (name.strip() for name in _LOCAL_URL.findall(type_.css))


def shown_fields(html: str) -> Iterator[str]:
    """Yield the names of the fields that a template shows, in order."""
    for sign, written in re.findall(r"\{\{([#^/]?)([^{}]+)\}\}", html):
        name = written.rpartition(":")[2].strip()
        if not sign and not written.strip().startswith("hint:"):
            yield name
