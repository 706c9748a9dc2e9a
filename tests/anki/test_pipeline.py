"""From Markdown to real Anki: whatever an author writes, cards come out whole."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.cases import write_deck

from triptych.build.build import check, check_and_typeset, settings_of
from triptych.deck.project import open_project
from triptych.notes.content import content_hash
from triptych.notes.which import notes
from triptych.render.anki.render import render
from triptych.typeset import highlight
from triptych.values.catalog import Catalog
from triptych.values.diagnostics import Severity

Anki = Callable[..., list[Any]]

QUESTION = """\
---
question: {question}
summary: {summary}
---
{answer}

```python solution
{code}
```

## Follow-ups
### {question} {{#more}}
{answer}

## Pitfalls
### "{claim}" {{#wrong}}
{answer}
"""
PIECES = st.sampled_from(
    [
        *("{{c1::one}}", "{{c2::two::hint}}", "{{c10::ten}}", "{{c1::$x^{2}$}}"),
        *("`{{c3::code}}`", "{{", "}}", "{{Id}}", "{{#Id}}", "::", "c1::", "}} }"),
        *(r"$\hat{\theta_{i}}$", "$a < b$", r"\(x\)", r"\[y\]", "$5 and $6", r"\$"),
        *("<b>bold</b>", "<br>", "<script>x</script>", "<a", "&nbsp;", "&lt;", "a<b>c"),
        *("[sound:x.mp3]", "[latex]", "[$]x[/$]", "[[type:Id]]", "[anki:play:q:0]"),
        *("**strong**", "*em*", "~~del~~", "[^1]", "std::vector", 'f"{{x}}"', "|"),
        *("كتاب", "机器学习", "שלום", "émoji 🙂", "\u200b", "\u00a0", "\u202e", "word"),
    ]
)
TEXT = st.lists(PIECES, min_size=1, max_size=5).map(" ".join)
CODE_LINE = st.builds(
    lambda code, mark: f"{code}{mark}",
    st.sampled_from(
        [
            "x = {1: {2: 3}}",
            "a = b[::2]",
            'f"{{x}}"',
            "y: int",
            "pass",
            "  std::x",
            "<b>",
        ]
    ),
    st.sampled_from(
        ["", "", "  # cloze c1", "  # cloze c2: a hint", "  # cloze c1: }}"]
    ),
)


@st.composite
def question(draw: st.DrawFn) -> str:
    def quoted(text: str) -> str:
        return "'" + text.replace("'", "''") + "'"

    return QUESTION.format(
        question=quoted(draw(TEXT)),
        summary=quoted(draw(TEXT)),
        answer=draw(TEXT),
        code="\n".join(draw(st.lists(CODE_LINE, min_size=1, max_size=4))),
        claim=draw(TEXT).replace('"', ""),
    )


def sound(folder: Path) -> Catalog:
    """Return the catalog of the questions in `folder` that no rule refuses."""
    for _ in range(3):
        found = check(open_project(folder)).diagnostics
        wrong = {d.span.path for d in found if d.severity is Severity.ERROR}
        if not wrong:
            break
        for path in wrong:
            (folder / path).unlink()
    catalog = check_and_typeset(open_project(folder)).catalog
    assert catalog is not None
    return catalog


def imported(anki: Anki, folder: Path, catalog: Catalog) -> dict[str, Any]:
    """Import the deck and assert all that must be true of any deck."""
    package, *_ = render(catalog, settings_of(open_project(folder)))
    look: dict[str, Any]
    result, look, remade = anki(package.data, {"do": "look"}, {"do": "remake"})
    expected = {note.id: len(note.spec.cards) for note in notes(catalog)}
    assert result["new"] == len(expected)
    cards: dict[str, list[int]] = {}
    for card in look["cards"]:
        cards.setdefault(card["guid"], []).append(card["ord"])
    other = {
        note["fields"].get("Text", note["id"]): (cards.get(guid), remade[guid])
        for guid, note in look["notes"].items()
        if sorted(cards.get(guid, [])) != remade[guid]
        or len(remade[guid]) != expected[note["id"]]
    }
    assert other == {}
    for kind in ("missing_media", "faults", "blank", "refused"):
        assert look[kind] == [], kind
    assert look["empty_cards"] == 0
    return look


@given(st.lists(question(), min_size=60, max_size=60))
@settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # a deck of sixty shrinks for ever
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_cards_are_those_that_anki_makes_whatever_is_written(
    anki: Anki, written: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = (f"=== topic/q-{n}.md\n{text}" for n, text in enumerate(written))
        write_deck(
            folder,
            "\n".join([*files, "=== topic/plain.md\n---\nquestion: Why?\n---\n"]),
        )
        catalog = sound(folder)
        imported(anki, folder, catalog)


NASTY = r"""---
question: What does $\sum_i a_i b_i$ cost, and why not `__init__`?
summary: >-
  It is {{c1::$\hat{\theta_{i}}$}}, {{c2::`std::vector`::a type}} and not
  $x^*_{i}y^*_{j}$.
