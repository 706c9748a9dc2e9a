"""Regular expressions that are compiled when they are used."""

import re

import pytest

from triptych.patterns import lazy_pattern


def test_a_pattern_is_compiled_when_it_is_used_and_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compiled: list[str] = []
    compile_ = re.compile

    def counted(text: str, flags: int = 0) -> re.Pattern[str]:
        compiled.append(text)
        return compile_(text, flags)

    monkeypatch.setattr(re, "compile", counted)
    vowel = lazy_pattern("[aeiou]", re.IGNORECASE)
    assert compiled == []
    assert vowel.findall("Among") == ["A", "o"]
    assert vowel.sub("_", "Among") == "_m_ng"
    assert vowel.sub("_", "Io") == "__"
    assert vowel.pattern == "[aeiou]"
    assert compiled == ["[aeiou]"]
