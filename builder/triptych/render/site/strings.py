"""The words that the site adds to a deck's own, in the deck's language where known."""

import tomllib
from pathlib import Path
from types import SimpleNamespace

from markupsafe import Markup

from triptych.deck.templates import template
from triptych.errors import TriptychError
from triptych.values.language import language_direction

_NAME = "site/strings.toml"
_FALLBACK = "en"

Forms = tuple[str, ...]
"""One form for any number, or two: for one thing and for many."""


def words(
    language: str, overrides: Path | None
) -> tuple[SimpleNamespace, SimpleNamespace]:
    """Return the words as HTML, which says what is not in `language`, and as text."""
    tables = _tables(None)
    for name, table in (_tables(overrides) if overrides else {}).items():
        tables[name] = {**tables.get(name, {}), **table}
    html, text = SimpleNamespace(), SimpleNamespace()
    for key in tables[_FALLBACK]:
        names = language, _base(language), _FALLBACK
        name = next(name for name in names if key in tables.get(name, {}))
        forms = tables[name][key]
        marked = tuple(_mark(form, name, language) for form in forms)
        setattr(text, key, forms if len(forms) > 1 else forms[0])
        setattr(html, key, marked if len(forms) > 1 else marked[0])
    return html, text


def count(number: int, forms: str | Forms) -> str:
    """Return the words for `number` things, such as `1 question`, `12 questions`."""
    form = forms if isinstance(forms, str) else forms[number != 1]
    return form.format(n=number)


def _tables(overrides: Path | None) -> dict[str, dict[str, Forms]]:
    try:
        data = tomllib.loads(template(_NAME, overrides))
    except tomllib.TOMLDecodeError as error:
        raise TriptychError(f"the template `{_NAME}` is broken: {error}") from error
    return {
        language: {key: _forms(key, value) for key, value in table.items()}
        for language, table in data.items()
        if isinstance(table, dict)
    }


def _forms(key: str, value: object) -> Forms:
    match value:
        case str(form):
            return (form,)
        case [str(one), str(many)]:
            return one, many
    raise TriptychError(f"the template `{_NAME}` is broken: `{key}` is no word or pair")


def _mark(form: str, written_in: str, language: str) -> Markup:
    if _base(written_in) == _base(language):
        return Markup.escape(form)
    direction = language_direction(written_in)
    turns = direction != language_direction(language)
    turn = Markup(' dir="{}"').format(direction) if turns else ""
    return Markup('<span lang="{}"{}>{}</span>').format(written_in, turn, form)


def _base(language: str) -> str:
    return language.split("-", maxsplit=1)[0].lower()
