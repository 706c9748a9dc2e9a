"""The allowed raw HTML; all other HTML is dropped with a warning."""

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
"""The allowed elements, besides `img`, which is treated as a Markdown image."""

DROPPED_WITH_CONTENT = frozenset({"script", "style"})
"""Elements that are dropped with their content."""

LOSING_CONTENT = DROPPED_WITH_CONTENT | {"math", "svg", "template"}
"""Elements whose text is lost when they are dropped."""

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
GLOBAL_ATTRIBUTES = frozenset({"class", "dir", "id", "lang"})

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
"""The classes of generated HTML; other classes are dropped."""

RARE_HEADINGS = frozenset({"h2", "h4", "h5", "h6"})
RARE_ELEMENTS = RARE_HEADINGS | {
    *("audio", "blockquote", "dl", "figcaption", "hr", "sub", "sup")
}
RARE_CLASSES = frozenset({"alert", "align-center", "footnotes", "task"})
"""What few decks have; the style of the site has rules for them only where one does."""

SCHEMES = frozenset({"http", "https", "mailto"})
"""The schemes of links that lead out of the deck."""

OPTIONAL_END = frozenset(
    [
        "body",
        "caption",
        "colgroup",
        "dd",
        "dt",
        "head",
        "html",
        "li",
        "optgroup",
        "option",
        "p",
        "rp",
        "rt",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
    ]
)
"""Elements whose end tag may be left out."""

VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
"""Elements without an end tag."""

ELEMENTS = (
    TAGS
    | OPTIONAL_END
    | VOID
    | frozenset(
        [
            "acronym",
            "address",
            "applet",
            "article",
            "aside",
            "audio",
            "base",
            "basefont",
            "bdi",
            "bdo",
            "bgsound",
            "big",
            "blink",
            "button",
            "canvas",
            "center",
            "command",
            "content",
            "data",
            "datalist",
            "dialog",
            "dir",
            "element",
            "fieldset",
            "font",
            "footer",
            "form",
            "frame",
            "frameset",
            "header",
            "hgroup",
            "iframe",
            "image",
            "isindex",
            "keygen",
            "label",
            "legend",
            "main",
            "map",
            "marquee",
            "math",
            "menu",
            "menuitem",
            "meter",
            "multicol",
            "nav",
            "nextid",
            "nobr",
            "noembed",
            "noframes",
            "noscript",
            "object",
            "output",
            "picture",
            "plaintext",
            "portal",
            "progress",
            "script",
            "search",
            "select",
            "selectedcontent",
            "shadow",
            "slot",
            "spacer",
            "strike",
            "style",
            "svg",
            "template",
            "textarea",
            "time",
            "title",
            "tt",
            "video",
            "xmp",
        ]
    )
)
"""All current and former elements of HTML; a tag with another name is text."""
