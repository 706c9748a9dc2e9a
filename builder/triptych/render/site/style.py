"""The style sheets of the site: without comments, and without rules that none needs."""

import re
from collections.abc import Iterator
from functools import lru_cache

from triptych.deck.templates import template
from triptych.dialect.colours import on_dark
from triptych.patterns import lazy_pattern
from triptych.render.site.nested_rules import nested
from triptych.render.site.short_properties import with_short_properties
from triptych.render.site.templates import Site
from triptych.values.catalog import Catalog
from triptych.values.language import language_direction

_CSS = lazy_pattern(
    r"""=(?P<quote>["'])(?P<word>[a-z]+)(?P=quote)(?=\])"""
    r"""|(?P<text>"[^"]*"|'[^']*')|;(?P<end>(?:\s|/\*.*?\*/)*)(?=\})"""
    r"|(?<![\w.])0(?=\.\d)"
    r"|(?:\s|/\*.*?\*/)*(?P<mark>[{};,>!]|/(?!\*))(?:\s|/\*.*?\*/)*"
    r"|(?P<colon>:)\s+|(?P<gap>(?:\s|/\*.*?\*/)+)",
    re.DOTALL,
)
_MATH_RULE = lazy_pattern(
    r"(?<=[{}])(?P<selector>\.math-[\w-]+(?:,\.math-[\w-]+)*)\{[^{}]*\}"
)
_MATH_CLASS = lazy_pattern(r"\bmath-[a-z0-9-]+")
_RARE = {
    "audio": "audio",
    ".alert": "alert",
    ".align-center": "align-center",
    ".footnotes": "footnotes",
    "blockquote": "blockquote",
    "dd": "dl",
    "dt": "dl",
    "figcaption": "figcaption",
    "h2": "h2",
    "[dir=rtl]": "rtl",
    ":is(h4,h5,h6)": "h456",
    "hr": "hr",
    ":lang": "lang",
    "li.task": "task",
    ".cards": "cards",
    ".colophon nav": "menu",
    ".masthead img": "logo",
    ":is(sub,sup)": "scripts",
}
"""What a rule begins with that only some decks need, and the name of what needs it."""
_RARE_RULE = lazy_pattern(
    rf"(?<=[{{}}])(?:\.prose )?(?P<for>{'|'.join(map(re.escape, _RARE))})(?![\w-])"
    r"(?:\([^()]*\)|[^(){},])*\{[^{}]*\}"
)
"""The rule of a list of selectors is kept: it may be for others, too."""
_FONT_FACE = (
    '@font-face{font-family:"Triptych Math";font-display:swap;'
    'src:url("fonts/math.woff2")}'
)


def style_sheets(site: Site, *, with_math: bool) -> Iterator[tuple[str, str]]:
    """Yield the style sheets by name; `style.css` is for all pages."""
    css = _without_unused(page_style(site, with_math=with_math), site.catalog)
    theme = f"{_accent(site.catalog)}{shortened(site.catalog.theme)}"
    sheets = {"style.css": nested(css)}
    for name in ("lists", "search", "figure", "practice", "sizing"):
        sheets[f"{name}.css"] = nested(_sheet(site, name))
    yield from with_short_properties(sheets, theme).items()


def page_style(site: Site, *, with_math: bool) -> str:
    """Return the style sheet that all pages share."""
    names = ("style", "math") if with_math else ("style",)
    face = _FONT_FACE if with_math else ""
    return face + "".join(_sheet(site, name) for name in names)


@lru_cache(maxsize=64)
def shortened(css: str) -> str:
    """Return `css` without comments and needless white space.

    The templates are ours, or the deck's in the same syntax, so that one pattern is
    enough; the output of a minifier would change with its version.
    """
    return _CSS.sub(_short, css).strip()


def _short(match: re.Match[str]) -> str:
    if match["word"]:
        return f"={match['word']}"
    text = match["text"] or match["mark"] or match["colon"] or ""
    return " " if match["gap"] else text


def _sheet(site: Site, name: str) -> str:
    return shortened(template(f"site/{name}.css", site.settings.templates))


def _without_unused(css: str, catalog: Catalog) -> str:
    """Return `css` without the rules for what the deck does not have."""
    classes = frozenset().union(*(uses.math_classes for uses in catalog.uses))
    rare = frozenset(_rare_parts(catalog))

    def math_rule(rule: re.Match[str]) -> str:
        return rule[0] if classes & set(_MATH_CLASS.findall(rule["selector"])) else ""

    def rare_rule(rule: re.Match[str]) -> str:
        return rule[0] if _RARE[rule["for"]] in rare else ""

    return _RARE_RULE.sub(rare_rule, _MATH_RULE.sub(math_rule, css))


def _rare_parts(catalog: Catalog) -> Iterator[str]:
    """Yield the names of what only some decks have, and this one has."""
    for uses in catalog.uses:
        yield from uses.rare
        if not {"h4", "h5", "h6"}.isdisjoint(uses.rare):
            yield "h456"
        if not {"sub", "sup"}.isdisjoint(uses.rare):
            yield "scripts"
    site = catalog.deck.site
    if not catalog.deck.language.startswith("en"):
        yield "lang"
    if language_direction(catalog.deck.language) == "rtl":
        yield "rtl"
    if catalog.logo:
        yield "logo"
    if site.menu or any(guide.is_page for guide in catalog.guides):
        yield "menu"
    if any(question.meta.is_cards for question in catalog.questions):
        yield "cards"


def _accent(catalog: Catalog) -> str:
    """Return the rule for the deck's own accent, which is lighter in the dark."""
    accent = catalog.deck.site.accent
    return f":root{{--accent:light-dark({accent},{on_dark(accent)})}}" if accent else ""
