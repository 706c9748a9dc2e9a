"""The site's math font: STIX Two Math, cut down to what formulas can show."""

import re
import string
from collections.abc import Iterable
from functools import cache
from html import unescape
from importlib.metadata import distribution
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from math_core import LatexError

from triptych.errors import TriptychError
from triptych.typeset.math.mathml import presentation
from triptych.typeset.math.portable import PORTABLE

_FORMS = ("{}", "{} x", "{}{{x}}", "{}{{x}}{{x}}", r"\left{} x \right.", r"\not{}")
_ALPHABETS = (
    *("mathbb", "mathbf", "mathcal", "mathfrak", "mathit", "mathscr", "mathsf"),
    *("mathtt", "boldsymbol", "symbf"),
)
_GREEK = "αβγδεζηθικλμνξοπρστυφχψωϵϑϰϕϱϖΓΔΘΛΞΠΣΥΦΨΩ"
_RADICAL = "√"  # stands around a radicand, in no text
_PRIMES = "\N{PRIME}\N{DOUBLE PRIME}\N{TRIPLE PRIME}\N{QUADRUPLE PRIME}"

_TAG = re.compile("<[^>]*>")
_FEATURES = ["ccmp", "dtls", "flac", "ssty", "ss04"]
_FILE = "STIXTwoMath-Regular.ttf"
_LICENCE = re.compile(
    r"^SIL OPEN FONT LICENSE Version 1\.1.*?DEALINGS IN THE FONT SOFTWARE\.",
    re.DOTALL | re.MULTILINE,
)
_NOTICE = (0, 7, 13, 14)
"""Copyright, trademark, licence and its address in a font's table of names."""


@cache
def repertoire() -> frozenset[str]:
    """Return the characters of portable formulas, and Latin ones for their text."""
    letters = string.ascii_letters + string.digits + _GREEK
    formulas = [form.format(rf"\{name}") for name in PORTABLE for form in _FORMS]
    formulas += string.punctuation
    formulas += [rf"\{name}{{{letter}}}" for name in _ALPHABETS for letter in letters]
    shown = {char for tex in formulas for char in _shown(tex)}
    latin = {chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x180))}
    return frozenset(shown | latin | {*letters, *_RADICAL, *_PRIMES})


def _shown(tex: str) -> str:
    try:
        return unescape(_TAG.sub("", presentation(tex, display=True)))
    except LatexError:
        return ""


def math_font(characters: Iterable[str]) -> bytes:
    """Return STIX Two Math as woff2 with these characters only, byte for byte."""
    options = Options()
    options.layout_features = _FEATURES
    options.hinting = False
    options.name_IDs = [*_NOTICE, *range(1, 7)]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes={ord(char) for char in {*characters, *_RADICAL}})
    with _whole_font() as font:
        subsetter.subset(font)
        _let_arrows_stretch(font)
        font.flavor = "woff2"
        data = BytesIO()
        font.save(data)
    return data.getvalue()


def math_font_licence() -> str:
    """Return what the licence wants beside the font: its notice and its own text."""
    with _whole_font() as font:
        notice = [str(font["name"].getDebugName(number)) for number in _NOTICE]
    return "\n".join(("STIX Two Math (a subset)", *notice, "", _open_font_licence()))


def _open_font_licence() -> str:
    # The wheel of the font lacks the text; that of fontTools carries it for its tests,
    # since 4.58. Without it the font may not be given on.
    for file in distribution("fonttools").files or ():
        if file.name == "LICENSE.external":
            return f"{_LICENCE.findall(file.read_text(encoding='utf-8'))[0]}\n"
    message = "the installed fonttools has no LICENSE.external; install 4.58 or newer"
    raise FileNotFoundError(message)


def _let_arrows_stretch(font: TTFont) -> None:
    # Browsers refuse to join parts that overlap less than the font's own minimum, which
    # the heads of rightward arrows do.
    variants = font["MATH"].table.MathVariants
    least = variants.MinConnectorOverlap
    for construction in variants.HorizGlyphConstruction:
        if construction.GlyphAssembly:
            for part in construction.GlyphAssembly.PartRecords[1:]:
                part.StartConnectorLength = max(part.StartConnectorLength, least)


def _whole_font() -> TTFont:
    # Found, not imported: ziamath would load all of its drawing, with warnings.
    package = find_spec("ziamath")
    if package is None or not package.origin:
        raise TriptychError("ziamath, which carries the math font, is not installed")
    data = Path(package.origin).with_name("fonts").joinpath(_FILE).read_bytes()
    return TTFont(BytesIO(data), recalcTimestamp=False, lazy=True)
