"""Split the tokens of a body at its reserved headings."""

import copy
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import PurePosixPath

from markdown_it.token import Token

from triptych.dialect.characters import composed
from triptych.dialect.headings import (
    CARDS,
    FOLLOW_UPS,
    IN_DEPTH,
    NO_CARD,
    PITFALLS,
    RESERVED,
    RESERVED_IN_CARDS,
    REVERSE,
    TYPE,
)
from triptych.dialect.ids import FreeNames
from triptych.dialect.links import LinkKind, destination
from triptych.parse import markdown
from triptych.values.diagnostics import Span
from triptych.values.document import CardOptions, Layers, Section, Tokens
from triptych.values.entry import Mention
from triptych.values.meta import Meta

_CLOZE_START = "{{c"
_PARAGRAPH = ["paragraph_open", "inline", "paragraph_close"]
_NOT_IN_SLUG = re.compile(r"[^\w]+")
_NOT_ON_GITHUB = re.compile(r"[^\w\- ]+")


def name_headings(tokens: Tokens) -> None:
    """Give each heading without an id a slug of its text that is unique in the file."""
    ids = (str(token.attrs["id"]) for token in tokens if "id" in token.attrs)
    names = FreeNames(ids)
    for opening, text in pairwise(tokens):
        if opening.type != "heading_open" or "id" in opening.attrs:
            continue
        slug = (
            _NOT_IN_SLUG.sub("-", composed(text.content).casefold()).strip("-")
            or "section"
        )
        opening.meta["slug"] = names.take(slug)


def github_names(tokens: Tokens) -> dict[str, str]:
    """Return the ids that GitHub gives the headings, and ours where they differ.

    An author who reads a file there copies links to its headings from there.
    """
    names: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for opening, text in pairwise(tokens):
        if opening.type == "heading_open":
            shown = "".join(child.content for child in text.children or ())
            name = _NOT_ON_GITHUB.sub("", composed(shown).strip().lower())
            name = name.replace(" ", "-")
            counts[name] += 1
            if counts[name] > 1:
                name = f"{name}-{counts[name] - 1}"
            names.setdefault(name, _heading_name(opening))
    own = set(names.values())
    return {name: ours for name, ours in names.items() if name and name not in own}


def resolve_anchors(
    tokens: Tokens, names: Mapping[str, str], path: PurePosixPath
) -> None:
    """Note on each link to a heading by GitHub's id the id that we give it."""
    for token in tokens if names else ():
        for child in token.children or ():
            if child.type == "link_open":
                target = destination(str(child.attrs["href"]), path)
                if target.kind is LinkKind.ANCHOR and target.fragment in names:
                    child.meta["fragment"] = names[target.fragment]


def _heading_name(opening: Token) -> str:
    return str(opening.attrs.get("id") or opening.meta.get("slug", ""))


def read_clozes(tokens: Tokens) -> None:
    """Read the cloze deletions in the headings of plain cards."""
    for opening, text in pairwise(tokens):
        if opening.type == "heading_open" and _CLOZE_START in text.content:
            (line,) = markdown.inline(text.content, with_clozes=True)
            text.children = line.children


def cut(tokens: Tokens, path_span: Span, meta: Meta) -> Layers:
    """Return the layers of the body of a question, or of a file of plain cards."""
    tokens, notes = _separate_footnotes(tokens)
    reserved = RESERVED_IN_CARDS if meta.is_cards else RESERVED
    parts: dict[str, list[Token]] = {"": [], **{name: [] for name in reserved}}
    seen: set[str] = set()
    repeated: list[Mention] = []
    layer, skip = "", 0
    for position, token in enumerate(tokens):
        name = _reserved(tokens, position, reserved)
        if name:
            if name in seen:
                repeated.append(Mention(name, token.meta.get("span", path_span)))
            seen.add(name)
            # Skip the heading itself, which is three tokens.
            layer, skip = name, 3
        if skip:
            skip -= 1
        else:
            parts[layer].append(token)
    text_before_list: list[Mention] = []
    if meta.is_cards:
        cards = tuple(_sections(parts[CARDS], notes, CARDS, text_before_list, meta))
        text_before_list += [
            Mention(CARDS, token.meta.get("span", path_span))
            for token in parts[CARDS]
            if token.type == "heading_open" and token.tag == "h2" and not token.level
        ]
        return Layers(
            answer=_with_footnotes(parts[""], notes),
            cards=cards,
            repeated=tuple(repeated),
            text_before_list=tuple(text_before_list),
        )
    return Layers(
        answer=_with_footnotes(parts[""], notes),
        depth=_with_footnotes(parts[IN_DEPTH], notes),
        follow_ups=tuple(
            _sections(parts[FOLLOW_UPS], notes, FOLLOW_UPS, text_before_list, meta)
        ),
        pitfalls=tuple(
            _sections(parts[PITFALLS], notes, PITFALLS, text_before_list, meta)
        ),
        repeated=tuple(repeated),
        text_before_list=tuple(text_before_list),
    )


