"""``triptych import`` of text: no word is lost, in any shape and any encoding."""

import json
import sys
from pathlib import Path, PurePosixPath

import pytest
from tests.test_import import body, documents, imported, run, written

from triptych.build.build import check
from triptych.deck.project import open_project
from triptych.imports import page_keys, sources
from triptych.imports.found import FoundNote
from triptych.imports.markdown_headings import by_headings, by_sections
from triptych.imports.markdown_shapes import guessed
from triptych.imports.source_files import files_in, others_in
from triptych.imports.summaries import with_summary
from triptych.values.diagnostics import Severity
from triptych.values.document import Document, FrontMatter
from triptych.values.source import Source

BETWEEN = """# Backend

An introduction.

- [Linux](#linux)

## What is a shell?

A program.

## Rubric

How we judge.

## What is a kernel?

The core.

**[⬆ Back to Top](#backend)**
"""
FOLDED = """# Backend

<details><summary>Table of contents</summary>

- [Linux](#linux)

</details>

## Linux

<details><summary>What is a shell?</summary>A program.</details>
<details><summary>What is a kernel?</summary>The core.</details> Of the system.

### What prints this?

```sh
echo '<details>'
```

<details>
<summary>Show answer</summary>

The tag.

</details>

See the manual.

### Pipes

How do pipes work?

<details><summary>Hint</summary>

Think of **buffers**.

</details>
<details><summary>Antwort</summary>

A buffer.

<details><summary>Why so small?</summary>

Memory.

</details>
</details>

## Net

**Q7. What is TCP?**

<details>
<summary><b>Solution</b></summary>
A protocol.
</details>

Explain UDP.

<details>
<summary>Click to expand</summary>
Datagrams.
</details>

1. What is DNS?

   <details>
   <summary>答案</summary>

   ```
   a.b
   ```
   </details>

2. What is ARP? <details><summary>Answer 2</summary>Addresses.</details>

<details>
<summary>Advanced</summary>

<details><summary>What is BGP?</summary>

Routes.

</details>
</details>

<details>
<summary>What has no end?</summary>

This block.

<details>
<summary>What comes after it?</summary>

Another.

</details>
"""
ITEMS = """# Python

1. **What is a list?**

   A sequence.

   ```python
   a = [1]
   ```

2. **What is a dict?** A mapping.
3. What is a set?
   A bag.

10. **Explain the GIL.**

    A lock:
    1. one
    2. two

## More

**What is bold?**

Text. **Not this**, though.
"""
SECTIONS = """# Notes

Words before.

## Closures

Functions with scope.

### Example

An inner one.

## Hoisting

Moves.

## Scope

Where names live.
"""


def answers(content: Path) -> dict[str, str]:
    """Return what each question of a deck answers, in one line."""
    found = documents(content).values()
    return {question(document): answer(document) for document in found}


def question(document: Document) -> str:
    return document.front_matter.text("question")


def answer(document: Document) -> str:
    summary = document.front_matter.text("summary")
    return " ".join(f"{summary} {body(document)}".split())


def errors(content: Path) -> list[str]:
    found = check(open_project(content)).diagnostics
    return [d.message for d in found if d.severity is Severity.ERROR]


def test_text_between_questions_is_listed(tmp_path: Path) -> None:
    source = written(tmp_path, BETWEEN)
    result = run("import", source, "--content", tmp_path / "content", "--dry-run")
    assert "not imported: 2 passages of text\n" in result.output
    assert "source.md:3 “An introduction. - [Linux](#linux)”" in result.output
    assert "source.md:11 “## Rubric How we judge.”" in result.output
    assert "  links to the top of the page" in result.output


def test_all_that_is_not_imported_is_listed_on_demand(tmp_path: Path) -> None:
    notes = "".join(f"## What {n}?\n\nIt.\n\n## Rest {n}\n\nx\n\n" for n in range(5))
    source = written(tmp_path, notes)
    command = ("import", source, "--content", tmp_path / "content", "--dry-run")
    short, full = run(*command).output, run(*command, "--full").output
    assert "not imported: 5 passages of text; --full lists all" in short
    assert ("Rest 2" in short, "Rest 4" in short) == (True, False)
    assert "source.md:37 “## Rest 4 x”" in full
    found = json.loads(run(*command, "--format", "json").stdout)
    (reported,) = found["result"]["sources"]
    assert reported["not_imported"][4] == {
        "text": "## Rest 4\n\nx",
        "place": "source.md:37",
    }


