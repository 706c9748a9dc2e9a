"""The object that a verb prints with `--format json`, for programs that read it."""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

import click

from triptych.cli.options import F
from triptych.cli.terminal import printable_json

_FORMAT = click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print what was done.",
)


def json_option(command: F) -> F:
    """Add `--format text|json`, for verbs that have no other format."""
    return _FORMAT(command)


def echo_unless_json(format_: str) -> Callable[[str], None]:
    """Return what prints the lines for people: nothing does if programs read."""
    return _say_nothing if format_ == "json" else click.echo


def _say_nothing(_: str) -> None:
    """Print nothing."""


def print_json(
    result: Mapping[str, object],
    *,
    ok: bool = True,
    diagnostics: Sequence[Mapping[str, object]] = (),
) -> None:
    """Print the object of a verb that has no other keys at the top."""
    click.echo(envelope({}, ok=ok, result=result, diagnostics=diagnostics), nl=False)


def print_json_error(message: str) -> None:
    """Print the object of a verb that could not do what it was asked."""
    click.echo(envelope({"error": message}, ok=False, result={}), nl=False)


def asks_for_json(arguments: Sequence[str]) -> bool:
    """Return whether a command line, which may be wrong, has `--format json`."""
    return ("--format", "json") in pairwise(arguments) or "--format=json" in arguments


def envelope(
    keys: Mapping[str, object],
    *,
    ok: bool,
    result: Mapping[str, object],
    diagnostics: Sequence[Mapping[str, object]] = (),
) -> str:
    """Return the object as JSON: `keys` are those of the verb's own, at the top.

    `ok` says whether the verb exits with 0; `result` says what it found or did.
    """
    data = {"ok": ok, **keys, "diagnostics": list(diagnostics), "result": result}
    # A console of Windows may have 256 characters: JSON has escapes for the others.
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    text = json.dumps(data, ensure_ascii=encoding != "utf8", indent=1)
    return printable_json(f"{text}\n")
