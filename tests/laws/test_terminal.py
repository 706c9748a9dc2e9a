"""No finding steers the terminal, or turns its text around, in any format."""

import io
import json
import re
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.cases import write_deck

from triptych.cli.main import main
from triptych.cli.report import FORMATS
from triptych.cli.terminal import printable
from triptych.values.diagnostics import Diagnostic, Severity, Span

CONTROLS = [
    *map(chr, (*range(0x20), *range(0x7F, 0xA0))),
    *"\u061c\u200e\u200f\u2028\u2029",
    *map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))),
]
"""C0 and C1, what ends lines, and what changes the direction of text."""
STEERING = re.compile(f"[{re.escape(''.join(CONTROLS))}]")
SEQUENCES = (
    *("\x1b[31m", "\x1b]0;title\x07", "\x9b2J", "\r", "\n", "\u202e"),
    *("%0A", "::", ",", ":", ",line=7,x="),
)
TEXT = st.lists(
    st.sampled_from([*SEQUENCES, *CONTROLS]) | st.text(max_size=5), max_size=6
).map("".join)
DIAGNOSTICS = st.builds(
    Diagnostic,
    rule=st.just("rule"),
    span=st.builds(
        Span,
        TEXT.map(lambda text: PurePosixPath(f"t/{text}".replace("\x00", ""))),
        st.integers(1, 9),
        st.integers(1, 30),
        st.integers(1, 30),
    ),
    message=TEXT,
    hint=TEXT,
    severity=st.sampled_from(Severity),
    excerpt=TEXT,
)


def printed(name: str, diagnostic: Diagnostic, *, colour: bool = False) -> str:
    return FORMATS[name]([diagnostic], "content", colour=colour)


@pytest.mark.parametrize("name", FORMATS)
@given(diagnostic=DIAGNOSTICS)
def test_no_format_prints_a_control_character(
    name: str, diagnostic: Diagnostic
) -> None:
    assert set(STEERING.findall(printed(name, diagnostic))) <= {"\n"}


@pytest.mark.parametrize("name", FORMATS)
@given(diagnostic=DIAGNOSTICS)
def test_colours_are_our_own_alone(name: str, diagnostic: Diagnostic) -> None:
    text = re.sub("\x1b\\[[0-9;]*m", "", printed(name, diagnostic, colour=True))
    assert text == printed(name, diagnostic)


@pytest.mark.parametrize(("name", "lines"), [("concise", 1), ("github", 1)])
@given(diagnostic=DIAGNOSTICS)
def test_a_finding_is_one_line(name: str, lines: int, diagnostic: Diagnostic) -> None:
    assert printed(name, diagnostic).count("\n") == lines


@given(DIAGNOSTICS)
def test_a_program_still_reads_the_text_as_it_is(diagnostic: Diagnostic) -> None:
    found = json.loads(printed("json", diagnostic))
    assert found["ok"] is (diagnostic.severity is not Severity.ERROR)
    (entry,) = found["diagnostics"]
    assert entry["message"] == diagnostic.message
    assert entry["hint"] == diagnostic.hint


PLACE = Span(PurePosixPath("t/q.md"))


@given(DIAGNOSTICS)
@example(Diagnostic("rule", Span(PurePosixPath("t/,line=7,x=:")), "a::b, c"))
@example(Diagnostic("rule", PLACE, "::error file=x::y", hint="%0A,"))
@example(Diagnostic("rule", PLACE, "one\ntwo\rthree\r\nfour"))
def test_github_reads_one_command_with_its_properties(diagnostic: Diagnostic) -> None:
    line = printed("github", diagnostic).removesuffix("\n")
    head, _, data = line[2:].partition("::")
    kind, _, properties = head.partition(" ")
    assert kind == {"hint": "notice"}.get(diagnostic.severity, diagnostic.severity)
    keys = [item.partition("=")[0] for item in properties.split(",")]
    assert keys == ["file", "line", "col", "endColumn", "title"]
    text = data.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
    hint = f" ({diagnostic.hint})" if diagnostic.hint else ""
    ends_lines = dict.fromkeys(map(ord, "\r\n"), " ")
    assert text.translate(ends_lines) == printable(
        f"{diagnostic.message}{hint}".translate(ends_lines)
    )


ESCAPED = r"\x1b[31mred \x9b2J\u202eturned \u2066"
"""As YAML writes it in double quotes."""
DECK = f"""\
=== t/q.md
---
question: "{ESCAPED}"
tags: ["x"]
---
An answer.

```x\x1b[31m\x9b2J\u202e
Code in a language that no one knows: a warning.
```
"""


@pytest.mark.parametrize(
    "arguments",
    [
        ["list"],
        ["list", "--format", "json"],
        *(["diff", "--format", format_] for format_ in ("text", "markdown", "json")),
        *(["check", "--format", format_] for format_ in FORMATS),
        ["diff", "1.0.0\x1b[31m\x9b2J"],
        ["build", "--where", "x\x1b[31m\x9b2J\u202e"],
        ["rename", "q", "\x1b[31m\x9b2J"],
        ["explain", "\x1b[31m\x9b2J"],
    ],
    ids=ascii,
)
def test_no_verb_prints_a_control_character(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_deck(tmp_path, DECK)
    monkeypatch.setattr(sys, "argv", ["triptych", *arguments])
    monkeypatch.chdir(tmp_path)
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(out), pytest.raises(SystemExit):
        main()
    assert out.getvalue()
    assert set(STEERING.findall(out.getvalue())) <= {"\n"}
