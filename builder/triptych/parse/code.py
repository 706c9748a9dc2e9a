"""Parse the info strings of fences, and remove cloze markers from code."""

import re
from collections.abc import Iterable, Iterator

from markdown_it.token import Token

from triptych.dialect.keys import MAX_CLOZE_DIGITS
from triptych.parse.key_marks import take_mark
from triptych.values.question import Code

ROLES = ("solution", "test", "run")
_CODE_BLOCKS = frozenset({"code_block", "fence"})
_PROMPT = ">>> "
_PYTHON = frozenset({"", "py", "python"})
"""The info strings of code that is highlighted as a session where it has a prompt."""
_BLANK = " \t"
_HIDDEN = re.compile(r"(?:#|//|--)[ \t]*card:[ \t]*hide$")
_MARKER = re.compile(r"(?:#|//|--)[ \t]*cloze c([0-9]+)(?::(.*))?$")


def answers(tokens: Iterable[Token]) -> Iterator[Code]:
    """Yield the code answers among `tokens`, and set the meta of each fence.

    A block that begins with `>>>` gets the meta `highlight`, the lexer of its colours.
    A fence that is marked as a key gets the meta `key`.
    A fence gets the meta `language`, `role`, `needs`, `unknown` (unknown words of the
    info string), `clozes` (line counted from 0 -> number and hint) and, if there are
    any, `hidden` (the lines that a card leaves out around a gap).
    """
    for token in tokens:
        if token.type == "fence":
            take_mark(token)
        if (
            token.type in _CODE_BLOCKS
            and token.content.startswith(_PROMPT)
            and token.info.strip() in _PYTHON
        ):
            # Not in `language`: colours are not part of a note's hash.
            token.meta["highlight"] = "pycon"
        if token.type != "fence":
            continue
        language, *words = token.info.split() or [""]
        role = next((word for word in words if word in ROLES), "")
        needs = [word for word in words if word.startswith("needs=")]
        token.meta |= {
            "language": language,
            "role": role,
            "needs": tuple(n for word in needs for n in word[6:].split(",") if n),
            "unknown": [w for w in words if w != role and w not in needs],
            "clozes": {},
        }
        if role == "solution":
            token.content, token.meta["clozes"] = _without_markers(token.content)
            token.content, hidden = _without_hidden(token.content)
            if hidden:
                token.meta["hidden"] = hidden
        if role:
            yield Code(
                role,
                language,
                token.content,
                token.meta["needs"],
                token.meta["span"].line,
            )


def _without_markers(text: str) -> tuple[str, dict[int, tuple[int, str]]]:
    lines, clozes = text.split("\n"), {}
    for number, line in enumerate(lines):
        # Strip the blanks at the end, which the pattern would try one by one.
        marker = _MARKER.search(line.rstrip(_BLANK))
        if marker:
            lines[number] = line[: marker.start()].rstrip(_BLANK)
            clozes[number] = (_cloze_number(marker[1]), (marker[2] or "").strip(_BLANK))
    return "\n".join(lines), clozes


def _without_hidden(text: str) -> tuple[str, tuple[int, ...]]:
    """Return code without `# card: hide`, and the numbers of the lines that had it."""
    lines, hidden = text.split("\n"), []
    for number, line in enumerate(lines):
        marker = _HIDDEN.search(line.rstrip(_BLANK))
        if marker:
            lines[number] = line[: marker.start()].rstrip(_BLANK)
            hidden.append(number)
    return "\n".join(lines), tuple(hidden)


def _cloze_number(digits: str) -> int:
    """Return the number of a cloze; 0 if it is too large."""
    return int(digits) if len(digits) <= MAX_CLOZE_DIGITS else 0
