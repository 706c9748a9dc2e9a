"""What the newest release brought, for the description that Anki shows of the deck."""

from triptych.ledger.lock import Ledger
from triptych.notes.strings import Words


def release_summary(ledger: Ledger, words: Words) -> str:
    """Return, say, `Release 1.1.0: 3 new, 1 retired`; nothing before the first."""
    if not ledger.releases:
        return ""
    latest = ledger.latest
    title = words["released"].filled(version=latest.version).text
    if len(ledger.releases) == 1:
        return title
    before = ledger.releases[-2].version
    notes = ledger.notes.values()
    counts = {
        "new": sum(line.first == latest.version for line in notes),
        "changed": sum(
            line.mod == latest.time and line.first != latest.version for line in notes
        ),
        "retired": sum(line.last == before for line in notes),
    }
    told = [words[key].filled(n=n).text for key, n in counts.items() if n]
    return f"{title}: {', '.join(told)}" if told else title
