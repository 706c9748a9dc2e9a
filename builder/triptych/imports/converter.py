"""Convert HTML with markdownify to the Markdown of a deck."""

import base64
import binascii
import re
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from hashlib import sha256
from html import escape
from typing import Protocol, TypeAlias

from bs4 import BeautifulSoup
from bs4.element import Tag
from markdownify import MarkdownConverter

from triptych.dialect.headings import RESERVED
from triptych.imports.marks import has_places
from triptych.imports.one_line import one_line
from triptych.imports.signs import address, code_span, escaped, in_cell

_DATA = re.compile(
    r"data:image/(png|jpe?g|gif|webp|svg\+xml|avif);base64,(.*)", re.DOTALL
)
_LANGUAGE = re.compile(r"(?:language|lang|highlight-source|brush)[-:]\s*([\w+#-]+)")
_RESERVED = frozenset(name.casefold() for name in RESERVED)
_MAX_COLUMNS = 100


class FieldMedia(Protocol):
    """What a field refers to: pictures and sounds."""

    def picture(self, target: str) -> str:
        """Return the path in the deck of a picture; empty if there is none."""

    def data(self, name: str, data: bytes) -> str:
        """Return the path in the deck of a picture that the HTML itself holds."""

    def sound(self, name: str) -> str:
        """Return the Markdown for a sound."""

    def lost(self, what: str, why: str) -> None:
        """Note that something cannot be kept."""


def markdown_of(soup: BeautifulSoup, media: FieldMedia) -> str:
    """Return HTML as Markdown, with two spaces where a line breaks."""
    return _Converter(media).convert_soup(soup)


class _Converter(MarkdownConverter):
    """Converts HTML to the Markdown of a deck; what it cannot say stays HTML."""

    def __init__(self, media: FieldMedia) -> None:
        super().__init__(
            heading_style="atx",
            bullets="-",
            newline_style="spaces",
            autolinks=False,
            sub_symbol="<sub>",
            sup_symbol="<sup>",
            keep_inline_images_in=["td", "th", "p", "h1", "h2", "h3", "h4", "a", "b"],
        )
        self._media = media

    def escape(self, text: str, parent_tags: AbstractSet[str]) -> str:
        return escaped(text, parent_tags)

    def convert_pre(self, el: Tag, _text: str, parent_tags: AbstractSet[str]) -> str:
        code = el.get_text().replace("\xa0", " ").strip("\n")
        if not code.strip():
            return ""
        if "_inline" in parent_tags:
            return f" {code_span(in_cell(code, parent_tags))} "
        marks = max((len(run) for run in re.findall(r"`+", code)), default=0)
        fence = "`" * max(3, marks + 1)
        return f"\n\n{fence}{_language(el)}\n{code}\n{fence}\n\n"

    def convert_code(self, el: Tag, text: str, parent_tags: AbstractSet[str]) -> str:
        if "pre" in parent_tags:
            return text
        code = el.get_text().replace("\xa0", " ")
        if "\n" in code.strip():
            if "_inline" not in parent_tags:
                return self.convert_pre(el, text, parent_tags)
            code = " ".join(code.split())
        if not code.strip():
            return code
        if _is_next_to_element(el):
            # The backticks of two spans would be one sign.
            inner = code.strip("\n")  # on a line of its own, the tag begins a block
            return f"<code>{self.escape(inner, parent_tags)}</code>"
        return code_span(in_cell(code, parent_tags))

    convert_samp = convert_tt = convert_code

    def convert_a(self, el: Tag, text: str, parent_tags: AbstractSet[str]) -> str:
        target = str(el.get("href") or "").strip()
        if "_noformat" in parent_tags or not text.strip():
            return text
        if not target.startswith(("https://", "http://", "mailto:")):
            return text
        words = " ".join(text.split())
        return f"[{words}]({address(target)})"

    def convert_img(self, el: Tag, _text: str, parent_tags: AbstractSet[str]) -> str:
        source, alt = str(el.get("src") or ""), str(el.get("alt") or "")
        alt = self.escape(" ".join(alt.split()), parent_tags).replace("]", "\\]")
        found = _DATA.match(source)
        path = self._embedded(found) if found else self._media.picture(source)
        if path:
            return f"![{alt}]({address(path)})"
        if source.startswith(("https://", "http://")):
            self._media.lost("pictures on the web", "they become links")
            return f"[{alt or 'picture'}]({address(source)})"
        self._media.lost("pictures", "their files are not there, or no pictures")
        return f"{alt} `{source}` " if source and not found else alt

    def _embedded(self, found: re.Match[str]) -> str:
        try:
            data = base64.b64decode(found[2])
        except (ValueError, binascii.Error):
            return ""
        suffix = found[1].partition("+")[0].replace("jpg", "jpeg")
        name = f"picture-{sha256(data).hexdigest()[:12]}.{suffix}"
        return self._media.data(name, data)

    def convert_hr(self, _el: Tag, _text: str, **_: AbstractSet[str]) -> str:
        return "\n\n***\n\n"

    def convert_hN(  # noqa: N802 - markdownify's name
        self, n: int, _el: Tag, text: str, parent_tags: AbstractSet[str]
    ) -> str:
        if text.strip().casefold() in _RESERVED:
            return f"\n\n**{text.strip()}**\n\n"
        title = " ".join(text.split())
        if "_inline" in parent_tags or not title:
            return title
        return f"\n\n{'#' * max(1, min(6, n))} {title}\n\n"

    def convert_details(
        self, _el: Tag, text: str, parent_tags: AbstractSet[str]
    ) -> str:
        if "_inline" in parent_tags:
            return text
        return f"\n\n<details>\n\n{text.strip()}\n\n</details>\n\n"

    def convert_summary(self, el: Tag, text: str, parent_tags: AbstractSet[str]) -> str:
        if "_inline" in parent_tags:
            return f"{text} "
        line, words = one_line(text), " ".join(el.get_text().split())
        if has_places(line) or (el.find(True) is not None and line != words):
            return f"\n\n<summary>\n\n{line}\n\n</summary>\n\n"
        # A line with the tag begins a block of HTML, in which Markdown is text.
        return f"\n\n<summary>{escape(words, quote=False)}</summary>\n\n"

    def convert_td(self, el: Tag, text: str, **_: AbstractSet[str]) -> str:
        text = re.sub(r"\s*\n\s*", " ", text.strip())
        wide = str(el.get("colspan") or "")
        columns = min(int(wide), _MAX_COLUMNS) if wide.isdecimal() else 1
        return f" {text} {'|' * max(columns, 1)}"

    convert_th = convert_td

    def convert_audio(self, el: Tag, text: str, **_: AbstractSet[str]) -> str:
        source = str(el.get("src") or "")
        return f"{self._media.sound(source)}{text}" if source else text

    def convert_video(self, el: Tag, text: str, **_: AbstractSet[str]) -> str:
        source = str(el.get("src") or "")
        self._media.lost("films", "no output has them")
        return f"`{source}`{text}" if source else text

    def convert_iframe(self, el: Tag, text: str, **_: AbstractSet[str]) -> str:
        source = str(el.get("src") or "")
        self._media.lost("embedded pages", "they become links")
        if source.startswith(("https://", "http://")):
            return f"[{source}]({address(source)}){text}"
        return text


