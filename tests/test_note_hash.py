"""What moves a note's hash is what a learner reads, by the old formula and the new."""

from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest
from tests.cases import write_deck
from tests.ledgers import LEDGER

from triptych.build.kept_files import compile_all
from triptych.deck.project import open_project
from triptych.deck.strings import built_in
from triptych.notes.content import content_hash
from triptych.notes.fields import fields
from triptych.notes.strings import card_strings
from triptych.notes.which import notes_of
from triptych.parse.document import parse
from triptych.typeset.context import Context
from triptych.typeset.question import question
from triptych.values.form import Form
from triptych.values.question import Question
from triptych.values.source import Source

PATH = PurePosixPath("topic/a.md")
TEXT = """\
---
question: What is it?
summary: It is {{c1::this}}.
---
An answer, $x$, a [page](b.md), and <b>raw</b> text.

### A heading {#here}

```python solution
x = 1
y = 2
```

## Follow-ups
### Why? {#why}
Because.
"""


def note_fields(text: str) -> dict[str, dict[str, str]]:
    document = parse(Source(PATH, text))
    context = Context(PATH, frozenset(), lambda _: pytest.fail("no media"))
    made = notes_of(question(document, context))
    table = card_strings(built_in(), "en")
    return {note.id: dict(fields(note, table)) for note in made}


def hashes(text: str, formula: int) -> dict[str, str]:
    document = parse(Source(PATH, text))
    context = Context(PATH, frozenset(), lambda _: pytest.fail("no media"))
    made = notes_of(question(document, context))
    return {note.id: content_hash(note, formula) for note in made}


@pytest.mark.parametrize("formula", [1, 2])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("An answer", "<!-- a remark -->\nAn answer"),
        ("An answer", "An <!-- a remark -->answer"),
        ("Because.", "Because.\n\n<!-- a remark\n\non lines -->\n"),
        ("## Follow-ups", "```python test\nassert x\n```\n\n## Follow-ups"),
        ("Because.", 'Because.\n\n```python test\nstated("1 GB", x)\n```\n'),
        ("y = 2\n```", "y = 2\n```\n\n```python test needs=torch\nassert y\n```"),
        ("An answer, ", "An answer,\n"),
        ("question:", "reviewed: 2030-01-01\nquestion:"),
    ],
)
def test_what_no_card_shows_moves_no_hash(old: str, new: str, formula: int) -> None:
    assert hashes(TEXT.replace(old, new, 1), formula) == hashes(TEXT, formula)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{#here}", "{#there}"),
        ("(b.md)", "(../away/b.md#place)"),
        ("solution", "solution needs=torch"),
        ("question:", "tags: [a]\nminutes: 9\ndifficulty: hard\nquestion:"),
    ],
)
def test_addresses_tags_and_info_words_do_not_change_the_new_hash(
    old: str, new: str
) -> None:
    assert hashes(TEXT.replace(old, new, 1), 2) == hashes(TEXT, 2)


def test_a_cloze_marker_moves_no_hash_of_the_question() -> None:
    marked = hashes(TEXT.replace("x = 1", "x = 1  # cloze c1"), 2)
    assert marked["a"] == hashes(TEXT, 2)["a"]
    assert set(marked) - set(hashes(TEXT, 2)) == {"a/fill-in"}


@pytest.mark.parametrize("formula", [1, 2])
@pytest.mark.parametrize(
    ("old", "new", "moved"),
    [
        ("An answer", "Another answer", {"a"}),
        ("question:", "levels: {staff: More.}\nquestion:", {"a"}),
        ("$x$", "$y$", {"a"}),
        ("<b>raw</b>", "<i>raw</i>", {"a"}),
        ("x = 1", "x = 3", {"a"}),
        ("Because.", "Why not.", {"a/why"}),
        ("What is it?", "What was it?", {"a", "a/cloze", "a/why"}),
        ("{{c1::this}}", "{{c1::that}}", {"a", "a/cloze"}),
        ("{{c1::this}}", "{{c1::this::hint}}", {"a", "a/cloze"}),
    ],
)
def test_what_a_card_shows_moves_its_hash(
    old: str, new: str, moved: set[str], formula: int
) -> None:
    before, after = hashes(TEXT, formula), hashes(TEXT.replace(old, new, 1), formula)
    assert {name for name in before if before[name] != after[name]} == moved


def test_levels_stand_in_the_field_of_the_rubric() -> None:
    levels = "levels:\n  staff: $a$.\n  mid: Parts.\nquestion:"
    found = note_fields(TEXT.replace("question:", levels, 1))
    said = r"<ul><li><b>Mid:</b> Parts.</li><li><b>Staff:</b> \(a\).</li></ul>"
    assert found["a"]["Rubric"] == said
    both = note_fields(TEXT.replace("question:", f"rubric: [It.]\n{levels}", 1))
    assert both["a"]["Rubric"] == f"<ul><li>It.</li></ul>{said}"
    assert {name for name in both if "Rubric" in both[name]} == {"a"}


def test_a_table_of_estimates_is_plain_on_a_card_and_counts_as_written() -> None:
    rows = "users = 4 # <a day>\nrate = users / 8"
    estimate = TEXT.replace("### A heading", f"```sizing\n{rows}\n```\n\n### A heading")
    answer = note_fields(estimate)["a"]["Answer"]
    assert "<td><code>rate = users / 8</code></td>" in answer
    assert '<td class="align-right">0.5</td>' in answer
    assert "<td>&lt;a day&gt;</td>" in answer
    assert "data-" not in answer.partition("<table>")[2].partition("</table>")[0]
    before = hashes(estimate, 2)
    assert before["a"] != hashes(TEXT, 2)["a"]
    assert {k: v for k, v in before.items() if k != "a"} == {
        k: v for k, v in hashes(TEXT, 2).items() if k != "a"
    }
    assert hashes(estimate.replace("4 #", "5 #"), 2)["a"] != before["a"]


def test_the_site_has_the_inputs_of_a_table_as_data() -> None:
    rows = 'users = 4 # "a day"\nrate = users / 8'
    estimate = TEXT.replace("### A heading", f"```sizing\n{rows}\n```\n\n### A heading")
    document = parse(Source(PATH, estimate))
    context = Context(PATH, frozenset(), lambda _: pytest.fail("no media"))
    page = question(document, context).answer.site
    assert "<table data-sizing>" in page
    assert '<tr data-formula="4"><td><code>users</code></td>' in page
    assert "<tr><td><code>rate = users / 8</code></td>" in page
    assert "<td>&quot;a day&quot;</td>" in page


def test_the_hash_by_the_old_formula_is_made_where_a_note_has_it(
    tmp_path: Path,
) -> None:
    project = open_project(write_deck(tmp_path, TEXT))
    old, *rest = (
        replace(line, formula=formula)
        for line, formula in zip(LEDGER.notes.values(), (1, 2, 3), strict=True)
    )
    found = []
    for lines in (rest, [*rest, old]):
        ledger = replace(LEDGER, notes={line.note: line for line in lines})
        made = compile_all(replace(project, ledger=ledger), frozenset({Form.CARD}), 1)
        result = made[0].result
        assert isinstance(result, Question)
        found.append(notes_of(result))
    without, complete = (list(notes) for notes in found)
    assert [content_hash(note, 1) for note in complete]
    for note in without:
        # A wrong one would be taken for a change of the text.
        with pytest.raises(ValueError, match="no hash by formula 1"):
            content_hash(note, 1)
    assert [content_hash(n) for n in without] == [content_hash(n) for n in complete]
