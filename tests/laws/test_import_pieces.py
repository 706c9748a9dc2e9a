"""Laws of single steps of an import: nothing runs, nothing is read twice or lost."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from textwrap import indent
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.laws.test_imports import around

from triptych.deck.imported import card_name, card_of, is_card, load
from triptych.deck.pictures import picture
from triptych.deck.read import normalized
from triptych.dialect.css_fetches import with_plain_names
from triptych.dialect.folders import NOT_TOPICS
from triptych.dialect.ids import MAX_ID_CHARS, id_from, is_id
from triptych.errors import TriptychError
from triptych.imports.anki_database import AnkiNote, AnkiType, Database
from triptych.imports.anki_notes import collection_of
from triptych.imports.card_tables import with_tables
from triptych.imports.card_templates import harmless
from triptych.imports.clozes import CLOZE, gaps_of, revealed
from triptych.imports.files import ExistingDeck, MadeDeck, file_text, made_deck
from triptych.imports.found import Collection, FoundNote
from triptych.imports.html import Html
from triptych.imports.markdown_details import by_details
from triptych.imports.markdown_items import by_items
from triptych.imports.markdown_question import Raw
from triptych.imports.markdown_text import (
    Context,
    blocks,
    definitions,
    label_lines,
    labels_in,
    used_blocks,
)
from triptych.imports.marks import Marks
from triptych.imports.media import SAFE_NAME, FieldFiles, LinkedFiles, MediaNames
from triptych.imports.one_line import one_line
from triptych.imports.pieces import changed
from triptych.imports.repair import repaired
from triptych.imports.table_text import read_rows
from triptych.imports.yaml_text import scalar
from triptych.notes.types import Field, NoteType, Template
from triptych.parse.document import parse
from triptych.values.source import Source

FEW = settings(max_examples=60, deadline=None)
RUNNING = (
    *("<script>", "</script>", "<scr", "ipt>", "<img ", "<a ", "<svg/", ">", "</a>"),
    *("onload=x", "OnError = 'x' ", '"x"onclick=y', "/onfocus=z ", "href=", "src="),
    *(
        '"java&#115;cript:x"',
        "' jav\tascript:x'",
        "data:text/html,x ",
        "//far.example ",
    ),
    *('alt=">"', "alt=it's ", '"', "'", "{{Front}}", "text", "<iframe>", "</iframe>"),
    *("<object", "<embed src=x>", "=", "/", "<", "x ", "poster='https://far.example'"),
    *(
        "style='",
        "background:u\\72l(",
        "background:u&#114;l(",
        '"\\2f/far.example/x"',
        ")",
        "<style>",
        "</style>",
    ),
    *("&quot;//far.example", "image-set('//far.example/y' 1x", "@\\69 mport '//far.'"),
)


class Dangers(HTMLParser):
    """What of a template would run or fetch something, as a browser reads it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "iframe", "object", "embed", "form", "base"}:
            self.found.append(tag)
        for name, value in attrs:
            target = re.sub(r"[\x00-\x20]", "", value or "").lower()
            if name.startswith("on") or target.startswith(("javascript:", "data:text")):
                self.found.append(name)
            if name in {"src", "poster"} and target.startswith(("//", "https://")):
                self.found.append(name)
            self.found += fetched(value or "") if name == "style" else []

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "style":
            self.found += fetched(data)


def fetched(css: str) -> list[str]:
    """Return the names of what fetches from the web in CSS without its escapes."""
    plain = re.sub(
        r"\\([0-9a-f]{1,6})\s?",
        lambda found: chr(int(found[1], 16)),
        css,
        flags=re.IGNORECASE,
    )
    return re.findall(r"(?:url|image-set)\(\s*[\"']?(?=//)|@import\b", plain)


def note_type(*fronts: str, cloze: bool = False) -> NoteType:
    return NoteType(
        *("", 7, "Type", cloze),
        sort_field="Front",
        fields=(Field(1, "Front"), Field(2, "Back")),
        templates=tuple(
            Template(n, f"Card {n}", None, front, "{{Back}}")
            for n, front in enumerate(fronts, start=1)
        ),
        css="",
        right_to_left=False,
    )