---
Costs $5 and $6; `a < b && c`; $a<b$ and

$$
\begin{pmatrix} a & b \\ c & d \end{pmatrix} < \begin{pmatrix} 1 \\ 2 \end{pmatrix}
$$

```python solution
class Point:
    def __init__(self, x):  # cloze c1: constructor

        self.text = f"{{sum}} {x}"  # cloze c2
        # {{c1::not a cloze}}
```

- an item with a fence

  ```yaml
  ---
  # heading
  key: {{value}}
  ---
  ```

| a | b |
|---|---|
| `x|y` | <b>bold</b> |

![alt](<media/pic ture.svg>)
"""
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>'
PLAIN = "---\nquestion: Why?\n---\nSo.\n"


def written_to(folder: Path, picture: str = PICTURE) -> Catalog:
    write_deck(
        folder,
        f"=== topic/nasty.md\n{NASTY}\n=== topic/other.md\n{PLAIN}"
        f"\n=== media/pic ture.svg\n{picture}",
    )
    report = check_and_typeset(open_project(folder))
    assert report.catalog is not None, report.diagnostics
    return report.catalog


def hashes(catalog: Catalog) -> dict[str, str]:
    return {note.id: content_hash(note) for note in notes(catalog)}


def test_the_nasty_sample_comes_out_right(anki: Anki, tmp_path: Path) -> None:
    look = imported(anki, tmp_path, written_to(tmp_path))
    fields = {note["id"]: note["fields"] for note in look["notes"].values()}
    answer = fields["nasty"]["Answer"]
    assert r"\begin{pmatrix} a &amp; b \\ c &amp; d \end{pmatrix} &lt;" in answer
    assert r"\(a&lt;b\)" in answer
    assert "Costs $5 and $6" in answer
    assert r"\(x^*_{i}y^*_{j}\)" in fields["nasty"]["Summary"]
    assert "__init__" in answer.replace("</span>", "").replace('<span class="fm">', "")
    assert "key" in answer
    assert answer.count("<hr") == 0
    text = fields["nasty/cloze"]["Text"]
    assert r"{{c1::\(\hat{\theta_{i} }\)}}" in text


def test_another_pygments_moves_no_note(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = written_to(tmp_path)
    highlight.highlight.cache_clear()
    monkeypatch.setattr(highlight, "_css_class", lambda _kind: "new")
    after = written_to(tmp_path)
    highlight.highlight.cache_clear()
    assert before.questions[0].answer.card != after.questions[0].answer.card
    assert hashes(before) == hashes(after)


def test_another_picture_moves_the_notes_that_show_it(tmp_path: Path) -> None:
    before = hashes(written_to(tmp_path))
    after = hashes(written_to(tmp_path, PICTURE.replace("9", "8")))
    assert {name for name in before if before[name] != after[name]} == {"nasty"}


def test_wrapping_lines_otherwise_moves_no_note(tmp_path: Path) -> None:
    text = "---\nquestion: Why?\nsummary: >-\n  One two\n  three.\n---\n{}\n"
    found = []
    for body in ("One two three four.", "One two\nthree four."):
        write_deck(tmp_path, "=== topic/a.md\n" + text.format(body))
        catalog = check_and_typeset(open_project(tmp_path)).catalog
        assert catalog
        found.append(hashes(catalog))
    assert found[0] == found[1]


def test_the_flagship_deck_comes_out_whole(anki: Anki) -> None:
    folder = Path(__file__).parents[2] / "content"
    catalog = check_and_typeset(open_project(folder)).catalog
    assert catalog is not None
    imported(anki, folder, catalog)
