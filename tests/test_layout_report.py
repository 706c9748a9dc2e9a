"""What templates report of the pages, as values; a deck may have its own templates."""

import json
from pathlib import PurePosixPath

import pytest

from triptych.errors import TriptychError
from triptych.render.sheet.findings import findings
from triptych.render.sheet.layout_report import (
    CardEdge,
    CardSize,
    DocumentEnd,
    LayoutReport,
    Remark,
    read_report,
)
from triptych.values.diagnostics import Span

PLACE = {"page": 2, "column": 1, "y": 40.5, "part": 0.25}
REMARK = {"rule": "tiny-formula", "place": "t/a:b.md:7", "about": "x^2"}


def test_each_item_becomes_a_value() -> None:
    items = [
        {"rule": "card", "card": 3, **PLACE},
        {"rule": "card-end", "card": 3, **PLACE, "y": 60},
        {"rule": "end", **PLACE},
        {"rule": "size", "card": 0, "front": 11, "back": [8, True, False]},
        {"rule": "size", "card": 1, "front": None, "back": None},
        REMARK,
    ]
    assert read_report(json.dumps(items)) == LayoutReport(
        remarks=(Remark("tiny-formula", Span(PurePosixPath("t/a:b.md"), 7), "x^2"),),
        card_sizes=(CardSize(11, (8, True, False)), CardSize(None, None)),
        starts=(CardEdge(3, 2, 1, 40.5),),
        ends=(CardEdge(3, 2, 1, 60),),
        document_end=DocumentEnd(2, 0.25),
    )


def test_what_a_deck_s_own_template_adds_is_passed_over() -> None:
    own = [{"rule": "own", "more": 1}, {**REMARK, "rule": "own"}]
    report = read_report(json.dumps(own))
    assert report == LayoutReport(remarks=report.remarks)
    assert [*findings(report.remarks)] == []


@pytest.mark.parametrize(
    "item",
    [
        {"rule": "card", "card": 3},
        {"rule": "size", "front": 11, "back": [8]},
        {"rule": "size", "front": 11, "back": 8},
        {"rule": "end", "page": "last"},
        {**REMARK, "place": "a.md:x"},
        {"place": "a.md:1"},
        {},
        5,
    ],
    ids=str,
)
def test_an_item_that_lacks_something_is_no_bug_of_the_program(item: object) -> None:
    with pytest.raises(TriptychError, match="template of the sheet reports"):
        read_report(json.dumps([item]))


def test_a_sheet_that_does_not_report_its_end_cannot_be_fitted() -> None:
    with pytest.raises(TriptychError, match="does not report its `end`"):
        _ = read_report("[]").end
