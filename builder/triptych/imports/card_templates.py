"""Templates and CSS of note types, without what runs or fetches something."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from html import unescape

from triptych.dialect.css_fetches import unescaped, with_plain_names
from triptych.notes.types import NoteType

_OPENED = r"<(?P<tag>{})\b[^>]*(?:>|\Z)"
_CONTENT = r"[^<]*+(?:<(?!/?(?P=tag)\b)[^<]*+)*</(?P=tag)\b[^>]*(?:>|\Z)"
"""The content of the element that was opened last, with its end tag.

Python before 3.11.5 does not find it with a possessive group.
"""
_SCRIPT = re.compile(
    rf"{_OPENED.format('script')}(?:{_CONTENT})?|</script\b[^>]*(?:>|\Z)", re.IGNORECASE
)
_EMBED = re.compile(
    _OPENED.format("iframe|object|embed|link|meta|base|form") + f"(?:{_CONTENT})?",
    re.IGNORECASE,
)
_NAME = r"[^\s/>][^\s/>=]*+"
_VALUE = r"\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^\s>\"'][^\s>]*+"
_ATTRIBUTE = re.compile(rf"[\s/]*+({_NAME})(?:\s*+=\s*+({_VALUE}))?+")
"""An attribute as browsers read it: nothing need part it from the one before."""
_TAG = re.compile(
    rf"(<[A-Za-z][^\s/>]*+)((?:[\s/]*+{_NAME}(?:\s*+=\s*+(?:{_VALUE}))?+)*+)"
)
_FETCHING = frozenset({"src", "srcset", "poster", "data"})
_REMOTE = re.compile(r"(?:https?|ftp):|[/\\]{2}", re.IGNORECASE)
"""The start of an address on the web; a browser takes `\\` for `/` there."""
_RUNNING = re.compile(r"(?:javascript|vbscript|data:text/html)", re.IGNORECASE)
_INVISIBLE = re.compile(r"[\x00-\x20\x7f]+")
_IMPORT = re.compile(r"@import\b[^;<]*+;?", re.IGNORECASE)
_STRING = r"\"[^\"<]*+\"?|'[^'<]*+'?"
_URL = re.compile(
    rf"(?:url|src)\(\s*+({_STRING}|[^)<\"']*+)\s*+\)?"
    rf"|image-set\(((?:{_STRING}|[^()<\"'])*+)\)?",
    re.IGNORECASE,
)
"""What names a file in CSS; what is left open ends where the CSS does."""
_FILE = re.compile(r"\ssrc\s*=\s*[\"']?([^\"'\s>{}]+)", re.IGNORECASE)
_LOCAL_URL = re.compile(r"url\(\s*[\"']?([^\"'(){}]+)[\"']?\s*\)", re.IGNORECASE)
_SOUND = re.compile(r"\[sound:([^\]{}]+)\]")
_MAX_ROUNDS = 20
"""How often it is looked for what the rest makes after something was dropped."""


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
    for _ in range(_MAX_ROUNDS):
        before = html
        for pattern, what in ((_SCRIPT, "scripts"), (_EMBED, "embedded pages")):
            html, count = pattern.subn("", html)
            dropped += [what] * count
        html = _TAG.sub(partial(_harmless_tag, dropped=dropped), html)
        html = _style(html, dropped)
        if html == before:
            return html
    # Scripts are nested so deep only to be overlooked.
    return html.replace("<", "&lt;")


def _harmless_tag(tag: re.Match[str], dropped: list[str]) -> str:
    def kept(found: re.Match[str]) -> str:
        name, written = found[1].lower(), unescape((found[2] or "").strip("\"'="))
        value = _INVISIBLE.sub("", written)
        fetched: list[str] = []
        if name == "style":
            _style(written, fetched)
        if name.startswith("on") or _RUNNING.match(value):
            dropped.append("scripts")
        elif fetched or (name in _FETCHING and _REMOTE.match(value)):
            dropped.append("remote addresses")
        else:
            return found[0]
        return ""

    return tag[1] + _ATTRIBUTE.sub(kept, tag[2])


def _style(css: str, dropped: list[str]) -> str:
    def kept(found: re.Match[str]) -> str:
        named = _INVISIBLE.sub("", unescaped(unescape(found[1] or found[2] or "")))
        if not any(map(_REMOTE.match, re.split("[\"']", named))):
            return found[0]
        dropped.append("remote addresses")
        return "none"

    css, count = _IMPORT.subn("", with_plain_names(css))
    dropped += ["remote addresses"] * count
    return _URL.sub(kept, css)


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
