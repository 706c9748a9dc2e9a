"""Code in Arabic, Hebrew and Persian runs from left to right, sign after sign."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.browser.conftest import Visitor
from tests.right_to_left import SPANS, WORDS, Glyph, blocks, lines, seen, write

from triptych.build.build import build
from triptych.deck.project import open_project
from triptych.notes.history import History
from triptych.notes.plan import Plan, plan

if TYPE_CHECKING:
    from playwright.sync_api import Page

GLYPHS = """() => [...document.querySelectorAll('code')].map(code => {
  const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT), found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode, range = document.createRange();
    for (let n = 0; n < node.length; n++) {
      range.setStart(node, n);
      range.setEnd(node, n + 1);
      const [box] = range.getClientRects();
      if (!box || !box.width) continue;
      found.push([node.data[n], box.left, box.top + box.height / 2]);
    }
  }
  return [code.textContent, found];
})"""
DECKS = [
    *((name, name) for name in WORDS),
    *(pytest.param(name, "en", marks=pytest.mark.slow) for name in WORDS),
]


def order(page: "Page") -> list[tuple[str, list[str]]]:
    """Return each piece of code with what is seen of it from left to right."""
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    return [
        (text, lines(Glyph(*glyph) for glyph in glyphs))
        for text, glyphs in page.evaluate(GLYPHS)
    ]


def assert_order(page: "Page", *, least: int) -> None:
    found = order(page)
    assert len(found) >= least
    for text, shown in found:
        assert "".join(shown) == seen(text), text


@pytest.mark.parametrize(("language", "deck"), DECKS)
def test_code_runs_from_left_to_right_on_pages(
    language: str, deck: str, visit: Visitor, tmp_path: Path
) -> None:
    project = open_project(write(tmp_path / "deck", language, deck))
    report, _ = build(project, tmp_path / "dist", ("site",))
    assert report.catalog is not None
    with visit() as it:
        for number in range(len(SPANS)):
            it.open((tmp_path / f"dist/site/q/s{number}.html").as_uri())
            assert_order(it.page, least=7)
        for number in range(len(blocks(language))):
            it.open((tmp_path / f"dist/site/q/b{number}.html").as_uri())
            assert_order(it.page, least=1)
        it.open((tmp_path / "dist/site/topics/t.html").as_uri())
        assert_order(it.page, least=len(SPANS))


@pytest.mark.parametrize(("language", "deck"), DECKS)
def test_code_runs_from_left_to_right_on_cards(
    language: str, deck: str, visit: Visitor, tmp_path: Path
) -> None:
    project = open_project(write(tmp_path / "deck", language, deck))
    report, _ = build(project, tmp_path / "dist", ("anki",))
    assert report.catalog is not None
    planned = plan(report.catalog, History())
    with visit() as it:
        for note in planned.notes:
            front, back = sides(planned, note.type, note.fields)
            it.page.set_content(front)
            assert_order(it.page, least=2 if note.id.startswith("s") else 0)
            it.page.set_content(back)
            assert_order(it.page, least=7 if note.id.startswith("s") else 1)


def sides(planned: Plan, key: str, fields: Mapping[str, str]) -> list[str]:
    """Return both sides of a note's first card, much as Anki makes them."""
    type_ = planned.types[key].type
    template = type_.templates[0]
    return [
        f'<style>{type_.css}</style><body class="card">{filled(html, fields)}'
        for html in (template.front, template.back)
    ]


def filled(html: str, fields: Mapping[str, str]) -> str:
    part = re.compile(r"\{\{#(.+?)\}\}(.*?)\{\{/\1\}\}", re.DOTALL)
    html = part.sub(lambda m: m[2] if fields.get(m[1]) else "", html)
    return re.sub(r"\{\{(.+?)\}\}", lambda m: fields.get(m[1], ""), html)
