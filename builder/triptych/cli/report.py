"""Diagnostics as text in four formats."""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import click

from triptych.build.cache import Cache
from triptych.cli.envelope import envelope
from triptych.cli.options import F, display_path
from triptych.cli.terminal import printable, wants_colour
from triptych.english import counted
from triptych.values.diagnostics import Diagnostic, Severity, Span

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.HINT: "36"}
_MAX_EXCERPT_CHARS = 160
"""No more of a line is shown: the part around the place."""
_COMMANDS = {Severity.HINT: "notice"}
"""What GitHub calls a severity, where that is another word."""
_MAX_MESSAGE_CHARS = 600
"""A longer message, which repeats what a file holds, is cut."""
_MAX_PLACES = 3
"""Of diagnostics that say the same, no more places are listed."""
_MAX_ALIKE = 20
"""More messages that differ only in names are printed as one."""
_NAME = re.compile(r"`[^`]*`|\d+")


def full(diagnostics: Sequence[Diagnostic], prefix: str, *, colour: bool) -> str:
    """Return diagnostics for a person: place, message, the line, and the remedy."""
    return "".join(
        _full(first, prefix, colour=colour) + (f"  {others}\n" if others else "")
        for first, _, others in grouped(diagnostics, prefix)
    )


def concise(diagnostics: Sequence[Diagnostic], prefix: str, *, colour: bool) -> str:
    """Return diagnostics with one line each, as editors read them."""
    return "".join(
        _head(first, prefix, colour=colour) + (f" ({others})\n" if others else "\n")
        for first, _, others in grouped(diagnostics, prefix)
    )


def grouped(
    diagnostics: Iterable[Diagnostic], prefix: str
) -> Iterator[tuple[Diagnostic, int, str]]:
    """Yield the first of all diagnostics that say the same, how many, and where.

    Where many say the same of other names, such as a thousand missing pictures, they
    are one group, too.
    """
    found = list(diagnostics)
    alike: dict[tuple[str, ...], set[tuple[str, str]]] = {}
    for d in found:
        alike.setdefault(_without_names(d), set()).add((d.message, d.hint))
    groups: dict[tuple[str, ...], list[Diagnostic]] = {}
    for d in found:
        key = _without_names(d)
        same = (d.rule, d.severity, d.message, d.hint)
        groups.setdefault(key if len(alike[key]) > _MAX_ALIKE else same, []).append(d)
    for first, *rest in groups.values():
        yield first, 1 + len(rest), _others(first, rest, prefix)


def _without_names(d: Diagnostic) -> tuple[str, ...]:
    """Return the rule and what it says, without the names and numbers in it.

    The remedy does not count: one name is much like another that is known, one is not.
    """
    return d.rule, d.severity, _NAME.sub("`", d.message[:_MAX_MESSAGE_CHARS])


def _others(first: Diagnostic, rest: list[Diagnostic], prefix: str) -> str:
    """Return how many more diagnostics are like the first, and the first places."""
    if not rest:
        return ""
    says_more = any((d.message, d.hint) != (first.message, first.hint) for d in rest)
    places = [
        f"{printable(message_path(d, prefix))}:{d.span.line}"
        for d in rest[:_MAX_PLACES]
    ]
    left = ", …" if len(rest) > _MAX_PLACES else ""
    like = " like it" if says_more else ""
    return f"and {len(rest):,} more{like}: {', '.join(places)}{left}"


def as_json(
    diagnostics: Sequence[Diagnostic],
    prefix: str,
    *,
    colour: bool,  # noqa: ARG001 - as the other formats
    ok: bool | None = None,
) -> str:
    """Return diagnostics as JSON; `ok` is whether the verb exits with 0."""
    severities = [d.severity for d in diagnostics]
    if ok is None:
        ok = Severity.ERROR not in severities
    counts = {f"{severity.value}s": severities.count(severity) for severity in Severity}
    found = json_entries(diagnostics, prefix)
    return envelope({}, ok=ok, result=counts, diagnostics=found)


def json_entries(
    diagnostics: Iterable[Diagnostic], prefix: str
) -> list[Mapping[str, object]]:
    """Return diagnostics as they stand in the object that programs read."""
    return [
        {
            "path": message_path(d, prefix),
            "line": d.span.line,
            "column": d.span.column,
            "rule": d.rule,
            "severity": d.severity.value,
            "message": d.message,
            "hint": d.hint,
        }
        for d in diagnostics
    ]


def github(diagnostics: Sequence[Diagnostic], prefix: str, *, colour: bool) -> str:  # noqa: ARG001
    """Return diagnostics as workflow commands of GitHub."""
    return "".join(
        f"::{_COMMANDS.get(d.severity, d.severity.value)}"
        f" file={_property(message_path(d, prefix))},"
        f"line={d.span.line},"
        f"col={d.span.column},endColumn={d.span.column + d.span.length},"
        f"title={_property(d.rule)}::{_data(_sentence(d))}\n"
        for d in diagnostics
    )


