"""Write code, formulas and tables of estimates as XHTML."""

from collections.abc import Sequence
from html import escape

from markdown_it.token import Token

from triptych.typeset.epub.content_model import Piece
from triptych.typeset.epub.elements import allowed
from triptych.typeset.epub.raw import Receiver
from triptych.typeset.epub.state import LTR, Writer
from triptych.typeset.highlight import highlight, shown_language
from triptych.typeset.math.mathml import mathml_in_xhtml
from triptych.typeset.site_code import coloured, tests_label
from triptych.typeset.sizing import formula, rows_of, written
from triptych.values.xhtml import Formula


def math(writer: Writer, tokens: Sequence[Token], position: int) -> None:
    """Write a formula in a line."""
    _formula(writer, tokens[position], display=False)


def display_math(writer: Writer, tokens: Sequence[Token], position: int) -> None:
    """Write a formula of its own."""
    _formula(writer, tokens[position], display=True)


def _formula(writer: Writer, token: Token, *, display: bool) -> None:
    made = allowed(mathml_in_xhtml(token.content.strip(), display=display))
    writer.generated.put(Piece("", text=Formula(made)))


def fence(writer: Writer, tokens: Sequence[Token], position: int) -> None:
    """Write a fence: a listing with its output, or what its tests say."""
    token = tokens[position]
    role, out = token.meta.get("role", ""), writer.generated
    if role == "test":
        _tests(writer, token)
    else:
        _listing(out, token, role)
    printed = writer.context.printed(token.content) if role == "run" else ""
    if printed:
        out.start("div", LTR, ("class", "output"))
        out.start("pre")
        out.text(escape(printed))
        out.end("div")
    writer.out.text("\n")


def code_block(writer: Writer, tokens: Sequence[Token], position: int) -> None:
    """Write an indented block of code."""
    _listing(writer.generated, tokens[position], "")
    writer.out.text("\n")


def _listing(out: Receiver, token: Token, role: str) -> None:
    language = shown_language(token)
    out.start("div", LTR, ("class", "code"), *([("data-role", role)] if role else []))
    out.start("pre", ("class", "highlight"))
    out.start("code", *([("class", f"language-{language}")] if language else []))
    out.text(coloured(highlight(token.content, language)))
    out.end("div")


def _tests(writer: Writer, token: Token) -> None:
    """Write what the tests say; where the site has no page of them, the tests, too."""
    out, label = writer.generated, tests_label(writer.context, token.content)
    if writer.context.tests_page:
        out.start("p", ("class", "tests"))
        out.text(label.html)
        out.end("p")
        return
    out.start("details", ("class", "tests"))
    out.start("summary")
    out.text(label.html)
    out.end("summary")
    _listing(out, token, "test")
    out.end("details")


def sizing(writer: Writer, tokens: Sequence[Token], position: int) -> None:
    """Write a table of estimates."""
    out, ltr = writer.generated, [LTR] if writer.context.has_rtl else []
    out.start("div", ("class", "table"))
    out.start("table")
    out.start("tbody")
    for row in rows_of(tokens[position]):
        out.start("tr")
        out.start("td")
        out.start("code", *ltr)
        out.text(escape(formula(row)))
        out.end("td")
        out.start("td", ("class", "align-right"))
        out.text(written(row.value))
        out.end("td")
        out.start("td")
        out.text(escape(row.comment))
        out.end("tr")
    out.end("div")
    writer.out.text("\n")
