"""What open pages of the preview show of problems, with links into an editor."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote

import click

from triptych.cli.report import excerpt_window, grouped, message_path
from triptych.serve.preview import Problem
from triptych.values.diagnostics import Diagnostic, Severity

EDITORS: Mapping[str, str] = MappingProxyType(
    {
        "vscode": "vscode://file{path}:{line}:{column}",
        "vscodium": "vscodium://file{path}:{line}:{column}",
        "cursor": "cursor://file{path}:{line}:{column}",
        "zed": "zed://file{path}:{line}:{column}",
        "idea": "idea://open?file={path}&line={line}&column={column}",
        "pycharm": "pycharm://open?file={path}&line={line}&column={column}",
        "sublime": "subl://open?url=file://{path}&line={line}&column={column}",
        "textmate": "txmt://open?url=file://{path}&line={line}&column={column}",
        "none": "",
    }
)
"""The address by which each editor opens a file."""
MAX_PROBLEMS = 50
"""A page shows no more; the terminal has all."""
_ADDRESS = re.compile(
    r"(?!javascript:|data:|vbscript:)[a-z][a-z0-9+.-]*://.*", re.DOTALL
)


def editor_address(name: str) -> str:
    """Return the address for the editor `name`, which may be an address itself."""
    address = EDITORS.get(name, name)
    if name != "none" and not ("{path}" in address and _ADDRESS.fullmatch(address)):
        raise click.UsageError(
            f"--editor: `{name}` is no editor: use {', '.join(EDITORS)}, or an address"
            " such as 'my-editor://open?file={path}&line={line}'"
        )
    return address


def page_problems(
    diagnostics: Iterable[Diagnostic], root: Path, prefix: str, editor: str
) -> tuple[Problem, ...]:
    """Return `diagnostics` as pages show them: errors first, and not too many."""
    by_severity = sorted(diagnostics, key=lambda d: d.severity is not Severity.ERROR)
    problems = [
        Problem(
            severity=d.severity.value,
            message=d.message,
            place=f"{message_path(d, prefix)}:{d.span.line}:{d.span.column}",
            rule=d.rule,
            hint=d.hint,
            line=excerpt_window(d.excerpt, d.span)[0].strip(),
            others=others,
            count=count,
            link=_link(d, root, editor),
        )
        for d, count, others in grouped(by_severity, prefix)
    ]
    more = len(problems) - MAX_PROBLEMS
    if more > 0:
        rest = Problem("", f"and {more} more: the terminal has them")
        return (*problems[:MAX_PROBLEMS], rest)
    return tuple(problems)


def _link(diagnostic: Diagnostic, root: Path, editor: str) -> str:
    path = (root.resolve() / diagnostic.span.path).as_posix()
    # Lone surrogates stand for bytes of a name that are not UTF-8.
    written = quote(path.encode(errors="surrogateescape"), safe="/")
    span = diagnostic.span
    return (
        editor.replace("{path}", f"/{written.lstrip('/')}")
        .replace("{line}", str(span.line))
        .replace("{column}", str(span.column))
    )