_Convert: TypeAlias = Callable[[_Converter, Tag, str, AbstractSet[str]], str]


def _within_spaces(write: Callable[[Tag, str], str]) -> _Convert:
    """Return what writes the words of an inline element, between its white space."""

    def convert(
        _self: _Converter, el: Tag, text: str, parent_tags: AbstractSet[str]
    ) -> str:
        inner = text.strip()
        if "_noformat" in parent_tags or not inner:
            return text
        before, _, after = text.partition(inner)
        return f"{before}{write(el, inner)}{after}"

    return convert


def _kept(name: str) -> _Convert:
    """Return what keeps an inline element as HTML, which Markdown may hold."""
    # On a line of its own, a tag would begin a block.
    return _within_spaces(lambda _, inner: f"<{name}>{inner}</{name}>")


def _emphasis(mark: str, name: str) -> _Convert:
    """Return what marks words, by HTML where signs would be read as text.

    Signs count between letters and digits alone, and not next to other signs.
    """

    def write(el: Tag, inner: str) -> str:
        if "\n" in inner:
            return inner
        if _is_next_to_element(el) or not (inner[0].isalnum() and inner[-1].isalnum()):
            return f"<{name}>{inner}</{name}>"
        return f"{mark}{inner}{mark}"

    return _within_spaces(write)


def _is_next_to_element(el: Tag) -> bool:
    return any(isinstance(item, Tag) for item in (el.previous_sibling, el.next_sibling))


def _language(el: Tag) -> str:
    inner = el.find("code")
    for element in (el, inner, el.parent):
        classes = element.get("class") if isinstance(element, Tag) else None
        found = _LANGUAGE.search(" ".join(classes or ()))
        if found:
            return found[1].lower()
    return ""


for _name in ("b", "strong"):
    setattr(_Converter, f"convert_{_name}", _emphasis("**", "strong"))
for _name in ("i", "em"):
    setattr(_Converter, f"convert_{_name}", _emphasis("*", "em"))
for _name in ("del", "s", "strike"):
    setattr(_Converter, f"convert_{_name}", _emphasis("~~", "del"))
for _name in ("u", "mark", "ins", "kbd", "ruby", "rt", "rp", "small", "abbr", "q"):
    setattr(_Converter, f"convert_{_name}", _kept(_name))
