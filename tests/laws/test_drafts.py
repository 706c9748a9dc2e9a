"""A draft is in no artifact: no word of a question's or a guide's, in any output."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from pypdf import PdfReader
from tests.cases import FOLDER, Case, read_cases, write_deck

from triptych.build.build import build, check
from triptych.build.options import BuildOptions
from triptych.cli.main import cli
from triptych.deck.project import open_project
from triptych.parse.document import parse
from triptych.render.outputs import OUTPUTS
from triptych.validate.rules import RULES
from triptych.values.diagnostics import Diagnostic

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
def asked_for(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("x"), drafts=True)


@pytest.fixture(scope="module")
def mentioning(asked_for: Path) -> set[str]:
    return files_that_mention_drafts(asked_for)


@pytest.mark.parametrize("output", OUTPUTS)
def test_a_draft_that_is_asked_for_is_in_every_output(
    mentioning: set[str], output: str
) -> None:
    # Without this, the law above might look in the wrong places.
    assert any(name.startswith(f"{output}/") for name in mentioning)


@pytest.mark.parametrize("kind", ["question", "guide"])
def test_a_draft_that_is_asked_for_has_a_page(mentioning: set[str], kind: str) -> None:
    assert any(name.endswith(f"/{WORD}-{kind}.html") for name in mentioning)


def test_of_all_pages_those_of_drafts_say_that_they_are(asked_for: Path) -> None:
    pages = asked_for.rglob("*.html")
    said = {p.stem for p in pages if "<strong>Draft</strong>" in p.read_text("utf-8")}
    assert said == {f"{WORD}-question", f"{WORD}-guide"}


CASES = [
    case
    for path in sorted((FOLDER / "validate").glob("*.md"))
    for case in read_cases(path)
    if case.expected
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_problems_of_drafts_are_reported_only_with_drafts(
    case: Case, tmp_path: Path
) -> None:
    write_deck(tmp_path, case.input)
    for path in tmp_path.glob("*/*.md"):
        text = path.read_text(encoding="utf-8")
        path.write_text(
            text.replace("---\n", "---\ndraft: true\n", 1), encoding="utf-8"
        )
    project = open_project(tmp_path)
    documents = map(parse, project.folder.sources)
    drafts = {document.source.path for document in documents if document.meta.draft}
    asked = check(project, BuildOptions(drafts=True)).diagnostics
    reported = check(project).diagnostics
    wrong = [d for d in reported if d.span.path in drafts and not is_told_of_drafts(d)]
    assert wrong == []
    quiet = [d for d in asked if d.span.path not in drafts]
    assert {d.rule for d in quiet} - {d.rule for d in reported} <= {"changed-tag"}


def is_told_of_drafts(found: Diagnostic) -> bool:
    unreadable = {"not-utf8", "too-large", "bad-yaml", "no-front-matter"}
    return found.rule in unreadable or RULES[found.rule].group == "released"


BROKEN_DRAFTS = """\
=== topic/a-draft.md
---
id: one
sumary: x
question: Not yet?
draft: true
requires: [one, none]
---
![](nowhere.png) $\\undefined$

```python solution
raise ValueError
```
=== topic/one.md
---
question: What is one?
requires: [two]
---
A number.

```python solution
x = 1
```
=== topic/failing.md
---
question: What fails?
draft: true
---
```python solution
raise ValueError
```
=== topic/two.md
---
id: two
question: What is two?
requires: [one]
draft: true
---
A number.
"""


@pytest.fixture
def with_broken_drafts(tmp_path: Path) -> Path:
    return write_deck(tmp_path / "content", BROKEN_DRAFTS)


def test_broken_drafts_stop_neither_a_strict_build_nor_a_release(
    with_broken_drafts: Path, tmp_path: Path
) -> None:
    run = CliRunner().invoke
    where = ["--content", str(with_broken_drafts)]
    tested = run(cli, ["test", *where], standalone_mode=False)
    assert (tested.return_value, "1 passed" in tested.output) == (0, True)
    checked = run(cli, ["check", "--strict", *where], standalone_mode=False)
    assert checked.return_value == 0
    assert "3 drafts (`triptych list --drafts`)" in checked.output
    dist = ["--dist", str(tmp_path / "dist")]
    built = run(cli, ["build", "--strict", *where, *dist], standalone_mode=False)
    assert built.return_value == 0, built.output
    released = run(cli, ["release", "--yes", *where, *dist], standalone_mode=False)
    assert released.return_value == 0, released.output
    listed = run(cli, ["list", "--drafts", *where], standalone_mode=False)
    assert listed.output.count("\n") == 4
    asked = run(cli, ["check", "--drafts", *where], standalone_mode=False)
    assert asked.return_value == 1
    rules = ("unknown-key", "missing-media", "bad-math", "duplicate-id")
    assert all(f"[{rule}]" in asked.output for rule in rules)
    failed = run(cli, ["test", "--drafts", *where], standalone_mode=False)
    assert failed.return_value == 1
    named = run(cli, ["test", "failing", *where], standalone_mode=False)
    assert named.return_value == 1


def test_a_released_question_that_becomes_a_draft_is_reported(tmp_path: Path) -> None:
    cases = read_cases(FOLDER / "validate/released.md")
    [case] = [case for case in cases if "is a draft now" in case.expected]
    reported = check(open_project(write_deck(tmp_path, case.input))).diagnostics
    assert any(d.message.endswith("is a draft now") for d in reported)
