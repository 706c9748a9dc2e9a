"""``triptych schema``: print the JSON Schema of the front matter or of deck.toml."""

import json

import click

from triptych.cli.envelope import json_option, print_json
from triptych.dialect.keys import json_schema
from triptych.dialect.settings import deck_schema

_SCHEMAS = {"question": json_schema, "deck": deck_schema}


@click.command(
    "schema", short_help="print the JSON Schema of front matter or deck.toml"
)
@click.argument("what", type=click.Choice(list(_SCHEMAS)), default="question")
@json_option
def command(*, what: str, format_: str) -> None:
    """Print the JSON Schema of a question's front matter, or of deck.toml.

    `question`, the default, is the front matter; `deck` is deck.toml.
    """
    schema = _SCHEMAS[what]()
    if format_ == "json":
        print_json(schema)
    else:
        click.echo(json.dumps(schema, indent=2, ensure_ascii=False))
