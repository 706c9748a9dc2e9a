"""Rules for raw HTML that is shown as text or dropped."""

import re
from collections.abc import Iterator

from markdown_it.token import Token

from triptych.dialect.html_policy import (
    ATTRIBUTES,
    GLOBAL_ATTRIBUTES,
    LOSING_CONTENT,
    OPTIONAL_END,
    TAGS,
    VOID,
)
from triptych.english import counted
from triptych.parse.literal_tags import LITERAL
from triptych.patterns import lazy_pattern
from triptych.typeset.html_reader import HtmlReader
from triptych.validate.rule import FileScope
from triptych.validate.typed import matches
from triptych.values.diagnostics import Edit, Finding, Span
from triptych.values.document import Document

_UNCLOSED_TAG = lazy_pattern(r"<[A-Za-z/][^<>]*\Z")
_LOSING_TAG = lazy_pattern(
    rf"<({'|'.join(sorted(LOSING_CONTENT))})\b[^>]*>", re.IGNORECASE
)
_OPENING = lazy_pattern(r"<([A-Za-z][A-Za-z0-9]*)(?:\s+open)?>")
_START_OR_END = lazy_pattern(
    r"""<!--.*?-->|<(/?)([A-Za-z][A-Za-z0-9]{0,60})(?=[\s/>])"""
    r"""(?>"[^"]{0,1000}"|'[^']{0,1000}'|[^'"<>/]|/(?!>)){0,2000}+(/?)>""",
    re.DOTALL,
)
_OPEN_COMMENT = lazy_pattern(r"(?<!\\)<!--")
_VOID_END = lazy_pattern(rf"</({'|'.join(sorted(VOID))})\s{{0,9}}>", re.IGNORECASE)
_ANY_TAG = lazy_pattern(r"<[^>]*>")
_COMMENT_IS_SHOWN = (
    "`<!--` opens no comment, and is shown as text",
    "end the comment with `-->`, in its paragraph",
)


