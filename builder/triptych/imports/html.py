"""HTML of notes, as Markdown."""

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from itertools import zip_longest
from typing import Protocol

import nh3
from bs4 import BeautifulSoup
from bs4.element import Tag
from markdownify import MarkdownConverter

from triptych.dialect.headings import RESERVED
from triptych.imports.marks import Marks
from triptych.imports.pieces import lines

_PUNCTUATION = r"!-/:-@\[-`{-~"
_BACKSLASH = re.compile(rf"\\(?=[{_PUNCTUATION}\n]|$)")
_ALWAYS = re.compile(r"[*`$]|~(?=~)|(?<!\w)_|_(?!\w)")
_ANGLE = re.compile(r"<(?=[A-Za-z/!?])")
_ENTITY = re.compile(r"&(?=#?\w{1,32};)")
_BRACKET = re.compile(r"\[(?=\[|[^\]]*\](?:[(\[:]|$)|\^|[ xX]\])")
_EQUALS = re.compile(r"==(?=\S[^=]*==)")
_LINE_START = re.compile(r"(^|\n)([ \t]*)(>|[#+=|:~-](?=[\s#>+=|:~-]|\w*\||$))")
_NUMBER = re.compile(r"(^|\n)([ \t]*\d{1,9})([.)])(?=\s|$)")
_DATA = re.compile(
    r"data:image/(png|jpe?g|gif|webp|svg\+xml|avif);base64,(.*)", re.DOTALL
)
_LANGUAGE = re.compile(r"(?:language|lang|highlight-source|brush)[-:]\s*([\w+#-]+)")
_RESERVED = frozenset(name.casefold() for name in RESERVED)
_MAX_COLUMNS = 100
_OPENING = re.compile(r"<([A-Za-z][A-Za-z0-9-]*)")
_ATTRIBUTE = re.compile(r"([A-Za-z][\w:-]*)\s*=")
_OPTIONAL_ENDS = ("li", "p", "td", "th", "tr", "dt", "dd")
_CODE_LINES = ("div", "p", "li", "tr")
_PREFIX = re.compile(r"^[ \t]*(?:(?:>[ \t]?)+|#{1,6}[ \t]+)")
_TEXT = re.compile(r"\s*(?!>|[-+*] |\d{1,9}[.)] |```|~~~|#{1,6} )\S")
"""A line that goes on with a paragraph: in text, the signs of blocks are escaped."""
_BREAK = re.compile(r"(?<!\\)((?:\\\\)*)\\$")
"""The backslash of a break, and before it pairs, each of which is a backslash."""
_BULLET = re.compile(r"^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+", re.MULTILINE)


class Surroundings(Protocol):
    """What a field refers to: pictures and sounds."""

    def picture(self, target: str) -> str:
        """Return the path in the deck of a picture; empty if there is none."""

    def data(self, name: str, data: bytes) -> str:
        """Return the path in the deck of a picture that the HTML itself holds."""

    def sound(self, name: str) -> str:
        """Return the Markdown for a sound."""

    def lost(self, what: str, why: str) -> None:
        """Note that something cannot be kept."""


@dataclass(frozen=True, slots=True)
class Html:
    """Converts fields of notes."""

    around: Surroundings

    def blocks(self, html: str) -> str:
        """Return `html` as blocks of Markdown."""
        return self._converted(html)[0]

    def line(self, html: str) -> str:
        """Return `html` as one line of Markdown; of blocks only the words are kept."""
        text = self.blocks(html)
        return text if is_line(text) else _flat(text)

    def clozes(self, html: str) -> str:
        """Return a text with clozes as a line; empty if a line cannot hold it."""
        text, lost_clozes = self._converted(html)
        text = text.replace("\\\n", "<br>")
        return text if is_line(text) and not lost_clozes else ""

    def _converted(self, html: str) -> tuple[str, bool]:
        if "<" not in html and "&" not in html and "{{" not in html:
            html = html.replace("\n", "<br>") if "\n" in html.strip() else html
        marks = Marks(self.around.sound)
        soup = BeautifulSoup(_closed(marks.take(html)), "html.parser")
        _prepare(soup, self.around)
        text = _Converter(self.around).convert_soup(soup)
        text = "".join(_with_breaks(text))
        return marks.put_back(text).strip(), marks.lost_clozes


def _closed(html: str) -> str:
    """Return `html` with the end tags that HTML lets authors leave out.

    Without them, each item of a list would be within the one before.
    """
    names = [name.lower() for name in _OPENING.findall(html)]
    if not any(
        names.count(name) > html.lower().count(f"</{name}") for name in _OPTIONAL_ENDS
    ):
        return html
    return nh3.clean(
        html,
        tags=set(names),
        clean_content_tags=set(),
        attributes={"*": set(map(str.lower, _ATTRIBUTE.findall(html)))},
        url_schemes={"data", "http", "https", "mailto"},
        link_rel=None,
    )


