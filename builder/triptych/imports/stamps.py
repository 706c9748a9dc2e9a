"""Whether an import may stamp the ledger: until the deck has a release of its own."""

from triptych.ledger.lock import Ledger

VERSION = "1.0.0"
"""What learners have of an imported deck counts as this release."""


def may_stamp(ledger: Ledger) -> bool:
    """Return whether nothing but an import was ever released."""
    return all(item.version == VERSION for item in ledger.releases) and (
        not ledger.releases or is_import(ledger)
    )


def is_import(ledger: Ledger) -> bool:
    """Return whether the only release in `ledger` is an import."""
    ours = {"question", "cloze"}
    return len(ledger.releases) == 1 and bool(
        {line.type for line in ledger.notes.values()} - ours
    )
