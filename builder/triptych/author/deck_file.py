"""Edits of `deck.toml` that keep every line of it, each proved by reading it again."""

import json
import tomllib
from collections.abc import Mapping
from pathlib import PurePosixPath

from triptych.deck.edits import ending_of, lines_of
from triptych.deck.read import normalized
from triptych.dialect.characters import BYTE_ORDER_MARK
from triptych.dialect.files import DECK_FILE
from triptych.errors import TriptychError
from triptych.parse.settings import setting_spans
from triptych.values.source import Source


def with_topic(text: str, topic: str) -> str:
    """Return `deck.toml` with a topic after all others."""
    lines, headers = lines_of(text), _headers(text)
    last = max((n for n, name in headers.items() if name == "topics"), default=None)
    following = (n for n in headers if last is not None and n > last)
    place = min(following, default=len(lines))
    before = tomllib.loads(text.removeprefix(BYTE_ORDER_MARK))
    expected = {**before, "topics": [*before.get("topics", []), {"id": topic}]}
    new = ["[[topics]]", f"id = {json.dumps(topic)}"]
    return _with_lines(lines, place, new, expected, f"a topic `{topic}`")


def with_setting(
    text: str, section: str, key: str, value: str, *, why: str = ""
) -> str:
    """Return `deck.toml` with the text `value` for a setting that is not there yet.

    A comment above it says `why` it is there.
    """
    lines, headers = lines_of(text), _headers(text)
    start = next((n for n, name in headers.items() if name == section), None)
    before = tomllib.loads(text.removeprefix(BYTE_ORDER_MARK))
    expected = {**before, section: {**before.get(section, {}), key: value}}
    new = [f"# {why}"] if why else []
    new.append(f"{key} = {json.dumps(value, ensure_ascii=False)}")
    if start is None:
        place, new = len(lines), [f"[{section}]", *new]
    else:
        place = start + 1
    return _with_lines(lines, place, new, expected, f"`{key}` below `[{section}]`")


def _headers(text: str) -> Mapping[int, str]:
    """Return the lines in brackets that begin tables, counted from 0, and their names.

    A line of a text that only looks like one is none.
    """
    source = Source(
        PurePosixPath(DECK_FILE), normalized(text.removeprefix(BYTE_ORDER_MARK))
    )
    spans = setting_spans(source).items()
    begins = {span.line - 1: str(address[0]) for address, span in spans}
    return {
        number: name
        for number, name in sorted(begins.items())
        if source.line(number + 1).lstrip().startswith("[")
    }


def _with_lines(
    lines: list[str],
    place: int,
    new: list[str],
    expected: Mapping[str, object],
    what: str,
) -> str:
    """Return the text of `lines` with the `new` ones before the line `place`.

    Blank lines separate a table from what is around it. The result must parse as
    `expected`.
    """
    ending = (ending_of(lines[0]) if lines else "") or "\n"
    before, after = lines[:place], lines[place:]
    if new[0].startswith("["):
        while before and not before[-1].strip():
            before.pop()
        new = [*([""] if before else []), *new, *([""] if after else [])]
    if before and not ending_of(before[-1]):
        before[-1] += ending
    text = "".join([*before, *(f"{line}{ending}" for line in new), *after])
    try:
        is_expected = tomllib.loads(text.removeprefix(BYTE_ORDER_MARK)) == expected
    except tomllib.TOMLDecodeError:
        is_expected = False
    if not is_expected:
        raise TriptychError(f"cannot edit deck.toml: write {what} into it by hand")
    return text
