"""What a template reports of the pages that Typst laid out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, TypeAlias

from triptych.errors import TriptychError
from triptych.values.diagnostics import Span

_REMARK = "remark"

Back: TypeAlias = tuple[float, bool, bool]
"""The size of a card's back, whether it has a formula, and whether it has pitfalls."""


@dataclass(frozen=True, slots=True)
class Remark:
    """That a rule applies to something on the pages."""

    rule: str
    place: Span
    about: str


@dataclass(frozen=True, slots=True)
class CardSize:
    """The sizes of the text on the sides of a card; None where nothing makes it fit."""

    front: float | None
    back: Back | None


@dataclass(frozen=True, slots=True)
class CardEdge:
    """Where a card of the sheet begins, or where it ends."""

    card: int
    page: int
    column: int
    y: float
    """How far below the top of the page it is, in points."""


@dataclass(frozen=True, slots=True)
class DocumentEnd:
    """Where the document ends."""

    page: int
    part: float
    """How much of the last page is filled."""


@dataclass(frozen=True, slots=True)
class LayoutReport:
    """All that the template of a document reports of it."""

    remarks: tuple[Remark, ...] = ()
    card_sizes: tuple[CardSize, ...] = ()
    starts: tuple[CardEdge, ...] = ()
    """Where the cards of the sheet begin."""
    ends: tuple[CardEdge, ...] = ()
    document_end: DocumentEnd | None = None

    @property
    def end(self) -> DocumentEnd:
        """Return where the document ends.

        Raises:
            TriptychError: The template does not report it.

        """
        if self.document_end is None:
            raise TriptychError("the template of the sheet does not report its `end`")
        return self.document_end


def read_report(metadata: str) -> LayoutReport:
    """Return the report in the JSON of a document's metadata.

    Raises:
        TriptychError: An item lacks something, which a deck's own template can cause.

    """
    items: dict[str, list[Mapping[str, Any]]] = {}
    try:
        for item in json.loads(metadata):
            kind = _REMARK if "place" in item else item["rule"]
            items.setdefault(kind, []).append(item)
        ends = [
            DocumentEnd(int(item["page"]), float(item.get("part", 1)))
            for item in items.get("end", ())
        ]
        return LayoutReport(
            remarks=tuple(map(_remark, items.get(_REMARK, ()))),
            card_sizes=tuple(map(_sizes, items.get("size", ()))),
            starts=tuple(map(_edge, items.get("card", ()))),
            ends=tuple(map(_edge, items.get("card-end", ()))),
            document_end=ends[0] if ends else None,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise TriptychError(
            f"a template of the sheet reports something else than expected: {error}"
        ) from error


def _remark(item: Mapping[str, Any]) -> Remark:
    path, _, line = str(item["place"]).rpartition(":")
    place = Span(PurePosixPath(path), int(line) or 1)
    return Remark(str(item["rule"]), place, str(item["about"]))


def _sizes(item: Mapping[str, Any]) -> CardSize:
    front, back = item["front"], item["back"]
    return CardSize(front, None if back is None else _back(*back))


def _back(size: float, has_formula: bool, has_pitfalls: bool) -> Back:  # noqa: FBT001
    return size, has_formula, has_pitfalls


def _edge(item: Mapping[str, Any]) -> CardEdge:
    return CardEdge(
        int(item["card"]), int(item["page"]), int(item["column"]), float(item["y"])
    )
