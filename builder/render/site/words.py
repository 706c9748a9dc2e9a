"""The words that the site adds to a deck's own, in the deck's language where known."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace

from markupsafe import Markup

from builder.errors import TriptychError
from builder.render.site.names import language_direction
from builder.templates import template

_NAME = "site/strings.toml"
_FALLBACK = "en"

Forms = tuple[str, str]
"""For one and for many."""


def words(
    language: str, overrides: Path | None
) -> tuple[SimpleNamespace, SimpleNamespace]:
    """Return the words as HTML, which says what is not in `language`, and as text."""
    tables = _tables(None)
    for name, table in (_tables(overrides) if overrides else {}).items():
        tables[name] = {**tables.get(name, {}), **table}
    base = language.split("-", maxsplit=1)[0]
    html, text = SimpleNamespace(), SimpleNamespace()
    for key, english in tables[_FALLBACK].items():
        name = next((n for n in (language, base) if key in tables.get(n, {})), _FALLBACK)
        value = tables[name].get(key, english)
        setattr(text, key, value)
        setattr(html, key, _mark(value, name, language))
    return html, text


def count(number: int, forms: str | Forms) -> str:
    """Return the words for `number` things, such as `1 question`, `12 questions`."""
    form = forms if isinstance(forms, str) else forms[number != 1]
    return form.format(n=number)


def _tables(overrides: Path | None) -> dict[str, dict[str, str | Forms]]:
    try:
        data = tomllib.loads(template(_NAME, overrides))
        return {language: _table(table) for language, table in data.items()}
    except (tomllib.TOMLDecodeError, AttributeError, TypeError, ValueError) as error:
        raise TriptychError(f"the template `{_NAME}` is broken: {error}") from error


def _table(data: Mapping[str, object]) -> dict[str, str | Forms]:
    return {key: _forms(value) for key, value in data.items()}


def _forms(value: object) -> str | Forms:
    if isinstance(value, str):
        return value
    one, many = map(str, value)  # type: ignore[call-overload] - checked by the caller
    return one, many


def _mark(value: str | Forms, written_in: str, language: str) -> Markup | tuple[Markup, ...]:
    if not isinstance(value, str):
        return tuple(_mark(form, written_in, language) for form in value)  # type: ignore[misc]
    if written_in.split("-")[0] == language.split("-")[0]:
        return Markup.escape(value)
    direction = language_direction(written_in)
    turn = f' dir="{direction}"' if direction != language_direction(language) else ""
    return Markup(f'<span lang="{written_in}"{turn}>{Markup.escape(value)}</span>')  # noqa: S704
