r"""What math-core lets pass although some output cannot show it.

Anki's MathJax shows an unknown command in red, prints a command inside a text as it is
written, and all lose what follows a bare `%`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType

from math_core import LatexError

from builder.markup.math.hints import COMMAND_HINTS, ENVIRONMENT_HINTS
from builder.markup.math.latex import INNER, SYNONYMS, TEXT, convert
from builder.markup.math.portable import (
    BRACED,
    COLOURS,
    ENVIRONMENTS,
    PORTABLE,
    TAKING,
)


@dataclass(frozen=True, slots=True)
class MathFault:
    """What is wrong with a formula, and where in the author's LaTeX."""

    offset: int
    length: int
    message: str
    hint: str = ""


_TOKEN = re.compile(
    TEXT
    + r"|\\(?P<name>[A-Za-z]+)"
    + r"|\\(?P<sign>.?)"
    + r"|(?P<bare>[%#$\x00-\x08\x0b\x0c\x0e-\x1f\x7f])",
    re.DOTALL,
)
_IN_TEXT = re.compile(r"\\(?P<name>[A-Za-z]+|.)|(?P<bare>[%#$])", re.DOTALL)
_TEXT_SIGNS = frozenset("_#%& ,${}")
_NEXT_COMMAND = re.compile(r"\s*\\([A-Za-z]+)")
_NO_ARGUMENT = ("", "^", "_", "&", "}")
_ARGUMENT = re.compile(r"\s*\{([^{}]*)\}|\s*(-)")
_NO_DISTANCE = re.compile(r"\*?\[(?!\s*-?[\d.]+\s*(?:pt|em|ex|mm|cm|in|mu|pc|px)\s*\])")
_LEFT_OR_RIGHT = re.compile(r"\\(left|right)(?![A-Za-z])")

_SIGN_HINTS = MappingProxyType(
    {
        "%": r"LaTeX drops the rest of the line: write `\%`",
        "#": r"write `\#`; for a colour write its name",
        "$": r"write `\$`; for math in a text end the text: `\text{if } x`",
    }
)


def broken_rules(tex: str) -> list[MathFault]:
    """Return the faults that can be seen without parsing."""
    return [
        fault
        for token in _TOKEN.finditer(tex)
        if token["name"] not in _HARMLESS
        for fault in _look_at(tex, token)
    ]


def token_at(tex: str, offset: int) -> str:
    """Return the command or sign at `offset`, if one begins there."""
    token = _TOKEN.match(tex, offset)
    return token[0] if token else ""


def _look_at(tex: str, token: re.Match[str]) -> Iterator[MathFault]:
    name = token["name"]
    if name is None:
        yield from _look_at_sign(tex, token)
    elif SYNONYMS.get(name, name) not in PORTABLE:
        yield _unportable(token)
    else:
        if SYNONYMS.get(name, name) in TAKING:
            yield from _argument(tex, token)
        if name in BRACED:
            yield from _bare_script(tex, token)
        if name in _RULES:
            yield from _RULES[name](tex, token)


def _look_at_sign(tex: str, token: re.Match[str]) -> Iterator[MathFault]:
    if token["text"] is not None:
        yield from _look_into_text(token)
    elif token["bare"] is not None:
        yield _bare_sign(token.start(), token["bare"])
    elif token["sign"] == "\\":
        yield from _line_break(tex, token)
    elif not token["sign"]:
        yield _fault(token, r"a lone `\` at the end", r"write `\backslash` for it")


def _unportable(token: re.Match[str]) -> MathFault:
    known = _is_known(token["name"])
    what = "not every output knows" if known else "unknown command"
    return _fault(token, f"{what} `{token[0]}`", _remedy(token["name"]))


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


def _bare_sign(offset: int, sign: str) -> MathFault:
    if sign in _SIGN_HINTS:
        return MathFault(offset, 1, f"a bare `{sign}`", _SIGN_HINTS[sign])
    what = f"a control character, U+{ord(sign):04X}"
    return MathFault(offset, 1, what, "delete it")


def _argument(tex: str, token: re.Match[str]) -> Iterator[MathFault]:
    after = _NEXT_COMMAND.match(tex, token.end())
    if tex[token.end() :].lstrip()[:1] in _NO_ARGUMENT:
        yield _fault(token, f"no argument of `{token[0]}`", f"write `{token[0]}{{…}}`")
    elif after and SYNONYMS.get(after[1], after[1]) in TAKING:
        what = f"Anki wants braces around the argument of `{token[0]}`"
        yield _fault(token, what, f"write `{token[0]}{{\\{after[1]}{{…}}}}`")


