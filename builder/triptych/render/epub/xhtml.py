"""Turn the HTML of prose into XHTML that the schema of EPUB accepts."""

import re
from collections.abc import Callable, Mapping
from html import escape, unescape
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import NamedTuple

from triptych.dialect.html_policy import VOID
from triptych.render.epub.content_model import LINES, Piece, contents, element
from triptych.render.epub.urls import valid_url
from triptych.values.language import is_language_tag

MATHML = "http://www.w3.org/1998/Math/MathML"
_XHTML = "http://www.w3.org/1999/xhtml"

_TAG = (
    r"<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)"
    r"(?P<attributes>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>"
)
_MATH = r"(?P<math><math\b[^>]*>.*?</math>)"
_CODE = r'(?P<code><div class="(?:code|output)"[^>]*>.*?</pre></div>)'
_TOKEN = re.compile(f"{_MATH}|{_CODE}|{_TAG}|(?P<text>[^<]+|<)", re.DOTALL)
_ATTRIBUTE = re.compile(r"""([^\s=/"'<>]+)(?:=(?:"([^"]*)"|'([^']*)'))?""")
_LATEX = re.compile(r' data-tex="([^"]*)"')
_TABINDEX = ' tabindex="0"'
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
"""What XML cannot contain, and the characters of no text that stand for slots."""
_INTEGER = re.compile(r"-?\d{1,9}")


def _is_integer(value: str) -> bool:
    return bool(_INTEGER.fullmatch(value))


def _is_span(value: str) -> bool:
    return value.isascii() and value.isdigit() and 1 <= int(value[:5]) <= 1000  # noqa: PLR2004


_MAY_HAVE: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {
        "alt": lambda _: True,
        "aria-label": bool,
        "class": bool,
        "controls": lambda _: True,
        "colspan": _is_span,
        "data-kind": bool,
        "data-role": bool,
        "dir": lambda value: value in {"ltr", "rtl", "auto"},
        "height": str.isdecimal,
        "href": bool,
        "id": bool,
        "lang": is_language_tag,
        "open": lambda _: True,
        "reversed": lambda _: True,
        "rowspan": _is_span,
        "scope": lambda value: value in {"row", "col", "rowgroup", "colgroup"},
        "src": bool,
        "start": _is_integer,
        "title": lambda _: True,
        "type": lambda value: value in {"1", "a", "A", "i", "I"},
        "value": _is_integer,
        "width": str.isdecimal,
    }
)
"""The attributes of a book, and which values they may have."""


_FOREIGN_SOUNDS = (".ogg", ".wav")
"""The sounds that readers need not play; the words for them are there instead."""


class _Open(NamedTuple):
    """An element that has not ended."""

    name: str
    """As the end tag has it."""
    written: str
    """What is written instead; empty for an element that leaves its contents."""
    attributes: str
    children: list[Piece]
    in_line: bool
    """Whether it is in a line of text."""
    in_link: bool
    in_term: bool
    """Whether it is in a `dfn`."""


def xhtml(html: str, *, in_line: bool = False) -> str:
    """Return the HTML of prose as XHTML; with `in_line` for use in a line of text."""
    root = _Open("", "", "", [], in_line, in_link=False, in_term=False)
    opened = [root]
    for token in _TOKEN.finditer(_FORBIDDEN.sub("\ufffd", html)):
        top = opened[-1]
        match token.lastgroup:
            case "text":
                top.children.append(Piece("", "", _text(token[0])))
            case "math":
                top.children.append(Piece("", "", _math(token[0])))
            case "code":
                top.children.append(_code(token[0], in_line=_is_line(top)))
            case _:
                _tag(token, opened)
    while len(opened) > 1:
        _end(opened)
    return contents(root.children)


def _is_line(top: _Open) -> bool:
    return top.in_line or top.written in LINES


def _text(text: str) -> str:
    return (
        "&lt;" if text == "<" else text.replace("&nbsp;", "\xa0").replace(">", "&gt;")
    )


