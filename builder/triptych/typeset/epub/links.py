"""Write links and footnotes as XHTML."""

from collections.abc import Sequence

from markdown_it.token import Token

from triptych.dialect.links import LinkKind, destination
from triptych.typeset.epub.content_model import Attribute
from triptych.typeset.epub.raw import FOOTNOTES, link
from triptych.typeset.epub.state import Writer
from triptych.values.xhtml import Id, LinkStart, PlaceLink


def link_open(writer: Writer, tokens: Sequence[Token], position: int) -> None:
    """Begin a link, if it leads anywhere."""
    token = tokens[position]
    target = destination(str(token.attrs["href"]), writer.context.path)
    title = token.attrs.get("title")
    titles = [("title", str(title))] if title else []
    attributes: list[Attribute] = []
    match target.kind if writer.links else LinkKind.NOWHERE:
        case LinkKind.EXTERNAL:
            attributes = [*link(target.url), *titles]
        case LinkKind.ANCHOR:
            fragment = str(token.meta.get("fragment", target.fragment))
            attributes = [PlaceLink(fragment), *titles]
        case LinkKind.PAGE:
            attributes = [LinkStart(str(target.path), target.fragment)]
        case LinkKind.NOWHERE:
            writer.open_links.append(False)
            return
    writer.open_links.append(True)
    writer.generated.start("a", *attributes)


def link_close(writer: Writer, _tokens: Sequence[Token], _position: int) -> None:
    """End the innermost link, if it was begun."""
    if writer.open_links.pop():
        writer.generated.end("a")


def note_ref(writer: Writer, tokens: Sequence[Token], position: int) -> None:
    """Write the number of a footnote, with a link to it."""
    number, out = tokens[position].meta.get("number", 0), writer.generated
    out.start("sup", ("class", "footnote-ref"))
    if not writer.links:
        out.text(str(number))
    else:
        name = writer.note_name(number)
        # It links back to the first reference: a page drops an id that it has.
        out.start("a", PlaceLink(f"fn-{name}"), Id(f"fnref-{name}"))
        out.text(str(number))
        out.end("a")
    out.end("sup")


def notes_open(writer: Writer, _tokens: Sequence[Token], _position: int) -> None:
    """Begin the footnotes."""
    writer.out.start("section", ("class", "footnotes"), *FOOTNOTES)
    writer.out.text("\n")
    writer.out.start("ol")
    writer.out.text("\n")


def notes_close(writer: Writer, _tokens: Sequence[Token], _position: int) -> None:
    """End the footnotes."""
    writer.end_block("ol")
    writer.end_block("section")


def note_open(writer: Writer, tokens: Sequence[Token], position: int) -> None:
    """Begin a footnote."""
    name = writer.note_name(tokens[position].meta["number"])
    writer.out.start("li", Id(f"fn-{name}"))


def note_close(writer: Writer, tokens: Sequence[Token], position: int) -> None:
    """End a footnote with a link back."""
    name, out = writer.note_name(tokens[position].meta["number"]), writer.generated
    back = ("class", "footnote-back"), ("role", "doc-backlink")
    out.start("a", PlaceLink(f"fnref-{name}"), *back)
    out.text("↩")
    out.end("a")
    writer.end_block("li")
