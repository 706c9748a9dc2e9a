"""The results of the code answers: the content of ``code.lock``."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace

from triptych.errors import TriptychError
from triptych.values.question import Code

CODE_LOCK_FILE = "code.lock"
# Control characters, and the noncharacters that are placeholders in typesetting.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of the last run of one question's code."""

    id: str
    code: str
    """The hash of the code that ran."""
    verdict: str
    """`passed`, `failed` or `skipped` (a package is missing, or nothing could run)."""
    message: str = ""
    """The error, or why something was skipped."""
    outputs: Mapping[str, str] = field(default_factory=dict)
    """The output of each `run` block, by the hash of the block."""
    versions: Mapping[str, str] = field(default_factory=dict)
    """The versions of Python and of the imported packages."""
    stated: tuple[str, ...] = ()
    """The words of the text whose numbers its tests computed."""
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
            _check(verdict)
            verdict = replace(verdict, stated=tuple(verdict.stated))
        except (AttributeError, RecursionError, TypeError, ValueError) as error:
            raise TriptychError(
                f"line {number} of {CODE_LOCK_FILE} is damaged: restore the file, or"
                " delete it and run `triptych test`"
            ) from error
        verdicts[verdict.id] = verdict
    return verdicts


def dump(verdicts: Mapping[str, Verdict]) -> str:
    """Return the text of a lock file: one line for each question, sorted."""
    entries = (asdict(verdicts[name]) for name in sorted(verdicts))
    lines = (
        json.dumps({key: v for key, v in entry.items() if v}, ensure_ascii=False)
        for entry in entries
    )
    return "".join(f"{line}\n" for line in lines)


def _check(verdict: Verdict) -> None:
    """Raise for values that `dump` does not write, since the file may be untrusted."""
    texts = [verdict.id, verdict.code, verdict.verdict, verdict.message, verdict.date]
    for shown in (verdict.outputs, verdict.versions):
        texts += [*shown, *shown.values()]
    if not isinstance(verdict.stated, list | tuple):
        raise TypeError("not a list")
    texts += verdict.stated
    if not all(isinstance(text, str) for text in texts):
        raise TypeError("not text")
    if any(UNPRINTABLE.search(text) for text in texts):
        raise ValueError("a control character")


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
