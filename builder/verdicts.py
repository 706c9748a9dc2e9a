"""``code.lock``: what ``triptych test`` saw when it ran the code answers."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field

from builder.errors import TriptychError
from builder.model import Code

LOCK_FILE = "code.lock"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The last run of one question's code."""

    id: str
    code: str
    """The hash of the code that ran."""
    verdict: str
    """`passed`, `failed` or `skipped`."""
    message: str = ""
    outputs: Mapping[str, str] = field(default_factory=dict)
    """What each `run` block printed, by the hash of the block."""
    versions: Mapping[str, str] = field(default_factory=dict)
    """Of Python and of the packages that the code imports."""
    date: str = ""
    """When the code or its verdict last changed."""


def code_hash(code: Iterable[Code]) -> str:
    """Return a short hash of all the code answers of a question."""
    parts = [[answer.role, answer.language, answer.text] for answer in code]
    return _hash(json.dumps(parts, ensure_ascii=False))


def block_hash(text: str) -> str:
    """Return a short hash of one block."""
    return _hash(text)


def load(text: str) -> Mapping[str, Verdict]:
    """Return the verdicts of a lock file by question; a line is a JSON object."""
    verdicts = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            verdict = Verdict(**json.loads(line))
        except (TypeError, ValueError) as error:
            raise TriptychError(
                f"line {number} of {LOCK_FILE} is damaged: restore the file, or"
                " delete it and run `triptych test`"
            ) from error
        verdicts[verdict.id] = verdict
    return verdicts


def dump(verdicts: Mapping[str, Verdict]) -> str:
    """Return the text of a lock file: sorted, a line a question."""
    lines = (
        json.dumps(asdict(verdicts[name]), ensure_ascii=False, sort_keys=True)
        for name in sorted(verdicts)
    )
    return "".join(f"{line}\n" for line in lines)


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