def _bare_script(tex: str, token: re.Match[str]) -> Iterator[MathFault]:
    before = tex[token.start() - 1] if token.start() else ""
    if before in ("^", "_"):
        what = f"Anki wants braces around `{token[0]}` as a script"
        yield _fault(token, what, f"write `{before}{{{token[0]} …}}`")


def _look_into_text(token: re.Match[str]) -> Iterator[MathFault]:
    start = token.start("text")
    for found in _IN_TEXT.finditer(token["text"]):
        offset = start + found.start()
        if found["bare"]:
            yield _bare_sign(offset, found["bare"])
        elif found["name"] not in _TEXT_SIGNS:
            what = f"Anki shows `{found[0]}` in a text as it is written"
            hint = "end the text before it, or write the very letter, such as `é`"
            yield MathFault(offset, len(found[0]), what, hint)


def _nested_text(tex: str, token: re.Match[str]) -> Iterator[MathFault]:
    # A text that `TEXT` cannot match; if it is never closed, math-core says so.
    opens = tex[token.end() :].lstrip().startswith("{")
    if opens and tex.count("{") <= tex.count("}"):
        what = f"braces in braces in `{token[0]}`"
        yield _fault(token, what, "leave the inner ones out")


def _line_break(tex: str, token: re.Match[str]) -> Iterator[MathFault]:
    here = token.start()
    inside = tex.count(r"\begin{", 0, here) > tex.count(r"\end{", 0, here)
    if not inside and r"\substack" not in tex:
        hint = r"write `\begin{aligned} … \end{aligned}` around the lines"
        yield _fault(token, "a line break outside an environment", hint)
    elif _NO_DISTANCE.match(tex, token.end()):
        what = r"Anki reads `[` after `\\` as a distance"
        yield _fault(token, what, r"write `\\ {}[`")


def _environment(tex: str, token: re.Match[str]) -> Iterator[MathFault]:
    name = _ARGUMENT.match(tex, token.end())
    if name and name[1] and INNER.get(name[1], name[1]) not in ENVIRONMENTS:
        length = name.end() - token.start()
        hint = ENVIRONMENT_HINTS.get(name[1], "such as `aligned`, `cases`, `matrix`")
        yield MathFault(token.start(), length, f"no environment `{name[1]}`", hint)


def _colour(tex: str, token: re.Match[str]) -> Iterator[MathFault]:
    name = _ARGUMENT.match(tex, token.end())
    if name and name[1] is not None and name[1] not in COLOURS.values():
        hint = f"one of {', '.join(f'`{colour}`' for colour in COLOURS.values())}"
        yield MathFault(name.start(1), len(name[1]), f"no colour `{name[1]}`", hint)


def _space(tex: str, token: re.Match[str]) -> Iterator[MathFault]:
    width = _ARGUMENT.match(tex, token.end())
    if width and (width[2] or (width[1] or "").strip().startswith("-")):
        yield _fault(token, "a negative space", r"write `\!`, several times if need be")


def _middle(tex: str, token: re.Match[str]) -> Iterator[MathFault]:
    before = _LEFT_OR_RIGHT.findall(tex, 0, token.start())
    if before.count("left") <= before.count("right"):
        what = r"`\middle` outside `\left … \right`"
        yield _fault(token, what, r"write `\mid`, or `\big|`")


def _fault(token: re.Match[str], message: str, hint: str) -> MathFault:
    return MathFault(token.start(), len(token[0]), message, hint)


_RULES: MappingProxyType[str, Callable[[str, re.Match[str]], Iterator[MathFault]]]
_RULES = MappingProxyType(
    {
        "begin": _environment,
        "color": _colour,
        "textcolor": _colour,
        "hspace": _space,
        "kern": _space,
        "mkern": _space,
        "middle": _middle,
        **dict.fromkeys(("text", "textbf", "textit", "textrm", "textsf"), _nested_text),
        **dict.fromkeys(("texttt", "mbox", "fbox"), _nested_text),
    }
)
_HARMLESS = PORTABLE - TAKING - BRACED - frozenset(_RULES)
