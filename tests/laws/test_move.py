"""A note that moves takes its words along, and no other word goes or stays with it."""

import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.cases import write_deck

from triptych.author.rename import rename
from triptych.deck.project import open_project
from triptych.errors import TriptychError
from triptych.notes.history import former_ids
from triptych.parse.document import parse
from triptych.typeset.plain import plain

PIECES = (
    *("Words.", "- a list\n\n  of two", "> ### quoted {#b}", "#### Deep", "# Top"),
    *("## Other", "Title\n-----", "```text\n### no heading {#x}\n```", "    ### code"),
    *("[in](#then) [out](c.md#wrong) [own](#b) [far](../other/d.md)", "[x] and[^1]"),
    *("[x]: https://x.example", "[^1]: A note.", "<!-- ### {#b} -->", "<div>\nhtml"),
    *("```text\nnever closed", "$$\nx\n$$", "### Another {#another}", "### No id"),
    *("## Pitfalls", "![p](p.svg)", "Hard  \nbreak\\\n", "***", "<b>bold</b> `code`"),
)
BODIES = st.lists(st.sampled_from(PIECES), max_size=5).map("\n\n".join)
ENDS = st.sampled_from(["\n", "\r\n"])


def text_of(root: Path) -> Counter[str]:
    """Count the pieces of text that the deck's questions say, prompts included."""
    said: Counter[str] = Counter()
    for document in map(parse, open_project(root).folder.sources):
        lists = (*document.prose.values(), document.tokens)
        words = (plain((token,)).strip() for tokens in lists for token in tokens)
        said.update(word for word in words if word)
    return said


def files(root: Path) -> dict[str, bytes]:
    found = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def apply(root: Path, new: str, most: int = 99) -> None:
    renamed = rename(open_project(root), "a/b", new)
    for path, data in list(renamed.files.items())[:most]:
        (root / path).write_bytes(data)


def deck_of(root: Path, bodies: tuple[str, str, str], ending: str) -> Path:
    inner, outer, home = bodies
    text = (
        f"=== t/a.md\n---\nquestion: What is a?\n---\n{outer}\n\n## Follow-ups\n"
        f"### Is it *b*? {{#b}}\n{inner}\n\n### Then? {{#then}}\nYes, [b](#b).\n"
        f"=== t/c.md\n---\nquestion: What is c?\n---\n{home}\n\n## Pitfalls\n"
        "### Wrong {#wrong}\nNo, [b](a.md#b).\n"
        "=== other/d.md\n---\nquestion: What is d?\n---\nA word.\n"
    )
    write_deck(root, text)
    for path in root.rglob("*.md"):
        path.write_bytes(path.read_bytes().replace(b"\n", ending.encode()))
    return root


@pytest.mark.parametrize("new", ["e", "c/b", "c/b2", "d/b"])
@given(st.tuples(BODIES, BODIES, BODIES), ENDS, st.integers(0, 4))
@example(("[x]: https://x.example", "## Pitfalls\n\n[x] and[^1]", ""), "\n", 0)
@settings(max_examples=60, deadline=None)
def test_a_move_keeps_all_words_or_is_refused(
    new: str, bodies: tuple[str, str, str], ending: str, most: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = deck_of(Path(folder, "deck"), bodies, ending)
        before, said = files(root), text_of(root)
        try:
            apply(root, new)
        except TriptychError:
            assert files(root) == before
            return
        now = text_of(root)
        # A list may come, or go when it is left empty.
        for title in ("Follow-ups", "Pitfalls"):
            del now[title], said[title]
        assert now == said
        question, _, slug = new.partition("/")
        documents = map(parse, open_project(root).folder.sources)
        (home_now,) = (d for d in documents if d.meta.id == question)
        assert "a/b" in set(former_ids(home_now.meta, slug))
        # Cut short after any step, a second run ends where one run does.
        again = deck_of(Path(folder, "again"), bodies, ending)
        apply(again, new, most)
        apply(again, new)
        assert files(again) == files(root)
