"""A release from start to end: run the code, judge, build, and only then stamp.

What is released is built first, as if the ledger had it already. Changelog and ledger
follow, the ledger last: a run that is cut short leaves the old release or the new one.
"""

from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from triptych import clock
from triptych.build.build import build, check_and_typeset, settings_of
from triptych.build.options import BuildOptions
from triptych.deck.locks import deck_lock
from triptych.deck.project import Project, open_project, staged_ledger
from triptych.deck.read import CHANGELOG, inside, raw_text, source_of
from triptych.deck.write import write_files
from triptych.emit.emit import EmittedFiles
from triptych.ledger.changelog import interrupted_release
from triptych.ledger.lock import LOCK_FILE
from triptych.ledger.lock_file import load
from triptych.releases.moment import clock_warnings, moment, newest_commit
from triptych.releases.release import Release, blocking, release
from triptych.runner.session import ShowProgress, TestRequest, TestSession, run_session
from triptych.values.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class ReleaseRequest:
    """What release is asked for."""

    version: str = ""
    """The next one where it is empty."""
    refresh: bool = False
    """Whether every note becomes new to all learners."""
    jobs: int = 0
    trust_clock: bool = False
    """Whether a clock that may be wrong is right."""


@dataclass(frozen=True, slots=True)
class ReleaseResult:
    """What came of a release; `emitted` is there only if it succeeded."""

    session: TestSession
    """The run of the code answers; nothing is released where one fails."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """Why nothing was released, where the content is not sound."""
    clock_warnings: tuple[str, ...] = ()
    """Why nothing was released, where the clock may be wrong."""
    release: Release | None = None
    emitted: EmittedFiles | None = None


def publish(
    root: Path, dist: Path, request: ReleaseRequest, watch: ShowProgress
) -> ReleaseResult:
    """Release the deck at `root` and bring `dist` up to date with it.

    Raises:
        TriptychError: The version or the clock is wrong, or files cannot be written.

    """
    session = run_session(open_project(root), TestRequest(jobs=request.jobs), watch)
    if session.diagnostics:
        return ReleaseResult(session)
    with deck_lock(root):
        # The run has recorded its verdicts.
        return _publish(open_project(root), dist, request, session)


def _publish(
    project: Project, dist: Path, request: ReleaseRequest, session: TestSession
) -> ReleaseResult:
    root = project.folder.root
    options = BuildOptions(jobs=request.jobs)
    report = check_and_typeset(project, options)
    found = blocking(report.diagnostics)
    if found or report.catalog is None:
        return ReleaseResult(session, found)
    now, latest = clock.now(), project.ledger.latest
    doubtful = tuple(clock_warnings(now, latest, newest_commit(root)))
    if doubtful and not request.trust_clock:
        return ReleaseResult(session, clock_warnings=doubtful)
    made = release(
        report.catalog,
        settings_of(project, options),
        version=request.version,
        moment=moment(now, latest),
        refresh=request.refresh,
    )
    changelog = _changelog(project, made)
    source = source_of(CHANGELOG, changelog)
    folder = replace(project.folder, changelog=source)
    after = replace(project, folder=folder, ledger=load(made.lock))
    report, emitted = build(after, dist, options=options)
    if emitted is None:
        return ReleaseResult(session, report.diagnostics)
    write_files(
        {
            inside(root, CHANGELOG): changelog,
            inside(root, PurePosixPath(LOCK_FILE)): made.lock.encode(),
        }
    )
    return ReleaseResult(session, release=made, emitted=emitted)


def _changelog(project: Project, made: Release) -> bytes:
    """Return the changelog with the release `made`; what it says keeps every byte."""
    root = project.folder.root
    read = project.folder.changelog
    begun = interrupted_release(
        project.ledger, read.text if read else "", staged_ledger(root)
    )
    return made.changelog(raw_text(root, CHANGELOG.name), begun).encode()
