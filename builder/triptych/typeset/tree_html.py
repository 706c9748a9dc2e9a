"""Write a tree of prose as HTML for the site, with one function for each kind.

What the sheet shows is chosen from trees, so its page is written from them, too. It has
no pictures, no ids and no raw HTML.
"""

from collections.abc import Callable, Iterable, Mapping
from html import escape
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any, TypeAlias

from triptych.typeset.highlight import Run
from triptych.typeset.math.mathml import mathml, width_em
from triptych.typeset.page_links import LINK_END, link_start
from triptych.typeset.site_code import code_html
from triptych.values.tree import Node

_TABINDEX = ' tabindex="0"'
"""For what may scroll sideways."""
_WIDTHS = (("widest-formula", 36), ("wide-formula", 26))
"""The classes of formulas that are wider than a column of the page on paper, in em."""


def tree_html(nodes: Iterable[Node]) -> str:
    """Return `nodes` as HTML for `fill_links`."""
    return "".join(map(_html, nodes))


def _html(node: Any) -> str:  # noqa: ANN401 - a node whose shape depends on its kind
    if isinstance(node, str):
        return escape(node, quote=False)
    kind, *arguments = node
    return _WRITE[kind](*arguments)


def _element(tag: str) -> "_Write":
    """Return a function that writes an element around its nodes."""
    end = f"</{tag.split(maxsplit=1)[0]}>"
    return lambda *nodes: f"<{tag}>{tree_html(nodes)}{end}"


def _items(tag: str, items: Iterable[Any]) -> str:
    inner = "".join(f"<li>{tree_html(item)}</li>" for item in items)
    return f"<{tag}>{inner}</{tag.split(maxsplit=1)[0]}>"


def _definitions(*pairs: Any) -> str:  # noqa: ANN401 - as above
    # Not `dl`: the page of the sheet is a list of definitions itself.
    return _items(
        "ul",
        (
            (("strong", *term[1:]), ": ", *(n for blocks in meanings for n in blocks))
            for term, meanings in pairs
        ),
    )


def _fence(language: str, _role: str, *lines: Any) -> str:  # noqa: ANN401 - as above
    return code_html((map(_run, line) for line in lines), language)


def _run(node: Any) -> Run:  # noqa: ANN401 - as above
    kind, *rest = node
    if kind == "isolate":
        return _run(rest[0])
    css, text = rest
    return css, text


def _table(aligns: Iterable[str], head: Any, rows: Any) -> str:  # noqa: ANN401 - as above
    classes = [f' class="align-{align}"' if align else "" for align in aligns]

    def row(tag: str, cells: Any) -> str:  # noqa: ANN401 - as above
        inner = "".join(
            f"<{tag}{css}>{tree_html(cell[1:])}</{tag}>"
            for cell, css in zip(cells, classes, strict=False)
        )
        return f"<tr>{inner}</tr>"

    top = f"<thead>{row('th', head)}</thead>" if head else ""
    body = "".join(row("td", cells) for cells in rows)
    table = f"<table>{top}<tbody>{body}</tbody></table>"
    return f'<div class="table"{_TABINDEX}>{table}</div>'


def _reference(target: str, *nodes: Node) -> str:
    path, _, fragment = target.partition("#")
    start = link_start(PurePosixPath(path), fragment)
    return f"{start}{tree_html(nodes)}{LINK_END}"


def _link(url: str, *nodes: Node) -> str:
    return f'<a href="{escape(url)}">{tree_html(nodes)}</a>'


def _picture(_name: str, alt: str) -> str:
    return f"<em>[{escape(alt)}]</em>" if alt else ""


def _note(*nodes: Any) -> str:  # noqa: ANN401 - as above
    lines = (tree_html(n[1:] if n[0] == "p" else [n]) for n in nodes)
    return f" <small>[{' '.join(lines)}]</small>"


def _heading(_level: int, *nodes: Node) -> str:
    return f"<p><strong>{tree_html(nodes)}</strong></p>"


def _formula(_tree: object, latex: str) -> str:
    return mathml(latex, display=False)


def _display_formula(_tree: object, latex: str, *_line: object) -> str:
    html = mathml(latex, display=True, tabindex=_TABINDEX)
    width = width_em(latex)
    css = next((name for name, em in _WIDTHS if width > em), "")
    return f'<div class="{css}">{html}</div>' if css else html


_Write: TypeAlias = Callable[..., str]

_WRITE: Mapping[str, _Write] = MappingProxyType(
    {
        "box": lambda done: "☑ " if done else "☐ ",
        "br": lambda: "<br>\n",
        "code": _element("code"),
        "del": _element("del"),
        "dl": _definitions,
        "em": _element("em"),
        "fence": _fence,
        "figure": lambda *picture: f"<p>{_picture(*picture)}</p>",
        "h": _heading,
        "hr": lambda: "<hr>",
        "img": _picture,
        "isolate": _element('span dir="ltr"'),
        "kbd": _element("kbd"),
        "key": _html,
        "link": _link,
        "mark": _element("mark"),
        "math": _formula,
        "mathblock": _display_formula,
        "note": _note,
        "ol": lambda first, *items: _items(
            f'ol start="{int(first)}"' if first != 1 else "ol", items
        ),
        "p": _element("p"),
        "quote": _element("blockquote"),
        "ref": _reference,
        "span": _element("span"),
        "strong": _element("strong"),
        "sub": _element("sub"),
        "sup": _element("sup"),
        "table": _table,
        "ul": lambda *items: _items("ul", items),
    }
)
"""A kind without a row raises, so that no content is lost silently."""
