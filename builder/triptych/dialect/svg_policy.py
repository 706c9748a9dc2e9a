"""The allow-lists for SVG: elements, attributes and the syntax of values.

Everything else is removed. Scripts and references to other files are errors, since the
author should know of them.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


MAX_BYTES = 5_000_000
MAX_DEPTH = 100
MAX_COPIES = 200_000
"""How many elements all `use` elements together may add to the picture."""
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
"""Elements that are removed while their content is kept."""
IGNORED_ELEMENTS = frozenset({"metadata"})
"""Invisible elements, which are removed without a warning."""
ACTIVE = _names(
    """
    animate animatecolor animatemotion animatetransform applet audio base canvas discard
    embed foreignobject form frame handler iframe link listener meta mpath object script
    set video
    """
)
"""Elements with behaviour, in lower case; they are errors in any namespace."""

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
"""CSS properties, which may also be attributes."""

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
"""Attributes whose values are numbers, keywords or paths."""

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
"""Attributes with text, and the syntax of their values."""

IGNORED_ATTRIBUTES = re.compile(
    "data-.*|baseProfile|contentScriptType|contentStyleType|enable-background"
    "|externalResourcesRequired|requiredExtensions|requiredFeatures|systemLanguage"
)
"""Invisible attributes, which are removed without a warning."""
IGNORED_PROPERTIES = re.compile("-.*")
"""Properties with a vendor prefix."""

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
"""The syntax of values: no escapes, comments or references to other files."""

OUTSIDE = re.compile(
    r"""@\s*(?:import|font-face|namespace|charset)
        | \b(?:url|src|image|(?:-[a-z]+-)?image-set|element|cross-fade)
          \((?!\s*['"]?\#[\w.:-]+['"]?\s*\))
        | \bexpression\( | -moz-binding | \bbehavior\s*: | \bjavascript:
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""CSS that refers to other files or runs code, which is an error."""

LOCAL = re.compile(r"\s*#[\w.:-]+\s*")
EMBEDDED = re.compile(
    r"\s*data:image/(png|jpeg|jpg);base64,([A-Za-z0-9+/=\s]*)", re.IGNORECASE
)
SELECTOR = re.compile(r"[\w\s.#*,:>+~()-]*")