Format = Callable[..., str]
FORMATS: Mapping[str, Format] = MappingProxyType(
    {"full": full, "concise": concise, "json": as_json, "github": github}
)
_FORMAT = click.option(
    "--format",
    "format_",
    type=click.Choice(list(FORMATS)),
    default="full",
    show_default=True,
    help="How to print what is found.",
)


def format_option(command: F) -> F:
    """Add `--format FORMAT`, for diagnostics."""
    return _FORMAT(command)


def formatted(
    format_: str, diagnostics: Sequence[Diagnostic], root: Path, *, ok: bool
) -> str:
    """Return diagnostics of the deck at `root` in a format, for standard output."""
    prefix, colour = display_path(root), wants_colour(sys.stdout)
    if format_ == "json":
        return as_json(diagnostics, prefix, colour=colour, ok=ok)
    return FORMATS[format_](diagnostics, prefix, colour=colour)


def count_text(diagnostics: Iterable[Diagnostic]) -> str:
    """Return the numbers of errors and warnings, such as `2 errors and 1 warning`."""
    severities = [diagnostic.severity for diagnostic in diagnostics]
    counts = [(severities.count(severity), severity.value) for severity in Severity]
    words = [counted(n, word) for n, word in counts if n]
    return " and ".join(words) or "no problems"


def print_errors(
    diagnostics: Iterable[Diagnostic],
    root: Path,
    consequence: str,
    format_: str = "text",
) -> None:
    """Print why the deck at `root` cannot be used, and what was not done for it."""
    found, colour = list(diagnostics), wants_colour(sys.stderr)
    if format_ == "json":
        click.echo(formatted("json", found, root, ok=False), nl=False)
        return
    text = full(found, display_path(root), colour=colour)
    click.echo(text, err=True, nl=False, color=colour)
    click.echo(f"{count_text(found)}; {consequence}", err=True)


def warn_about_cache(cache: Cache | None) -> None:
    """Print the problem with the cache, which only makes a build slower."""
    if cache is not None and cache.problem:
        click.echo(f"triptych: {printable(cache.problem)}", err=True)


def _head(diagnostic: Diagnostic, prefix: str, *, colour: bool) -> str:
    span, severity = diagnostic.span, diagnostic.severity.value
    if colour:
        severity = f"\x1b[1;{_COLOURS[diagnostic.severity]}m{severity}\x1b[0m"
    place = f"{printable(message_path(diagnostic, prefix))}:{span.line}:{span.column}"
    return f"{place}: {severity}[{diagnostic.rule}]: {_short(diagnostic.message)}"


def _short(text: str) -> str:
    cut = len(text) > _MAX_MESSAGE_CHARS
    return printable(f"{text[:_MAX_MESSAGE_CHARS]}…" if cut else text)


def _full(diagnostic: Diagnostic, prefix: str, *, colour: bool) -> str:
    text = f"{_head(diagnostic, prefix, colour=colour)}\n"
    span, hint = diagnostic.span, _short(diagnostic.hint)
    line, start, length = excerpt_window(diagnostic.excerpt, span)
    if not line.strip():
        return text + (f"  hint: {hint}\n" if hint else "")
    gutter = f"{span.line:>4}"
    carets = " " * start + "^" * length
    if colour:
        carets = f"\x1b[{_COLOURS[diagnostic.severity]}m{carets}\x1b[0m"
    return (
        f"{text}{gutter} | {line}\n{' ' * len(gutter)} | {carets} {hint}".rstrip()
        + "\n"
    )


def excerpt_window(excerpt: str, span: Span) -> tuple[str, int, int]:
    """Return the part of a line around a place, and where in it the place is."""
    column = min(span.column, len(excerpt) + 1)
    length = max(1, min(span.length, len(excerpt) - column + 1, _MAX_EXCERPT_CHARS))
    after = min(len(excerpt) - column - length + 1, (_MAX_EXCERPT_CHARS - length) // 3)
    shift = max(0, column + length + after - 1 - _MAX_EXCERPT_CHARS)
    # Cut first: a line may be as long as a file.
    line = printable(excerpt[shift : shift + _MAX_EXCERPT_CHARS].replace("\t", " "))
    if shift:
        line = f"…{line[1:]}"
    if len(excerpt) > shift + _MAX_EXCERPT_CHARS:
        line = f"{line[:-1]}…"
    return line, column - 1 - shift, length


def message_path(diagnostic: Diagnostic, prefix: str) -> str:
    """Return the path of a diagnostic as messages name it."""
    path = str(diagnostic.span.path).encode(errors="replace").decode()
    return f"{prefix}/{path}" if prefix else path


def _sentence(diagnostic: Diagnostic) -> str:
    hint = f" ({diagnostic.hint})" if diagnostic.hint else ""
    return f"{diagnostic.message}{hint}"


def _data(text: str) -> str:
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return printable(escaped)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
