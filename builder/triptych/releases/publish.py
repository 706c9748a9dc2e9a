"""Make a release: run the code answers, check, build, and write the ledger.

The outputs are built first, with the ledger of the new release. Then the changelog and
last the ledger are written, so that an interrupted run leaves a consistent state.
"""

from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from triptych import clock
from triptych.build.build import build, check_and_typeset, settings_of
from triptych.build.options import BuildOptions
from triptych.deck.locks import deck_lock
from triptych.deck.project import Project, open_project, staged_ledger
from triptych.deck.read import CHANGELOG, path_inside, raw_text, source_of
from triptych.deck.write import write_files
from triptych.emit.emit import EmittedFiles
from triptych.ledger.changelog import interrupted_release
from triptych.ledger.lock import DECK_LOCK_FILE
from triptych.ledger.lock_file import load
from triptych.notes.history import NO_REFRESH, Refresh
from triptych.progress import Progress, no_progress
from triptych.releases.clock_checks import clock_warnings, newest_commit, release_time
from triptych.releases.release import Release, blocking, release
from triptych.runner.session import ShowProgress, TestRequest, TestSession, run_session
from triptych.values.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class ReleaseRequest:
    """The options of a release."""

    version: str = ""
    """Empty for the next version."""
    refresh: Refresh = NO_REFRESH
    jobs: int = 0
    trust_clock: bool = False
    """Whether to release in spite of `clock_warnings`."""
    progress: Progress = no_progress
    """Called with the progress of the build."""


@dataclass(frozen=True, slots=True)
class ReleaseResult:
    """The result of a release; it succeeded if `emitted` is set."""

    session: TestSession
    """The run of the code answers; nothing is released if one fails."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """Problems in the content, because of which nothing was released."""
    clock_warnings: tuple[str, ...] = ()
    """Reasons to doubt the clock, because of which nothing was released."""
    release: Release | None = None
    emitted: EmittedFiles | None = None


def publish(
    root: Path, dist: Path, request: ReleaseRequest, watch: ShowProgress
) -> ReleaseResult:
    """Release the deck at `root` and bring `dist` up to date with it.

    Raises:
        TriptychError: The version or the clock is wrong, or a file cannot be written.

    """
    session = run_session(open_project(root), TestRequest(jobs=request.jobs), watch)
    if session.diagnostics:
        return ReleaseResult(session)
    with deck_lock(root):
        # Open the project again, since the run has written its verdicts.
        return _publish(open_project(root), dist, request, session)


def _publish(
    project: Project, dist: Path, request: ReleaseRequest, session: TestSession
) -> ReleaseResult:
    root = project.folder.root
    options = BuildOptions(jobs=request.jobs, progress=request.progress)
    report = check_and_typeset(project, options)
    findings = blocking(report.diagnostics)
    if findings or report.catalog is None:
        return ReleaseResult(session, findings)
    now, latest = clock.now(), project.ledger.latest
    warnings = tuple(clock_warnings(now, latest, newest_commit(root)))
    if warnings and not request.trust_clock:
        return ReleaseResult(session, clock_warnings=warnings)
    new_release = release(
        report.catalog,
        settings_of(project, options),
        version=request.version,
        time_seconds=release_time(now, latest),
        refresh=request.refresh,
    )
    changelog = _changelog(project, new_release)
    source = source_of(CHANGELOG, changelog)
    folder = replace(project.folder, changelog=source)
    after = replace(project, folder=folder, ledger=load(new_release.lock))
    report, emitted = build(after, dist, options=options)
    if emitted is None:
        return ReleaseResult(session, report.diagnostics)
    write_files(
        {
            path_inside(root, CHANGELOG): changelog,
            path_inside(root, PurePosixPath(DECK_LOCK_FILE)): new_release.lock.encode(),
        }
    )
    return ReleaseResult(session, release=new_release, emitted=emitted)


def _changelog(project: Project, new_release: Release) -> bytes:
    """Return the changelog with the new release; other sections are unchanged."""
    root = project.folder.root
    source = project.folder.changelog
    interrupted = interrupted_release(
        project.ledger, source.text if source else "", staged_ledger(root)
    )
    return new_release.changelog(raw_text(root, CHANGELOG.name), interrupted).encode()
