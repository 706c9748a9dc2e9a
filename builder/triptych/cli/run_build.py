"""Build a deck for `triptych build`, with all of the compiler."""

import sys
from collections.abc import Iterator
from dataclasses import replace

import click

from triptych.build.build import build
from triptych.build.cache import Cache, cache_of
from triptych.build.options import BuildOptions
from triptych.build.report import Report
from triptych.build.stamp import BuildMessages, Stamp
from triptych.build.timing import Timings
from triptych.build.where import where as parse_where
from triptych.cli.build_messages import (
    change_summary,
    print_draft_count,
    print_messages,
)
from triptych.cli.build_request import BuildRequest
from triptych.cli.envelope import print_json
from triptych.cli.main import EXIT_FINDINGS
from triptych.cli.options import display_path
from triptych.cli.progress import progress_bar
from triptych.cli.report import (
    count_text,
    full,
    json_entries,
    print_errors,
    warn_about_cache,
)
from triptych.cli.terminal import printable, wants_colour
from triptych.deck.project import open_project
from triptych.dialect.links import is_web_address, resolvable
from triptych.dialect.pictures import is_sound
from triptych.emit.emit import EmittedFiles
from triptych.english import counted, listed
from triptych.errors import TriptychError
from triptych.render.outputs import OUTPUTS, USUAL_OUTPUTS
from triptych.values.deck import Deck


def run_build(
    request: BuildRequest,
    stamp: Stamp | None,
    *,
    jobs: int,
    timings: bool,
    format_: str = "text",
) -> int:
    """Build as `request` says, and return the exit code.

    Without a stamp nothing of an earlier build is used, and nothing kept for a later.
    """
    if request.base_url and not is_web_address(request.base_url):
        raise TriptychError(f"--base-url: `{request.base_url}` is not a web address")
    stage_times = Timings()
    with stage_times.stage("read"):
        project = open_project(request.content)
    cache = cache_of(request.content) if stamp else None
    options = _options(request, cache, jobs)
    with progress_bar() as bar:
        report, emitted = build(
            project,
            request.dist,
            request.outputs or USUAL_OUTPUTS,
            replace(options, progress=bar),
            stage_times,
        )
    warn_about_cache(cache)
    if timings:
        click.echo(_table(stage_times, cache), err=True)
    if report.catalog is None and not report.diagnostics:
        reason = (
            "nothing matches --where" if request.where else "is everything a draft?"
        )
        raise TriptychError(f"there is no question to build: {reason}")
    if emitted is None:
        _print_refusal(report, request, format_)
        return EXIT_FINDINGS
    prefix = display_path(request.content)
    messages = BuildMessages(
        full(report.diagnostics, prefix, colour=False),
        full(report.diagnostics, prefix, colour=True),
        report.drafts,
        _counts(report),
        "".join(f"{line}\n" for line in _remarks(report, project.deck, request)),
    )
    written, removed = len(emitted.written), len(emitted.removed)
    if format_ == "json":
        _print_json(report, messages, emitted, request)
    else:
        print_messages(messages, change_summary(written, removed, request.dist))
    if stamp and not (cache and cache.problem):
        _save(stamp, emitted.manifest, messages)
    return 0


def _options(request: BuildRequest, cache: Cache | None, jobs: int) -> BuildOptions:
    return BuildOptions(
        jobs=jobs,
        strict=request.strict,
        drafts=request.drafts,
        where=parse_where(request.where) if request.where else None,
        base_url=request.base_url,
        since=request.since,
        cache=cache,
        downloads=request.downloads,
        edition=request.name or " ".join((request.where or "").split()),
        products=request.products,
        shift=request.shift,
    )


def _print_refusal(report: Report, request: BuildRequest, format_: str) -> None:
    """Print why nothing was written."""
    if format_ == "json":
        print_errors(report.diagnostics, request.content, "", format_)
        return
    colour = wants_colour(sys.stderr)
    text = full(report.diagnostics, display_path(request.content), colour=colour)
    click.echo(text, err=True, nl=False, color=colour)
    print_draft_count(report.drafts)
    click.echo(f"{count_text(report.diagnostics)}; nothing was written", err=True)


def _print_json(
    report: Report,
    messages: BuildMessages,
    emitted: EmittedFiles,
    request: BuildRequest,
) -> None:
    catalog = report.catalog
    print_json(
        {
            "questions": len(catalog.asked) if catalog else 0,
            "cards": catalog.card_count if catalog else 0,
            "drafts": report.drafts,
            "preview": report.preview,
            "dist": display_path(request.dist),
            "written": len(emitted.written),
            "removed": len(emitted.removed),
            "remarks": messages.remarks.splitlines(),
        },
        diagnostics=json_entries(report.diagnostics, display_path(request.content)),
    )


def _save(stamp: Stamp, manifest: bytes, messages: BuildMessages) -> None:
    try:
        stamp.save(manifest, messages)
    except TriptychError as error:
        # It only makes the next build slower.
        click.echo(f"triptych: {printable(str(error))}", err=True)


def _remarks(report: Report, deck: Deck, request: BuildRequest) -> Iterator[str]:
    base = request.base_url if request.base_url is not None else deck.site.base_url
    addresses = dict.fromkeys((base, deck.site.repository))
    dead = [address for address in addresses if address and not resolvable(address)]
    if dead:
        kind = "are placeholders" if len(dead) > 1 else "is a placeholder"
        yield f"{' and '.join(dead)} {kind}, not linked to: set [site] in deck.toml"
    if report.catalog and not report.catalog.current:
        were = "was" if len(report.outputs) == 1 else "were"
        yield f"there is no question: only {listed(report.outputs)} {were} made"
    if sounds := _sounds(report):
        lost = counted(sounds, "sound", has_groups=True)
        on_paper = (name for name in report.outputs if OUTPUTS[name].is_print)
        yield from (f"{name} is paper: {lost} not on it" for name in on_paper)
    if report.preview:
        yield "preview: run `triptych release` before learners get it"


def _sounds(report: Report) -> int:
    """Return how many sounds the deck plays."""
    media = report.catalog.media if report.catalog else {}
    return sum(map(is_sound, media))


def _counts(report: Report) -> str:
    asked = len(report.catalog.asked) if report.catalog else 0
    cards = report.catalog.card_count if report.catalog else 0
    counts = [(asked, "question")] if asked or not cards else []
    counts += [(cards, "card")] if cards else []
    text = " and ".join(counted(n, noun, has_groups=True) for n, noun in counts)
    return f"{text}, {count_text(report.diagnostics)}" if report.diagnostics else text


def _table(stage_times: Timings, cache: Cache | None) -> str:
    total = sum(stage_times.seconds.values())
    rows = [*stage_times.seconds.items(), ("all", total)]
    lines = [f"{name:<18} {seconds:8.3f} s" for name, seconds in rows]
    if cache is not None:
        hits = counted(cache.hits, "hit")
        misses = counted(cache.misses, "miss", "misses")
        lines.append(f"{'cache':<18} {hits}, {misses}")
    return "\n".join(lines)
