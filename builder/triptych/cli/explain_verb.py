"""``triptych explain``: print the manual of a rule."""

import click

from triptych.cli.completions import rules
from triptych.cli.envelope import json_option, print_json
from triptych.cli.manuals import NAMES, group, manual, severity


@click.command("explain", short_help="print the manual of a rule")
@click.argument("rule", required=False, shell_complete=rules)
@json_option
def command(rule: str | None, format_: str) -> None:
    """Print the manual of RULE, or the list of all rules."""
    if rule is None and format_ == "json":
        print_json({"rules": [_described(name) for name in NAMES]})
        return
    if rule is None:
        width = max(map(len, NAMES))
        for name in NAMES:
            first = manual(name).split("\n", 1)[0]
            click.echo(f"{name:<{width}}  {severity(name).value:<7}  {first}")
        return
    if rule not in NAMES:
        from triptych.validate.rule import suggest  # noqa: PLC0415

        hint = suggest(rule, NAMES, "`triptych explain` lists all")
        raise click.UsageError(f"there is no rule `{rule}`: {hint}")
    if format_ == "json":
        print_json(_described(rule))
        return
    click.echo(f"{rule} ({severity(rule).value}, {group(rule)})\n\n{manual(rule)}")


def _described(rule: str) -> dict[str, object]:
    return {
        "rule": rule,
        "severity": severity(rule).value,
        "group": group(rule),
        "manual": manual(rule),
    }
