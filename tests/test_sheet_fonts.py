"""Any writing makes a sheet: with the fonts at hand, or with a box and a warning."""

import json
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from pypdf.generic import Destination
from tests.sheets import POPPLER, deck, pdf, read, spoken, text, words

from triptych.errors import TriptychError
from triptych.render.settings import RenderSettings
from triptych.render.sheet import fonts, glyphs
from triptych.render.sheet.coverage import ANY_STYLE, UPRIGHT
from triptych.render.sheet.glyphs import PLACEHOLDER
from triptych.render.sheet.language import (
    guess_language,
    language_of_tag,
    needs_tall_lines,
)
from triptych.render.sheet.missing import missing_glyphs
from triptych.render.sheet.pdf import BUILT_IN, MissingGlyphsError
from triptych.render.sheet.pdf import typeset_pdf as typeset
from triptych.values.deck import SheetSettings
from triptych.values.source import Media

STYLES = (
    'weight: "regular"',
    'weight: "bold"',
    'style: "italic"',
    'weight: "bold", style: "italic"',
    "weight: 600",
)
HAN = "\u4e2d"


@pytest.fixture(autouse=True)
def _no_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no font that happens to be installed decide a test."""
    monkeypatch.setattr(fonts, "PACKAGES", ())


def font(path: Path, family: str, characters: str) -> Path:
    """Write a font whose glyphs are all the same square."""
    names = {ord(c): f"u{ord(c):X}" for c in characters}
    pen = TTGlyphPen(None)
    for number, point in enumerate(((0, 0), (0, 700), (700, 700), (700, 0))):
        (pen.lineTo if number else pen.moveTo)(point)
    pen.closePath()
    square = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap(names)
    builder.setupGlyf(dict.fromkeys([".notdef", *names.values()], square))
    builder.setupHorizontalMetrics(
        dict.fromkeys([".notdef", *names.values()], (800, 0))
    )
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    name = family.replace(" ", "")
    builder.setupNameTable(
        {"familyName": family, "styleName": "Regular", "psName": f"{name}-Regular"}
    )
    builder.setupOS2()
    builder.setupPost()
    path.parent.mkdir(parents=True, exist_ok=True)
    builder.save(path)
    return path


def undrawn(characters: list[str], style: str) -> set[str]:
    """Return which of `characters` Typst's own fonts cannot draw in `style`."""
    main = (
        '#set document(title: "x", date: none)\n'
        f"#set text(font: {json.dumps(BUILT_IN)}, fallback: false, {style})\n".replace(
            "[", "("
        ).replace("]", ")")
        + '#for c in json("all.json") [#box(c) ]'
    )
    files = {"main.typ": main.encode(), "all.json": json.dumps(characters).encode()}
    try:
        typeset(files, ())
    except MissingGlyphsError as error:
        return set(error.texts)
    return set()


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ('plain "text" \\n', 'plain "text" \\n'),
        ("a\nb\rc\td", "a b c d"),
        ("a\x00\x08\x0b\x0c\x1fb", "ab"),
        ("\u00e9\n\x1b\x7f\x9f\ufeff\u2028\U000e0100x", "\u00e9 x"),
        (f"\U0001f468\u200d {HAN}", f"{PLACEHOLDER} {HAN}"),
        ("\ud800", "?"),
    ],
)
def test_what_no_font_draws_is_taken_out_of_texts(written: str, drawn: str) -> None:
    missing = ("\U0001f468", "\U0001f468\u200d")
    data = {"body": (("p", written, 1.5, None),), "title": [written]}
    assert json.loads(glyphs.encode(data, missing)) == {
        "body": [["p", drawn, 1.5, None]],
        "title": [drawn],
    }


@pytest.mark.parametrize("style", STYLES)
def test_the_table_of_characters_is_true(style: str) -> None:
    points = ANY_STYLE | UPRIGHT if "regular" in style else ANY_STYLE
    assert undrawn(list(map(chr, sorted(points))), style) == set()


