"""The style sheet of the cards: complete, readable, and all its own."""

import re

import pytest
from pygments.token import STANDARD_TYPES

from triptych.deck.templates import template

CSS = re.sub(r"/\*.*?\*/", "", template("anki/style.css"), flags=re.DOTALL)
TEMPLATES = (
    *("front", "back", "reversed-front", "reversed-back"),
    *("cloze-front", "cloze-back"),
)


def palette(selector: str) -> dict[str, str]:
    """Return the colours that a rule gives names to."""
    rule = re.search(
        rf"^{re.escape(selector)} \{{(.*?)\}}", CSS, re.DOTALL | re.MULTILINE
    )
    assert rule
    return dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", rule[1]))


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


LIGHT = palette(".card")
NIGHT = palette(
    ".card.nightMode,\n.card.night_mode,\n.nightMode .card,\n.night_mode .card"
)


def test_every_colour_has_a_twin_for_the_night() -> None:
    assert LIGHT.keys() == NIGHT.keys()


@pytest.mark.parametrize("colours", [LIGHT, NIGHT])
@pytest.mark.parametrize(
    "name", sorted(LIGHT.keys() - {"paper", "wash", "hole", "line"})
)
def test_every_colour_of_text_has_enough_contrast(
    colours: dict[str, str], name: str
) -> None:
    for ground in ("paper", "wash"):
        assert contrast(colours[name], colours[ground]) >= 4.5
    assert contrast(colours["ink"], colours["hole"]) >= 4.5


def test_every_token_of_pygments_has_its_class() -> None:
    styled = set(re.findall(r"\.highlight \.([a-z0-9]+)", CSS))
    assert {name for name in STANDARD_TYPES.values() if name} - styled == set()


def test_cards_load_nothing_and_run_nothing() -> None:
    assert not re.search(r"@import|url\(|expression|@font-face", CSS)
    for name in TEMPLATES:
        html = template(f"anki/{name}.html")
        assert not re.search(
            r"<(script|link|iframe|img)|\son\w+=|style=|javascript:", html
        )
        assert re.findall(r"https?:", html) == []


def test_templates_are_ankis_own_and_not_jinjas() -> None:
    for name in TEMPLATES:
        html = template(f"anki/{name}.html")
        assert "{%" not in html
        assert html.count("{{#") == html.count("{{/")


def test_code_and_tables_scroll_in_their_own_box_and_the_card_never_hides() -> None:
    for selector in (".card pre", ".table"):
        rule = CSS.split(f"\n{selector} {{")[1].split("}")[0]
        assert "overflow-x: auto" in rule
    card = CSS.split("\n.card {")[1].split("}")[0]
    assert "overflow: hidden" not in card
    assert "overflow-x: hidden" not in card


# Cards that a learner has edited keep the HTML of their release.
RELEASED = {
    *("align-center", "align-left", "align-right", "answer", "back", "card", "cloze"),
    *("cloze-inactive", "code", "footnotes", "front", "highlight", "hints", "label"),
    *("mine", "nightMode", "night_mode", "output", "page", "parent", "prompt"),
    *("references", "rubric", "summary", "table", "task", "text", "typed"),
}


def test_no_released_class_is_gone() -> None:
    styled = set(re.findall(r"\.([a-zA-Z][\w-]*)", CSS))
    assert styled >= RELEASED