def _with_breaks(markdown: str) -> Iterator[str]:
    """Yield the lines of `markdown`; a break within a paragraph gets a backslash.

    markdownify writes two spaces, which editors take away. Several breaks are a blank
    line, and one before a blank line is none.
    """
    every = list(lines(markdown))
    blank = True
    for (is_code, line), (_, after) in zip_longest(
        every, every[1:], fillvalue=(False, "")
    ):
        bare = line.rstrip()
        if is_code:
            yield line
        elif bare:
            is_break = line.endswith("  \n") and _TEXT.match(after)
            yield f"{bare}\\\n" if is_break else f"{bare}\n"
        elif not blank:
            yield "\n"
        blank = not bare and not is_code


def is_line(markdown: str) -> bool:
    """Return whether `markdown` is a paragraph of one line."""
    return (
        "\n" not in markdown
        and not _BULLET.match(markdown)
        and not markdown.startswith(("#", ">", "|", "***", "<details", "<table"))
    )


def _flat(markdown: str) -> str:
    """Return the words of blocks in one line."""
    kept: list[str] = []
    code: list[str] = []
    for is_code, line in (*lines(markdown), (False, "")):
        if is_code:
            code.append(line.strip())
            continue
        if code:
            # The first and the last line are the fences.
            kept.append(f"`{' '.join(filter(None, code[1:-1]))}`")
            code = []
        text = _words_of(line)
        if text and not re.fullmatch(r"[-*| :]+", text):
            kept.append(text)
    return " ".join(piece for piece in kept if piece != "``")


def _words_of(line: str) -> str:
    """Return a line of Markdown without the signs that make it a block, or break it."""
    text = _BULLET.sub("", _PREFIX.sub("", line)).strip()
    if len(text) > 1 and text.startswith("|") and text.endswith("|"):
        text = text.strip("|").strip()
    return _BREAK.sub(r"\1", text)


def _prepare(soup: BeautifulSoup, around: Surroundings) -> None:
    """Change what markdownify does not expect: lines in code, numbers of lines."""
    for element in soup.select(".linenos, .lineno, .gutter"):
        element.decompose()
    for name in ("script", "noscript"):
        for element in soup.find_all(name):
            around.lost("scripts", "nothing in a deck may run")
            element.decompose()
    for element in soup.select("pre, code"):
        for inner in element.find_all("br"):
            inner.replace_with("\n")
        for inner in element.find_all(_CODE_LINES):
            inner.append("\n")


