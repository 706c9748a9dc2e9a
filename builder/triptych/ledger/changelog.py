"""The deck's changelog: which releases it tells of, and whether the ledger knows them.

The changelog is written before the ledger. A section on a release that the ledger does
not have is that of a release that was cut short: no output shows it.
"""

import re
from contextlib import suppress
from datetime import UTC, datetime
from itertools import pairwise

from triptych.errors import TriptychError
from triptych.ledger.lock import LOCK_FILE, Ledger, version_number

CHANGELOG_FILE = "CHANGELOG.md"
_SECTION = re.compile(
    r"^## ([0-9]{1,9}(?:\.[0-9]{1,9}){2}) - (\d{4}-\d\d-\d\d)[ \t]*$", re.MULTILINE
)


def versions(text: str) -> tuple[str, ...]:
    """Return the releases that the changelog tells of, the newest first."""
    return tuple(match[1] for match in _SECTION.finditer(text))


def day_of(text: str, version: str) -> int:
    """Return when the day began, in UTC, of which the changelog says `version` is.

    It is 0 where it says none that can be.
    """
    for match in _SECTION.finditer(text):
        if match[1] == version:
            with suppress(ValueError):
                day = datetime.strptime(match[2], "%Y-%m-%d").replace(tzinfo=UTC)
                return max(0, int(day.timestamp()))
    return 0


def interrupted_release(ledger: Ledger, changelog: str, staged: Ledger | None) -> str:
    """Return the version of a release that was cut short before its last step.

    The changelog has it already, and the `staged` ledger has it and all releases
    before. What else is staged is left from another time, and says nothing.
    """
    told = versions(changelog)
    if not staged or staged.releases[:-1] != ledger.releases:
        return ""
    latest = staged.latest.version
    return latest if told[:1] == (latest,) else ""


def refuse_lost_ledger(ledger: Ledger, changelog: str, *, cut_short: bool) -> None:
    """Raise where the changelog tells of releases that the ledger does not know.

    With `cut_short`, a release was staged and not put in place: it is made anew.
    """
    told = versions(changelog)
    if not told or cut_short:
        return
    if version_number(told[0]) <= version_number(ledger.highest):
        return
    state = f"is of release {ledger.highest}"
    if not ledger.releases:
        state = "is missing, or empty"
    raise TriptychError(
        f"{LOCK_FILE} {state}, but {CHANGELOG_FILE} tells of release {told[0]}:"
        f" without its ledger learners would lose their progress. Restore {LOCK_FILE}"
        " from version control, or rebuild it from the package that was released last"
        " with `triptych adopt PACKAGE`; if that release was cut short, run"
        " `triptych release` again"
    )


def without_unreleased(text: str, ledger: Ledger) -> str:
    """Return the changelog without sections on what comes after the ledger.

    Of older releases an adopted ledger knows nothing, and yet they were made.
    """
    highest = version_number(ledger.highest)
    starts = [match.start() for match in _SECTION.finditer(text)]
    ends = [*starts, len(text)]
    pieces = [text[: ends[0]]]
    for start, stop in pairwise(ends):
        section = text[start:stop]
        if all(version_number(told) <= highest for told in versions(section)):
            pieces.append(section)
    return "".join(pieces)
