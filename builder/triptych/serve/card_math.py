r"""Typeset the formulas of a card for its preview, where Anki's MathJax is not at hand.

Anki typesets `\(…\)` and `\[…\]` in whatever stands outside of code, as MathJax does:
it searches the finished side, which a template of the deck's author may have written.
"""

import re
from html import unescape

from triptych.typeset.math.check import math_findings
from triptych.typeset.math.mathml import mathml

_CODE_OR_FORMULA = re.compile(
    r"(?P<kept><(?P<name>pre|code|style)\b.*?</(?P=name)>|<[^>]*>)"
    r"|\\\((?P<inline>.*?)\\\)|\\\[(?P<display>.*?)\\\]",
    re.DOTALL,
)
_TAG = re.compile(r"<[^>]*>")


def typeset_formulas(html: str) -> str:
    """Return a side of a card with MathML in place of its formulas."""
    return _CODE_OR_FORMULA.sub(_typeset, html)


def _typeset(found: re.Match[str]) -> str:
    if found["kept"]:
        return found[0]
    is_display = found["display"] is not None
    html = found["display"] if is_display else found["inline"]
    tex = unescape(html).strip()
    # Text may look like a formula: MathJax leaves it, or shows it in red.
    if _TAG.search(html) or any(math_findings(tex, display=is_display)):
        return found[0]
    return mathml(tex, display=is_display)
