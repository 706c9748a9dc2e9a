"""Read the strings of the user interface in all languages."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path, PurePosixPath

from triptych.deck.read import path_inside, source_of
from triptych.deck.templates import folder
from triptych.dialect.folders import TEMPLATES_FOLDER
from triptych.errors import TriptychError
from triptych.parse.toml_errors import explained
from triptych.values.language import PLURALS, normalized_tag
from triptych.values.ui_strings import (
    FALLBACK,
    SHARED,
    PluralForms,
    Strings,
    StringTable,
    placeholders,
)

DECK_FILES = {
    "strings.toml": SHARED,
    # The files of version 1.0, one for each output.
    f"{TEMPLATES_FOLDER}/site/strings.toml": "site",
    f"{TEMPLATES_FOLDER}/anki/strings.toml": "card",
}
"""The files of a deck with strings, and the default section of each."""


@lru_cache(maxsize=1)
def built_in() -> Strings:
    """Return the strings that come with triptych."""
    files = sorted((folder() / "strings").glob("*.toml"))
    return Strings(_Tables({path.stem: path for path in files}))


class _Tables(Mapping[str, StringTable]):
    """Tables in files, of which a build needs those of its language alone."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        """Name the files by language; none is read yet."""
        self._files = files
        self._read: dict[str, StringTable] = {}

    def __getitem__(self, language: str) -> StringTable:
        if language not in self._read:
            path = self._files[language]
            self._read[language] = _sections(
                _parsed(path, path.name), path.name, SHARED
            )
        return self._read[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def strings(root: Path) -> Strings:
    """Return the strings for the deck at `root`, which may replace built-in ones."""
    own_files = [name for name in DECK_FILES if (root / name).is_file()]
    if not own_files:
        return built_in()
    tables = {name: dict(table) for name, table in built_in().tables.items()}
    # `[zh-hans]` is the same language as the built-in `zh-Hans`.
    names = {normalized_tag(name): name for name in tables}
    known = built_in().tables[FALLBACK]
    for name in own_files:
        data = _parsed(path_inside(root, PurePosixPath(name)), name)
        for language, entries in data.items():
            if not isinstance(entries, dict):
                raise _broken(name, f"`{language}` is no table")
            own = _sections(entries, name, DECK_FILES[name])
            _check_placeholders(own, known, f"{name}: [{language}]")
            table = names.setdefault(normalized_tag(language), language)
            _merge(tables.setdefault(table, {}), own)
    return Strings(tables)


def _parsed(path: Path, name: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise _broken(name, "it is not UTF-8: save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        source = source_of(PurePosixPath(name), path.read_bytes())
        fault = explained(error, source)
        why = f"line {fault.span.line}: {fault.message}: {fault.hint}"
        raise _broken(name, why) from error
    except ValueError as error:
        # Python reads no number of more than a few thousand digits.
        raise _broken(name, "a number is too long") from error
    except RecursionError as error:
        raise _broken(name, "it nests too deeply") from error


def _sections(entries: Mapping[str, object], name: str, section: str) -> StringTable:
    """Return the strings of one language by section; `section` is the default."""
    found: dict[str, dict[str, PluralForms]] = {}
    for key, value in entries.items():
        if isinstance(value, dict) and not has_plural_forms(value):
            strings = {own: _forms(name, own, forms) for own, forms in value.items()}
            found.setdefault(key, {}).update(strings)
        else:
            found.setdefault(section, {})[key] = _forms(name, key, value)
    return found


def has_plural_forms(value: Mapping[str, object]) -> bool:
    """Return whether a table has the plural forms of one string and is no section."""
    return bool(value) and value.keys() <= PLURALS


def _forms(name: str, key: str, value: object) -> PluralForms:
    match value:
        case str(text):
            return {"other": text}
        case [str(one), str(many)]:
            return {"one": one, "other": many}
    if isinstance(value, dict) and "other" in value:
        forms = {form: text for form, text in value.items() if isinstance(text, str)}
        if len(forms) == len(value):
            return forms
    raise _broken(name, f"`{key}` is no word, pair or table with `other`")


def _check_placeholders(own: StringTable, known: StringTable, where: str) -> None:
    """Raise for a string with a placeholder that the English one does not have."""
    for section, strings in own.items():
        for key, forms in strings.items():
            english = known.get(section, {}).get(key) or known[SHARED].get(key)
            if english is None:
                continue
            extra = _placeholders(forms.values()) - _placeholders(english.values())
            if extra:
                names = sorted(_placeholders(english.values()))
                allowed = ", ".join(f"`{{{name}}}`" for name in names)
                raise _broken(
                    where,
                    f"`{key}` has `{{{min(extra)}}}`; it may have {allowed or 'none'}",
                )


def _placeholders(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(name for text in texts for name in placeholders(text))


def _merge(table: dict[str, Mapping[str, PluralForms]], own: StringTable) -> None:
    for section, strings in own.items():
        table[section] = {**table.get(section, {}), **strings}


def _broken(name: str, why: str) -> TriptychError:
    return TriptychError(f"`{name}` is broken: {why}")