def whole(tokens: Tokens) -> Layers:
    """Return a guide's body as one layer."""
    tokens, notes = _separate_footnotes(tokens)
    return Layers(answer=_with_footnotes(tokens, notes))


def _reserved(tokens: Sequence[Token], position: int, names: tuple[str, ...]) -> str:
    token = tokens[position]
    if token.type != "heading_open" or token.tag != "h2" or token.level:
        return ""
    title = tokens[position + 1].content.strip()
    return title if title in names else ""


def _sections(
    tokens: Sequence[Token],
    notes: dict[str, list[Token]],
    layer: str,
    text_before_list: list[Mention],
    meta: Meta,
) -> Iterator[Section]:
    starts = [
        position
        for position, token in enumerate(tokens)
        if token.type == "heading_open" and token.tag == "h3" and not token.level
    ]
    before = tokens[: starts[0]] if starts else tokens
    if before:
        place = next((t.meta["span"] for t in before if "span" in t.meta), None)
        if place:
            text_before_list.append(Mention(layer, place))
    for start, stop in pairwise([*starts, len(tokens)]):
        opening = tokens[start]
        yield Section(
            slug=str(opening.attrs.get("id", "")),
            heading=tokens[start + 1],
            tokens=_side(tokens[start + 3 : stop], notes, meta),
            span=opening.meta["span"],
            has_card=NO_CARD not in opening.meta.get("classes", ()),
            options=_options(opening.meta.get("classes", ()), meta),
        )


def _side(tokens: Sequence[Token], notes: dict[str, list[Token]], meta: Meta) -> Tokens:
    """Return what stands under a heading; the one line of a plain card is a line.

    So a card in a file is the same as one in a table.
    """
    if meta.is_cards and [token.type for token in tokens] == _PARAGRAPH:
        line = tokens[1]
        if [child.type for child in line.children or ()] != ["image"]:
            tokens = (line,)
    return _with_footnotes(tokens, notes)


def _options(classes: Sequence[str], meta: Meta) -> CardOptions:
    return CardOptions(
        is_reversed=meta.is_reversed or REVERSE in classes,
        is_typed=meta.is_typed or TYPE in classes,
    )


def _separate_footnotes(tokens: Tokens) -> tuple[Tokens, dict[str, list[Token]]]:
    """Return the tokens without footnotes, and the tokens of each footnote by label."""
    notes: dict[str, list[Token]] = {}
    rest: list[Token] = []
    targets = [rest]
    for token in tokens:
        if token.type == "footnote_reference_open":
            targets.append(notes.setdefault(token.meta["label"], []))
        elif token.type == "footnote_reference_close":
            targets.pop()
        else:
            targets[-1].append(token)
    return tuple(rest), notes


def _with_footnotes(tokens: Sequence[Token], notes: dict[str, list[Token]]) -> Tokens:
    """Return `tokens` with the footnotes that they refer to, numbered from 1."""
    if not notes:
        return tuple(tokens)
    numbers: dict[str, int] = {}
    bodies: list[Token] = []
    queue = list(_number(tokens, numbers))
    for label in queue:
        body = copy.deepcopy(notes.get(label, []))
        queue.extend(_number(body, numbers))
        meta = {"number": numbers[label]}
        bodies += [
            Token("footnote_open", "li", 1, meta=meta, block=True),
            *body,
            Token("footnote_close", "li", -1, meta=meta, block=True),
        ]
    if not bodies:
        return tuple(tokens)
    return (
        *tokens,
        Token("footnote_block_open", "section", 1, block=True),
        *bodies,
        Token("footnote_block_close", "section", -1, block=True),
    )


def _number(tokens: Sequence[Token], numbers: dict[str, int]) -> Iterator[str]:
    """Set the numbers of the footnotes in `tokens`; yield the labels of new ones."""
    for token in tokens:
        for child in token.children or ():
            if child.type == "footnote_ref":
                label = child.meta["label"]
                if label not in numbers:
                    numbers[label] = len(numbers) + 1
                    yield label
                child.meta["number"] = numbers[label]
