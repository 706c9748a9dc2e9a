"""The rule `missing-glyph`: one warning about characters that no font can draw."""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath

from triptych.render.settings import RenderSettings
from triptych.render.sheet.contents import used_characters
from triptych.render.sheet.glyphs import PLACEHOLDER, plan_fonts
from triptych.values.catalog import Catalog
from triptych.values.diagnostics import Diagnostic, Severity, Span
from triptych.values.kept import Keep, keep_nothing

_MAX_EXAMPLES = 3


def missing_glyphs(
    catalog: Catalog, settings: RenderSettings, keep: Keep = keep_nothing
) -> Iterator[Diagnostic]:
    """Flag characters that no font can draw: the sheet shows a box in their place.

    Typst brings fonts for Latin, Greek, Cyrillic, Hebrew and Armenian, and makeshift
    ones for Arabic and Devanagari; the Noto fonts that triptych depends on draw most
    others. For fonts of its own a deck names their folder in `deck.toml`, as
    `fonts = "fonts"` under `[sheet]`.
    """
    used = used_characters(catalog, settings, keep)
    missing = plan_fonts(used, settings.fonts, catalog.deck.language).missing
    if not missing:
        return
    scripts = Counter(_script(character) for character in missing)
    named = [f"{count} {script}" for script, count in sorted(scripts.items())]
    examples = " ".join(sorted(missing)[:_MAX_EXAMPLES])
    yield Diagnostic(
        rule="missing-glyph",
        span=Span(PurePosixPath("deck.toml")),
        message=(
            f"the sheet has no glyph for {len(missing)} characters"
            f" ({', '.join(named)}), such as {examples}"
        ),
        hint=(
            "name a folder of fonts as `fonts` under `[sheet]`: until then they are"
            f" printed as {PLACEHOLDER}"
        ),
        severity=Severity.WARNING,
    )


def _script(character: str) -> str:
    if not unicodedata.category(character).startswith(("L", "M")):
        return "symbols"
    name = unicodedata.name(character, "unknown").split(maxsplit=1)[0]
    return "Chinese" if name == "CJK" else name.capitalize()
