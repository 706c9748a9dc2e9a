"""HTML of notes, as Markdown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

import nh3
from bs4 import BeautifulSoup

from triptych.imports.converter import FieldMedia, markdown_of
from triptych.imports.marks import Marks
from triptych.imports.one_line import is_line, one_line
from triptych.imports.pieces import lines

_OPENING = re.compile(r"<([A-Za-z][A-Za-z0-9-]*)")
_ATTRIBUTE = re.compile(r"([A-Za-z][\w:-]*)\s*=")
_OPTIONAL_ENDS = ("li", "p", "td", "th", "tr", "dt", "dd")
_CODE_LINES = ("div", "p", "li", "tr")
_TEXT = re.compile(r"\s*(?!>|[-+*] |\d{1,9}[.)] |```|~~~|#{1,6} )\S")
"""A line that goes on with a paragraph: in text, the signs of blocks are escaped."""
_QUOTE = re.compile(r"(?:> )+")


@dataclass(frozen=True, slots=True)
class Html:
    """Converts fields of notes."""

    media: FieldMedia

    def blocks(self, html: str) -> str:
        """Return `html` as blocks of Markdown."""
        return self._converted(html)[0]

    def line(self, html: str) -> str:
        """Return `html` as one line of Markdown; of blocks only the words are kept."""
        text = self.blocks(html)
        return text if is_line(text) else one_line(text)

    def clozes(self, html: str) -> str:
        """Return a text with clozes as a line; empty if a line cannot hold it."""
        text, lost_clozes = self._converted(html)
        text = text.replace("\\\n", "<br>")
        return text if is_line(text) and not lost_clozes else ""

    def _converted(self, html: str) -> tuple[str, bool]:
        if "<" not in html and "&" not in html and "{{" not in html:
            html = html.replace("\n", "<br>") if "\n" in html.strip() else html
        marks = Marks(self.media.sound)
        soup = BeautifulSoup(_closed(marks.take(html)), "html.parser")
        _prepare(soup, self.media)
        text = markdown_of(soup, self.media)
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
            is_break = line.endswith("  \n") and _goes_on(line, after)
            yield f"{bare}\\\n" if is_break else f"{bare}\n"
        elif not blank:
            yield "\n"
        blank = not bare and not is_code


def _goes_on(line: str, after: str) -> bool:
    """Return whether the line `after` is text of the same paragraph, or quote."""
    quote = _QUOTE.match(line)
    return bool(_TEXT.match(after.removeprefix(quote[0]) if quote else after))


def _prepare(soup: BeautifulSoup, media: FieldMedia) -> None:
    """Change what markdownify does not expect: lines in code, numbers of lines."""
    for element in soup.select(".linenos, .lineno, .gutter"):
        element.decompose()
    for name in ("script", "noscript"):
        for element in soup.find_all(name):
            media.lost("scripts", "nothing in a deck may run")
            element.decompose()
    for element in soup.select("pre, code"):
        for inner in element.find_all("br"):
            inner.replace_with("\n")
        for inner in element.find_all(_CODE_LINES):
            inner.append("\n")
