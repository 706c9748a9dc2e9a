"""What the dialect reads as what; the traps that other tools fall into."""

from pathlib import PurePosixPath

import pytest

from triptych.parse.document import parse
from triptych.values.document import Document, Scalar
from triptych.values.source import Source


def document(body: str, front_matter: str = "question: What?") -> Document:
    text = f"---\n{front_matter}\n---\n{body}"
    return parse(Source(PurePosixPath("topic/q.md"), text))


MATH = ("math_inline", "math_inline_double", "math_block")


def formulas(body: str) -> list[str]:
    return [t.content for t in document(body).find(*MATH)]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("$x$ is 5", ["x"]),
        ("costs $5 and $6", []),
        ("US$5 and US$6, $AAPL and $MSFT", []),
        (r"\$x$ and $y$", ["y"]),
        (r"$\$5$", [r"\$5"]),
        ("$ x$ and $x $", []),
        ("from $$$ to $$$$, and $a$", ["a"]),
        ("$$$ is dear\n\n$$$$", []),
        ("$x$5", []),
        ("`$x$` and\n\n    $y$\n", []),
        ("$x^*_i y^*_j$", ["x^*_i y^*_j"]),
        ("in **$a$**, [$b$](https://example.org) and # $c$", ["a", "b", "c"]),
        ("text\n$$\na\n- b\n= c\n$$\nmore", ["\na\n- b\n= c\n"]),
        ("text $$x$$ more", ["x"]),
        ("$$x$$", ["x"]),
        ("$$\na\n\nb\n$$", []),
        ("- item\n\n  $$\n  a\n  $$", ["\na\n"]),
        ("$$$$", []),
        ("$", []),
        ("$\\", []),
        ("$x\\", []),
        ("$HOME/bin:$PATH", []),
        ("${A}-${B}", []),
        ("see $x^2 and `$HOME`", []),
        ("$n$th, $ij$th, $i + 1$st, $nd$D", ["n", "ij", "i + 1", "nd"]),
        ("$k$NN and $x$是", ["k", "x"]),
    ],
)
def test_dollars_make_formulas_only_where_meant(body: str, found: list[str]) -> None:
    assert [f.strip() for f in formulas(body)] == [f.strip() for f in found]


def test_layers_are_cut_at_top_level_headings_only() -> None:
    layers = document(
        "Short.\n\n## Other\n\n- ## Pitfalls\n\n## In depth\n\nLong.\n\n### Sub\n\n"
        "## Follow-ups\n\n### A {#a}\n\nyes\n\n#### B\n\nstill\n\n### C {#c}\n\nno\n"
    ).layers
    text = " ".join(t.content for t in layers.answer if t.type == "inline")
    assert text == "Short. Other Pitfalls"
    assert [t.content for t in layers.depth if t.type == "inline"] == ["Long.", "Sub"]
    assert [(s.slug, s.heading.content) for s in layers.follow_ups] == [
        ("a", "A"),
        ("c", "C"),
    ]
    inside = [t.content for t in layers.follow_ups[0].tokens if t.type == "inline"]
    assert inside == ["yes", "B", "still"]


def test_footnotes_follow_the_layer_that_refers_to_them() -> None:
    layers = document(
        "One[^a].\n\n[^a]: Note *a* with[^b].\n[^b]: Note b.\n\n"
        "## In depth\n\nTwo[^b].\n"
    ).layers
    notes = [t.meta["number"] for t in layers.answer if t.type == "footnote_open"]
    deeper = [t.meta["number"] for t in layers.depth if t.type == "footnote_open"]
    assert (notes, deeper) == ([1, 2], [1])


def test_places_point_into_the_file() -> None:
    found = document("Text and $x$,\n> quoted $y$\n\n| a |\n|---|\n| $z$ | \n")
    spans = [
        (found.span(t).line, found.span(t).column) for t in found.find("math_inline")
    ]
    assert spans == [(4, 10), (5, 10), (9, 3)]


def test_what_stands_in_code_before_is_not_taken_for_its_place() -> None:
    found = document("`![a](b.png)` ![a](b.png) `$x$` $x$\n")
    columns = [found.span(t).column for t in found.find("image", "math_inline")]
    assert columns == [15, 33]


def test_cloze_markers_leave_the_code_and_keep_their_hint() -> None:
    body = (
        "```python solution\nx = 1  # cloze c1: one\ny = 2  // cloze c2\n```\n"
        "```python\nz = 3  # cloze c3\n```\n"
    )
    found = document(body)
    [solution] = found.code
    assert solution.text == "x = 1\ny = 2\n"
    fences = [t for t in found.tokens if t.type == "fence"]
    assert fences[0].meta["clozes"] == {0: (1, "one"), 1: (2, "")}
    assert "cloze c3" in fences[1].content


