"""What Anki reads in fields besides HTML: formulas, sounds and clozes.

They are taken out of the HTML before it is parsed, and put back as Markdown.
"""

import re
from collections.abc import Callable
from html import unescape

from triptych.dialect.characters import unescaped

_CODE = r"(?P<code><(?P<tag>pre|code|script|style)\b.*?</(?P=tag)\s*>)"
_MARK = re.compile(
    _CODE + r"|\\\((?P<inline>.*?)\\\)|\\\[(?P<display>.*?)\\\]"
    r"|\[\$\$\](?P<dollars>.*?)\[/\$\$\]|\[\$\](?P<dollar>.*?)\[/\$\]"
    r"|\[latex\](?P<latex>.*?)\[/latex\]"
    r"|<anki-mathjax(?P<block>[^>]*)>(?P<mathjax>.*?)</anki-mathjax>"
    r"|\[sound:(?P<sound>[^\]\n]*)\]"
    r"|\{\{c(?P<cloze>\d{1,3})::|(?P<close>\}\})",
    re.DOTALL | re.IGNORECASE,
)
_OPEN, _END = "\ufdd0", "\ufdd1"
"""The characters around the number of what was taken out; no text has them."""
_PLACE = re.compile(f"{_OPEN}(\\d+){_END}")
_TAG = re.compile(r"<[^>]*>")
_BREAK = re.compile(r"<(?:br|/div|/p)\b[^>]*>", re.IGNORECASE)
_CLOZE_START = re.compile(r"\{\{c\d{1,3}::")
_MATH_ENVIRONMENT = re.compile(
    r"\s*(?:\\begin\{(?:math|displaymath|equation\*?)\}(?P<a>.*)\\end\{\w+\*?\}"
    r"|\$\$(?P<b>[^$]*)\$\$|\$(?P<c>[^$]*)\$|\\\[(?P<d>.*)\\\]|\\\((?P<e>.*)\\\))\s*",
    re.DOTALL,
)


class Marks:
    """What was taken out of a field, and how to put it back."""

    def __init__(self, sound: Callable[[str], str]) -> None:
        """Write the sound of a name as `sound` says."""
        self._sound = sound
        self._kept: list[str] = []
        self.lost_clozes = False
        """Whether a cloze within a formula was lost: Markdown has none there."""

    def take(self, html: str) -> str:
        """Return `html` with a place for each mark."""
        html = html.replace(_OPEN, "\ufffd").replace(_END, "\ufffd")
        depth = 0

        def place(found: re.Match[str]) -> str:
            nonlocal depth
            if found["code"]:
                return found[0]
            if found["close"]:
                if not depth:
                    return found[0]
                depth -= 1
                return self._keep("}}")
            if found["cloze"]:
                depth += 1
                return self._keep(f"{{{{c{int(found['cloze'])}::")
            if found["sound"] is not None:
                return self._keep(self._sound(unescape(found["sound"])))
            return self._keep(self._formula(found))

        return _MARK.sub(place, html)

    def put_back(self, markdown: str) -> str:
        """Return `markdown` with every mark in its place."""

        def kept(found: re.Match[str]) -> str:
            text = self._kept[int(found[1])]
            after = markdown[found.end() : found.end() + 1]
            if text.startswith("$") and after.isalnum():
                # A letter or a digit after the dollar would make it none.
                text = _quoted(text)
            # So would a backslash before it, which stands for itself until then.
            is_escape = text and _ends_in_escape(markdown, found.start())
            return f"\\{text}" if is_escape else text

        return _PLACE.sub(kept, markdown)

    def _keep(self, text: str) -> str:
        self._kept.append(text)
        return f"{_OPEN}{len(self._kept) - 1}{_END}"

    def _formula(self, found: re.Match[str]) -> str:
        kind = found.lastgroup or ""
        written = found["mathjax"] if found["mathjax"] is not None else ""
        names = ("inline", "display", "dollars", "dollar", "latex")
        written = written or next((found[n] for n in names if found[n]), "")
        latex = self._latex(written)
        if found["latex"] is not None:
            return _text_mode(latex)
        is_block = "block" in (found["block"] or "") or kind in {"display", "dollars"}
        return _dollars(latex, display=is_block)

    def _latex(self, html: str) -> str:
        text = unescaped(_TAG.sub("", _BREAK.sub(" ", html)))
        if _CLOZE_START.search(text):
            self.lost_clozes = True
            text = re.sub(r"\{\{c\d{1,3}::(.*?)(?:::[^{}]*)?\}\}", r"\1", text)
        return " ".join(text.replace("\xa0", " ").split())


def has_places(text: str) -> bool:
    """Return whether something was taken out of `text`."""
    return _OPEN in text


def _text_mode(latex: str) -> str:
    """Return LaTeX as `[latex]` has it, which is text with formulas."""
    found = _MATH_ENVIRONMENT.fullmatch(latex)
    if found:
        is_display = found["b"] is not None or found["d"] is not None
        is_display = is_display or "displaymath" in latex or "equation" in latex
        inside = next(text for text in found.groups() if text is not None)
        return _dollars(inside, display=is_display)
    if re.match(r"\s*\\begin\{(?:align|gather|eqnarray|array|cases)", latex):
        return _dollars(latex, display=True)
    return f"`{latex}`" if latex else ""


def _dollars(latex: str, *, display: bool) -> str:
    latex = latex.strip()
    if not latex:
        return ""
    if "$" in latex.replace("\\$", "") or _ends_in_escape(latex, len(latex)):
        return f"`{latex}`"
    return f"$${latex}$$" if display else f"${latex}$"


def _ends_in_escape(text: str, end: int) -> bool:
    """Return whether a sign behind `text[:end]` would be text, by a backslash."""
    start = end
    while start and text[start - 1] == "\\":
        start -= 1
    return (end - start) % 2 == 1


def _quoted(formula: str) -> str:
    latex = formula.strip("$")
    return formula if formula.startswith("$$") or "`" in latex else f"$`{latex}`$"
