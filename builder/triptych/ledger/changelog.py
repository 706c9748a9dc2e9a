"""The deck's changelog, compared with the ledger.

The changelog is written before the ledger. A section about a release that the ledger
does not have is from an interrupted release, and no output shows it.
"""

import re
from contextlib import suppress
from datetime import UTC, datetime
from itertools import pairwise

from triptych.dialect.files import CHANGELOG_FILE
from triptych.errors import TriptychError
from triptych.ledger.lock import DECK_LOCK_FILE, Ledger, version_number

_SECTION = re.compile(
    r"^## ([0-9]{1,9}(?:\.[0-9]{1,9}){2}) - (\d{4}-\d\d-\d\d)[ \t]*$", re.MULTILINE
)


def versions(text: str) -> tuple[str, ...]:
    """Return the versions of the sections in the changelog, the newest first."""
    return tuple(match[1] for match in _SECTION.finditer(text))


def day_of(text: str, version: str) -> int:
    """Return the start of the day of `version` in the changelog, in UTC.

    It is 0 if the changelog has no valid date for it.
    """
    for match in _SECTION.finditer(text):
        if match[1] == version:
            with suppress(ValueError):
                day = datetime.strptime(match[2], "%Y-%m-%d").replace(tzinfo=UTC)
                return max(0, int(day.timestamp()))
    return 0


def interrupted_release(ledger: Ledger, changelog: str, staged: Ledger | None) -> str:
    """Return the version of a release that was interrupted before its last step.

    Its section is in the changelog, and the `staged` ledger has it after all earlier
    releases. Any other staged ledger is an unrelated leftover.
    """
    known = versions(changelog)
    if not staged or staged.releases[:-1] != ledger.releases:
        return ""
    latest = staged.latest.version
    return latest if known[:1] == (latest,) else ""


def refuse_lost_ledger(ledger: Ledger, changelog: str, *, interrupted: bool) -> None:
    """Raise if the changelog has newer releases than the ledger.

    With `interrupted`, a release was staged but not finished, and will be made again.
    """
    known = versions(changelog)
    if not known or interrupted:
        return
    if version_number(known[0]) <= version_number(ledger.highest):
        return
    state = f"is of release {ledger.highest}"
    if not ledger.releases:
        state = "is missing, or empty"
    raise TriptychError(
        f"{DECK_LOCK_FILE} {state}, but {CHANGELOG_FILE} lists release {known[0]}:"
        " without its ledger learners would lose their progress. Restore"
        f" {DECK_LOCK_FILE} from version control, or rebuild it from the package that"
        " was released last with `triptych adopt PACKAGE`; if that release was cut"
        " short, run `triptych release` again"
    )


def without_unreleased(text: str, ledger: Ledger) -> str:
    """Return the changelog without sections about releases after the ledger's.

    Sections about older releases are kept, since an adopted ledger lacks them.
    """
    highest = version_number(ledger.highest)
    starts = [match.start() for match in _SECTION.finditer(text)]
    ends = [*starts, len(text)]
    pieces = [text[: ends[0]]]
    for start, stop in pairwise(ends):
        section = text[start:stop]
        if all(version_number(version) <= highest for version in versions(section)):
            pieces.append(section)
    return "".join(pieces)