def literal_tag(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag what looks like a tag and is shown as text: `<int>`, `List<Object>`.

    HTML has no such element, or nothing closes it in its block; declarations such as
    `<?php` and a comment that never ends are shown, too. Every output has it as it is
    written; in code it is safe from being taken for HTML.
    """
    for token in document.find(LITERAL):
        yield _tag_finding(document, token, token.meta[LITERAL])
    for token in document.find("html_block"):
        for tag in dict.fromkeys(token.meta.get(LITERAL, ())):
            yield _tag_finding(document, token, tag)
    for match in matches(document, _OPEN_COMMENT):
        if match.found.start():  # else it is among the above
            yield Finding(match.span, *_COMMENT_IS_SHOWN)


def _tag_finding(document: Document, token: Token, tag: str) -> Finding:
    span, hint = document.span(token), "write it as code, between backticks"
    if tag == "<!--":
        return Finding(span, *_COMMENT_IS_SHOWN)
    opening = _OPENING.match(tag)
    if opening and opening[1].lower() in TAGS - OPTIONAL_END:
        message = f"`{tag}` is never closed, and is shown as text"
        return Finding(span, message, f"add `</{opening[1]}>`, or {hint}")
    return Finding(span, f"`{tag}` is shown as text", hint)


def unclosed_html(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag an element of HTML that is never closed: it takes in all that follows.

    Bad:

        <details open class="more">
        <summary>More</summary>

        Text.

    Good:

        <details open class="more">
        <summary>More</summary>

        Text.

        </details>
    """
    opened: dict[str, list[tuple[Token, int]]] = {}
    for token in _raw_html(document):
        for tag in _START_OR_END.finditer(token.content):
            name = (tag[2] or "").lower()
            if name not in TAGS or name in VOID | OPTIONAL_END or tag[3] == "/":
                continue
            if not tag[1]:
                opened.setdefault(name, []).append((token, tag.start()))
            elif opened.get(name):
                opened[name].pop()
    for name, tags in opened.items():
        for token, place in tags:
            span = document.span(token)
            line = token.content.count("\n", 0, place)
            found = Span(span.path, span.line + line) if line else span
            message = f"the element `<{name}>` is never closed"
            yield Finding(found, message, f"add `</{name}>` where it ends")


def void_end_tag(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag `</br>`: an element without content has no end tag, and this does nothing.

    `triptych check --fix` writes `<br>`.

    Bad:

        One line</br>and another.

    Good:

        One line<br>and another.
    """
    for token in _raw_html(document):
        for tag in _VOID_END.finditer(token.content):
            first, line = (
                document.span(token),
                token.content.count("\n", 0, tag.start()),
            )
            row = first.line + line
            column = document.source.line(row).find(tag[0]) + 1
            place = Span(first.path, row, max(column, 1), len(tag[0]))
            written = f"<{tag[1]}>"
            if not line and token.type == "html_inline":
                place = Span(first.path, first.line, first.column, len(tag[0]))
            is_sure = document.source.line(row)[place.column - 1 :].startswith(tag[0])
            edit = Edit(row, place.column, len(tag[0]), written)
            message = f"`{tag[0]}` does nothing: `{written}` has no end"
            yield Finding(
                place, message, f"write `{written}`", (edit,) if is_sure else ()
            )


def _raw_html(document: Document) -> Iterator[Token]:
    """Yield the raw HTML of a body, in its order."""
    if not any(document.find("html_inline", "html_block")):
        return
    for token in document.tokens:
        if token.type == "html_block":
            yield token
        yield from (c for c in token.children or () if c.type == "html_inline")


def dropped_html(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag raw HTML that no output will have, such as scripts and event handlers."""
    raw = list(document.find("html_inline", "html_block"))
    lost = dict(_lost_text(document)) if raw else {}
    for token in raw:
        parser = _RefusedHtml()
        parser.read(token.content)
        unclosed = _UNCLOSED_TAG.search(token.content)
        if unclosed:
            line = token.content.count("\n", 0, unclosed.start())
            parser.refused.append((line, "a tag that never closes"))
        for line, what in parser.refused:
            span = document.span(token)
            place = Span(span.path, span.line + line, 1) if line else span
            note = _lost_text_note(lost.get(id(token), ""), what)
            message = f"{what} is dropped{note}"
            yield Finding(place, message, "write it in Markdown instead")


def _lost_text_note(text: str, what: str) -> str:
    """Return the part of a message about the text that is lost with `what`."""
    length = len(" ".join(text.split()))
    if (
        not length
        or what.strip("`").rpartition("<")[2].rstrip(">") not in LOSING_CONTENT
    ):
        return ""
    return f", with {counted(length, 'character', has_groups=True)} of text"


def _lost_text(document: Document) -> Iterator[tuple[int, str]]:
    """Yield what stands within an element that takes it along, by its token's `id`."""
    for token in document.find("inline"):
        yield from _lost_inline(token.children or [])
    for token in document.find("html_block"):
        opening = _LOSING_TAG.search(token.content)
        if opening:
            end = f"</{opening[1]}".lower()
            inner = token.content[opening.end() :]
            stop = inner.lower().find(end)
            yield id(token), _ANY_TAG.sub("", inner[: None if stop == -1 else stop])


def _lost_inline(children: list[Token]) -> Iterator[tuple[int, str]]:
    opened: Token | None = None
    end, text = "", ""
    for child in children:
        raw = child.content.lower() if child.type == "html_inline" else ""
        opening = _LOSING_TAG.match(raw)
        if opened is None and opening:
            opened, end, text = child, f"</{opening[1]}", ""
        elif opened is not None and raw.startswith(end):
            yield id(opened), text
            opened = None
        elif opened is not None and not raw:
            text += child.content or " "
    if opened is not None:
        yield id(opened), text


class _RefusedHtml(HtmlReader):
    """A parser that collects what is not allowed, with its line in the token."""

    def __init__(self) -> None:
        super().__init__()
        self.refused: list[tuple[int, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0] - 1
        if tag not in TAGS and tag != "img":
            self.refused.append((line, f"the element `<{tag}>`"))
            return
        allowed = ATTRIBUTES.get(tag, frozenset()) | GLOBAL_ATTRIBUTES
        for name, value in attrs:
            leads = (value or "").strip().lower()
            lost = name == "href" and not leads.startswith(
                ("http:", "https:", "mailto:", "#")
            )
            if name not in allowed or lost:
                self.refused.append((line, f"the attribute `{name}` of `<{tag}>`"))
