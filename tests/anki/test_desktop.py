"""The real desktop program shows the cards without a fault."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from triptych.build.build import check_and_typeset, settings_of
from triptych.deck.project import open_project
from triptych.render.anki.render import render
from triptych.values.catalog import Catalog
from triptych.values.prose import Prose

SCRIPT = Path(__file__).with_name("desktop.py")
CONTENT = Path(__file__).parents[2] / "content"
REMEDY = (
    "python -m venv aqt && aqt/bin/pip install aqt PyQt6 PyQt6-WebEngine, and set"
    " AQT_PYTHON=aqt/bin/python; Debian: apt-get install xvfb and what Qt asks for"
)

Show = Callable[..., dict[str, Any]]

pytestmark = pytest.mark.slow


@pytest.fixture
def desktop(requires: Callable[[str, str], None], tmp_path: Path) -> Show:
    """Return what shows the cards of a package and lists their faults."""
    python = os.environ.get("AQT_PYTHON")
    if not python:
        requires("aqt", REMEDY)
    requires("xvfb-run", REMEDY)

    def show(data: bytes, *options: str) -> dict[str, Any]:
        package = tmp_path / "deck.apkg"
        package.write_bytes(data)
        screen = ["xvfb-run", "-a", "-s", "-screen 0 1000x3200x24"]
        process = subprocess.run(
            [*screen, python or sys.executable, str(SCRIPT), str(package), *options],
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert process.stdout.strip(), process.stderr
        said: dict[str, Any] = json.loads(process.stdout.splitlines()[-1])
        return said

    return show


def test_a_card_of_each_kind_shows_without_a_fault(
    desktop: Show,
) -> None:
    project = open_project(CONTENT)
    catalog = check_and_typeset(project).catalog
    assert catalog is not None
    package, *_ = render(catalog, settings_of(project))
    shown = desktop(package.data)
    assert shown["sides"] == 10
    assert shown["faults"] == {}


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        (r"<p>\(x</p>", "raw"),
        ("<p>{ {x}} $$y$$</p>", "raw"),
        (r"<p>\(\argmax x\)</p>", "unknown to MathJax"),
        ('<p><img src="gone.png"></p>', "missing"),
        (f"<p>\\({'x+' * 40}x\\)</p>", "wider than a phone"),
        ("<pre style='overflow: visible'>x</pre>", "does not scroll"),
    ],
)
def test_a_fault_is_found(
    desktop: Show,
    catalog: Catalog,
    pack: Callable[[Catalog], bytes],
    html: str,
    fault: str,
) -> None:
    question = replace(
        catalog.questions[1],
        answer=Prose(card=html, plain="x", digest="x"),
        summary_cloze=None,
        follow_ups=(),
        pitfalls=(),
    )
    (found,) = desktop(pack(replace(catalog, questions=(question,))))["faults"].values()
    assert fault in found[0]
