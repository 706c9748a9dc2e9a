"""The keys of the front matter, for the rules, the JSON Schema and the documents."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from triptych.dialect.ids import ID_PATTERN, MAX_ID_CHARS
from triptych.values.meta import Difficulty, Kind, Level

PROSE_KEYS = ("question", "title", "summary")
"""The keys whose value is a line of Markdown that a reader sees."""
PROSE_LIST_KEYS = ("rubric", "hints")
"""The keys whose value is a list of such lines."""


class KeyShape(StrEnum):
    """The type of a value."""

    TEXT = "a line of Markdown"
    ID = "an id"
    IDS = "a list of ids"
    WORDS = "a list of words"
    PROSE_LIST = "a list of lines of Markdown"
    KIND = "a kind"
    DIFFICULTY = "a difficulty"
    NUMBER = "a whole number"
    FLAG = "`true` or `false`"
    DATE = "a date such as 2026-11-22"
    MONTH = "a month such as 2026-11"
    REFERENCES = "a list of references"
    FORMER = "a list of former ids"
    RETIRED = "`true`, or a list of slugs"
    REASONS = "a mapping from a rule to the reason why it does not hold here"
    SLUGS = "a mapping from old slug to new"
    GUID = "the GUID of a note in Anki"
    FIGURE = "the path of a picture of this file, or `none`"
    FIELDS = "a mapping from the name of a field to its HTML"
    LEVELS = "a mapping from `mid`, `senior` and `staff` to a line of Markdown"


CHOICES: Mapping[KeyShape, tuple[str, ...]] = MappingProxyType(
    {KeyShape.KIND: tuple(Kind), KeyShape.DIFFICULTY: tuple(Difficulty)}
)
MAX_MINUTES_DIGITS = 4
"""A number of minutes with more digits is an error."""
MAX_CLOZE_DIGITS = 3
"""A cloze number with more digits is an error, as is 0."""
OTHER_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "title": "question",
        "name": "question",
        "prompt": "question",
        "front": "question",
        "answer": "summary",
        "description": "summary",
        "tldr": "summary",
        "type": "kind",
        "level": "difficulty",
        "tag": "tags",
        "labels": "tags",
        "keywords": "tags",
        "company": "asked_at",
        "companies": "asked_at",
        "criteria": "rubric",
        "hint": "hints",
        "image": "figure",
        "picture": "figure",
        "time": "minutes",
        "duration": "minutes",
        "sources": "references",
        "links": "references",
        "see_also": "related",
        "prerequisites": "requires",
        "alias": "aliases",
        "slug": "id",
        "date": "reviewed",
        "updated": "reviewed",
    }
)
"""What other programs call a key, or authors expect it to be called."""
GUIDE_OTHER_NAMES: Mapping[str, str] = MappingProxyType(
    {"question": "title", "name": "title", "description": "summary", "slug": "id"}
)
CARDS_OTHER_NAMES: Mapping[str, str] = MappingProxyType(
    {
        **{name: key for name, key in OTHER_NAMES.items() if key != "question"},
        "question": "title",
        "name": "title",
        "reversed": "reverse",
        "typed": "type",
    }
)
REFERENCE_KEYS = ("title", "url", "authors", "year")


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the front matter."""

    shape: KeyShape
    description: str


QUESTION_KEYS: Mapping[str, Key] = MappingProxyType(
    {
        "id": Key(KeyShape.ID, "permanent: URL, Anki GUID, practice key"),
        "question": Key(
            KeyShape.TEXT, "what is asked; the only key that must be there"
        ),
        "kind": Key(
            KeyShape.KIND,
            "how it is asked; `concept` unless said; `cards` asks nothing",
        ),
        "difficulty": Key(KeyShape.DIFFICULTY, "who is expected to know it"),
        "tags": Key(KeyShape.WORDS, "free labels"),
        "asked_at": Key(KeyShape.WORDS, "companies that are reported to ask it"),
        "summary": Key(KeyShape.TEXT, "the answer in one sentence; may hold clozes"),
        "rubric": Key(
            KeyShape.PROSE_LIST, "3 to 6 points that an interviewer listens for"
        ),
        "levels": Key(KeyShape.LEVELS, "what the answer of each level adds"),
        "hints": Key(KeyShape.PROSE_LIST, "a ladder of hints"),
        "figure": Key(
            KeyShape.FIGURE,
            "the picture on the back of the card; unless said, the first under"
            " *In depth*",
        ),
        "minutes": Key(KeyShape.NUMBER, "time to answer; by kind unless said"),
        "references": Key(KeyShape.REFERENCES, "sources, primary first"),
        "related": Key(KeyShape.IDS, "questions beside this one"),
        "requires": Key(KeyShape.IDS, "questions to learn before this one"),
        "aliases": Key(
            KeyShape.FORMER,
            "former ids: redirects, and the old GUID; `question/slug` for a note that"
            " was a follow-up or pitfall",
        ),
        "reviewed": Key(KeyShape.DATE, "when somebody last checked it"),
        "as_of": Key(
            KeyShape.MONTH, "the month of which its facts are true; shown on the page"
        ),
        "draft": Key(KeyShape.FLAG, "left out unless `--drafts`"),
        "allow": Key(
            KeyShape.REASONS,
            "hints and warnings that do not hold here, each with the reason:"
            ' `{yes-no-question: "…"}`',
        ),
        "retired": Key(KeyShape.RETIRED, "what leaves the deck"),
        "renamed": Key(
            KeyShape.SLUGS,
            "small notes whose slug changed, or that came from another question:"
            " `{old: new, question/slug: new, question/: new}`",
        ),
        "guid": Key(KeyShape.GUID, "the note's GUID, where another program gave it"),
        "note_type": Key(
            KeyShape.ID, "the note type of an imported note, a folder of `note-types/`"
        ),
        "fields": Key(
            KeyShape.FIELDS, "what an imported note has besides prompt and answer"
        ),
    }
)