@settings(max_examples=150, deadline=None)
@example(["<scr", "<script>", "</script>", "ipt>", "x", "</script>"])
@example(["<img ", "src=", '"x"onclick=y', ">"])
@example(["<svg/", "onload=x", ">"])
@example(["<img ", 'alt=">"', "/onfocus=z ", ">"])
@example(["<a ", "href=", '"java&#115;cript:x"', ">"])
@example(["<a ", "href=", "=", '"java&#115;cript:x"', ">"])
@example(["<a ", "style='", "background:u\\72l(", '"\\2f/far.example/x"', "'", ">"])
@example(["<a ", "style='", "background:u&#114;l(", "//far.example ", ")'", ">"])
@example(["<style>", "background:u\\72l(", "//far.example ", "</style>"])
@example(["<style>", "image-set('//far.example/y' 1x", "</style>"])
@example(["<style>", "@\\69 mport '//far.'", "</style>"])
@example(["<style>", "x", "@\\69 mport '//far.'", "</style>"])
@given(st.lists(st.sampled_from(RUNNING), max_size=9))
def test_nothing_in_a_template_runs_or_fetches(pieces: list[str]) -> None:
    html = "".join(pieces)
    made, dropped = harmless(note_type(html))
    front = made.templates[0].front
    assert Dangers(f"{front}</i>").found == []
    # It is as it was where there was nothing to drop, and a second time always.
    assert dropped or front == with_plain_names(html)
    assert harmless(made) == (made, ())


@pytest.mark.parametrize("css", ['content: "\\2192"', "url(_own.png)", "u\\72l(a.png)"])
def test_css_that_fetches_nothing_is_kept(css: str) -> None:
    html = f"<i style='{css}'>$\\frac 1 2$</i><style>a {{ {css} }}</style>"
    made, dropped = harmless(note_type(html))
    assert dropped == ()
    assert made.templates[0].front == html.replace("u\\72l", "url")


@pytest.mark.parametrize("piece", ["<a", "url(//", "image-set('//", "<script", "x=y "])
def test_cleaning_takes_time_in_proportion(piece: str) -> None:
    """Else half a megabyte, as any package may hold, takes hours."""
    made, _ = harmless(note_type(piece * 100_000))
    assert fetched(made.templates[0].front) == []


GAPS = st.lists(
    st.sampled_from(
        ["==a==", "==b c==", "==}}==", "==d}}e==", "{{c3::f::g}}", "{{c1::h}}", " i "]
    ),
    max_size=6,
)


@FEW
@given(GAPS)
def test_each_gap_is_a_cloze_with_its_own_number(pieces: list[str]) -> None:
    text = gaps_of("".join(pieces))
    marked = sum(piece.startswith("==") for piece in pieces)
    before = {int(n) for n in re.findall(r"c(\d)::", "".join(pieces))}
    numbers = [int(found[1]) for found in CLOZE.finditer(text)]
    assert len(set(numbers) - before) == marked
    hidden = re.sub(r"==|\{\{c\d::|::g\}\}|(?<=h)\}\}", "", "".join(pieces))
    assert revealed(text).replace(" ", "") == hidden.replace(" ", "")


@pytest.mark.parametrize(
    "target",
    ["javascript:alert(1)", "data:text/html,x", "file:///x", "x.html", "ftp://x"],
)
def test_links_of_other_schemes_are_their_words(target: str) -> None:
    assert Html(around()).blocks(f'<a href="{target}">words</a>') == "words"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a<br>b", "a\\\nb"),
        ("<blockquote>a<br>b</blockquote>", "> a\\\n> b"),
        ("<ul><li>a<br>b</li></ul>", "- a\\\n  b"),
        # Before a block it would be a sign of its own.
        ("<ul><li>a<br><ul><li>b</li></ul></li></ul>", "- a\n  - b"),
        ("a<br><blockquote>b</blockquote>", "a\n> b"),
        ("<blockquote>a<br><ul><li>b</li></ul></blockquote>", "> a\n>\n> - b"),
    ],
)
def test_a_line_breaks_before_text_alone(html: str, text: str) -> None:
    assert Html(around()).blocks(html) == text


def test_a_cell_takes_few_columns() -> None:
    html = "<table><tr><td colspan=90000>a</td></tr></table>"
    assert len(Html(around()).blocks(html)) < 20_000


def test_a_picture_stays_where_end_tags_are_left_out(tmp_path: Path) -> None:
    names = MediaNames()
    here = FieldFiles(LinkedFiles(tmp_path, names), tmp_path, "here", [])
    html = '<ul><li>one<li><img alt="a" src="data:image/png;base64,iVBORw0KGgo="></ul>'
    assert "![a](media/picture-" in Html(here).blocks(html)
    assert len(names.media) == 1


