"""A build that uses a cache makes what a build without one makes, after any edits."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triptych.build.cache import Cache
from triptych.build.one import Compiled, compile_all
from triptych.deck.project import open_project
from triptych.ledger.verdicts import Verdict, block_hash, code_hash, dump
from triptych.values.question import Code

SHOWN = "print('shown')"
QUESTION = "---\nquestion: What?\ntags: [{tag}]\n---\n{body}\n"
CODE = Code("run", "python", SHOWN, (), 1)
BODIES = (
    "An answer.",
    f"Code.\n\n```python run\n{SHOWN}\n```",
    "A link to [b](b.md#x) and ![a](media/a.svg).",
    "# Heading {#x}",
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {0}"/>'


def lock(printed: str, verdict: str = "passed") -> str:
    """Return a `code.lock` that says what the code of the question `a` printed."""
    made = Verdict(
        "a", code_hash([CODE]), verdict, "said", {block_hash(SHOWN): printed}, {}, ""
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
OUTPUTS = st.sampled_from([("anki",), ("site",), ("anki", "sheet", "site")])


def edit(deck: Path, name: str, text: str | None) -> None:
    """Give a file of the deck this text, or delete it."""
    path = deck / name
    if text is None:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def made(deck: Path, outputs: tuple[str, ...], cache: Cache | None) -> list[Compiled]:
    return compile_all(open_project(deck), outputs, 1, cache)


@given(st.lists(st.tuples(EDITS, OUTPUTS), min_size=1, max_size=8))
@settings(max_examples=40, deadline=None)
def test_a_cache_changes_nothing(
    edits: list[tuple[tuple[str, str | None], tuple[str, ...]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        deck, cache = Path(folder, "deck"), Cache(Path(folder, "cache"))
        for name, texts in FILES.items():
            edit(deck, name, texts[0])
        made(deck, ("site",), cache)
        for (name, text), outputs in edits:
            edit(deck, name, text)
            assert made(deck, outputs, cache) == made(deck, outputs, None)


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
        assert made(deck, ("site",), cache) == made(deck, ("site",), None), text
