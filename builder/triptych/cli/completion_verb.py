"""``triptych completion``: what a shell needs to complete commands."""

import click
from click.shell_completion import get_completion_class

from triptych.cli.envelope import json_option, print_json
from triptych.cli.main import COMPLETE_VARIABLE

SHELLS = ("bash", "zsh", "fish")


@click.command("completion", short_help="print what a shell needs to complete verbs")
@click.argument("shell", type=click.Choice(SHELLS))
@json_option
@click.pass_context
def command(context: click.Context, shell: str, format_: str) -> None:
    r"""Print the lines by which SHELL completes verbs, options, rules and ids.

    \b
    bash: triptych completion bash >> ~/.bashrc
    zsh:  triptych completion zsh >> ~/.zshrc
    fish: triptych completion fish > ~/.config/fish/completions/triptych.fish

    In ~/.zshrc they stand below `autoload -U compinit` and `compinit`.
    """
    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"click completes nothing in {shell}")
    group = context.find_root().command
    script = kind(group, {}, "triptych", COMPLETE_VARIABLE)
    # `source` would run the shell to learn its version.
    text = script.source_template % script.source_vars()
    if format_ == "json":
        print_json({"shell": shell, "script": text})
    else:
        click.echo(text)