class _Converter(MarkdownConverter):
    """The converter of markdownify, with the Markdown of a deck."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__(
            heading_style="atx",
            bullets="-",
            newline_style="spaces",
            autolinks=False,
            sub_symbol="<sub>",
            sup_symbol="<sup>",
            keep_inline_images_in=["td", "th", "p", "h1", "h2", "h3", "h4", "a", "b"],
        )
        self._around = around

    def escape(self, text: str, parent_tags: AbstractSet[str]) -> str:
        text = text.replace("\xa0", " ")
        text = _BACKSLASH.sub(r"\\\\", text)
        for signs in (_ALWAYS, _ANGLE, _ENTITY, _BRACKET, _EQUALS):
            text = signs.sub(lambda sign: f"\\{sign[0]}", text)
        if "td" in parent_tags or "th" in parent_tags:
            text = text.replace("|", "\\|")
        text = _LINE_START.sub(r"\1\2\\\3", text)
        return _NUMBER.sub(r"\1\2\\\3", text)

    def convert_pre(self, el: Tag, _text: str, parent_tags: AbstractSet[str]) -> str:
        code = el.get_text().replace("\xa0", " ").strip("\n")
        if not code.strip():
            return ""
        if "_inline" in parent_tags:
            return _code_span(_in_cell(code, parent_tags))
        marks = max((len(run) for run in re.findall(r"`+", code)), default=0)
        fence = "`" * max(3, marks + 1)
        return f"\n\n{fence}{_language(el)}\n{code}\n{fence}\n\n"

    def convert_code(self, el: Tag, text: str, parent_tags: AbstractSet[str]) -> str:
        if "pre" in parent_tags:
            return text
        code = el.get_text().replace("\xa0", " ")
        if "\n" in code.strip():
            return self.convert_pre(el, text, parent_tags)
        if not code.strip():
            return code
        if _is_beside_element(el):
            # The backticks of two spans would be one sign.
            inner = code.strip("\n")  # on a line of its own, the tag begins a block
            return f"<code>{self.escape(inner, parent_tags)}</code>"
        return _code_span(_in_cell(code, parent_tags))

    convert_samp = convert_tt = convert_code

    def convert_a(self, el: Tag, text: str, parent_tags: AbstractSet[str]) -> str:
        target = str(el.get("href") or "").strip()
        if "_noformat" in parent_tags or not text.strip():
            return text
        if not target.startswith(("https://", "http://", "mailto:")):
            return text
        words = " ".join(text.split())
        return f"[{words}]({_address(target)})"

    def convert_img(self, el: Tag, _text: str, parent_tags: AbstractSet[str]) -> str:
        source, alt = str(el.get("src") or ""), str(el.get("alt") or "")
        alt = self.escape(" ".join(alt.split()), parent_tags).replace("]", "\\]")
        found = _DATA.match(source)
        path = self._embedded(found) if found else self._around.picture(source)
        if path:
            return f"![{alt}]({_address(path)})"
        if source.startswith(("https://", "http://")):
            self._around.lost("pictures on the web", "they become links")
            return f"[{alt or 'picture'}]({_address(source)})"
        self._around.lost("pictures", "their files are not there, or no pictures")
        return f"{alt} `{source}` " if source and not found else alt

    def _embedded(self, found: re.Match[str]) -> str:
        try:
            data = base64.b64decode(found[2])
        except (ValueError, binascii.Error):
            return ""
        suffix = found[1].partition("+")[0].replace("jpg", "jpeg")
        name = f"picture-{sha256(data).hexdigest()[:12]}.{suffix}"
        return self._around.data(name, data)

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

    def convert_summary(self, el: Tag, _text: str, **_: AbstractSet[str]) -> str:
        # Its line begins a block of HTML, in which Markdown is text.
        words = escape(" ".join(el.get_text().split()), quote=False)
        return f"\n\n<summary>{words}</summary>\n\n"

    def convert_td(self, el: Tag, text: str, **_: AbstractSet[str]) -> str:
        text = re.sub(r"\s*\n\s*", " ", text.strip())
        wide = str(el.get("colspan") or "")
        columns = min(int(wide), _MAX_COLUMNS) if wide.isdecimal() else 1
        return f" {text} {'|' * max(columns, 1)}"

    convert_th = convert_td

    def convert_audio(self, el: Tag, text: str, **_: AbstractSet[str]) -> str:
        source = str(el.get("src") or "")
        return f"{self._around.sound(source)}{text}" if source else text

    def convert_video(self, el: Tag, text: str, **_: AbstractSet[str]) -> str:
        source = str(el.get("src") or "")
        self._around.lost("films", "no output has them")
        return f"`{source}`{text}" if source else text

    def convert_iframe(self, el: Tag, text: str, **_: AbstractSet[str]) -> str:
        source = str(el.get("src") or "")
        self._around.lost("embedded pages", "they become links")
        if source.startswith(("https://", "http://")):
            return f"[{source}]({_address(source)}){text}"
        return text


def _kept(name: str) -> Callable[[_Converter, Tag, str, AbstractSet[str]], str]:
    """Return what keeps an inline element as HTML, which Markdown may hold."""

    def convert(
        _self: _Converter, _el: Tag, text: str, parent_tags: AbstractSet[str]
    ) -> str:
        inner = text.strip()
        if "_noformat" in parent_tags or not inner:
            return text
        # On a line of its own, a tag would begin a block.
        return text.replace(inner, f"<{name}>{inner}</{name}>")

    return convert


def _emphasis(
    mark: str, name: str
) -> Callable[[_Converter, Tag, str, AbstractSet[str]], str]:
    """Return what marks words, by HTML where signs would be read as text.

    Signs count between letters and digits alone, and not beside other signs.
    """

    def convert(
        _self: _Converter, el: Tag, text: str, parent_tags: AbstractSet[str]
    ) -> str:
        inner = text.strip()
        if "_noformat" in parent_tags or not inner:
            return text
        before, after = (
            text[: text.index(inner)],
            text[text.rindex(inner) + len(inner) :],
        )
        if "\n" in inner:
            return text
        if _is_beside_element(el) or not (inner[0].isalnum() and inner[-1].isalnum()):
            return f"{before}<{name}>{inner}</{name}>{after}"
        return f"{before}{mark}{inner}{mark}{after}"

    return convert


for _name in ("b", "strong"):
    setattr(_Converter, f"convert_{_name}", _emphasis("**", "strong"))
for _name in ("i", "em"):
    setattr(_Converter, f"convert_{_name}", _emphasis("*", "em"))
for _name in ("del", "s", "strike"):
    setattr(_Converter, f"convert_{_name}", _emphasis("~~", "del"))
for _name in ("u", "mark", "ins", "kbd", "ruby", "rt", "rp", "small", "abbr", "q"):
    setattr(_Converter, f"convert_{_name}", _kept(_name))


def _is_beside_element(el: Tag) -> bool:
    return any(isinstance(item, Tag) for item in (el.previous_sibling, el.next_sibling))


def _in_cell(code: str, parent_tags: AbstractSet[str]) -> str:
    """Return code as a table has it: a bar ends a cell in code, too."""
    return code.replace("|", "\\|") if {"td", "th"} & parent_tags else code


def _code_span(code: str) -> str:
    words = " ".join(code.split()) if "\n" in code else code
    marks = max((len(run) for run in re.findall(r"`+", words)), default=0)
    fence = "`" * (marks + 1)
    space = " " if words[:1] == "`" or words[-1:] == "`" else ""
    return f"{fence}{space}{words}{space}{fence}"


def _language(el: Tag) -> str:
    inner = el.find("code")
    for element in (el, inner, el.parent):
        classes = element.get("class") if isinstance(element, Tag) else None
        found = _LANGUAGE.search(" ".join(classes or ()))
        if found:
            return found[1].lower()
    return ""


def _address(target: str) -> str:
    if re.search(r"[\s()<>]", target):
        return f"<{target.replace('<', '%3C').replace('>', '%3E')}>"
    return target