@pytest.mark.parametrize("lines", [2, 1])
@pytest.mark.parametrize("backslashes", range(5))
def test_a_line_keeps_the_backslashes_that_are_text(
    backslashes: int, lines: int
) -> None:
    text = "\n".join(["a" + "\\" * backslashes, "b"][:lines])
    kept = "\\" * (backslashes - backslashes % 2)
    assert one_line(text) == " ".join([f"a{kept}", "b"][:lines])


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("in.svg", "in.svg"),
        ("deep/../in.svg", "in.svg"),
        ("a%20b.svg?x#y", "a b.svg"),
        ("/in.svg", "in.svg"),
        ("../out.svg", ""),
        ("%2e%2e/out.svg", ""),
        ("deep/../../out.svg", ""),
        ("link.svg", ""),
        ("x" * 300, ""),
    ],
)
def test_files_are_read_from_within_the_source_alone(
    tmp_path: Path, target: str, found: str
) -> None:
    root = tmp_path / "source"
    (root / "deep").mkdir(parents=True)
    for path in (root / "in.svg", root / "a b.svg", tmp_path / "out.svg"):
        path.write_text("<svg/>")
    (root / "link.svg").symlink_to(tmp_path / "out.svg")
    files = LinkedFiles(root, MediaNames())
    assert files.find(target, root) == (root / found if found else None)
    outside = files.find(str(tmp_path / "out.svg"), root)
    assert outside is None


def test_a_name_is_that_of_the_file_beside_the_text_first(tmp_path: Path) -> None:
    deep = tmp_path / "deep"
    deep.mkdir()
    for path in (tmp_path / "a.PNG", deep / "a.PNG", tmp_path / "b.PNG"):
        path.write_bytes(b"")
    files = LinkedFiles(tmp_path, MediaNames())
    assert files.find("a.PNG", deep) == deep / "a.PNG"
    assert files.find("/b.PNG", deep) == files.find("b.PNG", deep) == tmp_path / "b.PNG"
    # Two pictures have two names, whose suffixes are small.
    shown = [files.picture("a.PNG", folder) for folder in (deep, tmp_path, deep)]
    assert shown == ["media/a.png", "media/a-2.png", "media/a.png"]


@pytest.mark.parametrize(
    "name", [".x.png", "..", "a/b.png", "a\\b.png", "a:b", "a\n.png", "a" * 121, ""]
)
def test_a_name_that_no_file_may_have_is_refused(name: str) -> None:
    assert not SAFE_NAME.fullmatch(name)


@FEW
@example("no")
@example("y")
@example("Null")
@example("1.5")
@example("2020-01-01")
@example(" a ")
@example("a: b # c")
@example("a?")
@given(st.text(max_size=20))
def test_every_program_reads_a_value_as_the_same_text(text: str) -> None:
    tags = tuple(filter(None, [" ".join(text.split())]))
    front_matter = file_text(FoundNote("What?", "", "here", tags=tags), "x")
    read = yaml.safe_load(front_matter.split("---\n")[1]).get("tags", [])
    assert [str(type(tag)) for tag in read] == ["<class 'str'>"] * len(tags)


@pytest.mark.parametrize("text", ["y", "N", "yes", "Off", "TRUE", "null"])
def test_a_word_that_older_yaml_takes_for_a_truth_is_quoted(text: str) -> None:
    assert scalar(text) == f"'{text}'"


@pytest.mark.parametrize("title", sorted(NOT_TOPICS))
def test_no_topic_is_a_folder_with_another_meaning(title: str) -> None:
    note = FoundNote("What?", "It.", "here", topic=title)
    made = made_deck(Collection("s", "a table", "S", (note,)), ExistingDeck())
    assert set(made.topics) == {f"{title}-2"}


CELL = st.text("ab ,;\"'#\n\r\t\\", max_size=8)
PLAIN = st.builds(
    FoundNote,
    prompt=st.integers(0, 10**6).map("What is {}?".format),
    answer=st.sampled_from(["", "one", "one\n\n- two", "# head", "x" * 501]),
    place=st.just("here"),
    tags=st.lists(st.sampled_from(["t1", "t-2", "two words", "T"]), unique=True).map(
        tuple
    ),
    hints=st.lists(st.just("a hint"), max_size=2).map(tuple),
    id=st.sampled_from(["", "cloze", "fill-in", "own"]),
    guid=st.just(""),
    note_type=st.just("kept"),
    fields=st.dictionaries(
        st.sampled_from(["Extra", "More: of it", "x,y"]), CELL.filter(bool), max_size=2
    ),
    is_plain=st.just(True),
)


SMALL = [FoundNote(f"Number {n}?", "one", "here", is_plain=True) for n in range(6)]


