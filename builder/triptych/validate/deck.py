"""Rules for `deck.toml`; `dialect.settings` defines the valid values."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from triptych.dialect.ids import free_name, id_from
from triptych.dialect.links import not_in_path
from triptych.dialect.setting_shapes import SettingShape
from triptych.dialect.settings import (
    OTHER_NAMES,
    SECTIONS,
    sections_in,
    settings_of,
)
from triptych.parse.settings import Address, setting_spans, syntax_finding, table
from triptych.validate.rule import DeckScope, closest, quoted_list, suggest
from triptych.values.diagnostics import Finding, Span
from triptych.values.entry import Entry
from triptych.values.language import is_language_tag

_MAX_VALUE_CHARS = 60
"""How much of a value a message shows."""
_MAX_KEYS = 3
"""How many missing translations a hint lists."""


def bad_toml(_entries: tuple[Entry, ...], scope: DeckScope) -> Iterator[Finding]:
    """Flag a `deck.toml` that is not TOML."""
    found = syntax_finding(scope.folder.deck)
    if found:
        yield found


def unknown_setting(_entries: tuple[Entry, ...], scope: DeckScope) -> Iterator[Finding]:
    """Flag a setting in `deck.toml` that nothing reads, most often a misspelt one.

    So is one that stands below the wrong line in brackets: such a line holds for all
    that follow it, up to the next.
    """
    findings = []
    for address, section, values in _tables(scope):
        known = [*settings_of(section), *sections_in(section)]
        below = f" below `{SECTIONS[section].heading}`" if section else ""
        for key in values:
            if key not in known:
                message = f"nothing reads the setting `{key}`{below}"
                hint = _hint_for_setting(key, known, section)
                findings.append(_SettingFinding((*address, key), message, hint))
    yield from _findings(scope, findings)


def _hint_for_setting(key: str, known: Sequence[str], section: str) -> str:
    """Return the hint for a setting that is none of those `known` at its place."""
    sections = [name for name in SECTIONS if key in settings_of(name)]
    if "sheet" in sections and "print" in (section, *sections):
        sections.remove("sheet")  # the older name of the section
    if sections in ([""], ["", "topics"]):
        return "move it above the first line in brackets"
    if len(sections) == 1:
        return f"move it below `{SECTIONS[sections[0]].heading}`"
    other = OTHER_NAMES.get(key.casefold().replace("-", "_"), "")
    if other in known:
        return f"did you mean `{other}`?"
    return suggest(key, known, f"known here: {quoted_list(known)}")


def wrong_setting(_entries: tuple[Entry, ...], scope: DeckScope) -> Iterator[Finding]:
    """Flag a setting in `deck.toml` of another type, or with a value out of range."""
    findings = []
    for address, section, values in _tables(scope):
        shapes = {
            **{name: inner.shape for name, inner in sections_in(section).items()},
            **{key: setting.shape for key, setting in settings_of(section).items()},
        }
        for key, value in values.items():
            if key in shapes:
                for invalid_part in shapes[key].invalid_parts(value):
                    message = _wrong_value_message(
                        key, shapes[key], value, invalid_part
                    )
                    hint = _remedy(key, shapes[key], invalid_part)
                    findings.append(_SettingFinding((*address, key), message, hint))
    yield from _findings(scope, findings)


def old_section(_entries: tuple[Entry, ...], scope: DeckScope) -> Iterator[Finding]:
    """Flag a `deck.toml` with `[print]` and `[sheet]`, which mean the same.

    `[sheet]` is the older name; its `paper` is a list in `[print]`.

    Bad:

        === deck.toml
        id = "my-deck"
        title = "My deck"

        [sheet]
        paper = "a4"

        [print]
        columns = 3

    Good:

        === deck.toml
        id = "my-deck"
        title = "My deck"

        [print]
        papers = ["a4"]
        columns = 3
    """
    data = table(scope.folder.deck) or {}
    if "print" in data and "sheet" in data:
        message = "`[print]` stands here, too: `[sheet]` is its older name"
        hint = "move these settings below `[print]`"
        yield from _findings(scope, [_SettingFinding(("sheet",), message, hint)])


def missing_setting(_entries: tuple[Entry, ...], scope: DeckScope) -> Iterator[Finding]:
    """Flag a `deck.toml` without an id or a title, and a topic without an id.

    The id is the deck's identity in Anki: choose it once, and never change it.
    """
    findings = []
    tables = list(_tables(scope))
    # What stands at a wrong place, or under another name, has a finding already.
    named = {
        meant
        for _, section, values in tables
        for key in values
        if key not in settings_of(section)
        for meant in (
            key,
            OTHER_NAMES.get(key.casefold(), ""),
            closest(key, settings_of(section)),
        )
    }
    for address, section, values in tables:
        for key, setting in settings_of(section).items():
            if setting.is_required and key not in {*values, *named}:
                message = f"the setting `{key}` is missing"
                where = f" below `{SECTIONS[section].heading}`" if section else ""
                example = '"…"' if section else setting.shape.example
                hint = f"add `{key} = {example}`{where}"
                findings.append(_SettingFinding(address, message, hint))
    yield from _findings(scope, findings)


def duplicate_topic(_entries: tuple[Entry, ...], scope: DeckScope) -> Iterator[Finding]:
    """Flag a topic that `deck.toml` lists twice."""
    findings, seen = [], set()
    for address, section, values in _tables(scope):
        name = values.get("id")
        if section == "topics" and isinstance(name, str):
            if name in seen:
                message = f"the topic `{name}` is listed twice"
                findings.append(
                    _SettingFinding((*address, "id"), message, "delete one")
                )
            seen.add(name)
    yield from _findings(scope, findings)


def bad_topic(entries: tuple[Entry, ...], scope: DeckScope) -> Iterator[Finding]:
    """Flag a folder whose name cannot be a topic's: links to its page would be dead.

    Where `deck.toml` lists no topics, every folder is one, and its name is a part of
    the address of the topic's page.
    """
    if isinstance((table(scope.folder.deck) or {}).get("topics"), list):
        return
    first = {
        e.meta.topic: e.meta.path for e in reversed(entries) if not e.meta.is_guide
    }
    for name, path in sorted(first.items()):
        character = not_in_path(name)
        if character:
            free = free_name(id_from(name) or "topic", first)
            yield Finding(
                Span(path),
                f"the folder `{name}` cannot be a topic: `{character}` has a meaning of"
                " its own in the address of a page",
                f"rename the folder, for example to `{free}`; its title in `[[topics]]`"
                " can be any text",
            )


def missing_words(_entries: tuple[Entry, ...], scope: DeckScope) -> Iterator[Finding]:
    """Flag a deck in a language that triptych has no words in, or not all of them.

    What cards, pages and downloads say besides the deck's own text is in English then,
    and marked as English. The file `strings.toml` of the deck can say it.
    """
    language = scope.deck.language
    missing_keys = scope.strings.missing(language)
    # Another rule reports what is no language tag.
    if missing_keys and is_language_tag(language):
        named = quoted_list(missing_keys[:_MAX_KEYS])
        more = " and more" if len(missing_keys) > _MAX_KEYS else ""
        address: Address = ("language",)
        message = f"triptych lacks words in `{language}`: it says them in English"
        hint = f"say in `strings.toml`, below `[{language}]`: {named}{more}"
        yield from _findings(scope, [_SettingFinding(address, message, hint)])


class _SettingFinding(NamedTuple):
    """A finding about a setting, before its place is known."""

    address: Address
    message: str
    hint: str


def _tables(scope: DeckScope) -> Iterator[tuple[Address, str, Mapping[str, object]]]:
    """Yield the address of each table of settings, its section and its values."""
    data = table(scope.folder.deck)
    if data is None:
        return
    yield (), "", data
    for name, section in sections_in("").items():
        value = data.get(name)
        found: list[tuple[Address, object]] = [((name,), value)]
        if section.shape.is_list:
            entries = value if isinstance(value, list) else []
            found = [((name, index), entry) for index, entry in enumerate(entries)]
        yield from ((a, name, entry) for a, entry in found if isinstance(entry, dict))


def _findings(
    scope: DeckScope, findings: Sequence[_SettingFinding]
) -> Iterator[Finding]:
    if findings:
        source = scope.folder.deck
        spans = setting_spans(source)
        for address, message, hint in findings:
            yield Finding(spans.get(address, Span(source.path)), message, hint)


def _wrong_value_message(
    key: str, shape: SettingShape, value: object, invalid_part: object
) -> str:
    wanted = f"the setting `{key}` must be {shape.description}"
    if invalid_part is value:
        return f"{wanted}, not {_as_toml(value)}"
    return f"{wanted}: {_as_toml(invalid_part)} is not valid"


def _remedy(key: str, shape: SettingShape, invalid_part: object) -> str:
    example = f"write `{key} = {shape.example}`, for example"
    if not shape.example:
        example = f"write its settings below `{SECTIONS[key].heading}`"
        if shape.is_list and isinstance(invalid_part, dict):
            example = f"write `{SECTIONS[key].heading}`, in double brackets"
        elif shape.is_list and isinstance(invalid_part, str):
            example = f"write `{SECTIONS[key].heading}`, and below it `id = …`"
    return (
        suggest(invalid_part, shape.choices, example)
        if isinstance(invalid_part, str)
        else example
    )


def _as_toml(value: object) -> str:
    """Return a value as TOML, or the start of it."""
    match value:
        case dict():
            return "a table"
        case list():
            return "a list"
        case bool():
            return f"`{str(value).lower()}`"
        case str():
            quoted = json.dumps(value, ensure_ascii=False)
            cut = len(quoted) > _MAX_VALUE_CHARS
            return f"`{quoted[:_MAX_VALUE_CHARS]}…`" if cut else f"`{quoted}`"
        case _:
            return f"`{value}`"
