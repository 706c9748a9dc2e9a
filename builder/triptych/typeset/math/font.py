"""The site's math font: a subset of STIX Two Math."""

import re
from collections.abc import Iterable
from importlib.metadata import distribution
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from triptych.errors import TriptychError

_RADICAL = "√"  # drawn around a radicand, so it is in no text
_FEATURES = ["ccmp", "dtls", "flac", "ssty", "ss04"]
_FILE = "STIXTwoMath-Regular.ttf"
_LICENCE = re.compile(
    r"^SIL OPEN FONT LICENSE Version 1\.1.*?DEALINGS IN THE FONT SOFTWARE\.",
    re.DOTALL | re.MULTILINE,
)
_NOTICE_NAME_IDS = (0, 7, 13, 14)
"""The ids of copyright, trademark, licence and its URL in a font's name table."""


def math_font(characters: Iterable[str]) -> bytes:
    """Return a subset of STIX Two Math with these characters as reproducible woff2."""
    options = Options()
    options.layout_features = _FEATURES
    options.hinting = False
    options.name_IDs = [*_NOTICE_NAME_IDS, *range(1, 7)]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes={ord(char) for char in {*characters, *_RADICAL}})
    with _whole_font() as font:
        subsetter.subset(font)
        _let_arrows_stretch(font)
        _narrow_tall_roots(font)
        font.flavor = "woff2"
        data = BytesIO()
        font.save(data)
    return data.getvalue()


def math_font_licence() -> str:
    """Return the notice and licence text that must be distributed with the font."""
    with _whole_font() as font:
        notice = [str(font["name"].getDebugName(number)) for number in _NOTICE_NAME_IDS]
    return "\n".join(("STIX Two Math (a subset)", *notice, "", _open_font_licence()))


def _open_font_licence() -> str:
    # The package of the font lacks the text; fontTools has it for its tests since 4.58.
    # The font must not be distributed without it.
    for file in distribution("fonttools").files or ():
        if file.name == "LICENSE.external":
            return f"{_LICENCE.findall(file.read_text(encoding='utf-8'))[0]}\n"
    message = "the installed fonttools has no LICENSE.external; install 4.58 or newer"
    raise FileNotFoundError(message)


def _let_arrows_stretch(font: TTFont) -> None:
    # Browsers do not join parts that overlap less than the font's minimum, as the heads
    # of rightward arrows do.
    variants = font["MATH"].table.MathVariants
    min_overlap = variants.MinConnectorOverlap
    for construction in variants.HorizGlyphConstruction:
        if construction.GlyphAssembly:
            for part in construction.GlyphAssembly.PartRecords[1:]:
                part.StartConnectorLength = max(part.StartConnectorLength, min_overlap)


def _narrow_tall_roots(font: TTFont) -> None:
    # Chromium leaves room for the widest sign of a root beside every root: half an em
    # after most of them. So none is wider than the sign that they have.
    name = font.getBestCmap()[ord(_RADICAL)]
    variants = font["MATH"].table.MathVariants
    place = variants.VertGlyphCoverage.glyphs.index(name)
    root = variants.VertGlyphConstruction[place]
    width, _ = font["hmtx"][name]
    tall = {record.VariantGlyph for record in root.MathGlyphVariantRecord}
    tall.update(part.glyph for part in root.GlyphAssembly.PartRecords)
    for glyph in sorted(tall - {name}):
        advance, left = font["hmtx"][glyph]
        scale = width / advance
        shape = font["glyf"][glyph]
        shape.coordinates.scale((scale, 1))
        shape.coordinates.toInt()
        shape.recalcBounds(font["glyf"])
        font["hmtx"][glyph] = (width, round(left * scale))


def _whole_font() -> TTFont:
    # Located without an import, which would load all of ziamath, with warnings.
    package = find_spec("ziamath")
    if package is None or not package.origin:
        raise TriptychError("ziamath, which carries the math font, is not installed")
    data = Path(package.origin).with_name("fonts").joinpath(_FILE).read_bytes()
    return TTFont(BytesIO(data), recalcTimestamp=False, lazy=True)