@FEW
@example(replace(SMALL[0], prompt="Other?", fields={"Extra": "a\rb"}))
@example(replace(SMALL[0], prompt="Other?", tags=("two words",)))
@example(replace(SMALL[0], prompt="Other?", id="cloze"))
@given(PLAIN)
def test_a_note_says_the_same_in_a_table_as_in_a_file(odd: FoundNote) -> None:
    notes = [*SMALL, odd]
    collection = Collection("s", "a table", "Topic", tuple(notes))
    made = with_tables(made_deck(collection, ExistingDeck()), ExistingDeck())
    assert sorted(kept(made)) == sorted(
        (note.prompt, note.tags, tuple(note.hints), tuple(sorted(note.fields.items())))
        for note in notes
    )
    slugs = [file.path.stem for table in made.tables for file in table.files]
    assert not {"cloze", "fill-in"}.intersection(slugs)


def as_read(path: PurePosixPath, text: str) -> Source:
    """Return a file as it is read again: all ends of lines are one."""
    return Source(path, normalized(text))


def kept(made: MadeDeck) -> Sequence[tuple[object, ...]]:
    """Return the prompt, tags, hints and fields of each note, as read again."""
    found: list[tuple[object, ...]] = []
    for file in made.files:
        document = parse(as_read(file.path, file.text))
        meta, matter = document.meta, document.front_matter
        fields = tuple(sorted(meta.origin.fields.items()))
        hints = tuple(matter.texts("hints"))
        found.append((matter.text("question"), meta.tags, hints, fields))
    for table in made.tables:
        for card in parse(as_read(table.path, table.text)).layers.cards:
            options = card.options
            fields = tuple(sorted(options.origin.fields.items()))
            hints = tuple(token.content for token in options.hint)
            found.append((card.heading.content, options.tags, hints, fields))
    return found


@pytest.mark.parametrize(("cards", "made"), [(1, 2), (2, 2), (3, 3)])
def test_a_note_has_as_many_cards_as_learners_have_of_it(cards: int, made: int) -> None:
    type_ = AnkiType(note_type("{{Front}}", "{{Back}}"), 1)
    note = AnkiNote("g", 7, 1, ("Leech", "marked", "t"), ("a", "b"), "Deck", cards)
    (found,) = collection_of(Database({7: type_}, (note,), {}), {}, "x", "x").notes
    assert found.cards == made
    # The first two are of the person who exported it.
    assert found.tags == ("t",)


@pytest.mark.parametrize("part", ["prompt", "summary", "answer"])
def test_a_picture_that_is_none_is_shown_nowhere(part: str) -> None:
    path = PurePosixPath("media/x.png")
    texts: dict[str, Any] = {"prompt": "What?", "answer": "It."}
    texts[part] = f"![words]({path}) and"
    (found,) = repaired(
        [FoundNote(**texts, place="here")], {path: picture(path, b"no picture")}, []
    )
    assert getattr(found, part) == "words and"


@pytest.mark.parametrize("file", ["/etc/passwd", "/t/cards.csv#a"])
def test_the_record_of_imports_names_files_of_the_deck_alone(file: str) -> None:
    row = {"file": file, "source": "s", "key": "k", "digest": "d"}
    with pytest.raises(TriptychError, match=r"import\.lock:1 is damaged"):
        load(f"{json.dumps(row)}\n")