def _math(html: str) -> str:
    latex = _LATEX.search(html)
    # A formula whose text is its LaTeX has no such attribute.
    name = escape(unescape(latex[1] if latex else re.sub("<[^>]*>", "", html)))
    inner = _LATEX.sub("", html, count=1).removeprefix("<math")
    inner = inner.replace("<span", f'<span xmlns="{_XHTML}"')
    return f'<math xmlns="{MATHML}" alttext="{name}"{inner}'


def _code(html: str, *, in_line: bool) -> Piece:
    # Not in the style: the standard forbids direction there.
    html = html.replace(_TABINDEX, "").replace("<div", '<div dir="ltr"')
    if in_line:
        html = re.sub(r"<(/?)(?:div|pre)\b", r"<\1span", html)
    return Piece("", "", html, is_block=not in_line)


def _tag(token: re.Match[str], opened: list[_Open]) -> None:
    name = token["name"].lower()
    if token["end"]:
        if any(one.name == name for one in opened):
            while opened[-1].name != name:
                _end(opened)
            _end(opened)
        return
    top = opened[-1]
    in_line = _is_line(top)
    attributes = dict(_attributes(token["attributes"]))
    if name == "input":
        top.children.append(_box(token["attributes"], attributes))
        return
    source = attributes.get("src", "")
    if name == "audio" and source.endswith(_FOREIGN_SOUNDS):
        words = attributes.get("aria-label") or PurePosixPath(source).name
        top.children.append(Piece("", "", escape(words)))
        return
    one = _Open(
        name,
        _written(name, attributes, top),
        _start(name, attributes),
        [],
        in_line,
        in_link=top.in_link or name == "a",
        in_term=top.in_term or name == "dfn",
    )
    opened.append(one)
    if name in VOID:
        _end(opened)


def _written(name: str, attributes: Mapping[str, str], top: _Open) -> str:
    """Return the element to write: some may not be inside their own kind."""
    if name == "a" and (top.in_link or attributes.get("class") == "zoom"):
        return ""
    if name in {"details", "summary"} and top.in_link:
        return "div"
    return "span" if name == "dfn" and top.in_term else name


def _end(opened: list[_Open]) -> None:
    one = opened.pop()
    children = opened[-1].children
    if one.written:
        children.append(
            element(one.written, one.attributes, one.children, in_line=one.in_line)
        )
    else:
        children.extend(one.children)


def _attributes(text: str) -> list[tuple[str, str]]:
    return [
        (found[1].lower(), unescape(found[2] or found[3] or ""))
        for found in _ATTRIBUTE.finditer(text)
    ]


def _start(name: str, attributes: dict[str, str]) -> str:
    """Return the attributes that an element of a book may have."""
    if name == "a" and "href" in attributes:
        attributes = {**attributes, "href": valid_url(attributes["href"])}
    written = [
        f' {key}="{escape(value)}"'
        for key, value in attributes.items()
        if key in _MAY_HAVE and _MAY_HAVE[key](value)
    ]
    return "".join([*written, *_ROLES.get((name, attributes.get("class", "")), ())])


_ROLES: Mapping[tuple[str, str], tuple[str, ...]] = MappingProxyType(
    {
        ("section", "footnotes"): (' epub:type="footnotes" role="doc-endnotes"',),
        ("a", "footnote-back"): (' role="doc-backlink"',),
    }
)
"""What readers know parts of prose by, for notes that open where they are named."""


def _box(text: str, attributes: Mapping[str, str]) -> Piece:
    """Return a box of a task list as a character: a book has no forms."""
    sign = "\u2611" if "checked" in text else "\u2610"
    label = attributes.get("aria-label", "")
    lang = f' lang="{escape(attributes["lang"])}"' if attributes.get("lang") else ""
    return Piece(
        "", "", f'<span role="img" aria-label="{escape(label)}"{lang}>{sign}</span>'
    )
