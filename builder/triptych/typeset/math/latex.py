r"""Convert the author's LaTeX for all outputs.

`expand` replaces the few commands that some output lacks (`\bm`, `align`). `portable`
converts the result for Anki, and `convert` converts it with math-core, the only LaTeX
parser here, to MathML for the site and the sheet.
"""

import re

from math_core import LatexToMathML

from triptych.patterns import lazy_pattern

INNER = {
    # Formulas have no numbers here, so inner environments can replace outer ones.
    **dict.fromkeys(("align", "align*", "equation", "equation*", "split"), "aligned"),
    **dict.fromkeys(("gather", "gather*"), "gathered"),
}
"""Environments and their replacements in `expand`."""

SYNONYMS = {"bm": "boldsymbol", "pmb": "boldsymbol"}
"""Commands that Anki or math-core lacks, and their replacements in `expand`."""

_EXPANSIONS = {
    **{rf"\{name}": rf"\{known}" for name, known in SYNONYMS.items()},
    **{rf"\begin{{{outer}}}": rf"\begin{{{inner}}}" for outer, inner in INNER.items()},
    **{rf"\end{{{outer}}}": rf"\end{{{inner}}}" for outer, inner in INNER.items()},
}
_EXPANDABLE = lazy_pattern(
    r"\\\\"  # a line break, so that its second half does not begin a command
    r"|\\(?:bm|pmb)(?![A-Za-z])"
    r"|\\(?:begin|end)\{(?:align\*?|equation\*?|split|gather\*?)\}"
)

TEXT = (
    r"\\(?:text(?:bf|it|rm|sf|tt)?|[fm]box)(?![A-Za-z])\s*"
    r"\{(?P<text>(?:[^{}\\]|\\.|\{(?:[^{}\\]|\\.)*\})*)\}"
)
_TEXT = lazy_pattern(rf"\\\\|{TEXT}", re.DOTALL)
_TEXT_SIGN = lazy_pattern(r"\\.|[{}~]", re.DOTALL)
_SHOWN_IN_TEXT = {
    r"\_": "_",
    r"\#": "#",
    r"\%": "%",
    r"\&": "&",
    r"\ ": " ",
    r"\,": "\N{THIN SPACE}",
    "~": "\N{NO-BREAK SPACE}",
    "{": "",
    "}": "",
}

_BREAK = lazy_pattern(r"\\\\(?=\s*\\end\{)|(\\\\)\*?(?:\[[^\]]*\])?")

_HYPHEN = lazy_pattern("(?<=[A-Za-z])\N{MINUS SIGN}(?=[A-Za-z])")
"""A minus within a word, as in `\\operatorname{tf-idf}`."""

_MACROS = {
    "mbox": r"\text{#1}",
    "substack": r"\begin{subarray}{c}#1\end{subarray}",
    "dotsb": r"\cdots",
    "dotsc": r"\ldots",
    "dotsi": r"\cdots",
    "dotsm": r"\cdots",
    "dotso": r"\ldots",
    "smallsetminus": r"\setminus",
}
_converter = LatexToMathML(
    macros=_MACROS, allow_unreliable_rendering=True, fancy_error=False
)


def convert(tex: str, *, display: bool) -> str:
    """Return math-core's MathML, or raise its error with offsets into `expand(tex)`."""
    tex = expand(tex)
    if r"\\" in tex:
        tex = _BREAK.sub(_plain_break, tex)
    markup = _converter.convert_with_local_state(tex, displaystyle=display)
    return _HYPHEN.sub("-", markup) if r"\operatorname" in tex else markup


def portable(tex: str) -> str:
    r"""Return LaTeX, not yet escaped, that Anki's MathJax shows like the other outputs.

    In `\text{…}` MathJax prints `\_` as two characters, so it becomes a plain `_`.
    """
    tex = expand(tex)
    if r"\text" in tex or "box" in tex:
        tex = _TEXT.sub(_shown_text, tex)
    return tex


def expand(tex: str) -> str:
    """Return `tex` with the commands replaced that only some outputs support."""
    return _EXPANDABLE.sub(lambda found: _EXPANSIONS.get(found[0], found[0]), tex)


def original_offset(tex: str, offset: int) -> int:
    """Return the offset in `tex` of the character at `offset` in `expand(tex)`."""
    shift = 0
    for found in _EXPANDABLE.finditer(tex):
        after = len(_EXPANSIONS.get(found[0], found[0]))
        if found.start() + shift + after > offset:
            return min(offset - shift, found.end() - 1)
        shift += after - len(found[0])
    return offset - shift


def _shown_text(found: re.Match[str]) -> str:
    body = found["text"]
    if body is None:
        return found[0]
    shown = _TEXT_SIGN.sub(lambda sign: _SHOWN_IN_TEXT.get(sign[0], sign[0]), body)
    start = found.start("text") - found.start()
    return f"{found[0][:start]}{shown}}}"


def _plain_break(found: re.Match[str]) -> str:
    # Keep the length, so that offsets stay valid; math-core would typeset `[4pt]`.
    return (found[1] or "").ljust(len(found[0]))