@pytest.mark.parametrize(
    ("written", "markdown"),
    [
        ('[a](https://x.example "T")', '[a](https://x.example "T")'),
        ('![p](p.svg "T")', '![p](media/p.svg "T")'),
        ("[[Note#Part]] [[#Part]]", "Note Part"),
        ("See[^1].\n\n[^1]: A note.", "See[^1].\n\n[^1]: A note."),
        ("See <https://x.example>, <no>.", "See <https://x.example>, \\<no>."),
        ("Words. ^b-1\nMore.", "Words.\nMore."),
    ],
)
def test_markdown_of_others_keeps_what_a_deck_can_show(
    written: str, markdown: str, tmp_path: Path
) -> None:
    (tmp_path / "p.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    known = {"1": "[^1]: A note."}
    files = LinkedFiles(tmp_path, MediaNames())
    context = Context(files, tmp_path, "here", [], footnotes=known)
    assert blocks(written, context) == markdown


@pytest.mark.parametrize(("comment", "count"), [("%% a note %%", 1), ("%% %%", 0)])
def test_a_comment_of_obsidian_is_left_out_and_listed(comment: str, count: int) -> None:
    here = Path("/nowhere")
    context = Context(LinkedFiles(here, MediaNames()), here, "here", [])
    assert blocks(f"Words.{comment}\n\nMore.", context) == "Words.\n\nMore."
    assert [item.what for item in context.left_out] == ["comments"] * count


def test_a_label_of_an_address_is_the_same_in_capitals(tmp_path: Path) -> None:
    text = "See [it][SITE], [Site] and [sITE][].\n\n[Site]: https://x.example\n"
    known = definitions(text)
    context = Context(LinkedFiles(tmp_path, MediaNames()), tmp_path, "here", [], known)
    it, site, third = (
        f"[{name}](https://x.example)" for name in ("it", "Site", "sITE")
    )
    assert blocks(text, context) == f"See {it}, {site} and {third}."
    assert used_blocks(text, ["[a][sitE]"]) == ["[Site]: https://x.example"]
    assert {label for _, label in label_lines(text)} == labels_in("[SITE]")


@pytest.mark.parametrize(
    ("find", "text"),
    [
        (
            by_details,
            "1. <details><summary>What is it?</summary>\n\n{}\n   </details>\n",
        ),
        (by_details, "1. What is it?\n\n   <details>\n\n{}\n   </details>\n"),
        (by_items, "1. **What is it?**\n\n{}\n"),
    ],
)
def test_an_answer_in_a_list_is_no_part_of_it(
    find: Callable[[str], Iterator[Raw]], text: str
) -> None:
    answer = "This.\n\n```\nx\n  y\n```"
    (raw,) = find(text.format(indent(answer, "   ")))
    assert (raw.prompt, raw.answer) == ("What is it?", answer)


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("{{c01::a}} b", "{{c1::a}} b"),
        (r"\(\$5\)", r"$\$5$"),
        (r"[latex]\begin{equation}x\end{equation}[/latex]", "$$x$$"),
        (r"\(x {{c1::y::hint}} z\)", "$x y z$"),
        (
            r"[latex]\begin{gather}x\end{gather}[/latex]",
            r"$$\begin{gather}x\end{gather}$$",
        ),
        # The signs that stand for marks are read as no marks.
        ("\ufdd00\ufdd1 {{c1::a}}", "\ufffd0\ufffd {{c1::a}}"),
    ],
)
def test_marks_of_anki_are_those_of_a_deck(html: str, markdown: str) -> None:
    marks = Marks(str)
    assert marks.put_back(marks.take(html)) == markdown


def test_the_name_or_the_first_line_of_a_table_says_what_parts_its_cells() -> None:
    # With names of known columns the comma would be chosen.
    rows = read_rows("front,back\nc,d\n", "", Path("a.tsv"), 0)
    assert [cells for _, cells in rows.cells] == [["front,back"], ["c,d"]]
    rows = read_rows("sep=arate,b\nc,d\n", "", Path("a.csv"), 0)
    assert len(rows.cells) == 2


def test_an_id_of_many_words_is_cut_and_is_one() -> None:
    made = id_from(f"{'a' * (MAX_ID_CHARS - 1)} b")
    assert made == "a" * (MAX_ID_CHARS - 1)
    assert is_id(made)


@pytest.mark.parametrize("name", ["t/c#.md", "media/c#-d.png", "t/cards.csv"])
def test_only_a_row_of_a_table_is_recorded_as_a_card(name: str) -> None:
    assert not is_card(name)
    table = PurePosixPath("c#/cards.csv")
    assert is_card(card_name(table, "a"))
    sharp = PurePosixPath("c#/t.csv")
    assert card_of(card_name(sharp, "a")) == (sharp, "a")
    assert card_of(card_name(table, "a")) == (table, "a")


@pytest.mark.parametrize("after", ["1", "b", "é"])
def test_a_formula_beside_a_letter_is_one(after: str) -> None:
    text = Html(around()).blocks(rf"\(x\){after}")
    (line,) = parse(
        Source(PurePosixPath("t/x.md"), f"---\nquestion: Q\n---\n{text}\n")
    ).find("math_inline")
    assert line.content == "x"


def test_the_name_of_a_sound_is_read_as_html() -> None:
    assert "`[sound:a & b.mp3]`" in Html(around()).blocks("[sound:a &amp; b.mp3]")


@pytest.mark.parametrize(
    "fence",
    [
        "```py\nx\n```\n",
        "~~~~ $x$\nx\n~~~~\n",
        "> ```c++\n> x\n> ```\n",
        "- ```x\n  y\n  ```\n",
    ],
)
def test_no_line_of_a_fence_is_changed(fence: str) -> None:
    assert changed(f"words\n\n{fence}\nwords", str.upper) == f"WORDS\n\n{fence}\nWORDS"
