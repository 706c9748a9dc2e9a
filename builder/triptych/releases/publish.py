"""A release from start to end: run the code, judge, build, and only then stamp.

What is released is built first, as if the ledger had it already. Changelog and ledger
follow, the ledger last: a run that is cut short leaves the old release or the new one.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from triptych import clock
from triptych.build.build import build, settings_of, typeset
from triptych.build.options import Options
from triptych.deck.project import Project, open_project
from triptych.deck.read import CHANGELOG
from triptych.deck.write import write_files
from triptych.emit.emit import Emitted
from triptych.ledger.changelog import CHANGELOG_FILE
from triptych.ledger.lock import LOCK_FILE
from triptych.ledger.lock_file import load
from triptych.releases.moment import doubts, moment, newest_commit
from triptych.releases.release import Release, blocking, release
from triptych.runner.session import Request, Session, Watch, run_session
from triptych.values.diagnostics import Diagnostic
from triptych.values.source import Source


@dataclass(frozen=True, slots=True)
class Order:
    """What release is asked for."""

    version: str = ""
    """The next one where it is empty."""
    refresh: bool = False
    """Whether every note becomes new to all learners."""
    jobs: int = 0
    believe_clock: bool = False
    """Whether a clock that may be wrong is right."""


@dataclass(frozen=True, slots=True)
class Published:
    """What came of a release; `emitted` is there only if it succeeded."""

    session: Session
    """The run of the code answers; nothing is released where one fails."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """Why nothing was released, where the content is not sound."""
    doubts: tuple[str, ...] = ()
    """Why nothing was released, where the clock may be wrong."""
    release: Release | None = None
    emitted: Emitted | None = None


def publish(root: Path, dist: Path, order: Order, watch: Watch) -> Published:
    """Release the deck at `root` and bring `dist` up to date with it.

    Raises:
        TriptychError: The version or the clock is wrong, or files cannot be written.

    """
    session = run_session(open_project(root), Request(jobs=order.jobs), watch)
    if session.diagnostics:
        return Published(session)
    # The run has recorded its verdicts.
    project = open_project(root)
    options = Options(jobs=order.jobs)
    report = typeset(project, options)
    found = blocking(report.diagnostics)
    if found or report.catalog is None:
        return Published(session, found)
    now, latest = clock.now(), project.ledger.latest
    doubtful = tuple(doubts(now, latest, newest_commit(root)))
    if doubtful and not order.believe_clock:
        return Published(session, doubts=doubtful)
    made = release(
        report.catalog,
        settings_of(project, options),
        version=order.version,
        moment=moment(now, latest),
        refresh=order.refresh,
    )
    after = _released(project, made)
    report, emitted = build(after, dist, options=options)
    if emitted is None:
        return Published(session, report.diagnostics)
    write_files(
        {
            root / CHANGELOG_FILE: _changelog(after).encode(),
            root / LOCK_FILE: made.lock.encode(),
        }
    )
    return Published(session, release=made, emitted=emitted)


def _released(project: Project, made: Release) -> Project:
    """Return the project as it stands once `made` is in its lock file."""
    before = project.folder.changelog
    text = made.changelog(before.text if before else "")
    folder = replace(project.folder, changelog=Source(CHANGELOG, text))
    return replace(project, folder=folder, ledger=load(made.lock))


def _changelog(project: Project) -> str:
    return project.folder.changelog.text if project.folder.changelog else ""
