"""The types of settings: a description, a check and a JSON Schema of each."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from triptych.dialect.ids import ID_PATTERN
from triptych.dialect.keys import QUESTION_KEYS
from triptych.dialect.links import WEB_ADDRESS_PATTERN

# Neither absolute nor with a part `..`, and without the NUL that no system allows.
_INSIDE_PATTERN = r"(?!/)(?!(?:[^\x00]*/)?\.\.(?:/|$))[^\x00]*"


@dataclass(frozen=True, slots=True)
class SettingShape:
    """The type of a setting."""

    description: str
    """A description of valid values for messages and the documents."""
    example: str
    """A valid value, as TOML."""
    json: Mapping[str, object]
    is_valid: Callable[[object], bool]
    """Whether a value is valid; for a list, whether an item is."""
    choices: tuple[str, ...] = ()
    """All valid values, if there are only a few."""
    is_list: bool = False

    def invalid_parts(self, value: object) -> Iterator[object]:
        """Yield the invalid parts of `value`: the whole value, or items of a list."""
        if not self.is_list:
            items = [value]
        elif isinstance(value, list):
            items = value
        else:
            yield value
            return
        yield from (item for item in items if not self.is_valid(item))


def _text(description: str, example: str, pattern: str = "") -> SettingShape:
    json = {"type": "string"} | ({"pattern": f"^(?:{pattern})$"} if pattern else {})
    matches = re.compile(pattern or r"(?s:.*)").fullmatch
    return SettingShape(
        description,
        example,
        json,
        lambda value: isinstance(value, str) and matches(value) is not None,
    )


def choice(*choices: str) -> SettingShape:
    """Return the type whose values are `choices`."""
    return SettingShape(
        description=" or ".join(f"`{choice}`" for choice in choices),
        example=f'"{choices[0]}"',
        json={"enum": list(choices)},
        is_valid=lambda value: value in choices,
        choices=choices,
    )


def choices(*allowed: str) -> SettingShape:
    """Return the type of lists whose items are `allowed`."""
    item = choice(*allowed)
    some = ", ".join(f'"{name}"' for name in allowed[:2])
    return _list(f"a list of {item.description}", f"[{some}]", item)


def whole_number(minimum: int, maximum: int, unit: str = "") -> SettingShape:
    """Return the type of whole numbers in this range."""
    return SettingShape(
        description=f"a whole number{unit} from {minimum:,} to {maximum:,}",
        example=str(minimum),
        json={"type": "integer", "minimum": minimum, "maximum": maximum},
        # In Python, a bool is also an int.
        is_valid=lambda value: type(value) is int and minimum <= value <= maximum,
    )


def positive_number(maximum: int, unit: str, example: str) -> SettingShape:
    """Return the type of numbers above 0, whole or not."""
    return SettingShape(
        description=f"a number{unit} above 0 and up to {maximum:,}",
        example=example,
        json={"type": "number", "exclusiveMinimum": 0, "maximum": maximum},
        is_valid=lambda value: type(value) in {int, float} and 0 < value <= maximum,  # type: ignore[operator]
    )


def _list(description: str, example: str, item: SettingShape) -> SettingShape:
    json = {"type": "array", "items": item.json}
    return SettingShape(
        description, example, json, item.is_valid, item.choices, is_list=True
    )


def _is_menu_item(item: object) -> bool:
    if not isinstance(item, dict) or not TEXT.is_valid(item.get("title")):
        return False
    if item.keys() == {"title", "page"}:
        return ID.is_valid(item["page"])
    return item.keys() == {"title", "url"} and WEB_ADDRESS.is_valid(item["url"])


TEXT = _text("text", '"…"')
ID = _text("an id of `a-z`, `0-9` and single hyphens", '"my-deck"', ID_PATTERN)
WEB_ADDRESS = _text(
    "a web address", '"https://example.org/"', f"(?:{WEB_ADDRESS_PATTERN})?"
)
FILE = _text("the path of a file in the deck folder", '"known.txt"', _INSIDE_PATTERN)
FOLDER = _text("the path of a folder in the deck folder", '"fonts"', _INSIDE_PATTERN)
COLOUR = _text("a colour", '"#0b57d0"', r"(?:#[0-9a-fA-F]{6})?")
FLAG = SettingShape(
    "`true` or `false`", "true", {"type": "boolean"}, lambda value: type(value) is bool
)
_MAX_PAGES = 99
PAGES = SettingShape(
    f"`fit` or a whole number from 1 to {_MAX_PAGES}",
    '"fit"',
    {
        "anyOf": [
            {"const": "fit"},
            {"type": "integer", "minimum": 1, "maximum": _MAX_PAGES},
        ]
    },
    lambda value: (
        value == "fit"
        or (isinstance(value, int) and value is not True and 1 <= value <= _MAX_PAGES)
    ),
)
KEYS = _list(
    "a list of keys of the front matter",
    '["summary", "tags"]',
    choice(*QUESTION_KEYS),
)
IDS = _list("a list of ids", '["guide-preparation"]', ID)
RULES = _list("a list of names of rules", '["missing-alt"]', TEXT)
MENU = SettingShape(
    "a list of tables with a `title` and a `page` or a `url`",
    '[{ title = "About", page = "about" }]',
    {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                "title": TEXT.json,
                "page": ID.json,
                "url": WEB_ADDRESS.json,
            },
            "required": ["title"],
            "oneOf": [{"required": ["page"]}, {"required": ["url"]}],
            "additionalProperties": False,
        },
    },
    _is_menu_item,
    is_list=True,
)
TABLE = SettingShape(
    "a table", "", {"type": "object"}, lambda value: isinstance(value, dict)
)
TABLES = _list("a list of tables", "", TABLE)