def test_what_front_matter_says_and_no_key_holds_is_listed(tmp_path: Path) -> None:
    text = (
        "---\ntitle: What: is it?\nauthor: Ada\ncategories: [maths, sets]\n"
        "tags: one two\n---\nA set.\n"
    )
    source = written(tmp_path, text, "deep/post.md")
    result = run("import", source, "--content", tmp_path / "content")
    assert "  values of `author` in front matter" in result.output
    assert "(post.md:3)" in result.output
    (only,) = documents(tmp_path / "content").values()
    assert (question(only), only.meta.topic) == ("What: is it?", "maths")
    assert only.meta.tags == ("one", "two", "sets")


def test_a_rule_at_the_top_is_no_front_matter(tmp_path: Path) -> None:
    text = "---\n\n## What is A?\n\nA.\n\n---\n\n## What is B?\n\nA. Yes\nB. No\n"
    content = imported(tmp_path, written(tmp_path, text))
    assert answers(content) == {"What is A?": "A.", "What is B?": "A. Yes B. No"}


def test_summaries_ask_or_hide_what_is_asked_above(tmp_path: Path) -> None:
    content = imported(tmp_path, written(tmp_path, FOLDED))
    assert answers(content) == {
        "What is a shell?": "A program.",
        "What is a kernel?": "The core. Of the system.",
        "What prints this?": "```sh echo '<details>' ``` The tag. See the manual.",
        "How do pipes work?": "A buffer. <details><summary>Why so small?</summary>"
        " Memory. </details>",
        "What is TCP?": "A protocol.",
        "Explain UDP.": "Datagrams.",
        "What is DNS?": "``` a.b ```",
        "What is ARP?": "Addresses.",
        "What is BGP?": "Routes.",
        "What has no end?": "This block.",
        "What comes after it?": "Another.",
    }
    pipes = documents(content)["pipes-work"]
    assert pipes.front_matter.texts("hints") == ("Think of **buffers**.",)
    assert pipes.meta.tags == ("Pipes",)
    assert documents(content)["bgp"].meta.tags == ("Advanced",)
    assert not errors(content)


def test_a_block_that_is_no_question_is_listed(tmp_path: Path) -> None:
    source = written(tmp_path, FOLDED)
    result = run("import", source, "--content", tmp_path / "content", "--dry-run")
    assert "not imported: 1 passage of text\n" in result.output
    assert "source.md:3 “<details><summary>Table of contents" in result.output
    assert "  blocks: `</details>` is missing" in result.output


@pytest.mark.parametrize(
    ("summary", "asks"),
    [
        ("Answer", False),
        ("Show the solution (Python)", False),
        ("Lösung anzeigen", False),
        ("点击查看答案", False),
        ("", False),
        ("Open/closed principle", True),
        ("Show that it is even", True),
        ("See also: what is new?", True),
    ],
)
def test_the_words_of_a_summary_show_whether_it_asks(
    tmp_path: Path, summary: str, *, asks: bool
) -> None:
    text = f"Why so?\n\n<details><summary>{summary}</summary>\n\nIt.\n\n</details>\n"
    (asked,) = answers(imported(tmp_path, written(tmp_path, text)))
    assert asked == (summary if asks else "Why so?")


def test_numbered_questions_and_those_in_bold_are_found(tmp_path: Path) -> None:
    content = imported(tmp_path, written(tmp_path, ITEMS))
    assert answers(content) == {
        "What is a list?": "A sequence. ```python a = [1] ```",
        "What is a dict?": "A mapping.",
        "What is a set?": "A bag.",
        "Explain the GIL.": "A lock: 1. one 2. two",
        "What is bold?": "Text. **Not this**, though.",
    }
    assert not errors(content)