def test_a_heading_id_leaves_the_text_and_a_brace_in_code_stays() -> None:
    found = document("## Given {#here}\n\n## Code `{#x}`\n")
    headings = [t for t in found.tokens if t.type == "heading_open"]
    assert headings[0].attrs["id"] == "here"
    assert "id" not in headings[1].attrs
    texts = [t.content for t in found.tokens if t.type == "inline"]
    assert texts == ["Given", "Code `{#x}`"]


def test_yaml_stays_text() -> None:
    found = document("x", "question: What?\nminutes: 010\ntags: [no, 1.0, null, ~]")
    assert found.front_matter.text("minutes") == "010"
    assert found.front_matter.texts("tags") == ("no", "1.0", "null", "~")


def test_deep_nesting_loses_nothing() -> None:
    found = document("> " * 60 + "deep")
    assert "deep" in "".join(t.content for t in found.tokens)


def test_a_footnote_within_one_has_the_number_of_its_layer() -> None:
    text = (
        "---\nquestion: Q?\n---\nOne[^b] and[^a].\n\n## In depth\n\nTwo[^a].\n\n"
        "[^a]: see[^b]\n\n[^b]: it\n"
    )
    layers = parse(Source(PurePosixPath("t/x.md"), text)).layers
    for tokens, numbers in (
        (layers.answer, {"b": 1, "a": 2}),
        (layers.depth, {"a": 1, "b": 2}),
    ):
        found = [
            (child.meta["label"], child.meta["number"])
            for token in tokens
            for child in token.children or ()
            if child.type == "footnote_ref"
        ]
        assert len(found) == numbers["a"] + 1
        assert dict(found) == numbers
        assert all(numbers[label] == number for label, number in found)


def finding(front_matter: str) -> tuple[int, int, str, str]:
    """Return the place, the message and the hint about front matter."""
    found = document("Text.", front_matter).front_matter.finding
    assert found
    return found.span.line, found.span.column, found.message, found.hint


def test_three_dots_end_front_matter_as_they_end_yaml() -> None:
    text = "---\nquestion: What?\n...\nText.\n"
    found = parse(Source(PurePosixPath("topic/a.md"), text))
    assert found.front_matter.text("question") == "What?"
    assert found.tokens[1].content == "Text."


def test_front_matter_that_holds_no_keys_says_how_to_write_them() -> None:
    line, column, message, _ = finding("question: What?\n? [a, b]\n: c")
    assert (line, column) == (3, 3)
    assert "a key must be plain text" in message
    assert finding("- question: What?")[3] == "take the dash away before each key"
    line, column, message, _ = finding("question: What?\nsummary: a\x01b")
    assert (line, column) == (3, 11)
    assert "U+0001" in message


def test_only_brackets_within_each_other_are_deep() -> None:
    beside = document("Text.", f"question: What?\nsummary: '{'[x] ' * 600}'")
    assert beside.front_matter.text("summary") == ("[x] " * 600)
    line, column, message, _ = finding(f"question: What?\nsummary: {'[' * 600}")
    assert (line, column) == (3, len("summary: ") + 501)
    assert "nested too deeply" in message


def test_comments_and_signs_of_yaml_are_kept_for_the_rules() -> None:
    text = "question: C # 1\ntags: [a, b] # 2\nsummary: &x Yes\nid: !!str a"
    values = {
        key.text: value
        for key, value in document("Text.", text).front_matter.entries
        if isinstance(value, Scalar)
    }
    assert values["question"].comment == "# 1"
    assert (values["summary"].sign, values["id"].sign) == ("&x", "!!str")


def test_what_a_program_needs_is_a_list_or_several() -> None:
    text = "```python run needs=a,b, needs=c\nx = 1\n```\n"
    (code,) = parse(Source(PurePosixPath("t/a.md"), text)).code
    assert (code.role, code.needs) == ("run", ("a", "b", "c"))


@pytest.mark.parametrize("inner", ["> ### Not one", "- ### Not one"])
def test_a_heading_within_a_block_begins_no_note(inner: str) -> None:
    text = f"A.\n\n## Follow-ups\n\n### Why? {{#why}}\n\n{inner}\n\nSo.\n"
    layers = parse(Source(PurePosixPath("t/a.md"), text)).layers
    assert [section.slug for section in layers.follow_ups] == ["why"]
