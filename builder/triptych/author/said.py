"""What notes and files say, for a proof that moving text changes none of it."""

from collections.abc import Container, Iterable
from pathlib import PurePosixPath

from markdown_it.token import Token

from triptych.author.places import Moves, flat, place_of
from triptych.dialect.links import picture
from triptych.errors import TriptychError
from triptych.typeset.pictures import pictures
from triptych.values.document import Document, Tokens

Said = tuple[object, ...]
Files = Container[PurePosixPath]


def tokens_of(document: Document, slug: str) -> Tokens:
    """Return the text of a note: of a section, or with an empty slug of the answer."""
    if not slug:
        return document.layers.answer
    return next((s.tokens for s in document.sections if s.slug == slug), ())


def note_said(document: Document, slug: str, files: Files, moves: Moves) -> list[Said]:
    """Return what a note asks and what answers it, its links after all `moves`."""
    prompt = document.prose.get("question", ())
    if slug:
        prompt = tuple(s.heading for s in document.sections if s.slug == slug)
    path = document.source.path
    asked = [child for token in prompt for child in token.children or ()]
    answer = _said(tokens_of(document, slug), path, files, moves)
    return [*_said(asked, path, files, moves), ("answer",), *answer]


def refuse_other_changes(
    before: Document, after: Document, slug: str, moves: Moves
) -> None:
    """Raise where `after` differs from `before` in more than the section `slug`."""
    if _rest(before, slug, moves) != _rest(after, slug, moves):
        raise TriptychError(
            f"{before.source.path} would not say the same afterwards: `{slug}` and the"
            " rest of it share a link or a footnote that is defined in one of them."
            " Write it out in both"
        )


def _rest(document: Document, slug: str, moves: Moves) -> dict[str, list[Said]]:
    layers = document.layers
    parts: dict[str, Iterable[Token]] = {
        **document.prose,
        "the answer": layers.answer,
        "in depth": layers.depth,
    }
    for section in document.sections:
        if section.slug != slug:
            parts[f"#{section.slug}"] = (section.heading, *section.tokens)
    path = document.source.path
    return {name: _said(part, path, (), moves) for name, part in parts.items()}


def _said(
    tokens: Iterable[Token], path: PurePosixPath, files: Files, moves: Moves
) -> list[Said]:
    """Return what tokens say, and where their links and pictures lead."""
    said: list[Said] = []
    for token in flat(tokens):
        content = "" if token.children else token.content
        attrs = {k: v for k, v in token.attrs.items() if k not in {"href", "src", "id"}}
        if "href" in token.attrs:
            attrs["href"] = repr(place_of(str(token.attrs["href"]), path, moves))
        shown = [repr(picture(p.src, path, files)) for p in pictures(token)]
        kind = (token.type, token.tag, token.info, token.hidden)
        said.append((*kind, content, sorted(attrs.items()), shown))
    return said
