"""``triptych schema``: print the JSON Schema of the front matter or of deck.toml."""

import json

import click

from triptych.dialect.keys import json_schema
from triptych.dialect.settings import deck_schema

_SCHEMAS = {"question": json_schema, "deck": deck_schema}


@click.command(
    "schema", short_help="print the JSON Schema of front matter or deck.toml"
)
@click.argument("what", type=click.Choice(list(_SCHEMAS)), default="question")
def command(*, what: str) -> None:
    """Print the JSON Schema of a question's front matter, or of deck.toml.

    `question`, the default, is the front matter; `deck` is deck.toml.
    """
    click.echo(json.dumps(_SCHEMAS[what](), indent=2, ensure_ascii=False))
