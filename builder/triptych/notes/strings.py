"""The words that cards add to a deck's own, in the deck's language where known."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from triptych.deck.templates import template
from triptych.errors import TriptychError

_NAME = "anki/strings.toml"

Words = Mapping[str, str]


def words(language: str, overrides: Path | None = None) -> Words:
    """Return the words by name; the deck's own and its language come first."""
    tables = [_tables(None), _tables(overrides)] if overrides else [_tables(None)]
    found: dict[str, str] = {}
    for name in ("en", language.split("-", maxsplit=1)[0], language):
        for table in tables:
            found |= table.get(name, {})
    return found


def _tables(overrides: Path | None) -> Mapping[str, dict[str, str]]:
    try:
        data = tomllib.loads(template(_NAME, overrides))
        return {
            language: {key: str(value) for key, value in table.items()}
            for language, table in data.items()
        }
    except (tomllib.TOMLDecodeError, AttributeError) as error:
        raise TriptychError(f"the template `{_NAME}` is broken: {error}") from error
