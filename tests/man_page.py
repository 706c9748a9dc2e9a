"""The manual page, made of the commands and options: `man/triptych.1`."""

import inspect
from collections.abc import Iterator

import click
from tests.reference import verbs

from triptych.cli.main import EXIT_BUG, EXIT_FINDINGS, EXIT_INTERRUPTED, EXIT_USAGE, cli

_EXITS = {
    0: "Done, and nothing is wrong.",
    EXIT_FINDINGS: "Mistakes in the content, or a code answer that failed.",
    EXIT_USAGE: "Usage or set-up.",
    EXIT_BUG: "A bug in triptych.",
    EXIT_INTERRUPTED: "Interrupted.",
}


def man_page() -> str:
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    # Without a date: the same program has the same page.
    yield '.TH TRIPTYCH 1 "" "triptych" "User Commands"'
    yield from (".SH NAME", rf"triptych \- {_text(_first_line(cli))}")
    yield from (".SH SYNOPSIS", ".B triptych", r"[\fIOPTIONS\fR] \fIVERB\fR ...")
    yield from (".SH OPTIONS", *_options(cli))
    yield ".SH VERBS"
    for name, command in verbs():
        context = click.Context(command, info_name=name)
        usage = " ".join(command.collect_usage_pieces(context))
        yield from (rf".SS triptych {_text(name)} {_text(usage)}",)
        yield from _paragraphs(command.help or "")
        yield from _options(command)
    yield ".SH EXIT STATUS"
    for code, what in _EXITS.items():
        yield from (".TP", rf"\fB{code}\fR", _text(what))
    yield ".SH ENVIRONMENT"
    yield from (".TP", r"\fBNO_COLOR\fR, \fBFORCE_COLOR\fR", "Colours: never, always.")
    yield from (".TP", r"\fBSOURCE_DATE_EPOCH\fR", "The time of a build.")


def _first_line(command: click.Command) -> str:
    return (command.help or "").split("\n", 1)[0].rstrip(".")


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in inspect.cleandoc(text).split("\n\n"):
        if paragraph.startswith("\b\n"):
            body = paragraph.removeprefix("\b\n").split("\n")
            yield from (".nf", *map(_text, body), ".fi", ".PP")
        else:
            yield from (_text(" ".join(paragraph.split())), ".PP")


def _options(command: click.Command) -> Iterator[str]:
    context = click.Context(command, info_name=command.name)
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record and isinstance(parameter, click.Option):
            yield from (".TP", rf"\fB{_text(record[0])}\fR", _text(record[1]))


def _text(text: str) -> str:
    """Return `text` for roff, which takes a dot in front for a request."""
    escaped = text.replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{escaped}" if escaped.startswith((".", "'")) else escaped
