"""Rules over the body: its reserved headings, ids, anchors and raw HTML."""

import re
from collections.abc import Iterator
from difflib import get_close_matches

from triptych.dialect.headings import NO_CARD, RESERVED, RESERVED_IN_CARDS
from triptych.dialect.ids import RESERVED_SLUGS, FreeNames, id_from, id_words, is_id
from triptych.dialect.links import LinkKind, destination
from triptych.dialect.sizes import MAX_PASSAGE_CHARS
from triptych.parse.markdown import PASSAGES
from triptych.patterns import lazy_pattern
from triptych.typeset.plain import plain
from triptych.validate.rule import FileScope
from triptych.values.diagnostics import Edit, Finding, Span
from triptych.values.document import (
    MAX_MARKDOWN_DEPTH,
    Document,
    Fence,
    Scalar,
    Section,
    Table,
    Tokens,
)

_COMMENTS = lazy_pattern(r"<!--.*?-->|\s+", re.DOTALL)
_RESERVED_PREFIXES = ("in", "fo", "pi", "ca")
_MAX_SLUG_WORDS = 6
_NEARLY_ID = lazy_pattern(
    r"\s(?P<marked>(?:(?P<sure>[\[({]\s*#)|#(?=\w)|\{(?=[\w\s-]+\}\s*\Z))"
    r"\s*(?P<name>[^\[\](){}#]+)[\])}]?)\s*\Z"
)
"""What stands for `{#id}` at the end of a heading: spaces, other brackets, or none."""


