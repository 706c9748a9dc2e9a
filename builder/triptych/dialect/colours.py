"""The colours of the site by name, and how well one can be read on another."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

Pair = tuple[str, str]
"""A colour in the light scheme and in the dark one, as `#rrggbb`."""

COLOURS: Mapping[str, Pair] = MappingProxyType(
    {
        "paper": ("#fdfcf8", "#14171b"),
        "code-paper": ("#ffffff", "#0d1014"),
        "tint": ("#f8eee2", "#2c2420"),
        "ink": ("#1f1c18", "#dedad2"),
        "soft": ("#625c52", "#a39d92"),
        "accent": ("#9c2a16", "#f09a80"),
    }
)
"""The colours that a theme is likely to change, with the values of the site's style."""
MIN_CONTRAST = 4.5
"""What the guidelines for accessible content demand for text."""
_BACKGROUNDS = ("paper", "code-paper", "tint")
_TEXTS = ("ink", "soft", "accent")
_HEX = r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b"
_SETTING = re.compile(
    rf"--(?P<name>{'|'.join(COLOURS)})\s*:\s*"
    rf"(?:light-dark\(\s*(?P<light>{_HEX})\s*,\s*(?P<dark>{_HEX})\s*\)|(?P<both>{_HEX}))"
)
_ANY_SETTING = re.compile(
    rf"--(?P<name>{'|'.join(COLOURS)})\s*:\s*(?P<value>[^;{{}}]*)"
)
_SHORT = 4
_LINEAR_BELOW = 0.04045


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    low, high = sorted(map(_luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def on_dark(colour: str) -> str:
    """Return `colour`, lighter where that is needed to read it in the dark scheme."""
    white = 0.0
    while _least_on_dark(mixed := _with_white(colour, white)) < MIN_CONTRAST:
        white += 0.05
    return mixed


def colours_in(css: str) -> Mapping[str, tuple[Pair, int]]:
    """Return the named colours that a style sets, each with its offset in `css`."""
    found = {}
    for setting in _SETTING.finditer(css):
        light = setting["light"] or setting["both"]
        dark = setting["dark"] or setting["both"]
        found[setting["name"]] = (light, dark), setting.start()
    return found


def unread_colours(css: str) -> Iterator[tuple[str, str, int]]:
    """Yield named colours that a style sets otherwise: name, value and offset."""
    for setting in _ANY_SETTING.finditer(css):
        if not _SETTING.match(css, setting.start()):
            yield setting["name"], setting["value"].strip(), setting.start()


def weak_pairs(changed: Mapping[str, Pair]) -> Iterator[tuple[str, str, str, float]]:
    """Yield each pair with a changed colour that cannot be read well.

    A pair is a text, its background, the scheme and the contrast.
    """
    colours = {**COLOURS, **changed}
    for text in _TEXTS:
        for background in _BACKGROUNDS:
            for at, scheme in enumerate(("light", "dark")):
                ratio = contrast(colours[text][at], colours[background][at])
                if ratio < MIN_CONTRAST and {text, background} & changed.keys():
                    yield text, background, scheme, ratio


def _least_on_dark(colour: str) -> float:
    return min(contrast(colour, COLOURS[name][1]) for name in _BACKGROUNDS)


def channels(colour: str) -> list[int]:
    """Return the red, green and blue of a colour, from 0 to 255."""
    digits = colour[1:]
    if len(colour) == _SHORT:
        digits = "".join(digit * 2 for digit in digits)
    return [int(digits[at : at + 2], 16) for at in (0, 2, 4)]


def _with_white(colour: str, white: float) -> str:
    mixed = (round(c + (255 - c) * min(1.0, white)) for c in channels(colour))
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def _luminance(colour: str) -> float:
    parts = [channel / 255 for channel in channels(colour)]
    linear = [
        p / 12.92 if p <= _LINEAR_BELOW else ((p + 0.055) / 1.055) ** 2.4 for p in parts
    ]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
