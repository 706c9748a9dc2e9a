"""``triptych schema``: print the JSON Schema of the front matter or of deck.toml."""

import click

from triptych.cli.envelope import json_option, print_json
from triptych.dialect.schemas import NAMES, schema, schema_text


@click.command(
    "schema", short_help="print the JSON Schema of front matter or deck.toml"
)
@click.argument("what", type=click.Choice(NAMES), default="question")
@json_option
def command(*, what: str, format_: str) -> None:
    """Print the JSON Schema of a question's front matter, or of deck.toml.

    `question`, the default, is the front matter; `deck` is deck.toml.
    """
    if format_ == "json":
        print_json(schema(what))
    else:
        click.echo(schema_text(what), nl=False)