CARDS_KEYS: Mapping[str, Key] = MappingProxyType(
    {
        "id": Key(KeyShape.ID, "permanent: URL and the first part of the cards' ids"),
        "title": Key(KeyShape.TEXT, "what the cards are about"),
        "kind": Key(KeyShape.KIND, "`cards`, except in a table"),
        "reverse": Key(KeyShape.FLAG, "a second card asks for each prompt"),
        "type": Key(KeyShape.FLAG, "the answers are typed"),
        **{
            name: QUESTION_KEYS[name]
            for name in (
                *("difficulty", "tags", "references", "related", "requires"),
                *("aliases", "reviewed", "draft", "allow", "retired", "renamed"),
            )
        },
    }
)
"""The keys of a file of plain cards."""
GUIDE_KEYS: Mapping[str, Key] = MappingProxyType(
    {
        "id": Key(KeyShape.ID, "permanent: the page's URL"),
        "title": Key(KeyShape.TEXT, "the page's heading"),
        "summary": Key(KeyShape.TEXT, "one sentence for lists"),
        "draft": Key(KeyShape.FLAG, "left out unless `--drafts`"),
        "reviewed": Key(KeyShape.DATE, "when somebody last checked it"),
        "as_of": Key(
            KeyShape.MONTH, "the month of which its facts are true; shown on the page"
        ),
    }
)

_TEXT = {"type": "string"}
_IDENTIFIER = {
    "type": "string",
    "maxLength": MAX_ID_CHARS,
    "pattern": f"^{ID_PATTERN}$",
}
_LIST = {"type": "array", "items": _TEXT}
_JSON: Mapping[KeyShape, Mapping[str, object]] = {
    KeyShape.TEXT: _TEXT,
    KeyShape.ID: _IDENTIFIER,
    KeyShape.IDS: {"type": "array", "items": _IDENTIFIER},
    KeyShape.WORDS: _LIST,
    KeyShape.PROSE_LIST: _LIST,
    KeyShape.KIND: {"enum": list(Kind)},
    KeyShape.DIFFICULTY: {"enum": list(Difficulty)},
    KeyShape.NUMBER: {"type": "integer", "minimum": 1},
    KeyShape.FLAG: {"type": "boolean"},
    KeyShape.DATE: {"type": "string", "format": "date"},
    KeyShape.MONTH: {"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$"},
    KeyShape.REFERENCES: {
        "type": "array",
        "items": {
            "anyOf": [
                _TEXT,
                {
                    "type": "object",
                    "properties": {
                        key: {"type": ["string", "integer"]} for key in REFERENCE_KEYS
                    },
                    "required": ["title"],
                    "additionalProperties": False,
                },
            ]
        },
    },
    KeyShape.RETIRED: {
        "anyOf": [{"const": True}, {"type": "array", "items": _IDENTIFIER}]
    },
    KeyShape.FORMER: {
        "type": "array",
        "items": {"type": "string", "pattern": f"^{ID_PATTERN}(/{ID_PATTERN})?$"},
    },
    KeyShape.LEVELS: {
        "type": "object",
        "properties": dict.fromkeys(Level, _TEXT),
        "additionalProperties": False,
    },
    KeyShape.FIGURE: _TEXT,
    KeyShape.GUID: {"type": "string", "pattern": "^[!-~]{1,64}$"},
    KeyShape.FIELDS: {"type": "object", "additionalProperties": _TEXT},
    KeyShape.REASONS: {
        "type": "object",
        "additionalProperties": {"type": "string", "minLength": 1},
    },
    KeyShape.SLUGS: {
        "type": "object",
        "propertyNames": {"pattern": f"^{ID_PATTERN}(/({ID_PATTERN})?)?$"},
        "additionalProperties": _IDENTIFIER,
    },
}


def question_properties() -> Mapping[str, object]:
    """Return what the schema of the front matter says of questions and plain cards."""
    keys = {**CARDS_KEYS, **QUESTION_KEYS}
    return {
        "type": "object",
        "properties": {
            name: {**_JSON[key.shape], "description": key.description}
            for name, key in keys.items()
        },
        "anyOf": [
            {"required": ["question"]},
            {
                "required": ["title", "kind"],
                "properties": {"kind": {"const": Kind.CARDS}},
            },
        ],
        "additionalProperties": False,
    }