def test_headings_without_a_mark_are_taken_where_nothing_else_asks(
    tmp_path: Path,
) -> None:
    source = written(tmp_path, SECTIONS)
    result = run("import", source, "--content", tmp_path / "content")
    assert "3 headings of one level with the text below them" in result.output
    assert "source.md:3 “Words before.”" in result.output
    assert answers(tmp_path / "content") == {
        "Closures": "Functions with scope. ### Example An inner one.",
        "Hoisting": "Moves.",
        "Scope": "Where names live.",
    }
    few = written(tmp_path, SECTIONS.partition("## Scope")[0], "few.md")
    result = run("import", few, "--content", tmp_path / "other")
    assert "no question was found" in str(result.exception or result.output)
    for kind in ("headings", "sections"):
        reported = imported(tmp_path / kind, few, "--as", kind)
        assert sorted(answers(reported)) == ["Closures", "Hoisting"]


def test_a_callout_that_asks_is_a_question(tmp_path: Path) -> None:
    text = (
        "> [!question]- What is light?\n> A wave.\n> > [!info] Even\n> > more\n\n"
        "It is {{c1::hidden}} so.\n\nPort::80\n"
    )
    content = imported(tmp_path, written(tmp_path, text), "--one-file-each")
    reported = answers(content)
    assert reported["What is light?"] == "A wave. > [!NOTE] > **Even** > > more"
    assert sorted(reported) == ["It is […] so.", "Port", "What is light?"]
    assert not errors(content)


def test_headings_may_be_underlined(tmp_path: Path) -> None:
    text = (
        "Algebra\n=======\n\nAn introduction.\n\nWhat is a group?\n----------------\n\n"
        "A set:\n\nIt is closed.\n---\n\nWhat is a ring?\n---------------\nMore.\n"
    )
    source = written(tmp_path, text)
    result = run("import", source, "--content", tmp_path / "content")
    assert "source.md:4 “An introduction.”" in result.output
    assert answers(tmp_path / "content") == {
        "What is a group?": "A set: It is closed.",
        "What is a ring?": "More.",
    }


def test_labels_are_read_in_every_writing(tmp_path: Path) -> None:
    text = (
        "q: Lower?\na: Yes.\n\nQ3) Third?\nA) It is.\n\n"
        "Q4. Which?\nA. This\nB. That\nAnswer: B\n"
    )
    content = imported(tmp_path, written(tmp_path, text), "--one-file-each")
    assert answers(content) == {
        "Lower?": "Yes.",
        "Third?": "It is.",
        "Which? A. This B. That": "B",
    }


def test_a_gap_below_a_pair_is_a_card_of_its_own(tmp_path: Path) -> None:
    text = "Term::Definition\nA ==gap== here.\nOther::Words\n"
    content = imported(tmp_path, written(tmp_path, text), "--one-file-each")
    assert sorted(answers(content)) == ["A […] here.", "Other", "Term"]


def test_code_in_a_summary_makes_no_odd_id(tmp_path: Path) -> None:
    text = "<details><summary>What is&nbsp;<code>a < b</code>?</summary>It.</details>"
    content = imported(tmp_path, written(tmp_path, text.replace("a < b", "a &lt; b")))
    (only,) = documents(content).values()
    assert (question(only), only.meta.id) == ("What is `a < b`?", "b")


@pytest.mark.skipif(sys.platform == "win32", reason="makes links")
def test_neither_hidden_files_nor_installed_packages_are_read(tmp_path: Path) -> None:
    for name in ("a.md", "sub/b.MDX", ".git/c.md", ".d.md", "node_modules/x/e.md"):
        written(tmp_path, "## What?\n", f"source/{name}")
    for name in ("a.csv", ".git/b.csv", "node_modules/c.csv"):
        written(tmp_path, "a,b\n", f"source/{name}")
    other = written(tmp_path, "## What?\n", "other/f.md").parent
    source = other.with_name("source")
    (source / "link").symlink_to(other)
    assert [str(path) for path in files_in(source)] == ["a.md", "sub/b.MDX"]
    assert [one.place for one in others_in(source)] == ["a.csv"]


