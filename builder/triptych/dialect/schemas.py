"""The JSON Schemas of the source format, as programs read and editors name them."""

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType

from triptych.dialect.keys import question_properties
from triptych.dialect.setting_schema import deck_properties

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
# A placeholder, as the addresses in pyproject.toml are until the project has its own.
# It is an identity first: editors of a new deck read the copy that `init` writes.
_ADDRESS = "https://triptych.example/docs/static/schemas/"


def _question() -> Mapping[str, object]:
    return {"title": "Front matter of a Triptych question", **question_properties()}


def _deck() -> Mapping[str, object]:
    return {"title": "deck.toml of a Triptych deck", **deck_properties()}


_SCHEMAS: Mapping[str, Callable[[], Mapping[str, object]]] = MappingProxyType(
    {"question": _question, "deck": _deck}
)
NAMES = tuple(_SCHEMAS)
"""What there is a schema of."""


def file_name(name: str) -> str:
    """Return the name of the file with the schema `name`, wherever it stands."""
    return f"{name}.schema.json"


def schema(name: str) -> Mapping[str, object]:
    """Return the schema `name`: `question` is the front matter, `deck` is deck.toml."""
    identity = f"{_ADDRESS}{file_name(name)}"
    return {"$schema": _DRAFT, "$id": identity, **_SCHEMAS[name]()}


def schema_text(name: str) -> str:
    """Return the schema `name` as the text of a file."""
    return json.dumps(schema(name), indent=2, ensure_ascii=False) + "\n"