def test_the_table_of_characters_leaves_little_out() -> None:
    unlisted = sorted(set(range(0x20, 0x30000)) - ANY_STYLE - UPRIGHT)
    left_out = [c for c in map(chr, unlisted) if unicodedata.category(c)[0] in "LMNPS"]
    some = left_out[::97]
    assert undrawn(some, STYLES[0]) == set(some)


def test_what_no_font_draws_becomes_a_box() -> None:
    shown = text(pdf(deck(f"Rocket \U0001f680 and {HAN} but \u00e9 \u03b1 \u0416.")))
    assert f"Rocket {PLACEHOLDER} and {PLACEHOLDER} but \u00e9 \u03b1 \u0416." in shown


def test_one_warning_says_what_is_missing_and_how_to_add_it() -> None:
    catalog = deck(f"{HAN}{HAN}\u6587 \U0001f680", "\u0e01 \u0e02", "plain")
    (found,) = missing_glyphs(catalog, RenderSettings())
    assert (str(found.span.path), found.span.line) == ("topic/q1.md", 1)
    assert "5 characters (2 Chinese, 2 Thai, 1 symbols)" in found.message
    assert "[print]" in found.hint
    assert not list(
        missing_glyphs(deck("plain \u00e9 \u2192 \u05d0"), RenderSettings())
    )


def test_a_file_allows_what_it_alone_lacks_a_glyph_for() -> None:
    own = "---\nquestion: What?\nallow: {{missing-glyph: known}}\n---\n{}\n"
    catalog = deck(own.format(f"\u0e01 {HAN}"), f"x {HAN}")
    (found,) = missing_glyphs(catalog, RenderSettings())
    assert str(found.span.path) == "topic/q2.md"
    assert f"1 character (1 Chinese), such as {HAN}" in found.message
    assert not list(missing_glyphs(deck(own.format(HAN), "plain"), RenderSettings()))


def test_what_only_another_product_shows_is_found_with_its_line() -> None:
    said = f"Answer.\n\n## Follow-ups\n\n### Why? {{#why}}\n\nFor {HAN}.\n"
    catalog = deck("plain", f"---\nquestion: What?\nsummary: s\n---\n{said}")
    assert not list(missing_glyphs(catalog, RenderSettings()))
    settings = RenderSettings(products=("handbook",))
    (found,) = missing_glyphs(catalog, settings)
    assert (str(found.span.path), found.span.line) == ("topic/q2.md", 9)
    picture = Media(
        PurePosixPath("media/p.svg"), "p.svg", f"<text>{HAN}</text>".encode()
    )
    catalog = replace(deck("plain"), media={"p.svg": picture})
    (found,) = missing_glyphs(catalog, settings)
    assert str(found.span.path) == "media/p.svg"


def test_a_character_in_math_code_or_a_title_is_found_too() -> None:
    for body in (f"$\\text{{{HAN}}}$", f"`{HAN}`", f"```python\n# {HAN}\n```"):
        catalog = deck(body)
        assert list(missing_glyphs(catalog, RenderSettings()))
        assert pdf(catalog)
    assert list(missing_glyphs(deck("x", title=HAN), RenderSettings()))


def test_bookmarks_and_the_title_keep_every_character() -> None:
    file = read(pdf(deck(f"---\nquestion: {HAN}?\n---\nx", title=HAN)))
    _, marks, *_ = file.outline
    assert isinstance(marks, list)
    assert isinstance(marks[0], Destination)
    assert marks[0].title == f"{HAN}?"
    assert file.metadata is not None
    assert file.metadata.title == HAN


def test_the_characters_of_a_font_are_read_without_names_of_its_glyphs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fonts, "PACKAGES", ("manimgx_fonts",))
    faces = list(fonts.package_fonts({"\u0e01", "\u0915", "\U0001f680"}, "en"))
    assert len(faces) == 3
    known = [TTFont(face.path, fontNumber=face.number).getBestCmap() for face in faces]
    monkeypatch.setattr(
        TTFont, "_getGlyphNamesFromCmap", lambda _: pytest.fail("names were made up")
    )
    for face, characters in zip(faces, known, strict=True):
        assert fonts.code_points.__wrapped__(face) == set(characters)