def test_the_name_of_a_kind_may_be_in_capitals(tmp_path: Path) -> None:
    text = "## What is it?\n\nThis.\n"
    (note,) = sources.read(written(tmp_path, text, "NOTES.MD")).notes
    assert note.prompt == "What is it?"


def test_files_that_are_no_markdown_are_reported(tmp_path: Path) -> None:
    source = written(tmp_path, "## What?\n\nIt.\n")
    written(tmp_path, "a,b\n", "deep/words.csv")
    result = run("import", source.parent, "--content", tmp_path / "content")
    assert (
        "  files: they are no Markdown: import each (deep/words.csv)" in result.output
    )


FRENCH = "## Où est l\u2019été ?\n\nLà-bas \u2013 „oui“.\n"


@pytest.mark.parametrize("name", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_files_that_say_their_encoding_are_read(tmp_path: Path, name: str) -> None:
    source = written(tmp_path, "")
    source.write_bytes(FRENCH.encode(name))
    assert answers(imported(tmp_path, source)) == {
        "Où est l\u2019été ?": "Là-bas \u2013 „oui“."
    }


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", FRENCH),
        ("a.csv", "Front,Back\nOù est l\u2019été ?,Là-bas \u2013 „oui“.\n"),
        ("a.txt", "#separator:tab\nOù est l\u2019été ?\tLà-bas \u2013 „oui“.\n"),
    ],
)
def test_no_character_is_guessed(tmp_path: Path, name: str, text: str) -> None:
    source = written(tmp_path, "", name)
    source.write_bytes(text.encode("cp1252"))
    result = run("import", source, "--content", tmp_path / "content")
    message = str(result.exception or result.output)
    assert "is not UTF-8: say with --encoding" in message
    assert "`--encoding cp1252` (western Europe, Windows) it reads “" in message
    assert "Où est l\u2019été" in message
    wrong = run(
        "import", source, "--content", tmp_path / "content", "--encoding", "latin-1"
    )
    assert "has the control character U+0092" in str(wrong.exception or wrong.output)
    content = imported(tmp_path, source, "--encoding", "cp1252")
    assert answers(content) == {"Où est l\u2019été ?": "Là-bas \u2013 „oui“."}


def test_an_encoding_that_is_none_is_refused(tmp_path: Path) -> None:
    source = written(tmp_path, FRENCH)
    for name in ("nonsense", "hex"):
        result = run(
            "import", source, "--content", tmp_path / "content", "--encoding", name
        )
        message = str(result.exception or result.output)
        assert f"`{name}` is no known encoding" in message


def test_a_file_that_is_utf_8_is_read_so_beside_others(tmp_path: Path) -> None:
    one, two = written(tmp_path, "", "one.md"), written(tmp_path, FRENCH, "two.md")
    one.write_bytes("## Wie heißt es?\n\nÖl.\n".encode("cp1252"))
    content = imported(tmp_path, two.parent, "--encoding", "cp1252")
    assert sorted(answers(content)) == ["Où est l\u2019été ?", "Wie heißt es?"]


def test_only_a_lone_first_heading_is_a_title(tmp_path: Path) -> None:
    text = (
        "# Linux\n\n## Shells\n\n### What is a shell?\n\nA program.\n\n"
        "# Nets\n\n### What is a port?\n\nA number.\n"
    )
    both = documents(imported(tmp_path / "both", written(tmp_path, text)))
    assert {name: both[name].meta.topic for name in both} == {
        "shell": "linux",
        "port": "nets",
    }
    lone = written(tmp_path, text.partition("# Nets")[0])
    (shell,) = documents(imported(tmp_path / "lone", lone)).values()
    assert shell.meta.topic == "shells"


def test_a_guid_above_several_questions_is_none_of_theirs(tmp_path: Path) -> None:
    text = "---\nguid: abc\n---\n## What is one?\n\nA.\n\n## What is two?\n\nB.\n"
    found = documents(imported(tmp_path, written(tmp_path, text)))
    assert [document.meta.origin.guid for document in found.values()] == ["", ""]
    page = "---\ntitle: What is one?\nguid: abc\n---\nA.\n"
    (one,) = documents(imported(tmp_path / "page", written(tmp_path, page))).values()
    assert one.meta.origin.guid == "abc"


