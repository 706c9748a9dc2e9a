r"""Rules for LaTeX that math-core accepts although some output cannot show it.

Anki's MathJax shows an unknown command in red and a command inside of text as it is
written, and no output shows the text after a bare `%`.
"""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from types import MappingProxyType

from math_core import LatexError

from triptych.dialect.sizes import MAX_FORMULA_DEPTH
from triptych.patterns import lazy_pattern
from triptych.typeset.math.commands import COMMAND_RULES, line_break
from triptych.typeset.math.finding import MathFinding, finding_at
from triptych.typeset.math.hints import COMMAND_HINTS
from triptych.typeset.math.latex import SYNONYMS, TEXT, convert
from triptych.typeset.math.portable import (
    NEEDS_BRACES,
    PORTABLE,
    WITH_ARGUMENT,
    WITH_TWO_ARGUMENTS,
)

_TOKEN = lazy_pattern(
    TEXT
    + r"|\\(?P<name>[A-Za-z]+)"
    + r"|\\(?P<sign>.?)"
    + r"|(?P<bare>[%#$\x00-\x08\x0b\x0c\x0e-\x1f\x7f])",
    re.DOTALL,
)
_IN_TEXT = lazy_pattern(r"\\(?P<name>[A-Za-z]+|.)|(?P<bare>[%#$])", re.DOTALL)
_TEXT_SIGNS = frozenset("_#%& ,${}")
_NEXT_COMMAND = lazy_pattern(r"\s*\\([A-Za-z]+)")
_NO_ARGUMENT = lazy_pattern(r"\s*(?:$|[\^_&}])")
_WORD = lazy_pattern(r"([A-Za-z]{2,})(\{)?")
_PIECE = lazy_pattern(r"\\(?:[A-Za-z]+|.)|\S", re.DOTALL)

_NESTING = lazy_pattern(
    r"(?P<open>\{|\\(?:begin|left)(?![A-Za-z]))"
    r"|(?P<close>\}|\\(?:end|right)(?![A-Za-z]))|\\.",
    re.DOTALL,
)

_GROWING = {f"{big}{end}" for big in ("big", "Big", "bigg", "Bigg") for end in "lrm"}
_NO_UNIT = WITH_ARGUMENT | _GROWING | {"big", "Big", "bigg", "Bigg", "left", "begin"}
"""Commands that cannot be an argument of another without braces."""

_COMMANDS_WITHOUT_RULES = (
    PORTABLE - WITH_ARGUMENT - NEEDS_BRACES - frozenset(COMMAND_RULES)
)

_SIGN_HINTS = MappingProxyType(
    {
        "%": r"LaTeX drops the rest of the line: write `\%`",
        "#": r"write `\#`; for a colour write its name",
        "$": r"write `\$`; for math in a text end the text: `\text{if } x`",
    }
)


def too_deep(tex: str) -> MathFinding | None:
    """Return a finding for a formula that is nested too deep; else None."""
    depth = 0
    for sign in _NESTING.finditer(tex):
        if sign["open"]:
            depth += 1
        elif sign["close"]:
            depth -= 1
        if depth > MAX_FORMULA_DEPTH:
            message = f"the formula is nested more than {MAX_FORMULA_DEPTH} levels deep"
            return finding_at(sign, message, "part it into several formulas")
    return None


def doubled_backslash(tex: str) -> MathFinding | None:
    r"""Return the mistake of a `\\frac` that was meant for `\frac`, if there is one.

    Where a line may end, only a command with its argument, or an environment, is meant.
    """
    lines = 0
    for token in _TOKEN.finditer(tex):
        if token["name"] in {"begin", "end"}:
            lines += 1 if token["name"] == "begin" else -1
        word = _WORD.match(tex, token.end()) if token["sign"] == "\\" else None
        if word is None or r"\substack" in tex:
            continue
        name, argued = word[1], bool(word[2])
        known = SYNONYMS.get(name, name) in PORTABLE or name in {"begin", "end"}
        takes = name in WITH_ARGUMENT | WITH_TWO_ARGUMENTS | {"begin", "end"}
        if known and (not lines or (takes and argued)):
            length = 2 + len(name)
            message = f"two backslashes stand before `{name}`"
            return MathFinding(token.start(), length, message, rf"write `\{name}`")
    return None


