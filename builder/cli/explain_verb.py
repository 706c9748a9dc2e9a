"""``triptych explain``: the manual of the rules."""

import click

from builder.validate.rules import RULES, manual, severity_of


@click.command("explain", short_help="print the manual of a rule")
@click.argument("rule", required=False)
def command(rule: str | None) -> None:
    """Print the manual of RULE, or the list of all rules."""
    if rule is None:
        width = max(map(len, RULES))
        for name in RULES:
            first = manual(name).split("\n", 1)[0]
            click.echo(f"{name:<{width}}  {severity_of(name).value:<7}  {first}")
        return
    if rule not in RULES:
        from builder.validate.finding import suggest  # noqa: PLC0415

        hint = suggest(rule, RULES, "`triptych explain` lists all")
        raise click.UsageError(f"there is no rule `{rule}`: {hint}")
    click.echo(f"{rule} ({severity_of(rule).value})\n\n{manual(rule)}")