def missing_id(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag a follow-up, a pitfall or a plain card whose heading has no `{#id}`.

    So is a row of a table without an id. Each is a note in Anki with that permanent id,
    so the id cannot be derived from text that may change. `triptych check --fix` adds
    one.
    """
    slugs = (section.slug for section in document.sections)
    names = FreeNames((*slugs, *RESERVED_SLUGS))
    for section in document.sections:
        if section.slug:
            continue
        nearly = _NEARLY_ID.search(section.heading.content)
        if nearly:
            yield _nearly_id(document, section, nearly, names)
            continue
        words = id_words(plain((section.heading,)))
        slug = names.take("-".join(words[:_MAX_SLUG_WORDS]) or "note")
        if document.source.is_table:
            yield _missing_cell(section, slug)
            continue
        line = document.source.line(section.span.line)
        end, name = len(line.rstrip()), f"{{#{slug}}}"
        if (place := line.rfind("{.")) != -1 and line.endswith("}"):
            end = len(line[:place].rstrip())
            name = f"{{#{slug} {line[place + 1 :]}"
        edit = Edit(section.span.line, end + 1, len(line) - end, f" {name}")
        message = f"the heading `{section.heading.content}` has no id"
        yield Finding(section.span, message, f"end it with `{name}`", (edit,))


def _missing_cell(section: Section, slug: str) -> Finding:
    """Return the finding of a row of a table without an id."""
    span = section.span
    is_empty = span.length <= 1
    edits = (Edit(span.line, span.column, 0, slug),) if is_empty else ()
    prompt = section.heading.content
    message = f"the card `{prompt}` has no id" if prompt else "this row has no id"
    return Finding(span, message, f"write `{slug}` into the column `id`", edits)


def _nearly_id(
    document: Document, section: Section, nearly: re.Match[str], names: FreeNames
) -> Finding:
    """Return the finding of a heading that ends with what was meant for an id."""
    written = nearly["marked"]
    name, _, words_after = nearly["name"].partition(" .")
    kept = f" .{NO_CARD}" if NO_CARD in words_after.split() else ""
    words = id_words(name)
    slug = names.take("-".join(words[:_MAX_SLUG_WORDS]) or "note")
    message = f"`{written}` at the end of this heading is no id"
    place = document.source.line(section.span.line).rfind(written)
    # Without a bracket and a `#` it may be a part of what is asked.
    is_fixable = place > 0 and nearly["sure"]
    edits = (Edit(section.span.line, place + 1, len(written), f"{{#{slug}{kept}}}"),)
    span = Span(
        section.span.path, section.span.line, max(place, 0) + 1, max(1, len(written))
    )
    return Finding(
        span, message, f"write `{{#{slug}{kept}}}`", edits if is_fixable else ()
    )


def bad_slug(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag an id of a follow-up or pitfall that is reserved or ill-formed.

    `cloze` and `fill-in` are the ids of the cloze notes of a question.
    """
    for section in document.sections:
        if section.slug in RESERVED_SLUGS:
            yield Finding(
                section.span,
                f"the id `{section.slug}` is reserved",
                "choose another: it names a note that the question makes by itself",
            )
        elif section.slug and not is_id(section.slug):
            slug = id_from(section.slug)
            written = slug if document.source.is_table else f"{{#{slug}}}"
            hint = f"write `{written}`" if slug else "use a-z, 0-9 and hyphens"
            yield Finding(section.span, f"`{section.slug}` is no id", hint)


def duplicate_slug(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag an id that two headings of a file, or two rows of a table, share."""
    seen: dict[str, Span] = {}
    for name, span in _given_ids(document):
        if name in seen:
            hint = f"it is on line {seen[name].line}"
            yield Finding(span, f"the id `{name}` is given a second time", hint)
        elif name:
            seen[name] = span


def _given_ids(document: Document) -> Iterator[tuple[str, Span]]:
    if document.source.is_table:
        yield from ((section.slug, section.span) for section in document.sections)
    for token in document.tokens:
        if token.type == "heading_open":
            yield str(token.attrs.get("id", "")), document.span(token)


def needless_no_card(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag `.no-card` on a heading that makes no card anyway.

    It belongs on a follow-up or a pitfall: `### Your own story? {#story .no-card}`
    stands on the page, and no note of Anki is made of it. A released one is retired.
    """
    headings = {section.span for section in document.sections}
    for token in document.find("heading_open"):
        if (
            NO_CARD in token.meta.get("classes", ())
            and document.span(token) not in headings
        ):
            message = f"this heading makes no card, with `.{NO_CARD}` or without"
            yield Finding(document.span(token), message, f"take ` .{NO_CARD}` away")


def unknown_slug(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag a `renamed` entry whose new slug no small note of the file has."""
    slugs = {section.slug for section in document.sections}
    renamed = document.front_matter.get("renamed")
    for _, new in renamed.entries if isinstance(renamed, Table) else ():
        if isinstance(new, Scalar) and new.text not in slugs:
            message = f"no {_small_notes(document)} has the id `{new.text}`"
            yield Finding(new.span, message, "name the id that its heading has now")


def _small_notes(document: Document) -> str:
    return "card" if document.meta.is_cards else "follow-up or pitfall"


def repeated_heading(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag a reserved heading that occurs a second time; gather its parts under one."""
    for mention in document.layers.repeated:
        message = f"the heading `{mention.name}` occurs a second time"
        yield Finding(mention.span, message, "move what follows under the first one")


def loose_text(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag text between `## Follow-ups` or `## Pitfalls` and its first `###`.

    Nothing would show it: under these headings each `###` begins a note. So is another
    `##` heading below `## Cards`, which would stand in the answer of a card.
    """
    for mention in document.layers.text_before_list:
        message = f"this text is under `{mention.name}` but in none of its notes"
        yield Finding(mention.span, message, "put it under a `###` heading")


def misspelt_heading(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag a `##` heading that is nearly a reserved one: it would be plain text."""
    if document.meta.is_guide:
        return
    reserved = RESERVED_IN_CARDS if document.meta.is_cards else RESERVED
    known = {name.lower(): name for name in reserved}
    for opening, text in zip(document.tokens, document.tokens[1:], strict=False):
        if opening.type != "heading_open" or opening.tag != "h2" or opening.level:
            continue
        title = text.content.strip()
        # Comparing is slow, and few titles begin like a reserved one.
        if title in reserved or not title.lower().startswith(_RESERVED_PREFIXES):
            continue
        close = get_close_matches(title.lower(), known, n=1, cutoff=0.85)
        if close:
            message = f"`{title}` is not the reserved heading `{known[close[0]]}`"
            hint = f"write `## {known[close[0]]}`, or another title"
            yield Finding(document.span(opening), message, hint)


def empty_answer(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag a question that nothing answers, and a small note without text.

    A summary with gaps is an answer of its own.
    """
    if document.front_matter.fence is not Fence.CLOSED:
        return
    layers = document.layers
    has_answer = document.meta.is_cards or bool(document.cloze_numbers)
    has_answer = has_answer or _has_content(layers.answer)
    if not has_answer and not _has_content(layers.depth):
        message = (
            "the page is empty" if document.meta.is_guide else "nothing answers this"
        )
        hint = "write the answer below the front matter"
        yield Finding(Span(document.source.path), message, hint)
    for section in document.sections:
        if document.source.is_table and not section.heading.children:
            continue  # another rule flags a row without a prompt
        # What a cloze hides is its answer.
        if not _has_content(section.tokens) and not section.cloze_numbers:
            message = f"there is nothing under `{section.heading.content}`"
            hint = "write its answer below the heading"
            if document.source.is_table:
                message = f"nothing answers `{section.heading.content}`"
                hint = "write it into the column `answer`"
            yield Finding(section.span, message, hint)


def dead_anchor(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag a link to a place that the page does not have."""
    known = document.anchors.union(document.github_names)
    for token in document.find("link_open"):
        target = destination(str(token.attrs["href"]), document.source.path)
        if target.kind is LinkKind.ANCHOR and target.fragment not in known:
            message = f"nothing on this page has the id `{target.fragment}`"
            yield Finding(document.span(token), message, "link to a heading's id")


def lost_link(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag a link that leads nowhere in the site; its text stays.

    Link to the web with `https://…`, to a place on the page with `#id`, and to another
    question with the way to its file, such as `../fundamentals/overfitting.md`.
    """
    for token in document.find("link_open"):
        href = str(token.attrs["href"])
        if destination(href, document.source.path).kind is LinkKind.NOWHERE:
            hint = "link to https://…, to #id, or to another question's .md file"
            message = f"`{href}` leads nowhere in the site: it becomes text"
            yield Finding(document.span(token), message, hint)


def too_deep(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag Markdown that is nested so deep that the rest of it would be lost."""
    deep = [
        token
        for block in document.tokens
        for token in (block, *(block.children or ()))
        if token.level >= MAX_MARKDOWN_DEPTH - 2
    ]
    if deep:
        place = next((t.meta["span"] for t in deep if "span" in t.meta), None)
        message = f"this is nested about {MAX_MARKDOWN_DEPTH} levels deep"
        hint = "what is deeper would be lost: unfold it"
        yield Finding(place or Span(document.source.path), message, hint)


def too_large(document: Document, _scope: FileScope) -> Iterator[Finding]:
    """Flag a file of more than 2 MB or 20,000 lines: it is not read further.

    A passage of more than 20,000 characters is such a mistake, too. A passage is a
    paragraph, a value of the front matter, a formula or a block of HTML.
    """
    path = document.source.path
    if document.too_large:
        message = f"the file has {document.too_large}, and is not read further"
        yield Finding(Span(path), message, "make several questions of it")
    for token in document.find(*PASSAGES):
        length = token.meta.get("too_long")
        if length:
            message = f"this passage is {length:,} characters long"
            hint = f"make several of it, of at most {MAX_PASSAGE_CHARS:,} each"
            yield Finding(document.span(token), message, hint)


def _has_content(tokens: Tokens) -> bool:
    """Return whether any of `tokens` is visible; comments are not."""
    return any(t.type != "html_block" or _COMMENTS.sub("", t.content) for t in tokens)
