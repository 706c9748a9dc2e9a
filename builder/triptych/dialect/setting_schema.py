"""The JSON Schema of `deck.toml`."""

from collections.abc import Mapping

from triptych.dialect.settings import Section, Setting, sections_in, settings_of


def deck_properties() -> Mapping[str, object]:
    """Return what the schema of `deck.toml` says of it."""
    properties = {
        name: {"description": section.description, **_nested(name, section)}
        for name, section in sections_in("").items()
    }
    schema = _object("")
    return {
        **schema,
        "properties": {**_properties(""), **properties},
    }


def _nested(name: str, section: Section) -> Mapping[str, object]:
    if section.shape.is_list:
        return {"type": "array", "items": _object(name)}
    return _object(name)


def _object(section: str) -> Mapping[str, object]:
    required = [key for key, s in settings_of(section).items() if s.is_required]
    return {
        "type": "object",
        "properties": _properties(section),
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def _properties(section: str) -> Mapping[str, object]:
    return {key: _property(setting) for key, setting in settings_of(section).items()}


def _property(setting: Setting) -> Mapping[str, object]:
    default = setting.default
    if isinstance(default, tuple):
        default = list(default)
    default_entry = {} if default is None else {"default": default}
    return {**setting.shape.json, **default_entry, "description": setting.description}
