"""Convert tokens to a tree for the sheet, with one function for each token type."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import TypeAlias

from markdown_it.token import Token

from triptych.dialect.links import LinkKind, destination, picture
from triptych.dialect.pictures import is_sound
from triptych.parse.key_marks import KEY
from triptych.typeset import tree_tables
from triptych.typeset.context import Context
from triptych.typeset.highlight import highlight, shown_language
from triptych.typeset.math import tree as math
from triptych.typeset.pictures import pictures
from triptych.typeset.raw_html import DROPPED, balanced
from triptych.typeset.sizing import formula, rows_of, written
from triptych.typeset.tree_tables import Nodes
from triptych.values.language import has_rtl
from triptych.values.tree import Node

_SPACES = re.compile(r"[ \t\n]{2,}|[\t\n]")


@dataclass(frozen=True, slots=True)
class _Scope:
    """The context of the functions, besides their token."""

    context: Context
    notes: Mapping[int, Sequence[Token]] = field(default_factory=dict)
    """The footnotes by number; empty within a footnote."""


def blocks(tokens: Sequence[Token], context: Context) -> tuple[Node, ...]:
    """Return the tree of each block of `tokens`; inline prose is one paragraph."""
    body, notes = _separate_notes(tokens)
    nodes = _nodes(body, _Scope(context, notes))
    if nodes and body[0].type == "inline":
        nodes = [("p", *nodes)]
    return tuple(nodes)


def _nodes(tokens: Iterable[Token], scope: _Scope) -> Nodes:
    """Return the nodes of a well-nested run of tokens."""
    top: Nodes = []
    opened: list[tuple[Token, Nodes]] = []
    inner = top
    for token in tokens:
        if token.nesting == 1:
            inner = []
            opened.append((token, inner))
            continue
        if token.nesting == -1:
            opening, children = opened.pop()
            inner = opened[-1][1] if opened else top
            draw = _DRAW[opening.type.removesuffix("_open")]
            inner += draw(opening, children, scope)
        else:
            inner += _DRAW[token.type](token, [], scope)
    return top


def _separate_notes(
    tokens: Sequence[Token],
) -> tuple[Sequence[Token], dict[int, Sequence[Token]]]:
    """Return `tokens` without the footnotes at their end, and those by number."""
    ends = [n for n, token in enumerate(tokens) if token.type == "footnote_block_open"]
    if not ends:
        return tokens, {}
    notes: dict[int, Sequence[Token]] = {}
    start = 0
    for position, token in enumerate(tokens):
        if token.type == "footnote_open":
            start = position + 1
        elif token.type == "footnote_close":
            notes[token.meta["number"]] = tokens[start:position]
    return tokens[: ends[0]], notes


def _wrap(kind: str) -> "_Draw":
    return lambda _token, children, _scope: [(kind, *children)]


def _children_alone(_token: Token, children: Nodes, _scope: _Scope) -> Nodes:
    return children


def _nothing(_token: Token, _children: Nodes, _scope: _Scope) -> Nodes:
    return []


def _text(token: Token, _: Nodes, _scope: _Scope) -> Nodes:
    text = _SPACES.sub(" ", token.content)
    return [text] if text else []


def _inline(token: Token, _: Nodes, scope: _Scope) -> Nodes:
    return _nodes(balanced(token.children or ()), scope)


def _html_block(token: Token, _: Nodes, scope: _Scope) -> Nodes:
    children: Nodes = []
    for child in _nodes(balanced([token]), scope):
        # Each tag becomes a space; drop leading and repeated spaces.
        if child != " " or children[-1:] not in ([], [" "]):
            children.append(child)
    has_content = any(child not in (" ", ("br",)) for child in children)
    return [("p", *children)] if has_content else []


def _paragraph(_token: Token, children: Nodes, _scope: _Scope) -> Nodes:
    match children:
        case [("img", *picture)]:
            return [("figure", *picture)]
    return [("p", *children)]


def _alert(token: Token, children: Nodes, scope: _Scope) -> Nodes:
    title = scope.context.strings.alert(str(token.attrs["kind"])).text
    return [("quote", ("p", ("strong", title)), *children)]


def _heading(token: Token, children: Nodes, _scope: _Scope) -> Nodes:
    return [("h", int(token.tag[1:]), *children)]


def _code_span(token: Token, _: Nodes, scope: _Scope) -> Nodes:
    return _code(token.content, scope)


def _code(text: str, scope: _Scope) -> Nodes:
    span = ("code", text)
    return [("isolate", span) if scope.context.has_rtl else span]


def _raw_code(_token: Token, children: Nodes, scope: _Scope) -> Nodes:
    return [("isolate", *children)] if scope.context.has_rtl else children


def _key(token: Token, children: Nodes, scope: _Scope) -> Nodes:
    return [("kbd", *_raw_code(token, children, scope))]


def _fence(token: Token, _: Nodes, scope: _Scope) -> Nodes:
    language, role = shown_language(token), token.meta.get("role", "")
    nodes = _marked(token, _listing(token.content, language, role))
    printed = scope.context.printed(token.content) if role == "run" else ""
    if printed:
        nodes.append(_listing(printed, "", "output"))
    return nodes


def _listing(code: str, language: str, role: str) -> Node:
    lines = highlight(code, language)
    drawn = (tuple([_run(*run) for run in line]) for line in lines)
    return ("fence", language, role, *drawn)


@lru_cache(maxsize=1 << 16)
def _run(css: str, text: str) -> Node:
    # Equal runs share one object, which keeps the build cache small.
    run = ("run", css, text)
    return ("isolate", run) if has_rtl(text) else run


def _math(token: Token, _: Nodes, _scope: _Scope) -> Nodes:
    latex = token.content.strip()
    return [("math", math.tree(latex, display=False), latex)]


def _display_math(token: Token, _: Nodes, _scope: _Scope) -> Nodes:
    latex = token.content.strip()
    span = token.meta.get("span")
    line = span.line if span else 0
    formula = ("mathblock", math.tree(latex, display=True), latex, line)
    return _marked(token, formula)


def _marked(token: Token, node: Node) -> Nodes:
    """Return `node`, within a `key` if the author marked it."""
    is_key = KEY in token.meta and token.meta.get("role") != "test"
    return [("key", node) if is_key else node]


def _link(token: Token, children: Nodes, scope: _Scope) -> Nodes:
    found = destination(str(token.attrs.get("href", "")), scope.context.path)
    if found.kind is LinkKind.EXTERNAL:
        return [("link", found.url, *children)]
    if found.kind is LinkKind.PAGE:
        fragment = f"#{found.fragment}" if found.fragment else ""
        return [("ref", f"{found.path}{fragment}", *children)]
    return children


def _image(token: Token, _: Nodes, scope: _Scope) -> Nodes:
    (shown,) = pictures(token)
    src, alt = shown.src, shown.alt
    media = scope.context.media(src)
    if media is not None and is_sound(media.name):
        return []  # paper makes no sound
    if media is not None:
        return [("img", media.name, alt)]
    remote = picture(src, scope.context.path, ()).url
    if remote:
        return [("link", remote, alt or src)]
    return [alt or src]


def _note(token: Token, _: Nodes, scope: _Scope) -> Nodes:
    body = scope.notes.get(token.meta.get("number", 0))
    # Footnotes within a footnote are left out, since they may be circular.
    return [("note", *_nodes(body, _Scope(scope.context)))] if body else []


def _item(token: Token, children: Nodes, _scope: _Scope) -> Nodes:
    box = token.meta.get("box")
    return [tuple(children) if box is None else (("box", box), *children)]


def _numbered(token: Token, children: Nodes, _scope: _Scope) -> Nodes:
    return [("ol", int(token.attrs.get("start", 1)), *children)]


def _sizing(token: Token, _: Nodes, scope: _Scope) -> Nodes:
    """Return a table without a head."""
    rows = tuple(
        (
            ("p", *_code(formula(row), scope)),
            ("p", written(row.value)),
            ("p", *([row.comment] if row.comment else [])),
        )
        for row in rows_of(token)
    )
    return _marked(token, ("table", ("", "right", ""), (), rows))


_Draw: TypeAlias = Callable[[Token, Nodes, _Scope], Nodes]

_DRAW: Mapping[str, _Draw] = MappingProxyType(
    {
        "alert": _alert,
        "blockquote": _wrap("quote"),
        "bullet_list": _wrap("ul"),
        "cloze": _wrap("mark"),
        "code_block": _fence,
        "code_inline": _code_span,
        "dd": tree_tables.definition,
        "dl": tree_tables.definitions,
        DROPPED: _nothing,
        "dt": _wrap("p"),
        "em": _wrap("em"),
        "fence": _fence,
        "footnote_ref": _note,
        "hardbreak": _wrap("br"),
        "heading": _heading,
        "hr": _wrap("hr"),
        "html_block": _html_block,
        "image": _image,
        "inline": _inline,
        "kbd": _key,
        "link": _link,
        "list_item": _item,
        "mark": _wrap("mark"),
        "math_block": _display_math,
        "math_inline": _math,
        "math_inline_double": _display_math,
        "ordered_list": _numbered,
        "paragraph": _paragraph,
        "raw_code": _raw_code,
        "s": _wrap("del"),
        "sizing": _sizing,
        "softbreak": lambda _token, _children, _scope: [" "],
        "strong": _wrap("strong"),
        "sub": _wrap("sub"),
        "sup": _wrap("sup"),
        "table": tree_tables.table,
        "tbody": _children_alone,
        "td": tree_tables.cell,
        "text": _text,
        "th": tree_tables.cell,
        "thead": _children_alone,
        "tr": tree_tables.row,
    }
)
"""A token type without a row raises, so that no content is lost silently."""
