"""The rule `missing-glyph`: one warning about characters that no font can draw."""

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from triptych.dialect.files import DECK_FILE
from triptych.english import counted
from triptych.render.made_of import made_of
from triptych.render.settings import RenderSettings
from triptych.render.sheet.made_of import made_of_sheet
from triptych.values.catalog import Catalog
from triptych.values.diagnostics import Finding, Span
from triptych.values.kept import Keep, keep_nothing
from triptych.values.prose import Prose

RULE = "missing-glyph"
_MAX_EXAMPLES = 3


def missing_glyphs(
    catalog: Catalog, settings: RenderSettings, keep: Keep = keep_nothing
) -> Iterator[Finding]:
    """Flag characters that no font can draw: print shows a box in their place.

    Typst brings fonts for Latin, Greek, Cyrillic, Hebrew and Armenian, and makeshift
    ones for Arabic and Devanagari; the Noto fonts that triptych depends on draw most
    others. For fonts of its own a deck names their folder in `deck.toml`, as
    `fonts = "fonts"` under `[print]`.
    """
    prints_all = _prints_all(catalog, settings)
    known = "" if prints_all else made_of_sheet(catalog, settings)

    def find() -> frozenset[str]:
        # Not at the top: most builds after an edit find it among what was kept.
        from triptych.render.sheet.contents import used_characters  # noqa: PLC0415
        from triptych.render.sheet.glyphs import plan_fonts  # noqa: PLC0415

        used = used_characters(catalog, settings, keep)
        if prints_all:
            used += "".join(chars for _, chars in _texts(catalog))
        return plan_fonts(used, settings.fonts, catalog.deck.language).missing

    missing = keep(known and made_of("missing glyphs", known), find)
    if missing:
        missing -= _allowed(catalog)
    if missing:
        yield _finding(catalog, missing)


def _allowed(catalog: Catalog) -> frozenset[str]:
    """Return the characters that only files have which allow that they are missing."""
    allowing = _allowing(catalog)
    allowed: set[str] = set()
    others: set[str] = set()
    for place, chars in _texts(catalog) if allowing else ():
        (allowed if place.path in allowing else others).update(chars)
    return frozenset(allowed - others)


def _allowing(catalog: Catalog) -> frozenset[PurePosixPath]:
    """Return the files whose front matter allows this rule's warning."""
    metas = [question.meta for question in catalog.current]
    metas += [guide.meta for guide in catalog.guides]
    return frozenset(meta.path for meta in metas if RULE in meta.allowed)


def _finding(catalog: Catalog, missing: frozenset[str]) -> Finding:
    from triptych.render.sheet.glyphs import PLACEHOLDER  # noqa: PLC0415 - as above

    scripts = Counter(_script(character) for character in missing)
    named = [f"{count} {script}" for script, count in sorted(scripts.items())]
    examples = " ".join(sorted(missing)[:_MAX_EXAMPLES])
    characters = counted(len(missing), "character")
    return Finding(
        span=_first_place(catalog, missing),
        message=(
            f"print has no glyph for {characters}"
            f" ({', '.join(named)}), such as {examples}"
        ),
        hint=(
            "name a folder of fonts as `fonts` under `[print]`, or under `[sheet]` in"
            f" a deck that has it: until then they are printed as {PLACEHOLDER}"
        ),
    )


def _prints_all(catalog: Catalog, settings: RenderSettings) -> bool:
    """Return whether a product shows more of a question than the sheet does."""
    products = settings.products or catalog.deck.printing.products
    return not set(products) <= {"sheet", "self-test"}


def _first_place(catalog: Catalog, missing: frozenset[str]) -> Span:
    """Return where the first missing character stands in a file that allows none."""
    allowing = _allowing(catalog)
    for place, chars in _texts(catalog):
        if place.path not in allowing and not missing.isdisjoint(chars):
            return place
    return Span(PurePosixPath(DECK_FILE))


def _texts(catalog: Catalog) -> Iterator[tuple[Span, str]]:
    """Yield all text that a product may show, with the place where it begins."""
    from triptych.render.sheet.pictures import svg_lines  # noqa: PLC0415 - as above

    for question in catalog.current:
        path = question.meta.path
        parts = [(part.all_prose, part.line) for part in question.parts]
        in_parts = {prose for proses, _ in parts for prose in proses}
        rest = [prose for prose in question.all_prose if prose not in in_parts]
        for proses, line in ((rest, 1), *parts):
            yield Span(path, line), _characters(proses)
    for guide in catalog.guides:
        yield Span(guide.meta.path), _characters(guide.all_prose)
    for media in catalog.media.values():
        for line, text in svg_lines(media):
            yield Span(media.path, line), text


def _characters(proses: Iterable[Prose]) -> str:
    # Not with `glyphs.encode`: what that leaves out is never missing, and no text is
    # changed to be drawn.
    text = json.dumps([prose.blocks for prose in proses], ensure_ascii=False)
    return text.encode("utf-8", "replace").decode()


def _script(character: str) -> str:
    if not unicodedata.category(character).startswith(("L", "M")):
        return "symbols"
    name = unicodedata.name(character, "unknown").split(maxsplit=1)[0]
    return "Chinese" if name == "CJK" else name.capitalize()
