"""Law: each word of a Markdown file is in a note, or in the list of what is in none."""

import re
from itertools import count

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from triptych.errors import TriptychError
from triptych.imports.sources import read

NEXT = count()
PIECES = (
    "# {0}\n",
    "## What is {0}?\n",
    "## {0}\n",
    "### Q7: {0}\n",
    "{0}\n",
    "{0}\n\n",
    "\n",
    "- {0}\n",
    "1. **{0}?** {1}\n",
    "2. {0}?\n   {1}\n",
    "**{0}?**\n",
    "Q: {0}\n",
    "A: {0}\n",
    "{0}::{1}\n",
    "{0} =={1}== {0}\n",
    "?\n",
    "> {0}\n",
    "> [!question] {0}\n> {1}\n",
    "```\n# {0}\n```\n",
    "```\n",
    "<details><summary>{0}?</summary>\n",
    "<details>\n<summary>Answer</summary>\n\n",
    "<details>\n<summary>Hint</summary>\n",
    "<details><summary>{0}</summary>{1}</details>",
    "{0} <details><summary>Answer</summary>{1}</details> {0}\n",
    "</details>\n",
    "\n</details>\n\n",
    "[{0}]: https://{1}\n",
    "[^{0}]: {1}\n",
    "{0} [{1}] [^{0}]\n",
    "---\n",
    "title: {0}\n",
    "#flashcards/{0} #{1}\n",
    "#flashcards\n",
)


@st.composite
def markdown(draw: st.DrawFn) -> str:
    """Return a file in which each word stands once, so that none hides another."""
    pieces = draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=14))
    return "".join(
        piece.format(f"word{2 * n}x", f"word{2 * n + 1}x")
        for n, piece in enumerate(pieces)
    )


def words(text: str) -> set[str]:
    return set(re.findall(r"word\d+x", text.casefold()))


@pytest.mark.parametrize("kind", ["", "details", "headings", "items", "colons"])
@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
@example("---\n# word2x\n---\n## What is word6x?\n")
@example("<details><summary>word0x</summary>word1x</details>[word2x]: https://word3x\n")
@example("## What is word0x?\n<details><summary>word2x</summary>b</details># word4x\n")
@given(markdown())
def test_each_word_is_in_a_note_or_listed(
    tmp_path_factory: pytest.TempPathFactory, kind: str, text: str
) -> None:
    folder = tmp_path_factory.getbasetemp() / f"passages-{next(NEXT)}"
    folder.mkdir()
    (folder / "it.md").write_text(text, encoding="utf-8")
    try:
        found = read(folder / "it.md", kind)
    except TriptychError:
        return  # it says that there is no question
    lines = text.split("\n")
    places = [item.place.rpartition(":")[2] for item in found.left_out]
    reported = [found.title]
    for note in found.notes:
        reported += [note.prompt, note.answer, note.summary, note.topic]
        reported += [*note.tags, *note.hints]
    reported += [passage.text for passage in found.passages]
    reported += [lines[int(place) - 1] for place in places if place.isdigit()]
    assert words(text) == words(" ".join(reported))
