"""The figure of a question stands on its card, and reaches learners by a release."""

from pathlib import PurePosixPath

import pytest

from triptych.deck.strings import built_in
from triptych.notes.content import content_hash, media_of
from triptych.notes.fields import fields
from triptych.notes.strings import card_strings
from triptych.notes.which import Note, notes_of
from triptych.parse.document import parse
from triptych.typeset.card_media import put_media
from triptych.typeset.context import Context
from triptych.typeset.question import question
from triptych.values.source import Media, Source

PATH = PurePosixPath("topic/a.md")
FILES = {PurePosixPath("media", f"{name}.svg") for name in ("one", "two", "three")}
DEPTH = """\
A sentence with a sign, ![sign](media/three.svg), in it, and a sound.

![](media/sound.mp3)

![The "first"](../media/one.svg "A title")

![The second](media/two.svg)
"""


def load(path: PurePosixPath) -> Media:
    data = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"/>'
    return Media(path, f"{path.stem}-0.svg", data)


def notes(text: str) -> dict[str, Note]:
    document = parse(Source(PATH, text))
    return {
        note.id: note
        for note in notes_of(question(document, Context(PATH, FILES, load)))
    }


def written(front: str = "", answer: str = "It is this.", depth: str = DEPTH) -> str:
    top = f"---\nquestion: What?\nsummary: It is {{{{c1::this}}}}.\n{front}---\n"
    parts = "## Follow-ups\n\n### Why? {#why}\n\nBecause.\n"
    return f"{top}{answer}\n\n## In depth\n\n{depth}\n{parts}"


def answer_of(text: str) -> str:
    return put_media(fields(notes(text)["a"], card_strings(built_in(), "en"))["Answer"])


def pictures(text: str) -> dict[str, set[str]]:
    return {id_: {*media_of(note)} for id_, note in notes(text).items()}


def test_the_first_figure_in_depth_stands_above_the_answer() -> None:
    assert answer_of(written()) == (
        '<figure class="card-figure"><img src="one-0.svg"'
        ' alt="The &quot;first&quot;" title="A title"'
        ' width="30" height="20"></figure><p>It is this.</p>'
    )
    # No other note of the question has it.
    expected = {"a": {"one-0.svg"}, "a/cloze": set(), "a/why": set()}
    assert pictures(written()) == expected


@pytest.mark.parametrize(
    ("front", "answer", "depth", "name"),
    [
        ("figure: media/two.svg\n", "It.", DEPTH, "two"),
        ("figure: ../media/three.svg\n", "It.", DEPTH, "three"),
        ("figure: none\n", "It.", DEPTH, ""),
        ("", "It.", '<figure><img src="media/two.svg" alt="Two"></figure>', "two"),
        ("", "It.", "> ![Two](media/two.svg)", "two"),
        ("", "It.", "![A lost one](media/lost.svg)\n\n![Two](media/two.svg)", "two"),
        ("", "It.", "![Far](https://example.org/a.svg)", ""),
        ("", "It.", "A sign, ![sign](media/three.svg).", ""),
        ("", "It, ![sign](media/three.svg).", DEPTH, "one"),
        # The card has a figure already.
        ("", "![Three](media/three.svg)", DEPTH, ""),
        ("figure: media/one.svg\n", "Here: ![One](media/one.svg).", DEPTH, ""),
        ("figure: media/two.svg\n", "![Three](media/three.svg)", DEPTH, "two"),
    ],
)
def test_which_figure_it_is(front: str, answer: str, depth: str, name: str) -> None:
    shown = answer_of(written(front, answer, depth))
    start = '<figure class="card-figure">'
    above = shown.removeprefix(start) if shown.startswith(start) else ""
    if name:
        assert f'src="{name}-0.svg"' in above.partition("</figure>")[0]
    else:
        plain = written(front, answer, depth="Nothing.")
        assert shown == answer_of(plain.replace("figure: media/one.svg\n", ""))


def test_a_long_answer_is_folded_below_its_figure() -> None:
    shown = answer_of(written("kind: system-design\nrubric: [It.]\n"))
    assert shown.startswith('<figure class="card-figure"><img ')
    assert '</figure><details class="whole">' in shown


def test_a_file_of_cards_has_no_figure() -> None:
    text = "---\ntitle: Cards\nkind: cards\n---\n![One](media/one.svg)\n\n## Cards\n\n"
    (note,) = notes(f"{text}### Prompt {{#one}}\n\nText.\n").values()
    assert not media_of(note)


def hashes(text: str, formula: int) -> dict[str, str]:
    return {id_: content_hash(note, formula) for id_, note in notes(text).items()}


@pytest.mark.parametrize("formula", [1, 2])
def test_a_released_note_does_not_change_by_a_figure_that_nobody_named(
    formula: int,
) -> None:
    bare = hashes(written(depth="Nothing."), formula)
    assert hashes(written(), formula) == bare
    named = hashes(written("figure: media/one.svg\n"), formula)
    assert {id_ for id_ in named if named[id_] != bare[id_]} == {"a"}


def test_since_a_release_with_it_a_figure_counts_as_any_content() -> None:
    said = [
        written(depth="Nothing."),
        written(),
        written("figure: media/two.svg\n"),
        written(depth=DEPTH.replace("first", "1st")),
    ]
    of_questions = {hashes(text, 3)["a"] for text in said}
    assert len(of_questions) == len(said)
    assert len({hashes(text, 3)["a/why"] for text in said}) == 1
    assert hashes(written("figure: media/one.svg\n"), 3) == hashes(written(), 3)
    assert hashes(written("figure: none\n"), 3) == hashes(said[0], 3)
