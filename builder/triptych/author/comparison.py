"""Compare the content of notes and files, to prove that a move does not change it."""

from collections.abc import Container, Iterable, Iterator
from pathlib import PurePosixPath

from markdown_it.token import Token

from triptych.author.link_targets import Moves, flat, target_of
from triptych.dialect.links import picture
from triptych.errors import TriptychError
from triptych.typeset.pictures import pictures
from triptych.values.document import Document, Tokens

TokenContent = tuple[object, ...]
Files = Container[PurePosixPath]


def tokens_of(document: Document, slug: str) -> Tokens:
    """Return the tokens of a note's section, or of the answer for no slug."""
    if not slug:
        return document.layers.answer
    return next((s.tokens for s in document.sections if s.slug == slug), ())


def note_content(
    document: Document, slug: str, files: Files, moves: Moves
) -> list[TokenContent]:
    """Return the content of a note, with its links as they are after all `moves`."""
    prompt = document.prose.get("question", ())
    if slug:
        prompt = tuple(s.heading for s in document.sections if s.slug == slug)
    path = document.source.path
    prompt_tokens = [child for token in prompt for child in token.children or ()]
    answer = _content(tokens_of(document, slug), path, files, moves)
    return [*_content(prompt_tokens, path, files, moves), ("answer",), *answer]


def refuse_other_changes(
    before: Document, after: Document, slug: str, moves: Moves
) -> None:
    """Raise where `after` differs from `before` in more than the section `slug`."""
    if _rest(before, slug, moves) != _rest(after, slug, moves):
        raise TriptychError(
            f"the rest of {before.source.path} would change: it shares with `{slug}` a"
            " link or a footnote that one of them defines. Write it out in both"
        )


def _rest(document: Document, slug: str, moves: Moves) -> dict[str, list[TokenContent]]:
    layers = document.layers
    parts: dict[str, Iterable[Token]] = {
        **document.prose,
        "the answer": layers.answer,
        "in depth": layers.depth,
    }
    for section in document.sections:
        if section.slug != slug:
            parts[f"#{section.slug}"] = (section.heading, *section.tokens)
    parts["before the items of lists"] = _outside(document)
    path = document.source.path
    return {name: _content(part, path, (), moves) for name, part in parts.items()}


def _content(
    tokens: Iterable[Token], path: PurePosixPath, files: Files, moves: Moves
) -> list[TokenContent]:
    """Return the content of each token, and the targets of its links and pictures."""
    contents: list[TokenContent] = []
    for token in flat(tokens):
        text = "" if token.children else token.content
        attrs = {k: v for k, v in token.attrs.items() if k not in {"href", "src", "id"}}
        if "href" in token.attrs:
            attrs["href"] = repr(target_of(str(token.attrs["href"]), path, moves))
        shown = [repr(picture(p.src, path, files)) for p in pictures(token)]
        kind = (token.type, token.tag, token.info, token.hidden)
        contents.append((*kind, text, sorted(attrs.items()), shown))
    return contents


def _outside(document: Document) -> Iterator[Token]:
    """Yield what is part of no answer and no item: text below the title of a list."""
    layers = document.layers
    inside = {id(token) for token in (*layers.answer, *layers.depth)}
    for section in document.sections:
        inside |= {id(token) for token in (section.heading, *section.tokens)}
    in_footnote = in_heading = False
    for token in document.tokens:
        # A footnote is part of what refers to it.
        if token.type.startswith("footnote_reference_"):
            in_footnote = token.type.endswith("_open")
        elif token.type.startswith("heading_"):
            in_heading = token.type.endswith("_open")
        elif not (in_footnote or in_heading or id(token) in inside):
            yield token
