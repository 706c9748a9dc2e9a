"""Update ``code.lock`` with new verdicts."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from triptych import clock
from triptych.deck.locks import deck_lock
from triptych.deck.read import inside, text_of
from triptych.deck.write import write_files
from triptych.errors import TriptychError
from triptych.ledger.verdicts import LOCK_FILE, Verdict, dump, load
from triptych.runner.plan import CodePlan


def is_current(
    known: Verdict | None, code: str, plan: CodePlan, *, no_skip: bool = False
) -> bool:
    """Return whether the recorded verdict still holds, so that nothing need run.

    Code that failed runs again, and code that was skipped once nothing is missing.
    """
    if known is None or known.code != code:
        return False
    missing = any(skip.package for skip in plan.skips)
    if known.verdict == "skipped":
        return bool(plan.skips) and not (missing and no_skip)
    return known.verdict == "passed"


def merge_verdicts(
    known: Mapping[str, Verdict],
    seen: Iterable[Verdict],
    names: Collection[str],
    day: str,
) -> Mapping[str, Verdict]:
    """Return the verdicts on the code of the questions `names`, with those just `seen`.

    A date changes only with its verdict. A run that skipped a block does not replace
    the verdict of a complete run of the same code.
    """
    verdicts = {name: verdict for name, verdict in known.items() if name in names}
    for verdict in seen:
        before = verdicts.get(verdict.id)
        if before and before.code == verdict.code:
            if (before.verdict, verdict.verdict) == ("passed", "skipped"):
                continue
            if replace(before, date="") == verdict:
                continue
        verdicts[verdict.id] = replace(verdict, date=day)
    return verdicts


def record_verdicts(
    root: Path, seen: Iterable[Verdict], names: Collection[str], day: str
) -> bool:
    """Update the lock of the deck at `root`; return whether it changed.

    It is read again: another run may have changed it while this one's code ran.
    """
    with deck_lock(root):
        before = text_of(root, LOCK_FILE)
        after = dump(merge_verdicts(load(before), seen, names, day))
        if after != before:
            write_files({inside(root, PurePosixPath(LOCK_FILE)): after.encode()})
    return after != before


def today() -> str:
    """Return the day that SOURCE_DATE_EPOCH names, or today's, in UTC."""
    epoch = clock.source_date_epoch() or clock.now()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError) as error:
        raise TriptychError(
            f"SOURCE_DATE_EPOCH is `{epoch}`: write seconds since 1970"
        ) from error
