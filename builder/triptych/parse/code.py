"""Read the info strings of fences: language, role, needs; lift cloze markers off."""

import re
from collections.abc import Iterable, Iterator

from markdown_it.token import Token

from triptych.values.question import Code

ROLES = ("solution", "test", "run")
_MARKER = re.compile(r"[ \t]*(?:#|//|--)[ \t]*cloze c(\d+)(?::[ \t]*(.*?))?[ \t]*$")


def answers(tokens: Iterable[Token]) -> Iterator[Code]:
    """Yield the code answers among `tokens`, and note on each fence what it is.

    A fence gets the meta `language`, `role`, `needs`, `unknown` (words that nothing
    reads) and `clozes` (line counted from 0 -> number and hint).
    """
    for token in tokens:
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
            token.content, token.meta["clozes"] = _lift(token.content)
        if role:
            yield Code(
                role,
                language,
                token.content,
                token.meta["needs"],
                token.meta["span"].line,
            )


def _lift(text: str) -> tuple[str, dict[int, tuple[int, str]]]:
    lines, clozes = text.split("\n"), {}
    for number, line in enumerate(lines):
        marker = _MARKER.search(line)
        if marker:
            lines[number] = line[: marker.start()]
            clozes[number] = (int(marker[1]), marker[2] or "")
    return "\n".join(lines), clozes
