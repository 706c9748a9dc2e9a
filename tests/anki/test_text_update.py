"""The text files of an update in Anki's own import: every field comes as it was meant.

The text of each field is made of what tables of text trip over: quotation marks, tabs,
line ends, the signs of comments and of separators.
"""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from triptych.ledger.lock import Ledger
from triptych.ledger.lock_file import load
from triptych.notes.history import History
from triptych.releases.release import release
from triptych.render.anki.render import render
from triptych.render.settings import RenderSettings
from triptych.values.artifact import Artifact
from triptych.values.catalog import Catalog
from triptych.values.meta import Meta, Reference
from triptych.values.prose import Prose
from triptych.values.question import Cloze

Anki = Callable[..., list[Any]]
KEPT = frozenset({"My notes", "Spare 1", "Spare 2"})
NASTY = (
    'a "quoted" word',
    '"',
    '"all of it"',
    '""',
    "a\ttab",
    "\t",
    "two\nlines",
    "a\r\nb",
    "#tags column:1",
    '";"',
    "a,b;c|d",
    '\\"',
    "'",
    'a <b title="x\ty">b</b>',
    "&quot;\u2028\x85é",
    '\n"\n',
)


def changed(value: Any, text: str) -> Any:  # noqa: ANN401 - any field
    """Return `value` with this text at the end of all prose in it."""
    if isinstance(value, Prose):
        return replace(value, card=value.card + text, digest=value.digest + text)
    if isinstance(value, Cloze):
        card = value.card.replace("}}", f"{text}}}}}", 1) + text
        return replace(value, card=card, digest=value.digest + text)
    if isinstance(value, Reference):
        return Reference(value.title + text, value.url, value.authors + text, text)
    if isinstance(value, tuple):
        return tuple(changed(item, text) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        names = ["references"] if isinstance(value, Meta) else list(_names(value))
        parts = {name: changed(getattr(value, name), text) for name in names}
        return replace(value, **parts)
    return value


def _names(value: Any) -> list[str]:  # noqa: ANN401 - any dataclass
    return [field.name for field in fields(value) if field.name != "checked"]


def shipped(
    catalog: Catalog, ledger: Ledger, moment: int
) -> tuple[bytes, list[Artifact], Ledger]:
    """Return the package and the updates of a release, and the ledger after it."""
    before = RenderSettings(history=History(ledger))
    lock = load(release(catalog, before, version="", time_seconds=moment).lock)
    package, *updates = render(catalog, RenderSettings(history=History(lock)))
    return package.data, updates, lock


@pytest.mark.parametrize("text", NASTY, ids=[ascii(text) for text in NASTY])
def test_a_text_comes_through_the_update_as_through_the_package(
    anki: Anki, catalog: Catalog, text: str
) -> None:
    now = replace(catalog, questions=tuple(changed(q, text) for q in catalog.questions))
    first, _, ledger = shipped(catalog, Ledger(), 1_000_000)
    second, updates, _ = shipped(now, ledger, 2_000_000)
    mine = {"My notes": f"mine {text}"}
    *_, brought, questions, clozes, gentle = anki(
        first,
        {"do": "change", "note": "overfitting", "fields": mine},
        *updates,
        {"do": "look"},
    )
    _, whole = anki(second, {"do": "look"})
    assert brought["new"] == brought["updated"] == 0
    assert questions["new"] == clozes["new"] == 0
    assert questions["updated"] + clozes["updated"] == len(whole["notes"])
    assert gentle["missing_media"] == []
    assert gentle["notes"].keys() == whole["notes"].keys()
    for guid, note in gentle["notes"].items():
        expected = whole["notes"][guid]["fields"]
        for name, value in note["fields"].items():
            if name in KEPT:
                own = mine["My notes"] if note["id"] == "overfitting" else ""
                assert _lines(value) == (_lines(own) if name == "My notes" else "")
            else:
                # Pictures that come without a note have names with `_`.
                came = _lines(value).replace('src="_', 'src="')
                assert came == _lines(expected[name]), (note["id"], name)


def _lines(html: str) -> str:
    """Return HTML with the line ends that Anki's import writes."""
    return html.replace("\r\n", "\n").replace("\r", "\n")