def broken_rules(tex: str) -> list[MathFinding]:
    """Return the findings of the rules that do not need a parser."""
    return [
        finding
        for token in _TOKEN.finditer(tex)
        if token["name"] not in _COMMANDS_WITHOUT_RULES
        for finding in _check_token(tex, token)
    ]


def token_at(tex: str, offset: int) -> str:
    """Return the command or sign that begins at `offset`, or an empty string."""
    token = _TOKEN.match(tex, offset)
    return token[0] if token else ""


def _check_token(tex: str, token: re.Match[str]) -> Iterator[MathFinding]:
    name = token["name"]
    if name is None:
        yield from _check_sign(tex, token)
    elif SYNONYMS.get(name, name) not in PORTABLE:
        yield _unportable_finding(token)
    else:
        if SYNONYMS.get(name, name) in WITH_ARGUMENT:
            yield from _argument(tex, token)
        if name in NEEDS_BRACES:
            yield from _script(tex, token)
        if name in COMMAND_RULES:
            yield from COMMAND_RULES[name](tex, token)


def _check_sign(tex: str, token: re.Match[str]) -> Iterator[MathFinding]:
    if token["text"] is not None:
        yield from _check_text(token)
    elif token["bare"] is not None:
        yield _bare_sign_finding(token.start(), token["bare"])
    elif token["sign"] == "\\":
        yield from line_break(tex, token)
    elif not token["sign"]:
        yield finding_at(token, r"a lone `\` at the end", r"write `\backslash` for it")


def _check_text(token: re.Match[str]) -> Iterator[MathFinding]:
    start = token.start("text")
    for found in _IN_TEXT.finditer(token["text"]):
        offset = start + found.start()
        if found["bare"]:
            yield _bare_sign_finding(offset, found["bare"])
        elif found["name"] not in _TEXT_SIGNS:
            what = f"Anki shows `{found[0]}` in a text as it is written"
            hint = "end the text before it, or write the very letter, such as `é`"
            yield MathFinding(offset, len(found[0]), what, hint)


def _bare_sign_finding(offset: int, sign: str) -> MathFinding:
    if sign in _SIGN_HINTS:
        return MathFinding(offset, 1, f"a bare `{sign}`", _SIGN_HINTS[sign])
    what = f"a control character, U+{ord(sign):04X}"
    return MathFinding(offset, 1, what, "delete it")


def _unportable_finding(token: re.Match[str]) -> MathFinding:
    known = _is_known(token["name"])
    what = "not every output supports" if known else "unknown command"
    return finding_at(token, f"{what} `{token[0]}`", _remedy(token["name"]))


def _is_known(name: str) -> bool:
    try:
        convert(f"\\{name}{{x}}{{x}}", display=True)
    except LatexError as error:
        return "Unknown command" not in str(error)
    return True


def _remedy(name: str) -> str:
    if name in COMMAND_HINTS:
        return COMMAND_HINTS[name]
    if near := get_close_matches(name, sorted(PORTABLE), n=1, cutoff=0.75):
        return f"did you mean `\\{near[0]}`?"
    if len(name) > 1:
        return f"write `\\operatorname{{{name}}}` for a function's name"
    return ""


def _argument(tex: str, token: re.Match[str]) -> Iterator[MathFinding]:
    start = token.end()
    if _NO_ARGUMENT.match(tex, start):
        yield finding_at(token, f"no argument of `{token[0]}`", "write it in braces")
    for _ in range(2 if token["name"] in WITH_TWO_ARGUMENTS else 1):
        after = _NEXT_COMMAND.match(tex, start)
        if after and SYNONYMS.get(after[1], after[1]) in _NO_UNIT:
            what = f"Anki needs braces around the argument of `{token[0]}`"
            yield finding_at(token, what, f"write `{{\\{after[1]} …}}`")
        start = _end_of_argument(tex, start)


def _end_of_argument(tex: str, start: int) -> int:
    depth = 0
    for piece in _PIECE.finditer(tex, start):
        depth += {"{": 1, "}": -1}.get(piece[0], 0)
        if depth < 1:
            return piece.end()
    return len(tex)


def _script(tex: str, token: re.Match[str]) -> Iterator[MathFinding]:
    before = tex[token.start() - 1] if token.start() else ""
    if before in ("^", "_"):
        what = f"Anki needs braces around `{token[0]}` as a script"
        yield finding_at(token, what, f"write `{before}{{{token[0]} …}}`")