def front_matter(text: str) -> FrontMatter:
    """Return the front matter of a file of others."""
    source = Source(PurePosixPath("a.md"), f"---\n{text}\n---\nBody.\n")
    return page_keys.parted(source)[0]


def test_front_matter_of_others_is_read_as_it_is_meant() -> None:
    asked = front_matter("title: T\nquestion: Q?\nlevel: Hard\nauthor: A")
    assert page_keys.title(asked) == "Q?"
    assert page_keys.difficulty(asked) == "hard"
    assert dict(page_keys.unread(asked, is_page=True)) == {"title": 2, "author": 5}
    # Not YAML, since it has a colon and no quotes.
    named = front_matter("name: Don't: why\ndifficulty: insane\ncategory: Z")
    assert page_keys.title(named) == "Don't: why"
    assert page_keys.difficulty(named) == ""
    assert dict(page_keys.unread(named, is_page=True)) == {"difficulty": 3}
    tagged = front_matter("tags: '#a b'\ncategories: [X, Y]\ntopic: Z")
    assert (page_keys.topic(tagged), page_keys.tags(tagged)) == (
        "Z",
        ("a", "b", "X", "Y"),
    )


@pytest.mark.parametrize(
    ("answer", "summary", "rest"),
    [
        ("It is a tool for us. It is more.", "It is a tool for us.", "It is more."),
        ("**TL;DR**: A tool.\n\nIt is more.", "A tool.", "It is more."),
        # Too short, all of the answer, a part of a pair of marks, or no sentence.
        *(
            (text, "", text)
            for text in (
                "It is. It is more than that.",
                "It is a tool for us.",
                "It is **a tool for us. It is** more.",
                "It was shown by Dr. Turing. It is more.",
                "It is [a tool for us. It is](https://a.example) more.",
                "It is [a tool for us. It is] more.",
                "- It is a tool for us.\n\nIt is more.",
                f"TL;DR: It is {'very ' * 40}long.\n\nIt is more.",
                f"It is {'very ' * 40}long. It is more.",
            )
        ),
    ],
)
def test_a_first_sentence_is_a_summary_where_it_stands_alone(
    answer: str, summary: str, rest: str
) -> None:
    found = with_summary(FoundNote("What?", answer, "1"))
    assert (found.summary, found.answer) == (summary, rest)


def test_a_heading_that_is_folded_away_ends_no_answer_outside() -> None:
    text = (
        "<details>\n\n## What is that?\n\nThat.\n\n</details>\n\nMore.\n\n"
        "## What is it?\n\n<details>\n\n# A part\n\nThis.\n\n</details>\n\n"
        "## What else?\n\nNothing.\n"
    )
    found = {raw.prompt: raw.answer for raw in by_headings(text)}
    assert [*found] == ["What is that?", "What is it?", "What else?"]
    assert "This." in found["What is it?"]
    assert found["What is that?"] == "That."


def test_of_two_levels_of_sections_the_deeper_one_asks() -> None:
    text = "# A\n\nThis.\n\n## B\n\nThat.\n"
    assert [raw.prompt for raw in by_sections(text)] == ["B"]


PAIRS = "- red::el rojo\n- blue::el azul\n"


@pytest.mark.parametrize(
    ("text", "shape", "count"),
    [
        # Lines with gaps are no questions of their own beside one that asks.
        ("## What is it?\n\nThis.\n\nIt is ==a==.\n\nIt is ==b==.\n", "headings", 1),
        # What answers hold is a part of them.
        ("".join(f"## What is {n}?\n\n{PAIRS}\n" for n in "xyz"), "headings", 3),
        (f"{PAIRS}\nIt is ==e==.\n", "colons", 3),
    ],
)
def test_the_shape_of_a_file_is_that_of_its_questions(
    text: str, shape: str, count: int
) -> None:
    name, raws = guessed(text)
    assert (name, len(raws)) == (shape, count)
