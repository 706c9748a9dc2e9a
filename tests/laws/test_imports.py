"""Law: what is imported shows the words of its source, whatever the source is."""

import re
from html import escape, unescape
from pathlib import Path, PurePosixPath

from hypothesis import example, given, settings
from hypothesis import strategies as st

from triptych.imports.files import file_text
from triptych.imports.found import FoundNote
from triptych.imports.html import Html
from triptych.imports.markdown_text import Context, blocks
from triptych.imports.markdown_text import line as line_of
from triptych.imports.media import FieldFiles, LinkedFiles, MediaNames
from triptych.parse.document import parse
from triptych.typeset.plain import plain
from triptych.values.source import Source

SIGNS = "ab1 .,*_`$<>&[](){}#+-=|~^:!\\\"'%@/?é中\n"
TEXT = st.text(SIGNS, max_size=12)
INLINE = ("b", "i", "em", "strong", "u", "code", "sub", "span", "mark", "font")
BLOCK = ("p", "div", "blockquote", "h3", "pre")


def element(
    names: tuple[str, ...], inside: st.SearchStrategy[str]
) -> st.SearchStrategy[str]:
    return st.builds(
        lambda name, inner: f"<{name}>{inner}</{name}>", st.sampled_from(names), inside
    )


ESCAPED = TEXT.map(lambda text: escape(text, quote=False))
PIECES = st.lists(ESCAPED | element(INLINE, ESCAPED) | st.just("<br>"), max_size=4).map(
    "".join
)
LISTS = st.lists(PIECES, max_size=3).map(
    lambda items: f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"
)
TABLES = st.lists(st.tuples(PIECES, PIECES), min_size=1, max_size=3).map(
    lambda rows: "<table>{}</table>".format(
        "".join(f"<tr><td>{one}</td><td>{two}</td></tr>" for one, two in rows)
    )
)
FOLDED = st.builds("<details><summary>{}</summary>{}</details>".format, PIECES, PIECES)
OTHERS = TABLES | FOLDED | st.just("<hr>")
HTML = st.lists(PIECES | LISTS | element(BLOCK, PIECES) | OTHERS, max_size=4).map(
    "".join
)


CODE_OR_FORMULA = re.compile(
    r"(?P<code><(?P<tag>pre|code)\b.*?</(?P=tag)>)"
    r"|\\\[(?P<display>.*?)\\\]|\\\((?P<inline>.*?)\\\)",
    re.DOTALL,
)


def around() -> FieldFiles:
    return FieldFiles(
        LinkedFiles(Path("/nowhere"), MediaNames()), Path("/nowhere"), "here", []
    )


def words(text: str) -> str:
    """Return the characters of `text` that a reader sees, without spaces."""
    return re.sub(r"\s", "", text.replace("\xa0", " "))


def shown(note: FoundNote) -> tuple[str, str]:
    """Return what the file of a note shows as prompt and as summary and answer."""
    document = parse(Source(PurePosixPath("topic/x.md"), file_text(note, "x")))
    prose = document.prose
    answer = plain(prose.get("summary", ())) + plain(document.tokens)
    return words(plain(prose.get("question", ()))), words(answer)


# The same examples in every run: the rest of HTML is for `--examples`.
@settings(max_examples=150, deadline=None, derandomize=True)
@example("<pre><code>a\n```\nb</code></pre>")
@example("<b>a</b>*b")
@example("\\[\\]")
@example("\\[1\\]")
@example("\\\\[1\\]")
@example("1\\[\\\\]")
@example("<b>\\ </b>")
@example("1. a<br>2. b")
@example("&gt;1")
@example("<details><summary>\\(a_1\\) <b>b</b></summary>\\[c\\]</details>")
@example("<details><summary><p>a</p><p>- b</p></summary>c</details>")
@example("<table><tr><td>a<details><summary>b</summary>c</details></td></tr></table>")
@example("<table><tr><td><code>a\nb</code><code>c\nd</code></td></tr></table>")
@example("<table><tr><td><pre>a</pre><pre>b</pre></td></tr></table>")
@example("<div>- a</div><div>+ b</div>")
@example("&lt;int&gt; &amp;amp; \\* \\\\")
@given(HTML)
def test_html_as_markdown_shows_the_same_words(html: str) -> None:
    _, answer = shown(FoundNote("What?", Html(around()).blocks(html), "here"))
    # Of a formula Anki shows what is in it, and nothing of one with nothing in it.
    text = CODE_OR_FORMULA.sub(
        lambda found: found["code"] or found["display"] or found["inline"] or "", html
    )
    assert answer == words(unescape(re.sub(r"<[^>]*>", "", text)))


@settings(max_examples=100, deadline=None)
@given(st.text("ab 1.,!?'\"-:é中\n", max_size=40).filter(lambda text: text.strip()))
def test_markdown_of_others_shows_the_same_words(text: str) -> None:
    context = Context(
        LinkedFiles(Path("/nowhere"), MediaNames()), Path("/nowhere"), "here", []
    )
    same = parse(Source(PurePosixPath("topic/x.md"), f"---\nquestion: x\n---\n{text}"))
    note = FoundNote(line_of("What?", context), blocks(text, context), "here")
    assert shown(note) == ("What?", words(plain(same.tokens)))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_a_line_is_the_same_after_it_was_written_as_a_value(text: str) -> None:
    line = " ".join(text.split())
    note = FoundNote("What?", "", "here", tags=(line,) if line else ())
    document = parse(Source(PurePosixPath("topic/x.md"), file_text(note, "x")))
    kept = document.front_matter.texts("tags")
    assert document.front_matter.finding is None
    assert [words(tag) for tag in kept] == [words(tag) for tag in note.tags] or any(
        not character.isprintable() for character in line
    )