@pytest.mark.parametrize(
    ("language", "region"),
    [
        *(("ja", "JP"), ("ja-JP", "JP"), ("ko", "KR"), ("zh", "SC"), ("zh-CN", "SC")),
        *(("zh-TW", "TC"), ("zh-Hant", "TC"), ("zh-HK", "HK"), ("de", "SC")),
    ],
)
def test_chinese_characters_are_drawn_as_the_language_draws_them(
    language: str, region: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "PACKAGES", ("manimgx_fonts_cjk",))
    (face,) = fonts.package_fonts({HAN}, language)
    assert face.family.endswith(f" {region}")


def test_the_decks_own_fonts_are_used(tmp_path: Path) -> None:
    catalog = deck(f"{HAN} alone")
    font(tmp_path / "sub" / "own.ttf", "Own", f"{HAN} ")
    own = RenderSettings(fonts=tmp_path)
    assert not list(missing_glyphs(catalog, own))
    shown = pdf(catalog, own)
    assert f"{HAN} alone" in text(shown)
    assert b"Own" in shown


def test_a_font_of_the_deck_can_set_the_text(tmp_path: Path) -> None:
    letters = "".join(map(chr, range(0x20, 0x7F)))
    font(tmp_path / "own.ttf", "Own", letters)
    data = pdf(
        deck("Words.", sheet=SheetSettings(font="Own")), RenderSettings(fonts=tmp_path)
    )
    assert b"Own" in data


def test_a_broken_font_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.ttf").write_bytes(b"not a font")
    with pytest.raises(TriptychError, match=r"`broken\.ttf`"):
        pdf(deck("x"), RenderSettings(fonts=tmp_path))


def test_a_font_that_typst_leaves_out_is_named(tmp_path: Path) -> None:
    path = font(tmp_path / "nameless.ttf", "Own", HAN)
    with TTFont(path) as opened:
        names = [name for name in opened["name"].names if name.nameID != 6]
        opened["name"].names = names
        opened.save(path)
    with pytest.raises(TriptychError, match=r"`nameless\.ttf`"):
        pdf(deck(HAN), RenderSettings(fonts=tmp_path))


def test_an_installed_package_helps_only_where_it_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "tiny_fonts"
    font(package / "han.ttf", "Tiny Han", HAN)
    font(package / "thai.ttf", "Tiny Thai", "\u0e01")
    (package / "__init__.py").write_text("raise ImportError('not to be imported')")
    monkeypatch.syspath_prepend(tmp_path)
    plain, foreign = deck("plain"), deck(f"{HAN} foreign")
    before = pdf(plain)
    monkeypatch.setattr(fonts, "PACKAGES", ("tiny_fonts", "no_such_fonts"))
    assert pdf(plain) == before
    data = pdf(foreign)
    assert HAN in text(data)
    assert b"TinyHan" in data
    assert b"TinyThai" not in data
    assert "tiny_fonts" not in sys.modules


