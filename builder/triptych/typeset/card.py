r"""Write prose as HTML for Anki fields: `\\(…\\)` for math, only web links."""

from collections.abc import Callable, Iterator, Mapping
from html import escape
from types import MappingProxyType

from markdown_it.token import Token

from triptych.dialect.links import Destination, LinkKind, destination
from triptych.dialect.pictures import is_sound
from triptych.typeset.card_media import media_placeholder, sound_placeholder
from triptych.typeset.code_blocks import listing, output
from triptych.typeset.context import Context
from triptych.typeset.highlight import html_lines, shown_language
from triptych.typeset.html import ROWS, close
from triptych.typeset.html_writer import HtmlWriter, Row, Tokens, has_raw_html, write
from triptych.typeset.math.latex import portable
from triptych.typeset.plain import plain
from triptych.typeset.sanitize import sanitize
from triptych.typeset.slots import Slots
from triptych.values.source import Media

_QUOTE = '"'
_NO_SYNTAX = MappingProxyType({ord(sign): f"&#{ord(sign)};" for sign in "{}"})
"""Character references for braces in a hint: Anki ends a deletion at `}}`."""


def card_html(tokens: Tokens, context: Context, *, raw: bool) -> tuple[str, HtmlWriter]:
    """Return the HTML of `tokens` for a field, and the state of its writer.

    Cloze deletions are shown as marks. With `raw`, the tokens contain raw HTML and the
    result is sanitized.
    """
    html, writer = _html(tokens, context, raw=raw)
    return html.strip(), writer


def _html(tokens: Tokens, context: Context, *, raw: bool) -> tuple[str, HtmlWriter]:
    slots = Slots() if raw else None
    writer = HtmlWriter(context, _ROWS, _picture, slots)
    html = write(tokens, writer)
    return html if slots is None else slots.fill(sanitize(html)), writer


def claim_html(heading: Token, context: Context) -> str:
    """Return what stands between the straight quotation marks around a heading.

    It is HTML for a field, and empty where there are none, or others within.
    """
    if plain([heading]).count(_QUOTE) != len((_QUOTE, _QUOTE)):
        return ""
    children = list(heading.children or ())
    shown = list(_shown_places(children, context))
    first, last = children[shown[0]], children[shown[-1]]
    if not (first.type == last.type == "text"):
        return ""
    if not (first.content.startswith(_QUOTE) and last.content.endswith(_QUOTE)):
        return ""
    children[shown[0]] = first.copy(content=first.content.removeprefix(_QUOTE))
    last = children[shown[-1]]
    children[shown[-1]] = last.copy(content=last.content.removesuffix(_QUOTE))
    unquoted = (heading.copy(children=children),)
    return _html(unquoted, context, raw=has_raw_html(unquoted))[0]


def _shown_places(children: Tokens, context: Context) -> Iterator[int]:
    """Yield the places of tokens of which a card shows something."""
    is_link = False
    for place, child in enumerate(children):
        if child.type == "link_open":
            is_link = _target(child, context).kind is LinkKind.EXTERNAL
        is_hidden_link = child.type in {"link_open", "link_close"} and not is_link
        is_comment = child.type == "html_inline" and child.content.startswith("<!--")
        if not (is_hidden_link or is_comment):
            yield place


def _target(link: Token, context: Context) -> Destination:
    return destination(str(link.attrs["href"]), context.path)


def cloze_html(tokens: Tokens, context: Context, guard: Callable[[str], str]) -> str:
    """Return the HTML of `tokens` with cloze deletions in Anki's syntax.

    `guard` rewrites all other text so that Anki finds no cloze syntax in it.
    """
    slots = Slots()
    html = write(tokens, HtmlWriter(context, _CLOZE_ROWS, _picture, slots))
    if has_raw_html(tokens):
        html = sanitize(html)
    return slots.fill_guarded(html, guard)


def _math(writer: HtmlWriter, tokens: Tokens, position: int) -> str:
    return writer.protected(rf"\({_latex(tokens[position])}\)")


def _display_math(writer: HtmlWriter, tokens: Tokens, position: int) -> str:
    return writer.protected(rf"\[{_latex(tokens[position])}\]")


def _latex(token: Token) -> str:
    return escape(portable(token.content.strip()), quote=False)


def _fence(writer: HtmlWriter, tokens: Tokens, position: int) -> str:
    token = tokens[position]
    role, language = token.meta.get("role", ""), shown_language(token)
    if role == "test":
        return writer.protected("") + "\n"
    html = listing(html_lines(token.content, language), language, role)
    printed = writer.context.printed(token.content) if role == "run" else ""
    if printed:
        html += output(printed)
    return writer.protected(html) + "\n"


def _code_block(writer: HtmlWriter, tokens: Tokens, position: int) -> str:
    language = shown_language(tokens[position])
    lines = html_lines(tokens[position].content, language)
    return writer.protected(listing(lines, language, "")) + "\n"


def _picture(_writer: HtmlWriter, media: Media, attributes: str) -> str:
    if is_sound(media.name):
        return sound_placeholder(media.name)
    return f'<img src="{media_placeholder(media.name)}" {attributes}>'


def _link_open(writer: HtmlWriter, tokens: Tokens, position: int) -> str:
    """Return a link to the web; other links do not work on a card."""
    token = tokens[position]
    target = _target(token, writer.context)
    if target.kind is not LinkKind.EXTERNAL:
        writer.open_endings.append("")
        return writer.protected("")
    title = token.attrs.get("title")
    title_attribute = f' title="{escape(str(title))}"' if title else ""
    writer.open_endings.append("</a>")
    return writer.protected(f'<a href="{escape(target.url)}"{title_attribute}>')


def _mark_open(writer: HtmlWriter, _tokens: Tokens, _position: int) -> str:
    writer.open_endings.append("</mark>")
    return writer.protected('<mark class="cloze">')


def _deletion_open(writer: HtmlWriter, tokens: Tokens, position: int) -> str:
    meta = tokens[position].meta
    hint = f"::{_hint(meta['hint'])}" if meta["hint"] else ""
    writer.open_endings.append(f"{hint}}}}}")
    return writer.protected(f"{{{{c{meta['number']}::", is_cloze=True)


def _hint(text: str) -> str:
    """Return a hint as HTML without `{{` and `}}`, which Anki would interpret."""
    return escape(text).translate(_NO_SYNTAX)


def _deletion_close(writer: HtmlWriter, _tokens: Tokens, _position: int) -> str:
    return writer.protected(writer.open_endings.pop(), is_cloze=True)


def _note_ref(writer: HtmlWriter, tokens: Tokens, position: int) -> str:
    number = tokens[position].meta.get("number", 0)
    return writer.protected(f'<sup class="footnote-ref">{number}</sup>')


_ROWS: Mapping[str, Row] = MappingProxyType(
    {
        **ROWS,
        "cloze_close": close,
        "cloze_open": _mark_open,
        "code_block": _code_block,
        "fence": _fence,
        "footnote_close": lambda *_: "</li>\n",
        "footnote_ref": _note_ref,
        "link_close": close,
        "link_open": _link_open,
        "math_block": _display_math,
        "math_inline": _math,
        "math_inline_double": _display_math,
    }
)
_CLOZE_ROWS: Mapping[str, Row] = MappingProxyType(
    {**_ROWS, "cloze_close": _deletion_close, "cloze_open": _deletion_open}
)
