"""What ``code.lock`` may hold, and of which code a verdict is."""

import json
from dataclasses import replace
from typing import Any

import pytest

from triptych.errors import TriptychError
from triptych.ledger.verdicts import UNPRINTABLE, code_hash, load
from triptych.values.question import Code


@pytest.mark.parametrize(
    "line",
    [
        "<<<<<<< ours",
        "[]",
        '{"id": "x"}',
        '{"id": "x", "code": "1", "verdict": "passed", "secret": "x"}',
        '{"id": "x", "code": "1", "verdict": "passed", "outputs": ["x"]}',
        '{"id": "x", "code": "1", "verdict": "passed", "stated": "13 GB"}',
        '{"id": "x", "code": "1", "verdict": "passed", "stated": [13]}',
        *(
            json.dumps({"id": "x", "code": "1", "verdict": "passed", key: value})
            for odd in ("\ufdd0", "\x1b")
            for key, value in [
                *((key, odd) for key in ("id", "code", "verdict", "message", "date")),
                *((key, {odd: "1"}) for key in ("outputs", "versions")),
                *((key, {"a": odd}) for key in ("outputs", "versions")),
                ("stated", [odd]),
            ]
        ),
    ],
)
def test_a_damaged_lock_is_refused(line: str) -> None:
    with pytest.raises(TriptychError, match=r"line 2 of code\.lock is damaged"):
        load(f"\n{line}\n")


@pytest.mark.parametrize("key", ["role", "language", "text"])
def test_a_verdict_is_of_code_with_its_roles_and_languages(key: str) -> None:
    code = Code("test", "python", "assert True\n", needs=(), line=3)
    assert code_hash([replace(code, line=4)]) == code_hash([code])
    other: dict[str, Any] = {key: "other"}
    assert code_hash([replace(code, **other)]) != code_hash([code])


def test_what_cannot_be_shown_is_control_characters() -> None:
    assert not UNPRINTABLE.search("tab\t newline\n é ∑ \u00a0 日本")
    assert all(UNPRINTABLE.search(c) for c in "\0\r\x1b\x7f\x85\ufdd0\uffff")
