"""Update ``code.lock`` with new verdicts."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from triptych import clock
from triptych.deck.locks import deck_lock
from triptych.deck.read import path_inside, text_of
from triptych.deck.write import write_files
from triptych.errors import TriptychError
from triptych.ledger.verdicts import CODE_LOCK_FILE, Verdict, dump, load
from triptych.runner.plan import CodePlan


def is_current(
    known: Verdict | None, code: str, plan: CodePlan, *, no_skip: bool = False
) -> bool:
    """Return whether the recorded verdict is still valid, so that no code must be run.

    Code that failed is run again, and skipped code once no package is missing.
    """
    if known is None or known.code != code:
        return False
    missing = any(skip.package for skip in plan.skips)
    if known.verdict == "skipped":
        return bool(plan.skips) and not (missing and no_skip)
    return known.verdict == "passed"


def merge_verdicts(
    known: Mapping[str, Verdict],
    new: Iterable[Verdict],
    names: Collection[str],
    date: str,
) -> Mapping[str, Verdict]:
    """Return the verdicts of the questions `names`, the `new` ones added to `known`.

    The date changes only with the verdict. A run that skipped a block does not replace
    the verdict of a complete run of the same code.
    """
    verdicts = {name: verdict for name, verdict in known.items() if name in names}
    for verdict in new:
        before = verdicts.get(verdict.id)
        if before and before.code == verdict.code:
            if (before.verdict, verdict.verdict) == ("passed", "skipped"):
                continue
            if replace(before, date="") == verdict:
                continue
        verdicts[verdict.id] = replace(verdict, date=date)
    return verdicts


def record_verdicts(
    root: Path, new: Iterable[Verdict], names: Collection[str], date: str
) -> bool:
    """Update ``code.lock`` of the deck in `root`; return whether it changed.

    The file is read again: another run may have changed it in the meantime.
    """
    with deck_lock(root):
        before = text_of(root, CODE_LOCK_FILE)
        after = dump(merge_verdicts(load(before), new, names, date))
        if after != before:
            path = path_inside(root, PurePosixPath(CODE_LOCK_FILE))
            write_files({path: after.encode()})
    return after != before


def today() -> str:
    """Return the date of SOURCE_DATE_EPOCH, or else of today, in UTC."""
    epoch = clock.source_date_epoch() or clock.now()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError) as error:
        raise TriptychError(
            f"SOURCE_DATE_EPOCH is `{epoch}`: write seconds since 1970"
        ) from error
