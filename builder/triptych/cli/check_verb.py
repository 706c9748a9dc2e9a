"""``triptych check``: report every mistake of every file."""

import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path, PurePosixPath

import click

from triptych.author.baseline import renew_baseline
from triptych.author.fix import check_and_fix
from triptych.build.build import check
from triptych.build.options import BuildOptions
from triptych.cli import completions
from triptych.cli.build_messages import print_draft_count
from triptych.cli.main import EXIT_FINDINGS
from triptych.cli.manuals import NAMES, output_of, severity
from triptych.cli.options import (
    content_folder,
    content_option,
    display_path,
    jobs_option,
)
from triptych.cli.progress import progress_bar
from triptych.cli.report import count_text, format_option, formatted
from triptych.cli.terminal import wants_colour
from triptych.deck.project import open_project
from triptych.values.diagnostics import Diagnostic, Severity


@click.command("check", short_help="report every mistake in the content")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@content_option
@jobs_option
@format_option
@click.option(
    "--select",
    multiple=True,
    metavar="RULE",
    shell_complete=completions.rules,
    help="Report only this rule.",
)
@click.option(
    "--ignore",
    multiple=True,
    metavar="RULE",
    shell_complete=completions.rules,
    help="Do not report this rule.",
)
@click.option(
    "--update-baseline", is_flag=True, help="Ignore the present warnings from now on."
)
@click.option("--fix", is_flag=True, help="Apply all fixes that need no decision.")
@click.option("--drafts", is_flag=True, help="Report what is wrong in drafts, too.")
@click.option("--learn", is_flag=True, help="Report how cards would be learned better.")
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
def command(  # noqa: PLR0913 - a click command takes its options as parameters
    *,
    files: tuple[Path, ...],
    content: Path | None,
    jobs: int,
    format_: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    update_baseline: bool,
    fix: bool,
    drafts: bool,
    learn: bool,
    strict: bool,
) -> int:
    """Report every mistake in the content; write nothing.

    With FILES, which may be folders, only mistakes in these are reported. The whole
    deck is read in any case, since ids and links refer to other files.
    """
    for rule in (*select, *ignore):
        if rule not in NAMES:
            raise click.UsageError(f"there is no rule `{rule}`: see `triptych explain`")
    for rule in select:
        if where := _found_elsewhere(rule, learn=learn):
            raise click.UsageError(f"`{rule}` is found by `triptych {where}`")
    root = content_folder(content)
    if update_baseline:
        path, diagnostics = renew_baseline(root, BuildOptions(learn=learn))
        where = display_path(path)
        click.echo(f"{count_text(diagnostics)}; the warnings are in {where}")
        return 0
    paths = {_relative_path(file, root) for file in files}
    select_ = partial(_selected, paths=paths, select=select, ignore=ignore)
    with progress_bar() as bar:
        options = BuildOptions(jobs=jobs, drafts=drafts, learn=learn, progress=bar)
        report = (
            check_and_fix(root, options, select_)
            if fix
            else check(open_project(root), options)
        )
    selected = list(select_(report.diagnostics))
    stopping = {Severity.ERROR, *([Severity.WARNING] if strict else [])}
    failed = any(d.severity in stopping for d in selected)
    text = formatted(format_, selected, root, ok=not failed)
    click.echo(text, nl=False, color=wants_colour(sys.stdout))
    if format_ == "full":
        click.echo(f"{count_text(selected)} in {display_path(root)}", err=True)
        print_draft_count(report.drafts)
    return EXIT_FINDINGS if failed else 0


def _found_elsewhere(rule: str, *, learn: bool) -> str:
    """Return the command that finds what `rule` is about, if this one does not."""
    if output := output_of(rule):
        return f"build {output}"
    is_hint = severity(rule) is Severity.HINT
    return "check --learn" if is_hint and not learn else ""


def _selected(
    diagnostics: Iterable[Diagnostic],
    paths: set[PurePosixPath],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
) -> Iterable[Diagnostic]:
    for diagnostic in diagnostics:
        path = diagnostic.span.path
        if paths and paths.isdisjoint({path, *path.parents}):
            continue
        if (select and diagnostic.rule not in select) or diagnostic.rule in ignore:
            continue
        yield diagnostic


def _relative_path(file: Path, root: Path) -> PurePosixPath:
    try:
        path = file.resolve().relative_to(root.resolve())
    except ValueError as error:
        raise click.UsageError(f"{file} is not in the deck folder {root}") from error
    if not file.exists():
        raise click.UsageError(f"there is no file {file}")
    return PurePosixPath(path.as_posix())