def test_fonts_are_opened_until_every_character_is_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "two_fonts"
    font(package / "han.ttf", "Two Han", HAN)
    (package / "later.ttf").write_bytes(b"no font, and not opened")
    (package / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(fonts, "PACKAGES", ("two_fonts",))
    assert [face.family for face in fonts.package_fonts({HAN}, "en")] == ["Two Han"]
    with pytest.raises(TriptychError, match=r"`later\.ttf` is not a font"):
        list(fonts.package_fonts({HAN, "\u0e01"}, "en"))


def test_what_typst_alone_finds_undrawable_becomes_a_box(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(glyphs, "ANY_STYLE", ANY_STYLE | {ord(HAN), 0xE01})
    shown = text(pdf(deck(f"so {HAN} far \u0e01 too")))
    assert f"so {PLACEHOLDER} far {PLACEHOLDER} too" in shown


@pytest.mark.parametrize(
    "body", ["# T\n\n*\u0628\u0627*", "**\u0627\u0628**", "***\u2713***", "`\u0627`"]
)
def test_what_only_an_upright_font_has_stands_upright(body: str) -> None:
    assert PLACEHOLDER not in text(pdf(deck(f"{body} words to make it long enough.")))


@pytest.mark.parametrize(
    ("words_", "usual", "code", "direction"),
    [
        ("What is a mean?", "en", "en", "ltr"),
        ("What is a mean?", "de", "de", "ltr"),
        ("What is a mean?", "ar", "en", "ltr"),
        ("\u0645\u0627 \u0647\u0648", "en", "ar", "rtl"),
        ("\u0645\u0627 \u0647\u0648 CNN", "fa", "fa", "rtl"),
        ("\u05de\u05d4\u05d5", "en", "he", "rtl"),
        ("\u4ec0\u4e48\u662f CNN", "en", "zh", "ltr"),
        ("\u4ec0\u4e48", "ja", "ja", "ltr"),
        ("\u904e\u5b66\u7fd2\u3068\u306f", "en", "ja", "ltr"),
        ("\uacfc\uc801\ud569", "en", "ko", "ltr"),
        ("\u0427\u0442\u043e", "uk", "uk", "ltr"),
        ("the \u03b1-\u03b2 search", "en", "en", "ltr"),
        ("42?", "ar", "ar", "rtl"),
        ("", "en", "en", "ltr"),
    ],
)
def test_a_card_has_the_language_it_is_written_in(
    words_: str, usual: str, code: str, direction: str
) -> None:
    found = guess_language(words_, language_of_tag(usual))
    assert (found.code, found.direction) == (code, direction)


@pytest.mark.parametrize(
    ("tag", "code", "region"),
    [
        ("en", "en", None),
        ("pt-BR", "pt", "BR"),
        ("zh-Hant-TW", "zh", "TW"),
        ("DE_at", "de", "AT"),
        ("english", "en", None),
        ("", "en", None),
    ],
)
def test_a_language_tag_is_understood(tag: str, code: str, region: str | None) -> None:
    found = language_of_tag(tag)
    assert (found.code, found.region) == (code, region)
    assert pdf(deck("x", language=tag))


def test_tall_scripts_get_more_room() -> None:
    assert needs_tall_lines(language_of_tag("te"))
    assert not needs_tall_lines(language_of_tag("ru"))


def test_right_to_left_text_begins_at_the_right(
    tmp_path: Path, requires: Callable[[str, str], None]
) -> None:
    requires("pdftotext", POPPLER)
    title = "\u05de\u05d4\u05d5 \u05de\u05de\u05d5\u05e6\u05e2"
    data = pdf(deck(f"---\nquestion: {title}\nsummary: AUC.\n---\n", "English."))
    # Poppler gives the letters as they are seen, from the left.
    found = {word.text: word for word in words(data, tmp_path)}
    column = 31.2 + (842 - 2 * 31.2 - 2 * 17) / 3
    # The question's number, 8.1 points with its gap, stands before the title.
    assert abs(found["\u05d5\u05d4\u05de"].right + 8.1 - column) < 2
    assert found["AUC"].right > column - 5
    assert found["English."].left < 35


def test_a_row_of_boxes_stays_within_its_column(
    tmp_path: Path, requires: Callable[[str, str], None]
) -> None:
    requires("pdftotext", POPPLER)
    found = words(pdf(deck(HAN * 300)), tmp_path)
    column = 31.2 + (842 - 2 * 31.2 - 2 * 17) / 3
    boxes = [word for word in found if PLACEHOLDER in word.text]
    assert boxes
    assert max(word.right for word in boxes) < column + 2


def test_a_foreign_card_says_its_language() -> None:
    data = pdf(deck("---\nquestion: \u05de\u05d4\u05d5\n---\nx"))
    assert b"/Lang (he)" in data or b"/Lang(he)" in data
    assert spoken(data)
