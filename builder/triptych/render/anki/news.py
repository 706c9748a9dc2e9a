"""A summary of the newest release, for the description of the deck in Anki."""

from triptych.ledger.lock import Ledger
from triptych.notes.strings import CardStrings


def release_summary(ledger: Ledger, strings: CardStrings) -> str:
    """Return such as `Release 1.1.0: 3 new, 1 retired`; empty before the first."""
    if not ledger.releases:
        return ""
    latest = ledger.latest
    title = strings["released"].filled(version=latest.version).text
    if len(ledger.releases) == 1:
        return title
    previous = ledger.releases[-2].version
    notes = ledger.notes.values()
    counts = {
        "new": sum(line.first == latest.version for line in notes),
        "changed": sum(
            line.text_time == latest.time and line.first != latest.version
            for line in notes
        ),
        "anew": sum(line.text_time < line.mod == latest.time for line in notes),
        "retired": sum(line.last == previous for line in notes),
    }
    parts = [strings[key].filled(n=n).text for key, n in counts.items() if n]
    return f"{title}: {', '.join(parts)}" if parts else title
