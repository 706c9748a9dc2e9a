"""Find the targets of the links in a text, and give links other targets."""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from markdown_it.token import Token

from triptych.author.links import parsed
from triptych.dialect.links import LinkKind, destination
from triptych.values.document import Document

Target = tuple[str, str]
"""A file of the deck and a heading's id in it; or a web address, and nothing."""
Moves = Mapping[Target, Target]
"""The new target of links, by the old one."""
TokensOf = Callable[[Document], Iterable[Token]]
"""Which tokens of a document count."""


def target_of(href: str, path: PurePosixPath, moves: Moves) -> Target:
    """Return the target of `href`, written in the file `path`, after all `moves`."""
    found = destination(href, path)
    target = (found.url or href, "")
    if found.kind in {LinkKind.PAGE, LinkKind.ANCHOR}:
        file = path if found.kind is LinkKind.ANCHOR else found.path
        target = (str(file), found.fragment)
    return moves.get(target, target)


def flat(tokens: Iterable[Token]) -> Iterator[Token]:
    """Yield tokens and their children in the order of the text."""
    for token in tokens:
        yield token
        yield from token.children or ()


def targets(
    tokens: Iterable[Token], path: PurePosixPath, moves: Moves
) -> tuple[Target, ...]:
    """Return the targets of the links among `tokens` of the file `path`, in order."""
    return tuple(target_of(href, path, moves) for href in _hrefs(tokens))


def redirected(
    text: str, path: PurePosixPath, part: TokensOf, wanted: Sequence[Target]
) -> str:
    """Return `text` with the links of `part` redirected to the `wanted` targets.

    Markdown can write one link in many ways, so each match that may be the link is
    tried: it is the link if that gets the wanted target, and no other link gets a wrong
    one. A link that cannot be redirected stays as it is.
    """
    for number, target in enumerate(wanted):
        tokens = list(part(parsed(text, path)))
        current = targets(tokens, path, {})
        if len(current) != len(wanted) or current[number] == target:
            continue
        href = list(_hrefs(tokens))[number]
        better = (
            t
            for t in _candidates(text, path, href, target)
            if _is_redirected(
                targets(part(parsed(t, path)), path, {}), number, current, wanted
            )
        )
        text = next(better, text)
    return text


def _candidates(
    text: str, path: PurePosixPath, href: str, target: Target
) -> Iterator[str]:
    new = _relative_link(target, path)
    # Any sign of an address may be written as it is or escaped, as in `my%20été`.
    spelled = "".join(f"(?:{re.escape(c)}|{_escaped(c)})" for c in unquote(href))
    for match in re.finditer(spelled, text):
        yield text[: match.start()] + new + text[match.end() :]


def _escaped(sign: str) -> str:
    """Return a pattern for the escapes of a sign in an address."""
    return "".join(f"(?i:%{byte:02x})" for byte in sign.encode(errors="replace"))


def _relative_link(target: Target, path: PurePosixPath) -> str:
    """Return a link to `target` as it is written in the file `path`."""
    file, fragment = target
    anchor = f"#{fragment}" if fragment else ""
    if anchor and file == str(path):
        return anchor
    return quote(posixpath.relpath(file, path.parent)) + anchor


def _is_redirected(
    after: Sequence[Target],
    number: int,
    before: Sequence[Target],
    wanted: Sequence[Target],
) -> bool:
    """Return whether link `number` has its wanted target, and no other a wrong one."""
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
