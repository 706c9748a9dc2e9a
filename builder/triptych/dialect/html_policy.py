"""The raw HTML that an author may write; all else is dropped, with a warning."""

from collections.abc import Mapping
from types import MappingProxyType

TAGS = frozenset(
    [
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "details",
        "dfn",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "section",
        "small",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "u",
        "ul",
        "var",
        "wbr",
    ]
)
"""`img` is allowed too, and becomes what a Markdown image becomes."""

EMPTIED = frozenset({"script", "style"})
"""Elements that vanish with all that is in them."""

ATTRIBUTES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "a": frozenset({"href", "title"}),
        "abbr": frozenset({"title"}),
        "details": frozenset({"open"}),
        "img": frozenset({"src", "alt", "title", "width", "height"}),
        "li": frozenset({"value"}),
        "ol": frozenset({"start", "reversed", "type"}),
        "td": frozenset({"colspan", "rowspan"}),
        "th": frozenset({"colspan", "rowspan", "scope"}),
    }
)
EVERYWHERE = frozenset({"class", "dir", "id", "lang"})

CLASSES = frozenset(
    {
        "align-center",
        "align-left",
        "align-right",
        "cloze",
        "footnote-ref",
        "footnotes",
        "table",
        "task",
    }
)
"""The classes of our own HTML; an author's are dropped."""

SCHEMES = frozenset({"http", "https", "mailto"})
"""Where a link may lead out of the deck."""
