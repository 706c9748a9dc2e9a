"""The site's math font: STIX Two Math, cut down to what formulas can show."""

import re
import string
from collections.abc import Iterable
from functools import cache
from html import unescape
from importlib.resources import files
from io import BytesIO

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from math_core import LatexError

from builder.markup.math.latex import convert
from builder.markup.math.portable import PORTABLE

_FORMS = ("{}", "{} x", "{}{{x}}", "{}{{x}}{{x}}", r"\left{} x \right.", r"\not{}")
_ALPHABETS = ("mathbb", "mathbf", "mathcal", "mathfrak", "mathit", "mathscr", "mathsf")
_ALPHABETS += ("mathtt", "boldsymbol", "symbf")
_GREEK = "αβγδεζηθικλμνξοπρστυφχψωϵϑϰϕϱϖ" + "ΓΔΘΛΞΠΣΥΦΨΩ"
_HIDDEN = (
    "√"  # drawn around a radicand, in no text
    "′″‴⁗"  # as many as an author puts together
    "\N{INVISIBLE TIMES}\N{FUNCTION APPLICATION}\N{INVISIBLE SEPARATOR}"
)
_TAG = re.compile("<[^>]*>")
_FEATURES = ["ccmp", "dtls", "flac", "ssty", "ss01", "ss04"]
_LICENCE_NAMES = (0, 7, 13, 14)


@cache
def repertoire() -> frozenset[str]:
    """Return the characters that a portable formula can show, Latin and Greek text too."""
    letters = string.ascii_letters + string.digits + _GREEK
    formulas = [form.format(rf"\{name}") for name in PORTABLE for form in _FORMS]
    formulas += [rf"\{name}{{{letter}}}" for name in _ALPHABETS for letter in letters]
    shown = {char for tex in formulas for char in _shown(tex)}
    latin = {chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x180))}
    return frozenset(shown | latin | set(letters) | set(_HIDDEN))


def _shown(tex: str) -> str:
    try:
        return unescape(_TAG.sub("", convert(tex, display=True)))
    except LatexError:
        return ""


def math_font(characters: Iterable[str]) -> bytes:
    """Return STIX Two Math with these characters only, as woff2; the same bytes always."""
    options = Options()
    options.layout_features = _FEATURES
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [*_LICENCE_NAMES, 1, 2, 3, 4, 5, 6]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes={ord(char) for char in {*characters, *_HIDDEN}})
    with _whole_font() as font:
        subsetter.subset(font)
        font.flavor = "woff2"
        data = BytesIO()
        font.save(data)
    return data.getvalue()


def math_font_licence() -> str:
    """Return the notice that the licence wants beside the font."""
    with _whole_font() as font:
        texts = [str(font["name"].getDebugName(number)) for number in _LICENCE_NAMES]
    return "\n".join(("STIX Two Math", *texts, ""))


def _whole_font() -> TTFont:
    data = files("ziamath.fonts").joinpath("STIXTwoMath-Regular.ttf").read_bytes()
    return TTFont(BytesIO(data), recalcTimestamp=False, lazy=True)
