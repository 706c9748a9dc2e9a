"""The command. Each verb has its own module, which is imported only when it is used."""

import gc
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING

import click

from triptych import __version__
from triptych.cli.streams import standard_streams
from triptych.cli.terminal import printable, printable_lines
from triptych.errors import TriptychError, file_error, is_system_error

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

VERBS = {
    "adopt": "rebuild a lost deck.lock from a package, or merge two",
    "build": "check the content and bring dist/ up to date",
    "check": "report every mistake in the content; write nothing",
    "completion": "print what a shell needs to complete verbs",
    "diff": "show what a release would change for a learner",
    "explain": "print the manual of a rule",
    "import": "make questions of Markdown, tables or a deck of Anki",
    "init": "make a new deck that builds at once",
    "list": "show the questions as a table or as JSON",
    "new": "make the file of a new question",
    "progress": "make an Anki package with what you practised on the site",
    "release": "check, test, build, and stamp the ledger",
    "rename": "give a question a new id and update all references to it",
    "schema": "print the JSON Schema of front matter or deck.toml",
    "serve": "build, watch and show the site, with live reload",
    "test": "run the code answers and record the results",
}
_OTHER_NAMES = {
    "add": "new",
    "convert": "import",
    "create": "new",
    "dev": "serve",
    "fmt": "check --fix",
    "fix": "check --fix",
    "format": "check --fix",
    "help": "--help",
    "lint": "check",
    "ls": "list",
    "make": "build",
    "move": "rename",
    "mv": "rename",
    "preview": "serve",
    "publish": "release",
    "run": "test",
    "start": "serve",
    "validate": "check",
    "version": "--version",
    "watch": "serve",
}
"""What other programs call a verb, or authors expect it to be called."""
COMPLETE_VARIABLE = "_TRIPTYCH_COMPLETE"
"""The environment variable by which a shell asks for completions."""
EXIT_FINDINGS, EXIT_USAGE, EXIT_BUG, EXIT_INTERRUPTED = 1, 2, 3, 130


class _Verbs(click.Group):
    """Finds a verb by its name, so that `--help` imports no verb."""

    def list_commands(self, _context: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        if name not in VERBS:
            return None
        module = import_module(f"triptych.cli.{name}_verb")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        known = self.list_commands(context)
        if args and args[0] not in known and not args[0].startswith("-"):
            raise click.UsageError(_unknown(args[0], known), context)
        return super().resolve_command(context, args)

    def shell_complete(
        self, context: click.Context, incomplete: str
    ) -> "list[CompletionItem]":
        from click.shell_completion import CompletionItem  # noqa: PLC0415 - as click

        verbs = [
            CompletionItem(name, help=VERBS[name])
            for name in self.list_commands(context)
            if name.startswith(incomplete)
        ]
        return verbs + click.Command.shell_complete(self, context, incomplete)

    def format_commands(
        self, context: click.Context, formatter: click.HelpFormatter
    ) -> None:
        with formatter.section("Verbs"):
            formatter.write_dl(
                [(name, VERBS[name]) for name in self.list_commands(context)]
            )


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="triptych %(version)s")
@click.option("-v", "--verbose", is_flag=True, help="Show the traceback of a bug.")
def cli(*, verbose: bool) -> None:
    """Compile a folder of Markdown questions into a deck, a site and a sheet."""


def _unknown(verb: str, known: list[str]) -> str:
    """Return the message for a verb that there is not, with the likeliest that is."""
    from difflib import get_close_matches  # noqa: PLC0415 - for this rare case only

    other = _OTHER_NAMES.get(verb.lower())
    close = [other] if other else get_close_matches(verb.lower(), known, n=1)
    hint = f"did you mean `triptych {close[0]}`?" if close else "see `triptych --help`"
    return f"there is no verb `{verb}`: {hint}"


def main() -> None:
    """Run the command and exit with a code that `docs/guides/commands.md` lists."""
    with standard_streams(), _no_garbage_collection():
        code = _run()
    sys.exit(code)


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Let the garbage collector look at nothing that a command makes.

    A command ends before that would free much memory, but to look through all values of
    a build takes a tenth of its time, most of it in the collection when Python ends.
    `serve`, which goes on, turns the collector on again.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _run() -> int:
    verbose = "-v" in sys.argv[1:] or "--verbose" in sys.argv[1:]
    try:
        code = cli.main(standalone_mode=False, complete_var=COMPLETE_VARIABLE)
    except click.exceptions.Abort:
        code = EXIT_INTERRUPTED
    except click.ClickException as error:
        text = io.StringIO()
        error.show(text)
        click.echo(printable_lines(text.getvalue()), err=True, nl=False)
        _print_for_programs(error.format_message())
        code = EXIT_USAGE
    except TriptychError as error:
        click.echo(f"triptych: {printable(str(error))}", err=True)
        _print_for_programs(str(error))
        code = EXIT_USAGE
    except KeyboardInterrupt:
        code = EXIT_INTERRUPTED
    except OSError as error:
        code = _print_file_error(error, verbose=verbose)
    except Exception as error:  # noqa: BLE001 - only here our own bugs are caught
        click.echo(_report(error, verbose=verbose), err=True)
        _print_for_programs(f"{type(error).__name__}: {error}")
        code = EXIT_BUG
    return code if isinstance(code, int) else 0


def _print_file_error(error: OSError, *, verbose: bool) -> int:
    """Print the message for a file that cannot be used; return the exit code."""
    _print_for_programs(str(file_error(error, doing="use")))
    if verbose or not is_system_error(error):
        click.echo(_report(error, verbose=verbose), err=True)
    if not is_system_error(error):
        return EXIT_BUG
    click.echo(f"triptych: {printable(str(file_error(error, doing='use')))}", err=True)
    return EXIT_USAGE


def _print_for_programs(message: str) -> None:
    """Print the object with what went wrong, if the command line asks for JSON."""
    from triptych.cli.envelope import (  # noqa: PLC0415 - slow, and `--help` needs none
        asks_for_json,
        print_json_error,
    )

    if asks_for_json(sys.argv[1:]):
        print_json_error(message)


def _report(error: Exception, *, verbose: bool) -> str:
    if verbose:
        from traceback import format_exc  # noqa: PLC0415 - for this rare case only

        return format_exc()
    return (
        f"triptych: this is a bug in triptych: {type(error).__name__}: {error}\n"
        "  run it again with -v and report what it prints"
    )
