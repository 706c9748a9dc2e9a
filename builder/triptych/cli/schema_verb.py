"""``triptych schema``: the front matter for editors and programs."""

import json

import click

from triptych.dialect.keys import json_schema


@click.command("schema", short_help="print the JSON Schema of the front matter")
def command() -> None:
    """Print the JSON Schema of a question's front matter."""
    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
