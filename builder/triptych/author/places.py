"""Which files and places a text leads to, and how its links are led elsewhere."""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from markdown_it.token import Token

from triptych.author.mend import parsed
from triptych.dialect.links import Leads, destination
from triptych.values.document import Document

Place = tuple[str, str]
"""A file of the deck and a place in it; or an address elsewhere, and nothing."""
Moves = Mapping[Place, Place]
Part = Callable[[Document], Iterable[Token]]
"""Which tokens of a document count."""


def place_of(href: str, path: PurePosixPath, moves: Moves) -> Place:
    """Return where `href`, written in the file `path`, leads after all `moves`."""
    found = destination(href, path)
    place = (found.url or href, "")
    if found.leads in {Leads.PAGE, Leads.ANCHOR}:
        file = path if found.leads is Leads.ANCHOR else found.path
        place = (str(file), found.fragment)
    return moves.get(place, place)


def flat(tokens: Iterable[Token]) -> Iterator[Token]:
    """Yield tokens and their children in the order of the text."""
    for token in tokens:
        yield token
        yield from token.children or ()


def places(
    tokens: Iterable[Token], path: PurePosixPath, moves: Moves
) -> tuple[Place, ...]:
    """Return where the links among `tokens` of the file `path` lead, in order."""
    return tuple(place_of(href, path, moves) for href in _hrefs(tokens))


def led(text: str, path: PurePosixPath, part: Part, wanted: Sequence[Place]) -> str:
    """Return `text` with the links of `part` led to the `wanted` places, in order.

    Markdown can write one link in many ways, so each place that may be one is tried: it
    is if the link then leads where it should, and no other leads astray. What cannot be
    led stays.
    """
    for number, place in enumerate(wanted):
        tokens = list(part(parsed(text, path)))
        now = places(tokens, path, {})
        if len(now) != len(wanted) or now[number] == place:
            continue
        href = list(_hrefs(tokens))[number]
        for spelled in dict.fromkeys((href, unquote(href))):
            tried = _tried(text, path, spelled, place)
            better = (
                t
                for t in tried
                if _leads(places(part(parsed(t, path)), path, {}), number, now, wanted)
            )
            text = next(better, text)
    return text


def _tried(text: str, path: PurePosixPath, spelled: str, place: Place) -> Iterator[str]:
    new = _spelled(place, path)
    for match in re.finditer(re.escape(spelled), text):
        yield text[: match.start()] + new + text[match.end() :]


def _spelled(place: Place, path: PurePosixPath) -> str:
    """Return how a link in the file `path` names `place`."""
    file, fragment = place
    anchor = f"#{fragment}" if fragment else ""
    if anchor and file == str(path):
        return anchor
    return quote(posixpath.relpath(file, path.parent)) + anchor


def _leads(
    after: Sequence[Place],
    number: int,
    before: Sequence[Place],
    wanted: Sequence[Place],
) -> bool:
    """Return whether link `number` leads where it should, and no other astray."""
    return (
        len(after) == len(wanted)
        and after[number] == wanted[number]
        and all(
            new in {old, want}
            for new, old, want in zip(after, before, wanted, strict=True)
        )
    )


def _hrefs(tokens: Iterable[Token]) -> Iterator[str]:
    for token in flat(tokens):
        if token.type == "link_open":
            yield str(token.attrs["href"])
