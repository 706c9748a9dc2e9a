"""What an SVG of a deck may hold: the lists, and what a value may look like.

What stands in no list is taken out. Some of it is an error: an author would want to
know of a script, and of a part of the picture that lies elsewhere.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
XHTML = "http://www.w3.org/1999/xhtml"


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


MAX_BYTES = 5_000_000
MAX_DEPTH = 100
MAX_COPIES = 200_000
"""How many elements all `use` together may add to the picture."""
MAX_EMBEDDED_BYTES = 262_144

ELEMENTS = _names(
    """
    circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer
    feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight
    feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge
    feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile
    feTurbulence filter g image line linearGradient marker mask path pattern polygon
    polyline radialGradient rect stop style svg symbol text textPath title tspan use
    """
)
TRANSPARENT = frozenset({"a", "switch"})
"""Elements that go while what they hold stays."""
IGNORED_ELEMENTS = frozenset({"metadata"})
"""Elements that show nothing: they go without a word, as foreign ones do."""
ACTIVE = _names(
    """
    animate animatecolor animatemotion animatetransform applet audio base canvas discard
    embed foreignobject form frame handler iframe link listener meta mpath object script
    set video
    """
)
"""Elements that run or change something, in lower case: an error in any namespace."""

PROPERTIES = _names(
    """
    alignment-baseline baseline-shift clip-path clip-rule color
    color-interpolation color-interpolation-filters direction display dominant-baseline
    fill fill-opacity fill-rule filter flood-color flood-opacity font font-family
    font-feature-settings font-kerning font-size font-size-adjust font-stretch
    font-style font-variant font-variant-caps font-variant-ligatures
    font-variant-numeric font-weight image-rendering isolation letter-spacing
    lighting-color line-height marker marker-end marker-mid marker-start mask
    mask-type mix-blend-mode opacity overflow paint-order pointer-events
    shape-rendering stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset
    stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width
    text-align text-anchor text-decoration text-rendering text-transform transform
    transform-box transform-origin unicode-bidi vector-effect vertical-align visibility
    white-space word-spacing writing-mode
    """
)
"""Properties of CSS, which stand in style sheets and as attributes of their own."""

VALUES = _names(
    """
    amplitude azimuth baseFrequency bias clipPathUnits cx cy d diffuseConstant divisor
    dx dy edgeMode elevation exponent filterUnits fr fx fy gradientTransform
    gradientUnits height in in2 intercept k1 k2 k3 k4 kernelMatrix kernelUnitLength
    lengthAdjust limitingConeAngle markerHeight markerUnits markerWidth
    maskContentUnits maskUnits method mode numOctaves offset operator order orient
    pathLength patternContentUnits patternTransform patternUnits points pointsAtX
    pointsAtY pointsAtZ preserveAlpha preserveAspectRatio primitiveUnits r radius refX
    refY result rotate rx ry scale seed side slope specularConstant specularExponent
    spacing spreadMethod startOffset stdDeviation stitchTiles surfaceScale tableValues
    targetX targetY textLength type values version viewBox width x x1 x2
    xChannelSelector y y1 y2 yChannelSelector z
    """
)
"""Attributes with numbers, keywords and paths."""

TEXTS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        **dict.fromkeys(("id", "class", "role"), re.compile(r"[\w .:-]*")),
        **dict.fromkeys(("lang", "tabindex"), re.compile(r"[A-Za-z0-9-]*")),
        "focusable": re.compile("true|false|auto"),
        **dict.fromkeys(
            ("aria-describedby", "aria-hidden", "aria-label", "aria-labelledby"),
            re.compile(r"(?s:.*)"),
        ),
    }
)
"""Attributes with words, and what these may be."""

IGNORED_ATTRIBUTES = re.compile(
    "data-.*|baseProfile|contentScriptType|contentStyleType|enable-background"
    "|externalResourcesRequired|requiredExtensions|requiredFeatures|systemLanguage"
)
"""Attributes that show nothing: they go without a word, as foreign ones do."""
IGNORED_PROPERTIES = re.compile("-.*")
"""Properties of one program alone."""

VALUE = re.compile(
    r"""(?:
        (?:rgba?|hsla?|matrix|rotate|scale[XY]?|skew[XY]?|translate[XY]?
           |blur|brightness|contrast|grayscale|hue-rotate|invert|opacity|saturate
           |sepia)
        \([\w\s.,%+\-/]*\)
        | url\(\s*(?P<quote>['"]?)\#[\w.:-]+(?P=quote)\s*\)
        | [\w.\#%+\-]++
        | [\s,/]++
        | '[\w\s.,+-]*' | "[\w\s.,+-]*"
        | !\s*important\b
    )*+""",
    re.VERBOSE | re.IGNORECASE,
)
"""What a value may be: without escapes, comments and references to elsewhere."""

OUTSIDE = re.compile(
    r"""@\s*(?:import|font-face|namespace|charset)
        | \b(?:url|src|image|(?:-[a-z]+-)?image-set|element|cross-fade)
          \((?!\s*['"]?\#[\w.:-]+['"]?\s*\))
        | \bexpression\( | -moz-binding | \bbehavior\s*: | \bjavascript:
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""What reaches for something elsewhere: an error, where all else is taken out."""

LOCAL = re.compile(r"\s*#[\w.:-]+\s*")
EMBEDDED = re.compile(
    r"\s*data:image/(png|jpeg|jpg);base64,([A-Za-z0-9+/=\s]*)", re.IGNORECASE
)
SELECTOR = re.compile(r"[\w\s.#*,:>+~()-]*")
