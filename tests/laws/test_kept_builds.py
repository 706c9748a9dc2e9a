"""A build that uses a cache makes what a build without one makes, after any edits."""

import os
import pickle
import sqlite3
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cases import write_or_delete

from triptych.build import cache as cache_module
from triptych.build.cache import Cache
from triptych.build.kept_files import CompiledFile, compile_all
from triptych.build.program import Program
from triptych.deck.project import open_project
from triptych.ledger.verdicts import Verdict, block_hash, code_hash, dump
from triptych.values.entry import Entry
from triptych.values.form import Form, made_for
from triptych.values.prose import Prose
from triptych.values.question import Code, Guide, OnSheet, Question

SHOWN = "print('shown')"
QUESTION = "---\nquestion: What?\ntags: [{tag}]\n---\n{body}\n"
CODE = Code("run", "python", f"{SHOWN}\n", (), 1)
BODIES = (
    "An answer.",
    f"Code.\n\n```python run\n{SHOWN}\n```",
    "A link to [b](b.md#x) and ![a](media/a.svg).",
    "# Heading {#x}",
)
SITE = frozenset({Form.SITE})
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {0}"/>'


def lock(printed: str, verdict: str = "passed") -> str:
    """Return a `code.lock` that says what the code of the question `a` printed."""
    made = Verdict(
        "a",
        code_hash([CODE]),
        verdict,
        "said",
        {block_hash(CODE.text): printed},
        {},
        (),
    )
    return dump({"a": made})


FILES = {
    "t/a.md": [QUESTION.format(tag="x", body=body) for body in BODIES],
    "t/b.md": [QUESTION.format(tag="y", body=body) for body in (*BODIES, "<b")],
    "t/c.md": [QUESTION.format(tag="z", body="More.")],
    "guides/g.md": ["---\ntitle: G\n---\nRead.\n", "---\ntitle: G\ndraft: true\n---\n"],
    "media/a.svg": [SVG.format(1), SVG.format(2), "not a picture"],
    "code.lock": [lock("one"), lock("two"), lock("one", "failed")],
    "deck.toml": [
        f'id = "d"\ntitle = "D"\n{more}'
        for more in ("", '[check]\nrequire = ["hints"]\n', '[[topics]]\nid = "t"\n')
    ],
}
EDITS = st.one_of(
    *(
        st.tuples(
            st.just(name),
            st.sampled_from(texts if name == "deck.toml" else [*texts, None]),
        )
        for name, texts in FILES.items()
    )
)
FORMS = st.sampled_from(
    [
        frozenset({Form.SITE}),
        frozenset({Form.CARD}),
        frozenset({Form.EPUB}),
        frozenset(Form),
    ]
)


def edit(deck: Path, name: str, text: str | None) -> None:
    """Edit a file of the deck, with the time of another unless it is a picture."""
    write_or_delete(deck, name, text)
    path = deck / name
    if text is not None and path.parent.name != "media":
        # A copy may keep the time of a file: only the times of pictures count.
        os.utime(path, (1, 1))


def made(
    deck: Path, forms: frozenset[Form], cache: Cache | None
) -> list[tuple[Entry, CompiledFile]]:
    files = compile_all(open_project(deck), forms, 1, cache)
    return [(file.entry, file) for file in files]


def shown(result: Question | Guide, asked: frozenset[Form]) -> tuple[Prose, ...]:
    """Return the prose that outputs in `asked` may show: a sheet's is on no card."""
    if Form.SITE in asked or isinstance(result, Guide):
        return result.all_prose
    return replace(result, on_sheet=OnSheet()).all_prose


def wanted(
    files: list[tuple[Entry, CompiledFile]], forms: frozenset[Form]
) -> list[object]:
    """Return what outputs in `forms` use: others may be there unasked."""
    if forms == frozenset(Form):
        return list(files)
    asked = made_for(forms)
    unasked: dict[str, Any] = {
        name: ()
        for form, names in (
            (Form.CARD, ("card", "digest")),
            (Form.HASH_1, ("digest_v1",)),
            (Form.TREE, ("blocks",)),
            (Form.EPUB, ("epub", "epub_label")),
            (Form.SITE, ("site", "label", "formulas_as_text", "tests")),
            (Form.SITE, ("glyphs", "math_classes", "rare", "links")),
        )
        for name in names
        if form not in asked
    }
    return [
        (
            entry,
            file.diagnostics,
            file.result
            and (
                file.result.meta,
                [replace(p, **unasked) for p in shown(file.result, asked)],
            ),
        )
        for entry, file in files
    ]


@given(st.lists(st.tuples(EDITS, FORMS), min_size=1, max_size=8))
@settings(max_examples=40, deadline=None)
def test_a_cache_changes_nothing(
    edits: list[tuple[tuple[str, str | None], frozenset[Form]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        deck, cache = Path(folder, "deck"), Cache(Path(folder, "cache"))
        for name, texts in FILES.items():
            edit(deck, name, texts[0])
        made(deck, SITE, cache)
        for (name, text), forms in edits:
            edit(deck, name, text)
            assert wanted(made(deck, forms, cache), forms) == wanted(
                made(deck, forms, None), forms
            )


@pytest.mark.parametrize(("name", "texts"), FILES.items())
def test_each_edit_is_seen_by_the_next_build(
    name: str, texts: list[str], tmp_path: Path
) -> None:
    deck, cache = tmp_path / "deck", Cache(tmp_path / "cache")
    for file, several in FILES.items():
        edit(deck, file, several[0])
    # Both pages show what the edits are about.
    edit(deck, "t/a.md", QUESTION.format(tag="x", body="\n\n".join(BODIES)))
    for text in [*texts, texts[0]]:
        edit(deck, name, text)
        assert made(deck, SITE, cache) == made(deck, SITE, None), text


def test_what_is_edited_shows(tmp_path: Path) -> None:
    """Without this, the laws above might compare what never changes."""
    for name, texts in FILES.items():
        edit(tmp_path, name, texts[0])
    edit(tmp_path, "t/a.md", FILES["t/a.md"][1])
    seen = {repr(made(tmp_path, SITE, None))}
    for name in ("t/b.md", "guides/g.md", "media/a.svg", "code.lock", "deck.toml"):
        edit(tmp_path, "t/c.md", QUESTION.format(tag="z", body=BODIES[2]))
        edit(tmp_path, name, FILES[name][1])
        seen.add(repr(made(tmp_path, SITE, None)))
        edit(tmp_path, name, FILES[name][0])
    assert len(seen) == 6


@pytest.mark.parametrize(
    "name", ["compile_seen", "fork_map", "Question", "cache_key", "partial"]
)
def test_a_kept_value_is_made_of_our_own_classes_alone(
    name: str, tmp_path: Path
) -> None:
    # What our module imported from elsewhere may do anything.
    kept = Cache(tmp_path / "cache")
    kept.store({"good": "value"})
    foreign = f"ctriptych.build.kept_files\n{name}\n.".encode()
    own = b"ctriptych.build.kept_files\nKeptFile\n."
    assert pickle.loads(foreign)  # noqa: S301 - the name is there
    with sqlite3.connect(tmp_path / "cache") as database:
        rows = [("foreign", foreign), ("own", own)]
        database.executemany("INSERT INTO made VALUES (?, ?)", rows)
    database.close()
    assert set(kept.load(["foreign", "own", "good"])) == {"own", "good"}


def test_what_another_compiler_made_is_not_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = cache_module.cache_key("part")
    assert before == cache_module.cache_key("part")
    monkeypatch.setattr(cache_module, "program", lambda: Program("another", {}))
    assert cache_module.cache_key("part") != before
