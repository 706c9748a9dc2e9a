"""A draft is in no artifact: no word of a question's or a guide's, in any output."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from tests.cases import write_deck

from triptych.build.build import build
from triptych.build.options import BuildOptions
from triptych.build.outputs import OUTPUTS
from triptych.deck.project import open_project

WORD = "zyzzyva"
"""Stands in every place of a draft, and nowhere else."""
DECK = f"""\
=== topic/ripe.md
---
question: What is ripe?
related: [{WORD}-question]
requires: [{WORD}-question]
---
An answer.
=== topic/{WORD}-question.md
---
question: What is {WORD}?
draft: true
summary: A {{{{c1::{WORD}}}}} in short.
rubric: ["Names {WORD}"]
hints: ["Think of {WORD}"]
tags: [{WORD}]
asked_at: [{WORD}]
references: ["{WORD}: a book"]
aliases: [{WORD}-alias]
---
An answer with {WORD}, ![a {WORD}](media/{WORD}.svg) and code.

```python solution
{WORD} = 1  # cloze c1: {WORD}
```

## In depth

Much of {WORD}.

## Follow-ups

### Why {WORD}? {{#why-{WORD}}}

Because of {WORD}.

## Pitfalls

### All is {WORD}. {{#all-{WORD}}}

Not {WORD}.
=== guides/ripe-guide.md
---
title: A guide
---
Read this.
=== guides/{WORD}-guide.md
---
title: A {WORD} guide
summary: On {WORD}.
draft: true
---
Read {WORD}. ![Another {WORD}](media/{WORD}.svg)
=== media/{WORD}.svg
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>
"""


def texts(name: str, data: bytes) -> Iterator[str]:
    """Yield what a file says, with what is packed inside it."""
    yield name
    yield data.decode("utf-8", "replace")
    if name.endswith(".pdf"):
        yield from (page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    elif zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for inner in archive.namelist():
                yield from texts(inner, archive.read(inner))


def files_that_mention_drafts(dist: Path) -> set[str]:
    names = sorted(path for path in dist.rglob("*") if path.is_file())
    return {
        path.relative_to(dist).as_posix()
        for path in names
        for text in texts(path.relative_to(dist).as_posix(), path.read_bytes())
        if WORD in text.lower()
    }


def made(folder: Path, *, drafts: bool) -> Path:
    project = open_project(write_deck(folder / "deck", DECK))
    dist = folder / "dist"
    report, emitted = build(project, dist, OUTPUTS, BuildOptions(drafts=drafts))
    assert emitted, report.diagnostics
    return dist


def test_a_draft_is_in_no_artifact(tmp_path: Path) -> None:
    dist = made(tmp_path, drafts=False)
    assert files_that_mention_drafts(dist) == set()
    assert {path.name for path in dist.iterdir() if path.is_dir()} == set(OUTPUTS)


@pytest.fixture(scope="module")
def mentioning(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    return files_that_mention_drafts(made(tmp_path_factory.mktemp("x"), drafts=True))


@pytest.mark.parametrize("output", OUTPUTS)
def test_a_draft_that_is_asked_for_is_in_every_output(
    mentioning: set[str], output: str
) -> None:
    # Without this, the law above might look in the wrong places.
    assert any(name.startswith(f"{output}/") for name in mentioning)


@pytest.mark.parametrize("kind", ["question", "guide"])
def test_a_draft_that_is_asked_for_has_a_page(mentioning: set[str], kind: str) -> None:
    assert any(name.endswith(f"/{WORD}-{kind}.html") for name in mentioning)
